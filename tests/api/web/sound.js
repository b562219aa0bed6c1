// What an audit of roles looks for in a page: answers what is wrong.
() => {
  const wrong = [];
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  wrong.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`));
  for (const name of ["aria-describedby", "aria-labelledby", "aria-controls", "for"]) {
    for (const node of document.querySelectorAll(`[${name}]`)) {
      for (const id of node.getAttribute(name).split(" ")) if (!ids.includes(id)) wrong.push(`${name}: ${id}`);
    }
  }
  for (const node of document.querySelectorAll("[tabindex]")) if (node.tabIndex > 0) wrong.push("tabindex above 0");
  let level = 0;
  for (const node of document.querySelectorAll("h1, h2, h3, h4")) {
    if (!node.checkVisibility()) continue;
    const own = Number(node.tagName[1]);
    if (own > level + 1) wrong.push(`${node.tagName} after H${level}`);
    level = own;
  }
  return wrong;
}
