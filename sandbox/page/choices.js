// A text field with a list of choices below it, which arrow keys, Tab, Enter and the pointer pick from.

import { el } from "./dom.js";

let made = 0;

/**
 * Gives `field` a list. `find(text, signal)` returns choices ({name, value, note}) or a promise of them; `picked(choice)` hears
 * which was taken. `entered()` hears Enter where nothing is to be picked. Where finding costs something, it waits for `pause`
 * milliseconds without another letter.
 */
export function choices(field, { find, picked, entered = () => {}, pause = 0 }) {
  const id = `choices-${(made += 1)}`;
  const list = el("div", { id, class: "choices", role: "listbox", "aria-label": "Choices", hidden: true });
  let offered = [];
  let at = -1;
  // What is under way, and whether the list is that of an earlier text.
  let search = new AbortController();
  let timer;
  let isStale = false;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);
  field.setAttribute("autocomplete", "off");

  const hide = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    at = place;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = list.children[at];
    if (!option) return;
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const giveUp = () => {
    clearTimeout(timer);
    search.abort();
  };
  const take = (choice) => {
    giveUp();
    hide();
    picked(choice);
  };
  const show = (found) => {
    offered = found;
    list.replaceChildren(
      ...found.map((choice, index) => {
        const option = el("div", { id: `${id}-${index}`, role: "option", "aria-selected": "false" });
        option.append(el("span", { class: "name" }, choice.name), choice.note ? el("span", { class: "small" }, choice.note) : "");
        // The field keeps the focus.
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(choice));
        return option;
      }),
    );
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length > 0) mark(0);
  };
  /** A line in the place of choices. */
  const tell = (words) => {
    offered = [];
    list.replaceChildren(el("div", { class: "small told", role: "option", "aria-disabled": "true" }, words));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };
  const look = async () => {
    search = new AbortController();
    const { signal } = search;
    const isSlow = setTimeout(() => tell("Loading options…"), 400);
    try {
      const found = await find(field.value, signal);
      if (signal.aborted || document.activeElement !== field) return;
      isStale = false;
      show(found);
    } catch {
      if (!signal.aborted) tell("Loading options failed");
    } finally {
      clearTimeout(isSlow);
    }
  };
  const looks = () => {
    giveUp();
    isStale = true;
    timer = setTimeout(look, pause);
  };

  field.addEventListener("input", looks);
  field.addEventListener("focus", looks);
  field.addEventListener("blur", () => {
    giveUp();
    hide();
  });
  field.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (isOpen && step && offered.length > 0) mark((at + step + offered.length) % offered.length);
    else if (isOpen && event.key === "Escape") hide();
    else if (isOpen && (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && offered[at] && !isStale) take(offered[at]);
    else if (event.key === "Enter" && !event.isComposing) entered();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { list };
}
