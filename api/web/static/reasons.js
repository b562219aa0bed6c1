// Says in plain words what a Result says in codes: the rule behind a rendering, a usage, a form.

import { known, named, t } from "./strings.js";

/** "armenian+international" in words. */
export function usageWords(usages) {
  return usages.split("+").filter(Boolean).map((usage) => named(`usage.${usage}`, usage)).join(", ");
}

/** The rule in a sentence: the nearest of "policy:source", "policy", for what a rule names, and the rule itself. */
export function ruleWords(rule) {
  const [head, tail = ""] = rule.split(/:(.*)/s);
  for (const key of [`rule.${head}.${tail}`, `rule.${head}`]) {
    if (known(key)) return t(key, { usage: usageWords(tail) });
  }
  return t("rule.other", { rule });
}

/** "demonym.pl.gen" in words. */
export function formWords(form) {
  return form.split(".").filter(Boolean).map((word) => named(`form-of.${word}`, word)).join(", ");
}
