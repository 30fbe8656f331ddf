// The page as a whole: the state as it is now, who one is and where, and what is on the screen of it.

import { act, follow } from "./api.js";
import { clock } from "./clock.js";
import { composer } from "./composer.js";
import { arrange, byId, el } from "./dom.js";
import { inspector } from "./inspector.js";
import { item } from "./message.js";
import { openModal } from "./modal.js";
import { places } from "./places.js";
import { refresh } from "./time.js";

/** Messages of one author closer than this stand together. */
const TOGETHER_MS = 7 * 60_000;

const page = {
  /** The sandbox's last snapshot. */
  state: null,
  /** What mentions and timestamps need. */
  scene: null,
  /** The last message that each person has seen in each channel. */
  seen: new Map(),
  /** Why a press on a message failed. */
  troubles: new Map(),
  /** Messages that were dismissed, and notes of this window: what failed, for which there is no message. */
  dismissed: new Set(),
  own: [],

  visits(channel) {
    side(false);
    go(page.state.me, channel);
  },
  becomes(person) {
    side(false);
    go(person, page.state.channel?.type === 1 ? "" : page.state.channel?.id);
  },
  dismisses(id) {
    page.dismissed.add(id);
    page.own = page.own.filter((held) => held.id !== id);
    show();
    byId("say")?.focus();
  },
  /** Says in this window alone that something failed. */
  notes(title, words, seat = page.seat()) {
    const id = `own-${(made += 1)}`;
    page.own.push({ ...seat, id, after: page.state.messages.at(-1)?.id ?? "0", node: note(id, title, words) });
    show();
  },
  async presses(message, custom_id, values) {
    const seat = page.seat();
    const back = wayBack(message, custom_id);
    page.troubles.delete(message);
    try {
      const outcome = await act("press", { as: seat.me, message, in: seat.channel, custom_id, values });
      if (outcome.came === "no response") page.troubles.set(message, "This interaction failed");
      else page.hears(outcome, "", "", seat);
    } catch (error) {
      page.troubles.set(message, error.message);
    }
    redraw(message);
    // Whoever pressed comes back to where they were; after a modal, once it is closed.
    const modal = byId("modal");
    if (modal.open) modal.addEventListener("close", back, { once: true });
    else if (document.activeElement === document.body) back();
  },
  /** Takes in what a step brought. Whoever is somebody else or somewhere else by then does not see it. */
  hears(outcome, title, failure, seat) {
    if (!page.isAt(seat)) return;
    if (outcome.came === "modal") openModal(outcome, page, seat, (further) => page.hears(further, title, failure, seat));
    else if (outcome.came === "no response") page.notes(title, failure, seat);
  },
  /** Who one is, and where: what a step begins with. */
  seat: () => ({ me: page.state.me, channel: page.state.channel.id }),
  isAt: (seat) => seat.me === page.state.me && seat.channel === page.state.channel?.id && !page.isMoving,
  /** Does something that has no place of its own to say what is wrong. */
  async tries(deed) {
    try {
      await deed();
      page.says("");
    } catch (error) {
      page.says(error.message);
    }
  },
  says(words) {
    byId("notice-words").textContent = words;
    byId("notice").hidden = words === "";
  },
  /** Hears what passes between the bot and Discord, while somebody wants to know. */
  passed: null,
  listens(passed) {
    page.passed = passed;
    connect();
  },
  /** Whether the window is on its way to another person or place, whose snapshot is still to come. */
  isMoving: true,
};

const scroll = byId("messages").parentElement;
const isAtEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
const drawn = new Map();
let made = 0;
let ends = () => {};

/** The address says who one is and where, so that each window can be somebody else. */
function place() {
  const [, me = "", channel = ""] = /^#(\d+)\/(\d*)$/.exec(location.hash) ?? [];
  return { me, channel };
}

function go(me, channel = "") {
  const hash = `#${me}/${channel}`;
  if (location.hash !== hash) location.hash = hash;
}

/** One stream a window: a browser has few connections to give. A window that nobody sees gives its own back. */
function connect() {
  const { me, channel } = place();
  ends();
  ends = () => {};
  if (document.hidden) return;
  const wants = { as: me, in: channel, inspect: page.passed ? "1" : "" };
  const query = new URLSearchParams(Object.entries(wants).filter(([, value]) => value !== ""));
  const isThere = (there) => (byId("gone").hidden = there);
  ends = follow(`/page/live?${query}`, { message: heard, passed: (entry) => page.passed?.(entry) }, isThere);
}

/** Goes where the address says. Until the first snapshot from there nothing can be written or pressed. */
function moves() {
  byId("modal").close();
  page.says("");
  page.isMoving = true;
  line.leaves();
  drawn.clear();
  byId("messages").replaceChildren();
  byId("messages").dataset.fresh = "true";
  connect();
}

function heard(state) {
  page.state = state;
  page.scene = { names: state.names, now: state.now, me: state.me, visits: page.visits };
  sees(state);
  if (page.isMoving) {
    page.isMoving = false;
    // So that a reload comes back here, and a click on this place is none.
    history.replaceState(null, "", `#${state.me ?? ""}/${state.channel?.id ?? ""}`);
    document.body.classList.remove("waiting");
    line.arrives();
  }
  show();
}

