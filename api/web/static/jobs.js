// Documents that the server works on in the background: sent, watched, fetched.

import { call, getJson } from "./client.js";
import { el, show } from "./dom.js";
import { save } from "./downloads.js";
import { number, t } from "./strings.js";

const ENDED = new Set(["done", "failed", "cancelled", "expired"]);
const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;

export class Jobs {
  constructor(section, list, complain) {
    this.section = section;
    this.list = list;
    this.complain = complain;
  }

  /** Send a document with the settings of the form, and watch what becomes of it. Raises Refusal. */
  async submit(file, { verb, from, to, policy, date, engine }, signal) {
    const form = new FormData();
    form.append("file", file);
    form.append("verb", verb);
    form.append("from", from);
    if (verb === "translate") for (const code of to) form.append("to", code);
    for (const [name, value] of Object.entries({ policy, date, engine })) if (value) form.append(name, value);
    const job = await (await call("v1/documents", { method: "POST", form, signal })).json();
    const item = el("li", { class: "job" });
    this.list.prepend(item);
    show(this.section, true);
    this.draw(item, job);
    this.watch(item, job.id);
  }

  async watch(item, id) {
    for (let wait = FIRST_WAIT; item.isConnected; wait = Math.min(wait * 1.5, LONGEST_WAIT)) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        const job = await getJson(`v1/jobs/${encodeURIComponent(id)}`);
        if (item.isConnected) this.draw(item, job);
        if (ENDED.has(job.state)) return;
      } catch (error) {
        if (error.status !== 503 && error.status !== 429) {
          if (item.isConnected) this.complain(error);
          return;
        }
      }
    }
  }

  draw(item, job) {
    const { done, total } = job.progress;
    const running = !ENDED.has(job.state);
    item.replaceChildren(
      el("b", { dir: "auto" }, job.name),
      el("span", { role: "status" }, ` ${t(`job.${job.state}`)} `),
      job.reason ? el("span", { class: "quiet", lang: "en" }, job.reason) : "",
      running && total ? el("progress", { max: total, value: done, "aria-label": job.name }) : "",
      running && total ? el("span", { class: "quiet" }, t("job.progress", { done: number(done), total: number(total) })) : "",
      ...(job.state === "done" ? this.fetchers(job) : []),
      this.button("job.remove", job, async () => {
        await call(`v1/jobs/${encodeURIComponent(job.id)}`, { method: "DELETE" });
        item.remove();
        show(this.section, this.list.children.length > 0);
      }),
    );
  }

  fetchers(job) {
    const fetcher = (key, query, suffix) =>
      this.button(key, job, async () => {
        const response = await call(`${job.result.replace(/^\//, "")}?${query}`);
        save(nameOf(response) ?? `${job.name}${suffix}`, await response.blob());
      });
    const forms = job.verb === "lint" ? [] : [fetcher("job.fetch", "form=file", "")];
    return [...forms, fetcher("job.report", "form=report", ".report.html")];
  }

  button(key, job, does) {
    const node = el("button", { type: "button", "aria-label": `${t(key)}: ${job.name}` }, t(key));
    node.addEventListener("click", () => does().catch((error) => this.complain(error)));
    return node;
  }
}

/** The file name that the server gives a download. */
function nameOf(response) {
  const given = response.headers.get("content-disposition") ?? "";
  const coded = /filename\*=utf-8''([^;]+)/i.exec(given)?.[1];
  return coded ? decodeURIComponent(coded) : (/filename="([^"]+)"/.exec(given)?.[1] ?? null);
}
