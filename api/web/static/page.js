// The page: asks the server what the form says, and shows what it answers.

import { Choices } from "./choices.js";
import { getJson, postJson, useKey } from "./client.js";
import { byId, show } from "./dom.js";
import { copy, saveHtml, saveReport, saveText } from "./downloads.js";
import { listen } from "./files.js";
import { Form, requestOf } from "./form.js";
import { Jobs } from "./jobs.js";
import { language, number, speak, t } from "./strings.js";
import { View } from "./view.js";

let form;
let view;
let jobs;
let choices = new Choices();
let last = null;
let running = null;

function say(key, fields) {
  const node = byId("status");
  node.textContent = "";
  node.textContent = t(key, fields);
}

/** One line of what went wrong; where a key is wanted, the field for it. */
function complain(error) {
  const node = byId("error");
  node.lang = error.ours ? language : "en";
  node.textContent = error.message;
  if (error.status === 401) {
    show(byId("key"), true);
    byId("key-field").focus();
  }
}

const calm = () => byId("error").replaceChildren();

/** Ask for what the form says. What is still being asked for is given up. */
async function run(answer) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  calm();
  busy(true);
  try {
    await answer(mine.signal);
  } catch (error) {
    if (error.name !== "AbortError") {
      byId("status").textContent = "";
      complain(error);
    }
  } finally {
    if (running === mine) {
      running = null;
      busy(false);
    }
  }
}

function busy(on) {
  show(byId("cancel"), on);
  byId("work").classList.toggle("busy", on);
  byId("result").setAttribute("aria-busy", String(on));
  if (on) say("status.working");
}

async function submit() {
  await run(async (signal) => {
    const asked = form.asked();
    form.remember();
    if (form.document) {
      await jobs.submit(form.document, asked, signal);
      say("status.file", { name: form.document.name });
      form.setDocument(null);
      return;
    }
    if (last && (last.source !== asked.source || last.from !== asked.from)) choices = new Choices();
    if (last && last.format !== asked.format) choices.forgetPlaces();
    await ask(asked, choices, signal);
    byId("result").focus({ preventScroll: true });
    byId("result").scrollIntoView({ block: "start" });
  });
}

/** Ask again with other choices; where the server refuses them, those before them hold. */
async function change(other) {
  await run(async (signal) => {
    await ask(last, other, signal);
    say("status.choice");
  });
}

/** Ask for every target language at once. What one of them is refused for is said; the others are shown. */
async function ask(asked, wanted, signal) {
  const targets = asked.to.length > 0 ? asked.to : [asked.from];
  const answers = await Promise.allSettled(
    targets.map((target) => {
      const [path, body] = requestOf(asked, target, wanted.overrides());
      return postJson(path, body, signal);
    }),
  );
  signal.throwIfAborted();
  const refused = answers.find((answer) => answer.status === "rejected");
  const results = answers.filter((answer) => answer.status === "fulfilled").map((answer) => answer.value);
  if (results.length === 0) throw refused.reason;
  last = asked;
  choices = wanted;
  view.show({ asked, choices, results });
  if (refused) complain(refused.reason);
  const { segments, mentions, findings } = view.result;
  say("status.done", { segments: number(segments.length), mentions: number(mentions.length), findings: number(findings.length) });
}

async function loadWhatIsThere() {
  try {
    const [policies, engines] = await Promise.all([getJson("v1/policies"), getJson("v1/engines")]);
    form.offer(policies);
    form.offerEngines(engines);
    show(byId("key"), false);
    calm();
  } catch (error) {
    complain(error);
  }
}

async function take(name, file) {
  calm();
  try {
    await form.take(name, file);
    say("status.file", { name: file.name });
  } catch (error) {
    complain(error);
  }
}

function listenToForm() {
  byId("work").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  byId("work").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
  });
  byId("cancel").addEventListener("click", () => {
    running?.abort();
    say("status.cancelled");
    byId("run").focus();
  });
  byId("clear").addEventListener("click", () => {
    running?.abort();
    form.clear();
    view.hide();
    choices = new Choices();
    last = null;
    calm();
    byId("status").textContent = "";
    byId("source").focus();
  });
  byId("document-remove").addEventListener("click", () => {
    form.setDocument(null);
    byId("source").focus();
  });
  for (const name of ["source", "target"]) {
    listen(byId(name).closest(".text-field"), byId(`${name}-file`), (file) => take(name, file));
    document.querySelector(`[data-file="${name}"]`).addEventListener("click", () => byId(`${name}-file`).click());
  }
  byId("key").addEventListener("submit", (event) => {
    event.preventDefault();
    useKey(byId("key-field").value);
    loadWhatIsThere();
  });
}

function listenToResult() {
  byId("copy").addEventListener("click", async () => {
    if (await copy(view.result.text)) say("status.copied");
    else complain(Object.assign(new Error(t("error.copy")), { ours: true }));
  });
  byId("download-text").addEventListener("click", () => saveText(form.stem, last.format, view.result));
  byId("download-html").addEventListener("click", () => saveHtml(form.stem, last.format, view.result, view.rows));
  byId("download-report").addEventListener("click", () => {
    const shown = [byId("summary"), byId("findings"), byId("columns"), byId("segments")];
    saveReport(form.stem, view.result, shown).catch(complain);
  });
}

/** Switch the language in place: nothing that was pasted or chosen is lost. */
function listenToLanguages() {
  byId("languages").addEventListener("click", async (event) => {
    const link = event.target.closest("[data-language]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await speak(link.dataset.language);
    } catch {
      complain(Object.assign(new Error(t("error.network")), { ours: true }));
      return;
    }
    form.offer(form.policies);
    form.remember();
    document.title = t("page.title");
    calm();
    byId("status").textContent = "";
    if (view.result) view.draw();
  });
}

async function start() {
  await speak(document.documentElement.lang);
  form = new Form();
  view = new View(change);
  jobs = new Jobs(byId("jobs"), byId("job-list"), complain);
  listenToForm();
  listenToResult();
  listenToLanguages();
  await loadWhatIsThere();
  document.documentElement.dataset.ready = "true";
}

start();
