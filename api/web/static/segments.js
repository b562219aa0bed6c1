// Shows the rows: source and target side by side, every mention a button of its action.

import { el } from "./dom.js";
import { named, number, t } from "./strings.js";

/** Put the rows into `list`. `single`: the text was not changed, so that one column says all. */
export function showRows(list, rows, result, single) {
  list.classList.toggle("single", single);
  list.replaceChildren(...rows.map((row) => rowNode(row, result, single)));
}

function rowNode(row, result, single) {
  const { segment } = row;
  const away = segment.origin === "untranslated" ? result.source_lang : result.lang;
  const node = el("li", {
    id: `segment-${row.number}`,
    class: `row origin-${segment.origin}${row.heading ? " heading" : ""}${row.opens ? " opens" : ""}`,
    tabindex: "-1",
  });
  if (!single) node.append(column("source", result.source_lang, row.source, result, hasTarget(row)));
  node.append(column("target", away, row.target, result, null));
  if (!single) node.append(originNode(segment));
  return node;
}

function originNode(segment) {
  const label = named(`origin.${segment.origin}`, segment.origin);
  const near = segment.origin === "memory-fuzzy";
  return el("span", { class: "origin" }, near ? `${label} ${number(Math.round(segment.score * 100))} %` : label);
}

/** The mentions that have a place in the target of their own row: they need no second stop of the Tab key. */
const hasTarget = (row) => new Set(row.target.filter((one) => one.mention !== null).map((one) => one.mention));

function column(side, lang, pieces, result, elsewhere) {
  return el("p", { class: side, lang, dir: "auto" }, pieces.map((one) => pieceNode(one, side, result, elsewhere)));
}

function pieceNode(one, side, result, elsewhere) {
  if (one.mention !== null) {
    const mention = result.mentions[one.mention];
    return el(
      "span",
      {
        class: `mention ${mention.action}`,
        role: "button",
        tabindex: elsewhere?.has(one.mention) ? "-1" : "0",
        "aria-describedby": `is-${mention.action}`,
        "aria-expanded": "false",
        "aria-controls": "panel",
        "data-mention": one.mention,
        "data-side": side,
      },
      one.text,
    );
  }
  if (one.finding !== null) {
    const { severity } = result.findings[one.finding];
    return el("span", { class: `remark ${severity}`, tabindex: "-1", "data-finding": one.finding }, one.text);
  }
  return document.createTextNode(one.text);
}

/** The names of the columns, above them. */
export function columnHeads(result, single) {
  const heads = single ? [result.lang] : [result.source_lang, result.lang];
  return heads.map((code) => el("span", {}, t(`language.${code}`)));
}

/** The nodes of a mention, that of the target first. */
export function nodesOf(list, mention) {
  return [...list.querySelectorAll(`[data-mention="${mention}"]`)].sort((node) => (node.dataset.side === "target" ? -1 : 1));
}
