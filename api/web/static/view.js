// The result: one tab a language, its segments, its findings, the panel of a name, and the ways between them.

import { Points } from "./codepoints.js";
import { byId, el, show } from "./dom.js";
import { showFindings } from "./findings.js";
import { rowAt, rowsOf } from "./layout.js";
import { Panel } from "./panel.js";
import { usageWords } from "./reasons.js";
import { columnHeads, nodesOf, showRows } from "./segments.js";
import { number, t } from "./strings.js";

/** Where the panel lies over the lower part of the text. */
const NARROW = matchMedia("(max-width: 62rem)");
/** Most UTF-16 units of a place that a list shows. */
const EXCERPT = 200;
const ACTIONS = ["flagged", "repaired", "replaced", "kept"];
const ORIGINS = ["given", "memory", "memory-fuzzy", "machine", "restyled", "untranslated"];

export class View {
  /** `change(choices)` asks the server again with other choices. */
  constructor(change) {
    this.change = change;
    this.results = [];
    this.shown = 0;
    this.mention = null;
    this.list = byId("segments");
    this.back = el("button", { type: "button", class: "back" });
    this.back.addEventListener("click", () => this.toFinding());
    this.panel = new Panel(byId("panel"), {
      close: () => this.leave(),
      step: (direction) => this.step(direction),
      here: (entity, usage) => this.choose((choices, mention) => choices.setHere(mention, entity, usage)),
      everywhere: (entity, usage) => this.choose((choices, mention) => choices.setEverywhere(mention, entity, usage)),
      policy: (entity) => this.choose((choices, mention) => choices.drop(mention, entity)),
      go: (finding) => this.goTo(finding),
    });
    this.listen();
  }

  get result() {
    return this.results[this.shown];
  }

