// The rows below a message: buttons and select menus, and what becomes of a press.

import { el } from "./dom.js";

const BUTTON = 2;
const SELECT = 3;
const LINK = 5;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger" };

/** The rows of a message. While a press is under way they are all shut; one that fails says so below. */
export function rows(message, page) {
  if (message.components.length === 0) return null;
  const node = el("div", { class: "rows" });
  const trouble = page.troubles.get(message.id);
  const press = async (part, values) => {
    node.inert = true;
    node.classList.add("busy");
    await page.presses(message.id, part.custom_id, values);
    node.inert = false;
    node.classList.remove("busy");
  };
  for (const row of message.components) {
    node.append(el("div", { class: "row" }, (row.components ?? []).map((part) => component(part, press))));
  }
  if (trouble) node.append(el("div", { class: "trouble", role: "alert" }, trouble));
  return node;
}

function component(part, press) {
  if (part.type === BUTTON) return button(part, press);
  if (part.type === SELECT) return menu(part, press);
  return el("span", { class: "small" }, `(a component of type ${part.type})`);
}

function button(part, press) {
  const label = [part.emoji?.name, part.label].filter(Boolean).join(" ");
  if (part.style === LINK) {
    return el("a", { class: "button secondary", href: part.url, target: "_blank", rel: "noreferrer noopener" }, `${label} ↗`);
  }
  const attributes = { type: "button", class: `button ${STYLES[part.style] ?? "secondary"}`, disabled: part.disabled, "data-key": part.custom_id };
  return el("button", { ...attributes, onclick: () => press(part) }, label);
}

/** A select menu. One that takes a single option is done when it is chosen; one that takes several, with Done. */
function menu(part, press) {
  const least = part.min_values ?? 1;
  const most = part.max_values ?? 1;
  const chosen = new Set(part.options.filter((option) => option.default).map((option) => option.value));
  const words = () => {
    const labels = part.options.filter((option) => chosen.has(option.value)).map((option) => option.label);
    return labels.length > 0 ? labels.join(", ") : (part.placeholder ?? "Make a selection");
  };
  const open = el("button", {
    type: "button",
    class: "select",
    disabled: part.disabled,
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    "aria-label": part.placeholder ?? "Make a selection",
    "data-key": part.custom_id,
  }, words());
  const list = el("div", { class: "options", role: "listbox", "aria-label": part.placeholder ?? "Make a selection", "aria-multiselectable": most > 1 && "true", hidden: true });
  const box = el("div", { class: "menu" }, open, list);
  const show = (isOpen) => {
    list.hidden = !isOpen;
    open.setAttribute("aria-expanded", String(isOpen));
  };
  const done = el("button", { type: "button", class: "button primary" }, "Done");
  const mark = () => {
    for (const option of list.querySelectorAll("[role=option]")) {
      option.setAttribute("aria-selected", String(chosen.has(option.dataset.value)));
    }
    done.disabled = chosen.size < least || chosen.size > most;
    open.textContent = words();
  };
  const choose = (value) => {
    if (most === 1) {
      show(false);
      open.focus();
      press(part, [value]);
      return;
    }
    if (!chosen.delete(value)) chosen.add(value);
    mark();
  };
  for (const option of part.options) {
    list.append(
      el(
        "button",
        { type: "button", role: "option", "data-value": option.value, tabindex: "-1", onclick: () => choose(option.value) },
        el("span", {}, option.label),
        option.description && el("span", { class: "small" }, option.description),
      ),
    );
  }
  if (most > 1) {
    list.append(done);
    done.addEventListener("click", () => {
      show(false);
      open.focus();
      // In the order of the menu, as a client sends them.
      press(part, part.options.map((option) => option.value).filter((value) => chosen.has(value)));
    });
  }
  open.addEventListener("click", () => {
    show(list.hidden);
    if (!list.hidden) (list.querySelector("[aria-selected=true]") ?? list.firstElementChild)?.focus();
  });
  box.addEventListener("keydown", (event) => walk(event, list, () => {
    show(false);
    open.focus();
  }));
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) show(false);
  });
  mark();
  return box;
}

/** Arrow keys go through the options; Escape closes. */
function walk(event, list, close) {
  if (list.hidden) return;
  const stops = [...list.children];
  const at = stops.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
  if (event.key === "Escape") close();
  else if (next === undefined) return;
  else stops.at(Math.max(0, Math.min(next, stops.length - 1)))?.focus();
  event.preventDefault();
  event.stopPropagation();
}
