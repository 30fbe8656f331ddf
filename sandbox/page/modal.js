// A modal: its texts and inputs with their limits, and what becomes of sending it.

import { act } from "./api.js";
import { byId, el, length } from "./dom.js";
import { block } from "./markdown.js";

const ROW = 1;
const TEXT_INPUT = 4;
const TEXT_DISPLAY = 10;
const LABEL = 18;
const PARAGRAPH = 2;
/** The most that an input takes where the bot says nothing. */
const MOST = 4000;

/** What was typed into modals that were closed unsent, by person and modal: it is there when the same one opens again. */
const unsent = new Map();

/** Opens a modal that came for `interaction`, for the person of `seat`. `came` hears what sending it brings. */
export function openModal({ interaction, modal }, page, seat, came) {
  const dialog = byId("modal");
  const inputs = [];
  const key = `${seat.me} ${modal.custom_id}`;
  const kept = unsent.get(key) ?? {};
  let isSent = false;
  const values = (some) => Object.fromEntries(some.map((input) => [input.id, input.value()]));
  const trouble = el("p", { class: "trouble", role: "alert" });
  const send = el("button", { type: "submit", class: "button primary" }, "Submit");
  const check = () => {
    send.disabled = inputs.map((input) => input.check()).includes(false);
  };
  const parts = modal.components.map((part) => {
    if (part.type === TEXT_DISPLAY) return el("div", { class: "text" }, block(part.content, page.scene));
    const [held, label] = part.type === ROW ? [part.components[0], part.components[0].label] : [part.component, part.label];
    if (![ROW, LABEL].includes(part.type) || held?.type !== TEXT_INPUT) return el("p", { class: "small" }, `(a component of type ${part.type})`);
    const input = textInput(held, kept[held.custom_id], label, part.description, check);
    inputs.push(input);
    return input.node;
  });
  const form = el(
    "form",
    { method: "dialog", "aria-labelledby": "modal-title" },
    el("header", {}, el("h2", { id: "modal-title" }, modal.title)),
    el("div", { class: "parts" }, parts),
    trouble,
    el(
      "footer",
      {},
      el("button", { type: "button", class: "button secondary", onclick: () => dialog.close() }, "Cancel"),
      send,
    ),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    trouble.textContent = "";
    try {
      const outcome = await act("modal", { as: seat.me, interaction, values: values(inputs) });
      if (outcome.came === "no response") throw new Error("Something went wrong. Try again.");
      isSent = true;
      unsent.delete(key);
      if (form.isConnected) dialog.close();
      came(outcome);
    } catch (error) {
      trouble.textContent = error.message;
      check();
      send.focus();
    }
  });
  dialog.replaceChildren(form);
  // What is as the bot gave it, the bot gives again, and may have more of it by then.
  const keep = () => unsent.set(key, isSent ? {} : values(inputs.filter((input) => input.value() !== input.given)));
  dialog.addEventListener("close", keep, { once: true });
  dialog.showModal();
  check();
  inputs[0]?.focus();
}

/** An input as the bot gave it, with what was typed into it before, if that was kept. */
function textInput(held, typed, label, description, changed) {
  const least = held.min_length ?? 0;
  const most = held.max_length ?? MOST;
  const isRequired = held.required ?? true;
  const isLong = held.style === PARAGRAPH;
  const counter = el("span", { class: "counter" });
  const field = el(isLong ? "textarea" : "input", { rows: isLong && "3", id: `input-${held.custom_id}`, "aria-describedby": `count-${held.custom_id}` });
  counter.id = `count-${held.custom_id}`;
  field.placeholder = held.placeholder ?? "";
  field.value = held.value ?? "";
  const given = field.value;
  if (typed !== undefined) field.value = typed;
  field.required = isRequired;
  field.addEventListener("input", changed);
  const check = () => {
    const typed = length(field.value);
    const isFine = typed <= most && (typed === 0 ? !isRequired : typed >= least);
    counter.textContent = `${typed} / ${most}`;
    counter.classList.toggle("over", typed > most);
    field.setAttribute("aria-invalid", String(typed > most));
    return isFine;
  };
  const title = el("label", { for: field.id }, label ?? "", isRequired && el("span", { class: "required", "aria-hidden": "true" }, " *"));
  return {
    id: held.custom_id,
    given,
    check,
    value: () => field.value,
    focus: () => field.focus(),
    node: el("div", { class: "input" }, el("div", { class: "above" }, title, counter), description && el("div", { class: "small" }, description), field),
  };
}
