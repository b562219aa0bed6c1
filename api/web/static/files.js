// Reads files in the browser. Text formats are read here, whole and as they are; others go to the server as documents.

import { Refusal } from "./client.js";
import { t } from "./strings.js";

const FORMATS = {
  atom: "feed",
  csv: "csv",
  htm: "html",
  html: "html",
  json: "json",
  markdown: "markdown",
  md: "markdown",
  rss: "feed",
  srt: "srt",
  tsv: "tsv",
  txt: "text",
  vtt: "vtt",
  xlf: "xliff",
  xliff: "xliff",
};

const suffixOf = (name) => (name.includes(".") ? name.split(".").pop().toLowerCase() : "");

/** The format of a text file by its name; null for what has to go as a document. */
export const formatOf = (name) => FORMATS[suffixOf(name)] ?? null;

export const suffixFor = (format) =>
  ({ markdown: "md", text: "txt", feed: "rss", xliff: "xlf" })[format] ?? format;

/** The text of a file in UTF-8 (or in UTF-16, where the file says so itself). Raises Refusal for anything else. */
export async function textOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const wide = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.slice(0, 2).join()];
  try {
    return new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(t("error.encoding", { name: file.name }), 0, true);
  }
}

/** What a text looks like that was pasted: HTML, Markdown or plain. */
export function guess(text) {
  const head = text.slice(0, 5000);
  if (/^\s*<(!doctype|html|head|body|article|section|div|p|h[1-6]|ul|ol|table)\b/i.test(head)) return "html";
  if (/^#{1,6} \S/m.test(head) || /\[[^\]\n]+\]\([^)\s]+\)/.test(head) || /^\*[^*\n]+\*$/m.test(head)) return "markdown";
  return "text";
}

/** Files that are dropped on `zone`, or picked by `input`, go to `take`. */
export function listen(zone, input, take) {
  const over = (on) => () => zone.classList.toggle("over", on);
  zone.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    over(true)();
  });
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)();
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    take(file);
  });
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) take(file);
    input.value = "";
  });
}
