// The form: what is asked of the server. Its settings, but never a text, stand in the address, to be kept as a bookmark.

import { Refusal } from "./client.js";
import { byId, el, show } from "./dom.js";
import { formatOf, guess, textOf } from "./files.js";
import { told } from "./policies.js";
import { label, language, number, t } from "./strings.js";

const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;
/** Characters from which a pasted text is set at once: a browser's own editing takes seconds for a long article. */
const LONG = 5_000;
/** What can be chosen whatever the server has: its default, and the memory alone. */
const ALWAYS = 2;
const LANGUAGES = ["az", "en", "hy", "ru"];

export class Form {
  constructor() {
    this.form = byId("work");
    this.policies = [];
    /** The engines of the server by direction ("en-ru"). */
    this.engines = new Map();
    this.wanted = new URLSearchParams(location.search);
    /** The files that were read, by field: a text area turns CRLF into LF, so the text of a file is kept beside it. */
    this.files = {};
    /** A document that the server has to open. */
    this.document = null;
    this.formatChosen = false;
    this.restore();
    this.form.addEventListener("change", (event) => this.changed(event));
    for (const name of ["source", "target"]) {
      byId(name).addEventListener("input", () => this.typed(name));
      byId(name).addEventListener("paste", (event) => this.pasted(name, event));
    }
  }

  get verb() {
    return this.form.elements.verb.value;
  }

  get targets() {
    return [...this.form.querySelectorAll('[name="to"]:checked')].map((box) => box.value);
  }

  get policy() {
    return this.policies.find((policy) => policy.id === byId("policy").value);
  }

  /** The settings of the address. */
  restore() {
    const { wanted } = this;
    const verb = this.form.querySelector(`[name="verb"][value="${CSS.escape(wanted.get("verb") ?? "")}"]`);
    if (verb) verb.checked = true;
    if (LANGUAGES.includes(wanted.get("from"))) byId("from").value = wanted.get("from");
    const to = (wanted.get("to") ?? "").split(",");
    for (const box of this.form.querySelectorAll('[name="to"]')) box.checked = to.includes(box.value);
    byId("date").value = wanted.get("date") ?? "";
    this.adapt();
  }

  /** Offer the policies of the server. */
  offer(policies) {
    const chosen = this.policy?.id ?? this.wanted.get("policy");
    this.policies = policies;
    byId("policy").replaceChildren(
      ...policies.map((policy) => {
        const { text, lang } = told(policy, "title");
        return el("option", { value: policy.id, lang }, policy.default ? `${text} (${t("form.policy.default")})` : text);
      }),
    );
    const found = policies.find((policy) => policy.id === chosen) ?? policies.find((policy) => policy.default);
    if (found) byId("policy").value = found.id;
    this.adapt();
  }

  /** Offer the engines that the server has for every language wanted. */
  offerEngines(directions) {
    this.engines = new Map(directions.map(({ direction, engines }) => [direction, engines.map(({ name }) => name)]));
    this.adapt();
  }

  adaptEngines() {
    const select = byId("engine");
    const chosen = select.value || this.wanted.get("engine");
    const [first = [], ...others] = this.targets.map((target) => this.engines.get(`${byId("from").value}-${target}`) ?? []);
    const everywhere = first.filter((name) => others.every((names) => names.includes(name)));
    const always = [...select.options].slice(0, ALWAYS);
    select.replaceChildren(...always, ...everywhere.map((name) => el("option", { value: name, lang: "en" }, name)));
    select.value = [...select.options].some((option) => option.value === chosen) ? chosen : "";
    show(byId("engine-field"), this.verb === "translate");
  }

  changed(event) {
    if (event.target.name === "format") this.formatChosen = true;
    if (event.target.name === "engine") this.wanted.delete("engine");
    if (event.target.name === "to" && event.target.checked && this.verb === "check") {
      for (const box of this.form.querySelectorAll('[name="to"]')) box.checked = box === event.target;
    }
    this.adapt();
    this.remember();
  }

  /** Show what the verb, the languages and the policy ask for. */
  adapt() {
    const { verb, policy } = this;
    const two = verb === "translate" || verb === "check";
    label(byId("verb-help"), `verb.${verb}.help`);
    label(byId("run-label"), `form.run.${verb}`);
    label(byId("from-label"), two ? "form.from" : "form.language");
    label(byId("source-label"), verb === "check" ? "form.source" : "form.text");
    show(byId("to"), two);
    show(byId("target-field"), verb === "check");
    show(byId("fix-field"), verb === "check");
    for (const box of this.form.querySelectorAll('[name="to"]')) {
      box.disabled = box.value === byId("from").value;
      if (box.disabled) box.checked = false;
    }
    if (verb === "check") for (const box of [...this.form.querySelectorAll('[name="to"]:checked')].slice(1)) box.checked = false;
    show(byId("date-field"), Boolean(policy?.by_date));
    show(byId("policy-words"), Boolean(policy?.description || policy?.pitfalls));
    for (const field of ["description", "pitfalls"]) {
      const { text, lang } = told(policy, field);
      byId(`policy-${field}`).textContent = text;
      byId(`policy-${field}`).lang = lang;
    }
    show(byId("pitfalls"), Boolean(policy?.pitfalls));
    this.adaptEngines();
    this.count();
  }

