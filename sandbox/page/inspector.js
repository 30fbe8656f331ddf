// For developers: what passes between the bot and Discord, and faults by click.

import { act } from "./api.js";
import { byId, el } from "./dom.js";

const KEPT = 500;
const SIGNS = { call: "→", sent: "↓", received: "↑" };
const KINDS = { call: "the bot calls", sent: "the gateway tells", received: "the bot tells the gateway" };

/** Sets the panel up. It listens only while it is open. */
export function inspector(page) {
  const list = byId("passed");
  const filter = byId("filter");
  const shown = new Map();
  const fits = ({ words }) => words.includes(filter.value.trim().toLowerCase());
  const heard = (entry) => {
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    const drawn = { node: line(entry), words: words(entry) };
    drawn.node.hidden = !fits(drawn);
    const known = shown.get(entry.n)?.node;
    if (known) {
      drawn.node.querySelector("details").open = known.querySelector("details").open;
      known.replaceWith(drawn.node);
    } else list.append(drawn.node);
    shown.set(entry.n, drawn);
    if (shown.size > KEPT) {
      const [oldest, gone] = shown.entries().next().value;
      gone.node.remove();
      shown.delete(oldest);
    }
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  };
  filter.addEventListener("input", () => shown.forEach((drawn) => (drawn.node.hidden = !fits(drawn))));
  const clear = () => {
    list.replaceChildren();
    shown.clear();
  };
  byId("clear").addEventListener("click", clear);
  const toggle = byId("developer");
  const show = (isOpen) => {
    byId("inspector").hidden = !isOpen;
    document.body.classList.toggle("inspecting", isOpen);
    toggle.setAttribute("aria-expanded", String(isOpen));
    clear();
    page.listens(isOpen ? heard : null);
  };
  toggle.addEventListener("click", () => show(byId("inspector").hidden));
  byId("close-inspector").addEventListener("click", () => {
    show(false);
    toggle.focus();
  });
  return { update: faults(page) };
}

/** What the filter looks into. */
const words = ({ title, status, body, refusal }) => JSON.stringify([title, status, body, refusal]).toLowerCase();

function line(entry) {
  const isRefused = entry.status >= 400;
  const details = el(
    "details",
    {},
    el(
      "summary",
      {},
      el("span", { class: "kind", title: KINDS[entry.kind] }, SIGNS[entry.kind]),
      el("span", { class: "title" }, entry.title),
      entry.kind === "call" && el("span", { class: "status" }, entry.status ? String(entry.status) : "…"),
    ),
    entry.files.length > 0 && el("p", { class: "small" }, `files: ${entry.files.join(", ")}`),
    el("pre", {}, entry.body === null ? "(no body)" : JSON.stringify(entry.body, null, 2)),
  );
  const why = isRefused && entry.refusal && el("pre", { class: "why" }, reason(entry.refusal));
  return el("li", { class: isRefused ? "refused" : "" }, details, why);
}

/** A refusal in lines: what it says, then each field that is wrong. */
function reason(refusal) {
  const lines = [refusal.message ?? JSON.stringify(refusal)];
  const walk = (held, path) => {
    for (const error of held._errors ?? []) lines.push(`${path.join(".")}: ${error.message} (${error.code})`);
    for (const [name, below] of Object.entries(held)) if (name !== "_errors") walk(below, [...path, name]);
  };
  if (refusal.errors) walk(refusal.errors, []);
  return lines.join("\n");
}

/** Whether the program runs the bot, be it connected or not. */
const runs = (bot) => bot.running ?? bot.connected;

/** The faults. Returns what shows how they stand. */
function faults(page) {
  const presses = (id, deed) => byId(id).addEventListener("click", () => page.tries(deed));
  const fault = (name, more = {}) => act("fault", { fault: name, ...more });
  presses("drop-gateway", () => fault("drop_gateway"));
  presses("fault-rest", () => fault("rest", { on: !page.state.faults.rest }));
  presses("fault-gateway", () => fault("gateway", { on: !page.state.faults.gateway }));
  presses("fault-permission", () => {
    const { channel } = page.state;
    return fault("permission", { on: channel.bot_may_post, in: channel.id });
  });
  presses("bot", async () => {
    byId("bot").disabled = true;
    try {
      await act("bot", { on: !runs(page.state.bot) });
    } finally {
      byId("bot").disabled = false;
    }
  });
  const pressed = (id, isOn) => byId(id).setAttribute("aria-pressed", String(isOn));
  return () => {
    const { state } = page;
    const { bot, channel } = state;
    pressed("fault-rest", state.faults.rest);
    pressed("fault-gateway", state.faults.gateway);
    const permission = byId("fault-permission");
    const isOfGuild = Boolean(channel?.guild_id);
    permission.hidden = !isOfGuild;
    if (isOfGuild) permission.textContent = `${bot.name} may not post in #${channel.name}`;
    pressed("fault-permission", isOfGuild && !channel.bot_may_post);
    byId("bot").hidden = !bot.host;
    byId("bot").textContent = runs(bot) ? `Stop ${bot.name}` : `Start ${bot.name}`;
    byId("bot-state").textContent = `${bot.name} is ${bot.connected ? "connected" : "away"}`;
    byId("bot-state").classList.toggle("away", !bot.connected);
  };
}
