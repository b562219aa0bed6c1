// What leaves the page: the text, HTML and a report, all made here from the Result.

import { el } from "./dom.js";
import { suffixFor } from "./files.js";
import { formWords, ruleWords, usageWords } from "./reasons.js";
import { language, t } from "./strings.js";

const TYPES = { html: "text/html", markdown: "text/markdown", json: "application/json", csv: "text/csv" };

/** Hand a file to the reader. */
export function save(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The text that came out, byte by byte as the server made it, in the format that was sent. */
export function saveText(stem, format, result) {
  save(`${stem}.${result.lang}.${suffixFor(format)}`, result.text, TYPES[format] ?? "text/plain");
}

/** A page of the translation: the file itself where it is HTML, else its paragraphs. */
export function saveHtml(stem, format, result, rows) {
  const text = format === "html" ? result.text : written(pageOf(result, rows));
  save(`${stem}.${result.lang}.html`, text, "text/html");
}

/** A page as a file. A style becomes part of it as text: this page's own policy allows no inline style, in any document. */
function written(page, style = "") {
  const sheet = style ? `<style>\n${style}</style>` : "";
  return `<!doctype html>\n${page.documentElement.outerHTML.replace("</head>", () => `${sheet}</head>`)}\n`;
}

function emptyPage(title, lang) {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = lang;
  page.head.prepend(el("meta", { charset: "utf-8" }));
  return page;
}

function pageOf(result, rows) {
  const paragraphs = [];
  for (const row of rows) {
    if (row.opens || row.heading) paragraphs.push({ heading: row.heading, texts: [] });
    paragraphs.at(-1).texts.push(row.segment.target);
  }
  const title = rows.find((row) => row.heading)?.segment.target ?? rows[0]?.segment.target ?? "";
  const page = emptyPage(title, result.lang);
  page.body.append(...paragraphs.map(({ heading, texts }) => el(heading ? "h2" : "p", { dir: "auto" }, texts.join(" "))));
  return page;
}

/** The report: what the page shows, and every name with its reason, in one file that needs nothing else. */
export async function saveReport(stem, result, shown) {
  const style = await (await fetch("static/page.css")).text();
  const title = `${stem}: ${t(`language.${result.source_lang}`)} → ${t(`language.${result.lang}`)}`;
  const page = emptyPage(title, language);
  const safe = "default-src 'none'; style-src 'unsafe-inline'";
  page.head.append(el("meta", { "http-equiv": "Content-Security-Policy", content: safe }));
  page.body.className = "report";
  page.body.append(
    el("h1", {}, title),
    el("p", { class: "quiet" }, t("page.draft")),
    ...shown.map(still),
    el("h2", {}, t("result.names")),
    namesTable(result),
    el("p", { class: "quiet signature" }, `${t("result.signature")}: ${result.signature}`),
  );
  save(`${stem}.${result.lang}.report.html`, written(page, style), "text/html");
}

/** A copy that nothing can be done with: what was a button is text. */
function still(node) {
  const copy = node.cloneNode(true);
  for (const one of copy.querySelectorAll("[role], [tabindex], [aria-describedby]")) {
    for (const name of ["role", "tabindex", "aria-describedby", "aria-expanded", "aria-controls"]) one.removeAttribute(name);
  }
  for (const button of copy.querySelectorAll("button")) {
    button.replaceWith(el("span", { class: button.className, lang: button.lang || null }, ...button.childNodes));
  }
  for (const group of copy.querySelectorAll("details")) group.open = true;
  for (const one of [copy, ...copy.querySelectorAll("[hidden]")]) one.hidden = false;
  return copy;
}

function namesTable(result) {
  const keys = ["panel.title", "panel.entry", "panel.usage", "panel.form", "result.actions", "panel.reason"];
  const head = el("tr", {}, keys.map((key) => el("th", { scope: "col" }, t(key))));
  const body = result.mentions.map((mention) => {
    const changed = mention.rendering && mention.rendering !== mention.surface;
    const usages = [mention.usage, mention.usage_out].filter(Boolean).map(usageWords);
    return el(
      "tr",
      {},
      [
        changed ? `${mention.surface} → ${mention.rendering}` : mention.surface,
        mention.entity,
        [...new Set(usages)].join(" → "),
        formWords(mention.case),
        t(`action.${mention.action}`),
        ruleWords(mention.rule),
      ].map((text) => el("td", { dir: "auto" }, text)),
    );
  });
  return el("table", {}, el("thead", {}, head), el("tbody", {}, body));
}

/** Put a text into the clipboard. Answers whether that worked; pages that do not come over TLS may not. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = el("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
    field.value = text;
    const back = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    back?.focus();
    return done;
  }
}
