// The side: servers with their channels and threads, direct messages, and who one is.

import { arrange, avatar, byId, el } from "./dom.js";

const THREADS = [10, 11, 12];
const VOICE = 2;

/** Shows the places that the person may go to, and whom they may be. */
export function places(page) {
  const { state } = page;
  const links = [];
  for (const guild of state.guilds) {
    links.push(el("h2", {}, guild.name));
    links.push(el("ul", {}, guild.channels.map((channel) => el("li", {}, place(channel, page)))));
  }
  links.push(el("h2", {}, "Direct messages"));
  links.push(el("ul", {}, state.dms.map((dm) => el("li", {}, place({ ...dm, type: 1 }, page)))));
  const focused = document.activeElement?.dataset.place;
  byId("places").replaceChildren(...links);
  if (focused) byId("places").querySelector(`[data-place="${focused}"]`)?.focus();
  people(page);
}

function place(channel, page) {
  const { state, seen } = page;
  const isHere = state.channel?.id === channel.id;
  const isNew = !isHere && channel.last_message_id && channel.last_message_id !== seen.get(`${state.me} ${channel.id}`);
  const isThread = THREADS.includes(channel.type);
  const sign = channel.type === 1 ? avatar(state.bot.id, channel.name) : el("span", { class: "sign", "aria-hidden": "true" }, isThread ? "↳" : "#");
  return el(
    "button",
    {
      type: "button",
      class: `place${isThread ? " of-thread" : ""}${isNew ? " new" : ""}`,
      "aria-current": isHere && "page",
      disabled: channel.type === VOICE,
      "data-place": channel.id,
      onclick: () => page.visits(channel.id),
    },
    sign,
    el("span", { class: "name" }, channel.name),
    isNew && el("span", { class: "dot", role: "img", "aria-label": "unread" }),
  );
}

/** A choice for each person; it stays the same node as long as the person is there, so that the keyboard does. */
function people(page) {
  const { state } = page;
  const home = byId("people");
  const options = state.people.map((person) => {
    const known = home.querySelector(`[data-person="${person.id}"]`);
    const node = known ?? someone(person, page);
    node.querySelector("input").checked = person.id === state.me;
    return node;
  });
  arrange(home, options);
}

function someone(person, page) {
  const choice = el("input", { type: "radio", name: "person", value: person.id, onchange: () => page.becomes(person.id) });
  return el(
    "label",
    { class: "person", "data-person": person.id },
    choice,
    avatar(person.id, person.name),
    el("span", { class: "name" }, person.name),
    person.roles.length > 0 && el("span", { class: "small" }, person.roles.join(", ")),
  );
}
