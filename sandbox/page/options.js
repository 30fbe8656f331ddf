// The field of one option of a slash command, by its kind.

import { choices } from "./choices.js";
import { el, length } from "./dom.js";

const BOOLEAN = 5;
const USER = 6;
const CHANNEL = 7;
const ROLE = 8;

let made = 0;

/** A field for `option`. `complete(text)` asks the bot; `done(field)` hears that a value was picked or entered. */
export function optionField(option, page, complete, done) {
  const id = `option-${(made += 1)}`;
  const input = el("input", { id, type: "text", "aria-required": option.required && "true", title: option.description });
  const trouble = el("span", { class: "small over" });
  // What is sent: what was picked, as long as the text stays as it was then.
  let chosen = null;
  const field = {
    name: option.name,
    isRequired: option.required === true,
    focus: () => input.focus(),
    value: () => (chosen && chosen.name === input.value ? String(chosen.value) : input.value.trim()),
  };
  const list = choices(input, {
    find: (typed, signal) => find(option, page, typed, (words) => complete(words, signal)),
    pause: option.autocomplete ? 200 : 0,
    picked: (choice) => {
      chosen = choice;
      input.value = choice.name;
      done(field);
    },
    entered: () => done(field),
  });
  input.addEventListener("input", () => {
    const over = option.max_length && length(input.value) > option.max_length;
    trouble.textContent = over ? `${length(input.value)} / ${option.max_length}` : "";
  });
  field.node = el(
    "div",
    { class: "option" },
    el("label", { for: id }, option.name, option.required && el("span", { class: "required", "aria-hidden": "true" }, " *")),
    el("div", { class: "holds" }, input, list.list, trouble),
    el("span", { class: "small note" }, option.description),
  );
  return field;
}

/** What may be picked for an option. */
async function find(option, page, typed, complete) {
  const words = typed.trim().toLowerCase().replace(/^[#@]/, "");
  const among = (all) => all.filter(({ name }) => name.toLowerCase().includes(words)).slice(0, 25);
  if (option.choices?.length > 0) return among(option.choices);
  if (option.autocomplete) return complete(typed);
  const { names, guilds, channel, people } = page.state;
  const guild = guilds.find((held) => held.id === channel.guild_id);
  switch (option.type) {
    case BOOLEAN:
      return among([{ name: "True", value: "true" }, { name: "False", value: "false" }]);
    case USER:
      return among(people.map(({ id, name }) => ({ name: `@${name}`, value: id })));
    case CHANNEL: {
      const kinds = option.channel_types ?? [];
      const fit = (guild?.channels ?? []).filter((held) => kinds.length === 0 || kinds.includes(held.type));
      return among(fit.map(({ id, name }) => ({ name: `#${name}`, value: id })));
    }
    case ROLE:
      return among(Object.entries(names.roles).map(([id, name]) => ({ name: `@${name.replace(/^@/, "")}`, value: id })));
    default:
      return [];
  }
}
