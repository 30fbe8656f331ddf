// A text field with a list of choices below it, which arrow keys, Tab, Enter and the pointer pick from.

import { el } from "./dom.js";

let made = 0;

/**
 * Gives `field` a list. `find(text)` returns choices ({name, value, note}) or a promise of them; `picked(choice)` hears
 * which was taken. `entered()` hears Enter where nothing is to be picked.
 */
export function choices(field, { find, picked, entered = () => {} }) {
  const id = `choices-${(made += 1)}`;
  const list = el("div", { id, class: "choices", role: "listbox", "aria-label": "Choices", hidden: true });
  let offered = [];
  let at = -1;
  let asked = 0;
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
  const take = (choice) => {
    asked += 1;
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
  const look = async () => {
    const turn = (asked += 1);
    let found = [];
    try {
      found = await find(field.value);
    } catch {
      // What could not be found is no list; the command itself will say what is wrong.
    }
    if (turn === asked && document.activeElement === field) show(found);
  };

  field.addEventListener("input", look);
  field.addEventListener("focus", look);
  field.addEventListener("blur", () => {
    asked += 1;
    hide();
  });
  field.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (isOpen && step) mark((at + step + offered.length) % offered.length);
    else if (isOpen && event.key === "Escape") hide();
    else if (isOpen && (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && offered[at]) take(offered[at]);
    else if (event.key === "Enter" && !event.isComposing) entered();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { list, look, hide };
}