  listen() {
    const mentionOf = (event) => event.target.closest?.("[data-mention]");
    this.list.addEventListener("focusin", (event) => mentionOf(event) && this.select(mentionOf(event)));
    this.list.addEventListener("click", (event) => mentionOf(event)?.focus());
    this.list.addEventListener("keydown", (event) => {
      if (!mentionOf(event)) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        this.panel.focus();
      } else if (event.key === "Escape") this.close();
    });
    for (const [kind, on] of [["pointerover", true], ["pointerout", false]]) {
      this.list.addEventListener(kind, (event) => {
        const found = mentionOf(event);
        if (found) for (const node of nodesOf(this.list, found.dataset.mention)) node.classList.toggle("twin", on);
      });
    }
    byId("panel").addEventListener("keydown", (event) => event.key === "Escape" && this.leave());
    byId("tabs").addEventListener("keydown", (event) => this.tabKey(event));
  }

  /** Show results of one request: {asked, choices, results: [Result]}. The place of the reader is kept where it can be. */
  show({ asked, choices, results }) {
    const place = this.mention === null ? null : this.result?.mentions[this.mention]?.start;
    const inPanel = byId("panel").contains(document.activeElement);
    const lang = this.result?.lang;
    this.asked = asked;
    this.choices = choices;
    this.results = results;
    this.shown = Math.max(0, results.findIndex((result) => result.lang === lang));
    show(byId("result"), true);
    this.draw();
    const again = place === null ? -1 : this.result.mentions.findIndex((mention) => mention.start === place);
    if (again >= 0) {
      this.focusOn(again);
      if (inPanel) this.panel.box.focus();
    }
  }

  hide() {
    this.close();
    this.results = [];
    show(byId("result"), false);
  }

  draw() {
    const { result } = this;
    this.close();
    this.back.remove();
    this.rows = rowsOf(result, this.asked.source);
    const single = this.asked.verb === "lint";
    this.tabs();
    byId("summary").replaceChildren(...summary(result, single));
    byId("columns").replaceChildren(...columnHeads(result, single));
    byId("columns").classList.toggle("single", single);
    byId("signature").textContent = result.signature;
    showRows(this.list, this.rows, result, single);
    const source = new Points(this.asked.source);
    const excerpt = ({ start, end }) => source.slice(start, end).trim().slice(0, EXCERPT);
    showFindings(byId("finding-list"), result.findings, excerpt, (index) => this.goTo(index));
    this.listChoices();
    for (const id of ["download-text", "download-html", "copy"]) show(byId(id), !single);
  }

  tabs() {
    const several = this.results.length > 1;
    show(byId("tabs"), several);
    byId("view").setAttribute("aria-labelledby", several ? `tab-${this.result.lang}` : "result-title");
    byId("tabs").replaceChildren(
      ...this.results.map((result, index) => {
        const chosen = index === this.shown;
        const tab = el(
          "button",
          { type: "button", role: "tab", id: `tab-${result.lang}`, "aria-selected": String(chosen), "aria-controls": "view", tabindex: chosen ? "0" : "-1" },
          t(`language.${result.lang}`),
          result.findings.length > 0 ? el("span", { class: "badge" }, number(result.findings.length)) : null,
        );
        tab.addEventListener("click", () => this.toTab(index));
        return tab;
      }),
    );
  }

  toTab(index) {
    this.shown = index;
    this.draw();
    byId("tabs").children[index]?.focus();
  }

  tabKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.toTab((this.shown + step + this.results.length) % this.results.length);
  }

  listChoices() {
    const { choices } = this;
    show(byId("choices"), !choices.empty);
    const item = (map, key, choice, where) => {
      const name = `${choice.surface}: ${usageWords(choice.usage === "source" ? "" : choice.usage) || t("panel.source")}`;
      const button = el("button", { type: "button", class: "sign-button", "aria-label": t("choices.remove", { name }) }, "×");
      button.addEventListener("click", () => {
        const other = choices.copy();
        other[map].delete(key);
        this.change(other);
      });
      return el("li", { class: "chip" }, el("bdi", {}, name), ` (${t(where)})`, button);
    };
    byId("choices").querySelector("ul").replaceChildren(
      ...[...choices.everywhere].map(([key, choice]) => item("everywhere", key, choice, "choices.everywhere")),
      ...[...choices.here].map(([key, choice]) => item("here", key, choice, "choices.here")),
    );
  }

  choose(how) {
    const choices = this.choices.copy();
    how(choices, this.result.mentions[this.mention]);
    this.change(choices);
  }

  select(node) {
    const index = Number(node.dataset.mention);
    if (index === this.mention) return;
    this.mark(false);
    this.mention = index;
    this.mark(true);
    const mention = this.result.mentions[index];
    if (NARROW.matches) requestAnimationFrame(() => node.scrollIntoView({ block: "nearest" }));
    this.panel.open(mention, this.result, this.choices.of(mention, mention.entity));
  }

  mark(on) {
    if (this.mention === null) return;
    for (const node of nodesOf(this.list, this.mention)) {
      node.classList.toggle("selected", on);
      node.setAttribute("aria-expanded", String(on));
    }
  }

  close() {
    this.mark(false);
    this.mention = null;
    this.panel.close();
  }

  /** Close the panel, with the focus back on its name. */
  leave() {
    const [node] = this.mention === null ? [] : nodesOf(this.list, this.mention);
    this.close();
    if (!node) return;
    node.focus({ preventScroll: true });
    this.close();
  }

  focusOn(mention) {
    const [node] = nodesOf(this.list, mention);
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: "nearest" });
    return node;
  }

  /** To the next mention, or the one before, around the ends. */
  step(direction) {
    const order = [...this.list.querySelectorAll('.mention[tabindex="0"]')];
    const now = order.findIndex((node) => Number(node.dataset.mention) === this.mention);
    const node = order[(now + direction + order.length) % order.length];
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: "center" });
  }

  /** From a finding to its place, with a way back. */
  goTo(index) {
    const finding = this.result.findings[index];
    const node = this.placeOf(finding, index);
    const row = node.closest("li");
    this.listed = index;
    this.back.textContent = `← ${t("findings.back")}`;
    row.append(this.back);
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "center" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
  }

  /** The node where a finding is: its own, that of the mention at its place, or its row. */
  placeOf(finding, index) {
    const own = [...this.list.querySelectorAll(`[data-finding="${index}"]`)].pop();
    if (own) return own;
    const { mentions, segments } = this.result;
    const whole = segments.some((segment) => segment.start === finding.start && segment.end === finding.end);
    const meets = (mention) =>
      finding.target_start === undefined
        ? mention.start < finding.end && finding.start < mention.end
        : mention.target_start < finding.target_end && finding.target_start < mention.target_end;
    const mention = whole && finding.target_start === undefined ? -1 : mentions.findIndex(meets);
    return (mention >= 0 && nodesOf(this.list, mention)[0]) || this.list.children[rowAt(segments, finding.start)];
  }

  toFinding() {
    const button = byId("finding-list").querySelector(`[data-listed="${this.listed}"]`);
    this.back.remove();
    if (!button) return;
    button.closest("details").open = true;
    button.focus();
    button.scrollIntoView({ block: "nearest" });
  }
}

function summary(result, single) {
  const count = (items, field, order) => order.map((name) => [name, items.filter((item) => item[field] === name).length]);
  const line = (title, kind, counts) => [
    el("dt", {}, t(title)),
    el("dd", {}, counts.filter(([, many]) => many > 0).map(([name, many]) =>
      el("span", { class: `chip ${kind}-${name} ${name}` }, `${t(`${kind}.${name}`)} ${number(many)}`)), counts.every(([, many]) => !many) ? t("result.none") : null),
  ];
  const origins = single ? [] : line("result.origins", "origin", count(result.segments, "origin", ORIGINS));
  return [...origins, ...line("result.actions", "action", count(result.mentions, "action", ACTIONS))];
}
