// The words of the page: one JSON file a language, all of the same keys.

let current = {};
export let language = document.documentElement.lang;

/** The text of a key, its {fields} filled; "" for a key that there is not. */
export function t(key, fields = {}) {
  const found = current[key] ?? "";
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? String(fields[name]) : whole));
}

export const known = (key) => key in current;

/** The text of a key, or another text where the server knows a word that the page does not. */
export const named = (key, otherwise) => (known(key) ? t(key) : otherwise);

/** A number as the language of the page writes it. */
export const number = (value) => new Intl.NumberFormat(language).format(value);

/** Take the words of a language, and put them wherever the page says that it has some. */
export async function speak(code) {
  const response = await fetch(`static/strings/${code}.json`);
  if (!response.ok) throw new Error(`strings ${code}`);
  current = await response.json();
  language = code;
  document.documentElement.lang = code;
  relabel();
}

/** An element's text is a key: now, and after a switch of the language. */
export function label(node, key) {
  node.dataset.text = key;
  node.textContent = t(key);
}

function relabel() {
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
  for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = t(node.dataset.placeholder);
  for (const link of document.querySelectorAll("[data-language]")) {
    if (link.dataset.language === language) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
