// Discord's markdown, as nodes. What it does not know stays as it was typed.
//
// `scene` holds what mentions and timestamps need: `names` ({users, roles, channels}), `now` in milliseconds, `me`, and
// `visits`, called with a channel's id when its mention is clicked.

import { el } from "./dom.js";
import { moment } from "./time.js";

const FENCE = /^```(?:([A-Za-z0-9+#._-]+)\n)?\n?([\s\S]+?)\n?```/;
const BULLET = /^( *)(?:[-*]|(\d{1,9})\.) +(.*)$/;

/** A whole text: paragraphs, headings, quotes, lists and fences. */
export function block(text, scene) {
  const whole = document.createDocumentFragment();
  for (const part of fences(text)) {
    if (part.code === undefined) whole.append(...lines(part.text.split("\n"), scene));
    else whole.append(el("pre", {}, el("code", {}, part.code)));
  }
  return whole;
}

/** Splits a text at its fences. A line break beside a fence belongs to it. */
function fences(text) {
  const parts = [];
  let plain = "";
  let rest = text;
  const put = () => {
    if (plain !== "") parts.push({ text: plain });
    plain = "";
  };
  while (rest !== "") {
    const fence = FENCE.exec(rest);
    if (fence) {
      plain = plain.replace(/\n$/, "");
      put();
      parts.push({ code: fence[2] });
      rest = rest.slice(fence[0].length).replace(/^\n/, "");
    } else {
      const letters = rest.startsWith("\\") ? 2 : 1;
      plain += rest.slice(0, letters);
      rest = rest.slice(letters);
    }
  }
  put();
  return parts;
}

