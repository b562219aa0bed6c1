// Calls the server that the page came from. A key is kept in this module's memory and nowhere else.

import { t } from "./strings.js";

let key = "";

export function useKey(value) {
  key = value.trim();
}

/** What the server, or the way to it, says in one line. */
export class Refusal extends Error {
  constructor(message, status = 0, ours = false) {
    super(message);
    this.status = status;
    /** Whether the words are the page's own, in its language; the server's are in English. */
    this.ours = ours;
  }
}

/** The response to a request. Raises Refusal, or AbortError where `signal` was aborted. */
export async function call(path, { method = "GET", json, form, signal } = {}) {
  const headers = {};
  if (key) headers.authorization = `Bearer ${key}`;
  if (json !== undefined) headers["content-type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: json === undefined ? form : JSON.stringify(json),
      signal,
      credentials: "omit",
      cache: "no-store",
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(t("error.network"), 0, true);
  }
  if (response.ok) return response;
  throw await refusal(response);
}

async function refusal(response) {
  try {
    const problem = await response.json();
    if (typeof problem.detail === "string") return new Refusal(problem.detail, response.status);
  } catch (error) {
    if (error.name === "AbortError") throw error;
  }
  return new Refusal(t("error.answer", { status: response.status }), response.status, true);
}

export const getJson = async (path, options) => read(await call(path, options));
export const postJson = async (path, json, signal) => read(await call(path, { method: "POST", json, signal }));

/** The JSON of an answer. Raises Refusal where the connection breaks in its midst. */
async function read(response) {
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(t("error.network"), 0, true);
  }
}

const entries = new Map();

/** The entry of an entity, asked for once. */
export function entryOf(entity) {
  if (!entries.has(entity)) {
    const asked = getJson(`v1/names/${encodeURIComponent(entity)}`);
    asked.catch(() => entries.delete(entity));
    entries.set(entity, asked);
  }
  return entries.get(entity);
}
