// The panel of one mention: its entry, its names by usage, why it is what it is, and the switch of its usage.

import { entryOf } from "./client.js";
import { el, show } from "./dom.js";
import { remedyOf } from "./findings.js";
import { formWords, ruleWords, usageWords } from "./reasons.js";
import { named, t } from "./strings.js";

const MEANT = "flag:entity";

export class Panel {
  /** `act` has close(), step(direction), here(entity, usage), everywhere(entity, usage), policy(entity), go(finding). */
  constructor(box, act) {
    this.box = box;
    this.act = act;
    this.asked = 0;
  }

  close() {
    this.asked += 1;
    show(this.box, false);
    this.box.replaceChildren();
  }

  /** Show a mention; `choice` is what was chosen for it, if anything. */
  async open(mention, result, choice) {
    const asked = (this.asked += 1);
    const names = el("div", { class: "names" }, el("p", { class: "quiet" }, t("panel.loading")));
    const remarks = about(mention, result, this.act);
    this.box.replaceChildren(head(mention, this.act), facts(mention), names, ...(remarks ? [remarks] : []));
    show(this.box, true);
    const several = mention.rule === MEANT && mention.candidates.length > 1;
    const entity = choice?.entity ?? mention.entity;
    if (several) names.before(this.meant(mention, entity, (other) => this.names(names, mention, other, result, choice)));
    await this.names(names, mention, entity, result, choice, asked);
  }

  focus() {
    (this.box.querySelector("input:checked") ?? this.box.querySelector("button")).focus();
  }

  async names(box, mention, entity, result, choice, asked = this.asked) {
    try {
      const entry = await entryOf(entity);
      if (asked === this.asked) box.replaceChildren(...switches(entry, mention, result, choice, this.act));
    } catch (error) {
      if (asked === this.asked) box.replaceChildren(el("p", { class: "error", dir: "auto" }, error.message));
    }
  }

  /** Which of several things is meant: it can be chosen before its usage. */
  meant(mention, entity, look) {
    return el(
      "fieldset",
      { class: "usages" },
      el("legend", {}, t("panel.meant")),
      mention.candidates.map((candidate) => {
        const input = el("input", { type: "radio", name: "meant", value: candidate, checked: candidate === entity });
        input.addEventListener("change", () => look(candidate));
        return el("label", {}, input, el("code", {}, candidate));
      }),
    );
  }
}

function head(mention, act) {
  const button = (key, sign, does) => {
    const node = el("button", { type: "button", class: "sign-button", "aria-label": t(key), title: t(key) }, sign);
    node.addEventListener("click", does);
    return node;
  };
  const changed = mention.rendering && mention.rendering !== mention.surface;
  return el(
    "div",
    { class: "panel-head" },
    el(
      "h3",
      { id: "panel-title" },
      el("bdi", {}, mention.surface),
      changed ? [" → ", el("bdi", {}, mention.rendering)] : null,
    ),
    el(
      "div",
      { class: "panel-tools" },
      button("panel.previous", "↑", () => act.step(-1)),
      button("panel.next", "↓", () => act.step(1)),
      button("panel.close", "×", () => act.close()),
    ),
  );
}

function facts(mention) {
  const out = mention.usage_out && mention.usage_out !== mention.usage ? ` → ${usageWords(mention.usage_out)}` : "";
  const rows = [
    ["panel.reason", ruleWords(mention.rule)],
    ["panel.usage", usageWords(mention.usage) + out],
    ["panel.form", mention.case ? formWords(mention.case) : ""],
    ["panel.zone", mention.zone === "narration" ? "" : named(`zone.${mention.zone}`, mention.zone)],
    ["panel.step", mention.step ? named(`step.${mention.step}`, mention.step) : ""],
    ["panel.candidates", mention.rule === MEANT ? "" : mention.candidates.join(" / ")],
  ];
  return el(
    "div",
    {},
    el("p", {}, el("span", { class: `chip ${mention.action}` }, t(`action.${mention.action}`))),
    mention.rendering === "" ? el("p", { class: "quiet" }, t("panel.lost")) : null,
    el("dl", { class: "facts" }, rows.filter(([, text]) => text).map(([key, text]) => [el("dt", {}, t(key)), el("dd", {}, text)])),
  );
}

/** What the entry says, and its names in the language of the result to choose from, in alphabetical order. */
function switches(entry, mention, result, choice, act) {
  const usages = [...entry.names].sort((one, other) => one.usage.localeCompare(other.usage, "en"));
  const given = choice?.usage ?? usages.find((name) => mention.usage_out.split("+").includes(name.usage))?.usage;
  const options = usages.map((name) => usageNode(name, result.lang, name.usage === given));
  options.push(optionNode("source", given === "source", [el("span", {}, t("panel.source"))]));
  const group = el("fieldset", { class: "usages" }, el("legend", {}, t("panel.names")), options);
  const chosen = () => group.querySelector("input:checked")?.value;
  const button = (key, does, attributes = {}) => {
    const node = el("button", { type: "button", ...attributes }, t(key));
    node.addEventListener("click", does);
    return node;
  };
  const buttons = el(
    "div",
    { class: "panel-buttons" },
    button("panel.here", () => chosen() && act.here(entry.id, chosen()), { "data-act": "here" }),
    button("panel.everywhere", () => chosen() && act.everywhere(entry.id, chosen()), { "data-act": "everywhere" }),
    button("panel.policy", () => act.policy(entry.id), { "data-act": "policy", disabled: !choice }),
  );
  return [group, buttons, entryNode(entry)];
}

function usageNode(name, lang, checked) {
  const text = name.texts[lang]?.text;
  const time = name.since || name.until ? ` ${name.since ?? ""}–${name.until ?? ""}` : "";
  return optionNode(name.usage, checked, [
    text ? el("bdi", { class: "name", lang }, text) : el("span", { class: "quiet" }, t("panel.nothing")),
    el("span", { class: "quiet" }, named(`usage.${name.usage}`, name.usage) + time),
  ]);
}

const optionNode = (value, checked, content) =>
  el("label", {}, el("input", { type: "radio", name: "usage", value, checked }), content);

function entryNode(entry) {
  const review = { draft: "panel.draft", doubtful: "panel.doubtful" }[entry.review];
  return el(
    "div",
    { class: "entry" },
    el("p", {}, `${t("panel.entry")}: `, el("code", {}, entry.id), ` · ${named(`kind.${entry.kind}`, entry.kind)}`),
    entry.contested ? el("p", {}, t("panel.contested")) : null,
    review ? el("p", { class: "quiet" }, t(review)) : null,
    entry.note ? el("p", { class: "quiet" }, `${t("panel.note")}: `, el("span", { lang: "en" }, entry.note)) : null,
  );
}

/** The findings about a mention: those of its codes at its place. */
function about(mention, result, act) {
  const found = result.findings
    .map((finding, index) => ({ finding, index }))
    .filter(({ finding }) => finding.start < mention.end && mention.start < finding.end)
    .filter(({ finding }) => mention.flags.includes(finding.code) || finding.start === mention.start);
  if (found.length === 0) return null;
  return el(
    "div",
    { class: "panel-findings" },
    el("h4", {}, t("panel.findings")),
    el("ul", {}, found.map(({ finding, index }) => {
      const remedy = remedyOf(finding);
      const words = [el("span", { lang: "en" }, finding.message), "; ", el("span", { lang: remedy.lang }, remedy.text)];
      const button = el("button", { type: "button", class: "link" }, words);
      button.addEventListener("click", () => act.go(index));
      return el("li", {}, button);
    })),
  );
}