function lines(all, scene) {
  const nodes = [];
  let at = 0;
  while (at < all.length) {
    const line = all[at];
    const heading = /^(#{1,3}) +(.+)$/.exec(line);
    const small = /^-# +(.+)$/.exec(line);
    if (line.startsWith(">>> ")) {
      const quoted = [line.slice(4), ...all.slice(at + 1)];
      nodes.push(el("blockquote", {}, ...lines(quoted, scene)));
      at = all.length;
    } else if (/^> /.test(line)) {
      const from = at;
      while (at < all.length && /^>( |$)/.test(all[at])) at += 1;
      const quoted = all.slice(from, at).map((one) => one.slice(2));
      nodes.push(el("blockquote", {}, ...lines(quoted, scene)));
    } else if (heading) {
      // The page has a first heading of its own; those in messages come below it.
      nodes.push(el(`h${heading[1].length + 2}`, {}, inline(heading[2], scene)));
      at += 1;
    } else if (small) {
      nodes.push(el("div", { class: "small" }, inline(small[1], scene)));
      at += 1;
    } else if (BULLET.test(line)) {
      const from = at;
      while (at < all.length && BULLET.test(all[at])) at += 1;
      nodes.push(...lists(all.slice(from, at).map((one) => BULLET.exec(one)), scene));
    } else {
      const from = at;
      while (at < all.length && isPlain(all[at])) at += 1;
      at = Math.max(at, from + 1);
      nodes.push(el("div", { class: "lines" }, inline(all.slice(from, at).join("\n"), scene)));
    }
  }
  return nodes;
}

const isPlain = (line) => !/^(>>> |> |#{1,3} +\S|-# +\S)/.test(line) && !BULLET.test(line);

/** Lists from matched lines: another begins where bullets become numbers. What is indented further hangs below the line before it. */
function lists(items, scene) {
  const depth = items[0][1].length;
  const nodes = [];
  let at = 0;
  while (at < items.length) {
    const [, , number, words] = items[at];
    const kind = number === undefined ? "ul" : "ol";
    if (nodes.at(-1)?.localName !== kind) nodes.push(el(kind, { start: number }));
    const item = el("li", {}, inline(words, scene));
    const from = (at += 1);
    while (at < items.length && items[at][1].length > depth) at += 1;
    if (at > from) item.append(...lists(items.slice(from, at), scene));
    nodes.at(-1).append(item);
  }
  return nodes;
}

const wrap = (tag, attributes = {}) => (found, scene) => el(tag, attributes, inline(found[1], scene));

/** What may stand within a line. The first that fits wins; the second of a pair makes the node. */
const RULES = [
  [/^\\([^A-Za-z0-9\s])/, (found) => found[1]],
  [/^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/, (found) => el("code", {}, found[2].trim() || found[2])],
  [/^\*\*\*([\s\S]+?)\*\*\*/, (found, scene) => el("strong", {}, el("em", {}, inline(found[1], scene)))],
  [/^\*\*([\s\S]+?)\*\*(?!\*)/, wrap("strong")],
  [/^__([\s\S]+?)__(?!_)/, wrap("u")],
  [/^~~([\s\S]+?)~~/, wrap("s")],
  [/^\|\|([\s\S]+?)\|\|/, (found, scene) => spoiler(inline(found[1], scene))],
  [/^\*(?!\s)((?:\\.|\*\*[\s\S]+?\*\*|[^*\\])+?)(?<!\s)\*(?!\*)/, wrap("em")],
  [/^_((?:\\.|__[\s\S]+?__|[^_\\])+?)_(?![A-Za-z0-9_])/, wrap("em"), /[A-Za-z0-9_]$/],
  [/^\[([^\]\n]+)\]\(<?(https?:\/\/[^\s<>)]+)>?(?: "[^"]*")?\)/, (found, scene) => link(found[2], inline(found[1], scene))],
  [/^<(https?:\/\/[^\s<>]+)>/, (found) => link(found[1], found[1])],
  [/^https?:\/\/[^\s<>]*[^\s<>.,:;"')\]*_~|]/, (found) => link(found[0], found[0])],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (found, scene) => moment(Number(found[1]) * 1000, found[2] ?? "f", scene.now)],
  [/^<@!?(\d+)>/, (found, scene) => mention(`@${scene.names.users[found[1]] ?? "unknown-user"}`, found[1] === scene.me)],
  [/^<@&(\d+)>/, (found, scene) => mention(`@${(scene.names.roles[found[1]] ?? "unknown-role").replace(/^@/, "")}`)],
  [/^<#(\d+)>/, (found, scene) => channel(found[1], scene)],
  [/^<\/([^:>]+):\d+>/, (found) => mention(`/${found[1]}`)],
  [/^@(?:everyone|here)\b/, (found) => mention(found[0])],
  [/^<a?(:\w+:)\d+>/, (found) => found[1]],
];

/** A text within a line. */
export function inline(text, scene) {
  const whole = document.createDocumentFragment();
  let plain = "";
  let rest = text;
  while (rest !== "") {
    const before = text.slice(0, text.length - rest.length);
    const [found, make] = first(rest, before);
    if (found) {
      if (plain !== "") whole.append(plain);
      plain = "";
      whole.append(make(found, scene));
      rest = rest.slice(found[0].length);
    } else {
      plain += rest[0];
      rest = rest.slice(1);
    }
  }
  if (plain !== "") whole.append(plain);
  return whole;
}

function first(rest, before) {
  for (const [rule, make, notAfter] of RULES) {
    const found = rule.exec(rest);
    if (found && !notAfter?.test(before)) return [found, make];
  }
  return [null, null];
}

const link = (address, shown) => el("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, shown);

const mention = (name, isMe = false) => el("span", { class: isMe ? "mention me" : "mention" }, name);

function channel(id, scene) {
  const name = scene.names.channels[id];
  if (name === undefined) return mention("#unknown");
  return el("button", { class: "mention", type: "button", onclick: () => scene.visits(id) }, `#${name}`);
}

function spoiler(hidden) {
  const node = el("button", { class: "spoiler", type: "button", "aria-label": "Spoiler: press to show" }, hidden);
  node.addEventListener("click", () => {
    node.classList.add("open");
    node.removeAttribute("aria-label");
  });
  return node;
}
