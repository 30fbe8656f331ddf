// The line at the bottom: a text to say, or a slash command with its options.

import { act, commands } from "./api.js";
import { choices } from "./choices.js";
import { byId, el } from "./dom.js";
import { optionField } from "./options.js";

const SUBCOMMAND = 1;
const GROUP = 2;

/** Sets the composer up. `page` has the state and hears what a command brings. */
export function composer(page) {
  const home = byId("composer");
  const field = el("input", { id: "say", type: "text", "aria-label": "Message, or / for a command", placeholder: "" });
  let known = [];
  // What was written and not sent, by person and place.
  const unsent = new Map();
  const here = () => `${page.state?.me} ${page.state?.channel?.id}`;
  const find = async (typed) => {
    if (!typed.startsWith("/")) return [];
    // What is offered may be another with each person, place and bot; while one types it stays.
    if (typed === "/" || known.length === 0) known = await commands(page.state.me, page.state.channel.id);
    return offered(known, typed);
  };
  const picker = choices(field, {
    find,
    picked: ({ value }) => open(value),
    entered: () => says(),
  });
  const line = el("div", { class: "line" }, field);
  home.replaceChildren(picker.list, line);

  const says = async () => {
    const text = field.value.trim();
    if (text === "") return;
    if (text.startsWith("/")) {
      // Whoever types fast is ahead of the list.
      const [first] = await find(text);
      if (first) open(first.value);
      else page.notes(text, "There is no such command here. Type / and pick one.");
      return;
    }
    const seat = page.seat();
    field.value = "";
    try {
      await act("say", { as: seat.me, in: seat.channel, text });
    } catch (error) {
      if (page.isAt(seat)) field.value ||= text;
      page.notes("Your message", error.message, seat);
    }
  };
  const close = () => {
    home.replaceChildren(picker.list, line);
    known = [];
    field.value = "";
    field.focus();
  };
  const open = (command) => {
    const form = commandForm(command, page, close);
    home.replaceChildren(form.node);
    form.begins();
  };
  return {
    /** Shows what may be done where the person is now. */
    update() {
      const { channel, me, names } = page.state;
      field.disabled = !channel;
      if (!channel) {
        field.placeholder = "There is nobody here, and nowhere to write";
        return;
      }
      const asked = channel.may_say ? `message ${title(channel)}, or / for a command` : "type / for a command";
      field.placeholder = `As ${names.users[me]}: ${asked}`;
    },
    /** Shuts it: the person is on the way to another place, or becomes somebody else. What was written here is kept. */
    leaves() {
      unsent.set(here(), field.value);
      home.inert = true;
    },
    /** Opens it for where the person is now. Whoever goes through the people by keys stays there. */
    arrives() {
      const held = document.querySelector("#people :focus-visible");
      const isFirst = !home.inert;
      home.inert = false;
      if (isFirst) return;
      close();
      field.value = unsent.get(here()) ?? "";
      held?.focus();
    },
  };
}

const title = (channel) => (channel.type === 1 ? channel.name : `#${channel.name}`);

/** The commands that begin with what was typed, or hold it; each subcommand is a line of its own. */
function offered(known, typed) {
  const words = typed.slice(1).trim().toLowerCase();
  const found = known.flatMap((command) => leaves(command)).filter(({ path }) => path.includes(words));
  found.sort((one, other) => Number(other.path.startsWith(words)) - Number(one.path.startsWith(words)));
  return found.map((command) => ({ name: `/${command.path}`, note: command.description, value: command }));
}

function leaves(command, before = "") {
  const path = `${before}${command.name}`;
  const nested = (command.options ?? []).filter((option) => [SUBCOMMAND, GROUP].includes(option.type));
  if (nested.length > 0) return nested.flatMap((option) => leaves(option, `${path} `));
  return [{ path, description: command.description, options: command.options ?? [] }];
}

/** The form of one command: required options at once, the others behind a button each. */
function commandForm(command, page, close) {
  const fields = new Map();
  const places = el("div", { class: "options-given" });
  const more = el("div", { class: "options-more" });
  const trouble = el("div", { class: "trouble", role: "alert" });
  const send = el("button", { type: "submit", class: "button primary", "aria-label": `Send /${command.path}` }, "Send");
  const given = () => [...fields.values()].map((field) => [field.name, field.value()]).filter(([, value]) => value !== "");
  const complete = async (option, typed, signal) => {
    const others = given().filter(([name]) => name !== option.name);
    const body = { as: page.state.me, in: page.state.channel.id, command: command.path, options: [...others, [option.name, typed]] };
    return (await act("complete", body, signal)).choices;
  };
  const add = (option) => {
    const field = optionField(option, page, (typed, signal) => complete(option, typed, signal), next);
    fields.set(option.name, field);
    places.append(field.node);
    return field;
  };
  /** Goes to the next option that is required and still empty, or else sends. */
  const next = (from) => {
    const order = [...fields.values()];
    const after = order.slice(order.indexOf(from) + 1).find((field) => field.isRequired && field.value() === "");
    const missing = after ?? order.find((field) => field.isRequired && field.value() === "");
    if (missing) missing.focus();
    else send.focus();
  };
  for (const option of command.options.filter((held) => held.required)) add(option);
  for (const option of command.options.filter((held) => !held.required)) {
    const button = el("button", { type: "button", class: "plain", title: option.description, onclick: () => {
      button.remove();
      add(option).focus();
    } }, `+ ${option.name}`);
    more.append(button);
  }
  const node = el(
    "form",
    { class: "command", "aria-label": `/${command.path}` },
    el("div", { class: "chip" }, el("b", {}, `/${command.path}`), el("span", { class: "small" }, command.description)),
    places,
    more,
    trouble,
    el("div", { class: "ends" }, el("button", { type: "button", class: "plain", onclick: close }, "Cancel"), send),
  );
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    const missing = [...fields.values()].find((field) => field.isRequired && field.value() === "");
    if (missing) {
      trouble.textContent = `${missing.name} is required.`;
      missing.focus();
      return;
    }
    const seat = page.seat();
    send.disabled = true;
    send.textContent = "Sending…";
    trouble.textContent = "";
    try {
      const body = { as: seat.me, in: seat.channel, command: command.path, options: given() };
      const outcome = await act("command", body);
      if (node.isConnected) close();
      page.hears(outcome, `/${command.path}`, "The application did not respond", seat);
    } catch (error) {
      trouble.textContent = error.message;
      send.textContent = "Send";
      send.disabled = false;
      if (node.isConnected) send.focus();
    }
  });
  return { node, begins: () => ([...fields.values()][0] ?? { focus: () => send.focus() }).focus() };
}