  remember() {
    const kept = new URLSearchParams({ lang: language, verb: this.verb, from: byId("from").value });
    if (this.targets.length > 0) kept.set("to", this.targets.join(","));
    if (this.verb === "translate" && byId("engine").value) kept.set("engine", byId("engine").value);
    if (this.policy && !this.policy.default) kept.set("policy", this.policy.id);
    if (this.policy?.by_date && byId("date").value) kept.set("date", byId("date").value);
    history.replaceState(null, "", `?${kept.toString().replaceAll("%2C", ",")}`);
  }

  typed(name) {
    if (!this.formatChosen && !this.files[name] && name === "source") byId("format").value = guess(byId("source").value);
    this.count();
  }

  pasted(name, event) {
    const text = event.clipboardData.getData("text/plain");
    if (text.length < LONG) return;
    event.preventDefault();
    const field = byId(name);
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    this.typed(name);
  }

  count() {
    for (const name of ["source", "target"]) {
      const { value } = byId(name);
      const length = value.length - (value.match(/[\ud800-\udbff][\udc00-\udfff]/g) ?? []).length;
      byId(`${name}-count`).textContent = value ? t("form.characters", { count: number(length) }) : "";
    }
  }

  /** Take a file into a field, or as a document. Raises Refusal where it is no text. */
  async take(name, file) {
    const format = formatOf(file.name);
    if (format === null) {
      if (this.verb === "check") throw new Refusal(t("error.document.check"), 0, true);
      this.setDocument(file);
      return;
    }
    const text = await textOf(file);
    this.setDocument(null);
    byId(name).value = text;
    this.files[name] = { name: file.name, text, shown: byId(name).value };
    if (name === "source") byId("format").value = format;
    this.count();
  }

  setDocument(file) {
    this.document = file;
    show(byId("document"), file !== null);
    byId("document-name").textContent = file ? t("form.document", { name: file.name }) : "";
    byId("source").disabled = file !== null;
  }

  clear() {
    this.files = {};
    this.formatChosen = false;
    this.setDocument(null);
    for (const name of ["source", "target"]) byId(name).value = "";
    byId("format").value = "text";
    this.count();
  }

  text(name) {
    const { value } = byId(name);
    const file = this.files[name];
    return file && file.shown === value ? file.text : value;
  }

  /** A name for what is downloaded. */
  get stem() {
    const name = this.files.source?.shown === byId("source").value ? this.files.source.name : "dragoman";
    return name.replace(/\.[^.]*$/, "").replace(/[\\/:*?"<>|\u0000-\u001f\u202a-\u202e\u2066-\u2069]/g, "_") || "dragoman";
  }

  /** What is asked for: {verb, from, to, policy, date, engine, format, fix, source, target}. Raises Refusal, which says what is missing. */
  asked() {
    const verb = this.verb;
    const asked = {
      verb,
      from: byId("from").value,
      to: verb === "translate" || verb === "check" ? this.targets : [],
      policy: this.policy?.id,
      date: this.policy?.by_date ? byId("date").value.trim() : undefined,
      engine: verb === "translate" ? byId("engine").value || undefined : undefined,
      format: byId("format").value,
      fix: byId("fix").checked,
      source: this.text("source"),
      target: this.text("target"),
    };
    const missing = this.missing(asked);
    if (missing) {
      missing.field?.focus();
      throw new Refusal(t(missing.key), 0, true);
    }
    return asked;
  }

  missing({ verb, to, date, source, target }) {
    if ((verb === "translate" || verb === "check") && to.length === 0) {
      return { key: "error.target", field: this.form.querySelector('[name="to"]:not(:disabled)') };
    }
    if (date !== undefined && !DATE.test(date)) return { key: "error.date", field: byId("date") };
    if (this.document) return null;
    if (verb === "check" && !(source.trim() && target.trim())) {
      return { key: "error.pair", field: byId(source.trim() ? "target" : "source") };
    }
    return source.trim() ? null : { key: "error.text", field: byId("source") };
  }
}

/** The path and body of a request for one target language. */
export function requestOf(asked, target, overrides) {
  const { verb, from, policy, date, engine, format, fix, source } = asked;
  const body = { policy, date, format, overrides };
  if (verb === "check") return ["v1/check", { ...body, source, target: asked.target, from, to: target, fix }];
  if (verb === "translate") return ["v1/translate", { ...body, engine, text: source, from, to: target }];
  return [`v1/${verb}`, { ...body, text: source, lang: from }];
}
