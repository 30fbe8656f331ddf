// Making and replacing nodes. Text always goes in as text: nothing here reads HTML.

/** Makes an element. Names that begin with "on" are listeners; what is false, null or undefined is left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** A round picture of who it is: the first letter on a colour of their own. */
export function avatar(id, name) {
  const node = el("span", { class: "avatar", "aria-hidden": "true" }, [...name][0]?.toUpperCase() ?? "?");
  node.style.setProperty("--hue", String(Number((BigInt(id) * 137n) % 360n)));
  return node;
}

/** Puts `wanted` into `parent` in that order, moving only what is not in its place, so that focus and scrolling stay. */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
}

/** Counts as Discord does: code points. */
export const length = (text) => [...text].length;