/** What was there when a person was first looked at counts as seen. */
function sees(state) {
  const isNew = !page.seen.has(state.me);
  page.seen.set(state.me, true);
  const places = [...state.guilds.flatMap((guild) => guild.channels), ...state.dms];
  if (isNew) for (const { id, last_message_id } of places) page.seen.set(`${state.me} ${id}`, last_message_id);
  if (state.channel) page.seen.set(`${state.me} ${state.channel.id}`, state.messages.at(-1)?.id ?? null);
}

function show() {
  const { state } = page;
  places(page);
  line.update();
  time.update();
  panel.update();
  byId("channel").textContent = state.channel ? `${state.channel.type === 1 ? "" : "#"}${state.channel.name}` : "";
  document.title = `${byId("channel").textContent} · ${state.guilds[0]?.name ?? "Playground"}`;
  messages();
}

function messages() {
  const { state } = page;
  const home = byId("messages");
  const staysAtEnd = home.dataset.fresh === "true" || isAtEnd();
  const focus = focused();
  const nodes = [];
  let before = null;
  const own = page.own.filter((held) => held.me === state.me && held.channel === state.channel?.id);
  const ownAfter = (id) => nodes.push(...own.filter((held) => held.after === id).map((held) => held.node));
  ownAfter("0");
  for (const message of state.messages) {
    if (!page.dismissed.has(message.id)) {
      nodes.push(draw(message, before));
      before = message;
    }
    ownAfter(message.id);
  }
  if (nodes.length === 0) nodes.push(el("li", { class: "empty" }, "Nothing has been written here yet."));
  arrange(home, nodes);
  home.dataset.fresh = "false";
  if (staysAtEnd) scroll.scrollTop = scroll.scrollHeight;
  refresh(home, page.scene.now);
  focus?.();
}

/** The node of a message; a new one only where something of it changed. */
function draw(message, before) {
  const follows = before !== null
    && before.author.id === message.author.id
    && !message.interaction_metadata && !before.interaction_metadata && !message.message_reference
    && Date.parse(message.timestamp) - Date.parse(before.timestamp) < TOGETHER_MS;
  const shape = JSON.stringify([message, follows, named(message), page.troubles.get(message.id)]);
  const known = drawn.get(message.id);
  if (known?.shape === shape) return known.node;
  const node = item(message, page, follows);
  drawn.set(message.id, { shape, node });
  return node;
}

/** The names that a message shows: it is drawn anew when one of them changes. */
function named(message) {
  const { users, roles, channels } = page.scene.names;
  const ids = JSON.stringify([message.content, message.embeds]).match(/\d{15,}/g) ?? [];
  return [message.author.id, message.interaction?.user.id, ...ids].map((id) => users[id] ?? roles[id] ?? channels[id]);
}

function redraw(message) {
  drawn.delete(message);
  show();
}

function note(id, title, words) {
  return el(
    "li",
    { class: "message ephemeral own", role: "alert" },
    el("div", { class: "body" }, el("b", {}, title), el("div", { class: "trouble" }, words), el(
      "div",
      { class: "only-you" },
      "Only you can see this · ",
      el("button", { type: "button", class: "plain", onclick: () => page.dismisses(id) }, "Dismiss message"),
    )),
  );
}

/** How to get back to the button that has the focus, should its message be drawn anew. */
function focused() {
  const held = document.activeElement;
  const message = held?.closest("[data-id]")?.dataset.id;
  const key = held?.dataset.key;
  if (!message || !key) return null;
  const back = wayBack(message, key);
  return () => document.contains(held) || back();
}

/** How to get back to what may be pressed below a message, also where another stands in its place by then. */
function wayBack(message, key) {
  const all = () => [...byId("messages").querySelectorAll(`[data-id="${message}"] [data-key]`)];
  const place = all().findIndex((node) => node.dataset.key === key);
  return () => {
    const there = all();
    const wanted = [there.find((node) => node.dataset.key === key), there[place], ...there];
    (wanted.find((node) => node && !node.disabled) ?? scroll).focus({ preventScroll: true });
  };
}

/** Opens or closes the side, where it is not there all the time. */
function side(isOpen) {
  document.body.classList.toggle("sided", isOpen);
  byId("side-toggle").setAttribute("aria-expanded", String(isOpen));
  if (isOpen) byId("places").querySelector("[aria-current]")?.focus();
}

const line = composer(page);
const time = clock(page);
const panel = inspector(page);
byId("side-toggle").addEventListener("click", () => side(true));
byId("shade").addEventListener("click", () => side(false));
byId("side").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !document.body.classList.contains("sided")) return;
  side(false);
  byId("side-toggle").focus();
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("say")?.focus();
});
byId("close-notice").addEventListener("click", () => page.says(""));
addEventListener("hashchange", moves);
document.addEventListener("visibilitychange", connect);
// Whoever is at the end of the messages stays there when the composer grows.
let wasAtEnd = true;
scroll.addEventListener("scroll", () => (wasAtEnd = isAtEnd()));
new ResizeObserver(() => wasAtEnd && (scroll.scrollTop = scroll.scrollHeight)).observe(scroll);
connect();
