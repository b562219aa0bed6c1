/* What a person with a screen reader, a keyboard or weak eyes stumbles over in the page at hand, as a list of words. */
() => {
  const found = [];
  const visible = (node) => node.checkVisibility({ visibilityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (what, node) => found.push(`${what}: ${(node.outerHTML || node.textContent).slice(0, 120)}`);
  for (const selector of ["main", "body > header", "body > footer", "nav", "h1"])
    if (!document.querySelector(selector)) found.push(`no ${selector}`);
  if (all("h1").length !== 1) found.push("more than one h1");
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) say("a heading skips a level", heading);
    if (!heading.textContent.trim()) say("an empty heading", heading);
    level = own;
  }
  for (const nav of all("nav")) if (!nav.getAttribute("aria-label")) say("a navigation without a name", nav);
  for (const input of all("input, select, textarea")) if (!input.labels.length) say("a field without a label", input);
  for (const image of all("img:not([alt])")) say("an image without a text", image);
  for (const svg of all("svg:not([aria-hidden])")) if (!svg.querySelector(":scope > title")) say("a drawing without a title", svg);
  for (const link of all("a, button, summary"))
    if (!(link.getAttribute("aria-label") || link.textContent).trim()) say("a link without a name", link);
  for (const node of all("[aria-labelledby], [aria-describedby]"))
    for (const name of ["aria-labelledby", "aria-describedby"])
      for (const id of (node.getAttribute(name) || "").split(" ").filter(Boolean))
        if (!document.getElementById(id)) say(`${name} leads nowhere`, node);
  for (const table of all("table"))
    if (!table.querySelector("th[scope]")) say("a table without headers", table);
  for (const node of all(".scroll")) if (node.tabIndex !== 0) say("what scrolls cannot be reached by keyboard", node);
  for (const node of all("[lang]"))
    if (!["az", "en", "hy", "ru"].includes(node.lang)) say("an unknown language", node);
  const scripts = { hy: /[\u0531-\u058f]/, ru: /[\u0400-\u04ff]/ };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const numbers = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = numbers(color).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = (node) => {
    for (; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if ((numbers(color)[3] ?? 1) > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const seen = new Set();
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const node = text.parentElement;
    if (!text.textContent.trim() || ["SCRIPT", "NOSCRIPT", "TITLE", "title"].includes(node.tagName)) continue;
    for (const [language, letters] of Object.entries(scripts))
      if (letters.test(text.textContent) && node.closest("[lang]").lang !== language)
        if (!(language === "ru" && node.closest("[lang]").lang === "az")) say(`${language} text said to be ${node.closest("[lang]").lang}`, node);
    if (!visible(node)) continue;
    const style = getComputedStyle(node);
    const front = node.closest("svg") ? style.fill : style.color;
    const pair = `${front} on ${background(node)}`;
    if (seen.has(pair)) continue;
    seen.add(pair);
    const [high, low] = [luminance(front), luminance(background(node))].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) say(`contrast ${ratio.toFixed(2)} (${pair})`, node);
  }
  return found;
}
