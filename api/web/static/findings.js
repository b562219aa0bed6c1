// Lists the findings by what they say, the graver first; each leads to its place.

import { el } from "./dom.js";
import { known, language, named, number, t } from "./strings.js";

const GRAVITY = ["error", "warning", "info"];
const SIGN = { error: "!", warning: "▲", info: "i" };
const FEW = 8;

/** Put the list of findings into `box`; `excerpt(finding)` is the text at its place, `go(index)` leads there. */
export function showFindings(box, findings, excerpt, go) {
  if (findings.length === 0) {
    box.replaceChildren(el("p", { class: "quiet" }, t("findings.none")));
    return;
  }
  box.replaceChildren(...groups(findings).map((group) => groupNode(group, findings, excerpt, go)));
}

/** What is to be done about a finding, in the language of the page; what exactly was found is said in English alone. */
export function remedyOf({ code, remedy }) {
  return language !== "en" && known(`remedy.${code}`) ? { text: t(`remedy.${code}`), lang: language } : { text: remedy, lang: "en" };
}

/** Indices of the findings by code, in the order of gravity, then of the code. */
function groups(findings) {
  const found = new Map();
  findings.forEach((finding, index) => found.set(finding.code, [...(found.get(finding.code) ?? []), index]));
  const gravity = ([, indices]) => GRAVITY.indexOf(findings[indices[0]].severity);
  return [...found].sort((one, other) => gravity(one) - gravity(other) || one[0].localeCompare(other[0]));
}

function groupNode([code, indices], findings, excerpt, go) {
  const { severity, message } = findings[indices[0]];
  const remedy = remedyOf(findings[indices[0]]);
  const alike = indices.length > 1 && indices.every((index) => findings[index].message === message);
  const open = indices.length <= FEW || severity === "error";
  return el(
    "details",
    { class: `finding-group ${severity}`, open },
    el(
      "summary",
      {},
      el("span", { class: "sign", "aria-hidden": "true" }, SIGN[severity]),
      el("span", { class: "unseen" }, `${t(`severity.${severity}`)}: `),
      el("span", { class: "finding-title" }, named(`finding.${code}`, code)),
      el("span", { class: "quiet" }, ` ${code}`),
      el("span", { class: "badge" }, number(indices.length)),
    ),
    alike ? el("p", { class: "quiet said" }, el("span", { lang: "en" }, message), el("br"), el("span", { lang: remedy.lang }, remedy.text)) : null,
    el("ol", {}, indices.map((index) => itemNode(findings[index], index, excerpt(findings[index]), alike, go))),
  );
}

/** A finding: what it says, or the text at its place where the whole group says the same. */
function itemNode(finding, index, place, alike, go) {
  const words = alike ? [el("bdi", { class: "excerpt" }, place)] : wordsOf(finding, place);
  const button = el("button", { type: "button", class: "finding", dir: "auto", "data-listed": index }, words);
  button.addEventListener("click", () => go(index));
  return el("li", {}, button);
}

/** In English what it says and what to do; in another language its place comes first, and what it says in English last. */
function wordsOf(finding, place) {
  const { text, lang } = remedyOf(finding);
  const remedy = el("small", { class: "quiet", lang }, text);
  if (language === "en") return [el("span", { lang: "en" }, finding.message), remedy];
  return [el("bdi", { class: "excerpt" }, place), remedy, el("small", { class: "quiet", lang: "en" }, finding.message)];
}
