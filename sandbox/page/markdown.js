// Discord's markdown, as nodes. What it does not know stays as it was typed.
//
// `scene` holds what mentions and timestamps need: `names` ({users, roles, channels}), `now` in milliseconds, `me`, and
// `visits`, called with a channel's id when its mention is clicked.

import { el } from "./dom.js";
import { moment } from "./time.js";

const FENCE = /^```(?:([A-Za-z0-9+#._-]+)\n)?\n*([^\n][\s\S]*?)\n*```/;
const QUOTE = /^(?: *>>> +([\s\S]*)|(?: *>(?!>>) +[^\n]*(?:\n|$))+)/;
const MESSAGE = /^https:\/\/discord\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/\d+)?$/;
// Its words may come after any white space, also in a later line.
const HEADING = /^ *(#{1,3})\s+(.+)/;
const BULLET = /^( *)(?:[-*]|(\d{1,9})\.) +(.*)$/;

/** A whole text: paragraphs, headings, quotes, lists and fences. Quotes do not hold quotes. */
export function block(text, scene, isQuoted = false) {
  const whole = document.createDocumentFragment();
  for (const part of parts(text, isQuoted)) {
    if (part.code !== undefined) whole.append(el("pre", {}, el("code", {}, part.code)));
    else if (part.quoted !== undefined) whole.append(el("blockquote", {}, block(part.quoted, scene, true)));
    else whole.append(...lines(part.text.split("\n"), scene));
  }
  return whole;
}

/** Splits a text at its quotes and fences. A line break beside one belongs to it. */
function parts(text, isQuoted) {
  const found = [];
  let plain = "";
  let rest = text;
  const put = (part, length) => {
    plain = plain.replace(/\n$/, "");
    if (plain !== "") found.push({ text: plain });
    plain = "";
    if (part) found.push(part);
    rest = rest.slice(length);
  };
  while (rest !== "") {
    const isLineStart = rest.length === text.length || text[text.length - rest.length - 1] === "\n";
    const quote = !isQuoted && isLineStart && QUOTE.exec(rest);
    const fence = FENCE.exec(rest);
    if (quote) put({ quoted: quote[1] ?? quote[0].replace(/^ *> /gm, "").replace(/\n$/, "") }, quote[0].length);
    else if (fence) put({ code: fence[2] }, fence[0].length + (rest[fence[0].length] === "\n" ? 1 : 0));
    else {
      const letters = rest.startsWith("\\") ? 2 : 1;
      plain += rest.slice(0, letters);
      rest = rest.slice(letters);
    }
  }
  if (plain !== "") found.push({ text: plain });
  return found;
}

function lines(all, scene) {
  const nodes = [];
  let at = 0;
  while (at < all.length) {
    const line = all[at];
    const heading = HEADING.exec(all.slice(at).join("\n"));
    const small = /^-# +(.+)$/.exec(line);
    if (heading) {
      // The page has a first heading of its own; those in messages come below it.
      nodes.push(el(`h${heading[1].length + 2}`, {}, inline(heading[2], scene)));
      at += heading[0].split("\n").length;
    } else if (small) {
      nodes.push(el("div", { class: "small" }, inline(small[1], scene)));
      at += 1;
    } else if (BULLET.test(line)) {
      const from = at;
      while (at < all.length && BULLET.test(all[at])) at += 1;
      nodes.push(...lists(all.slice(from, at).map((one) => BULLET.exec(one)), scene));
    } else {
      const from = at;
      while (at < all.length && isPlain(all.slice(at))) at += 1;
      at = Math.max(at, from + 1);
      nodes.push(el("div", { class: "lines" }, inline(all.slice(from, at).join("\n"), scene)));
    }
  }
  return nodes;
}

const isPlain = (rest) => !HEADING.test(rest.join("\n")) && !/^-# +\S/.test(rest[0]) && !BULLET.test(rest[0]);

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

/** What may stand within a line. The longest that fits wins, of two the first. A third part tells what it may not come after. */
const RULES = [
  [/^\\([^A-Za-z0-9\s])/, (found) => found[1]],
  [/^¯\\_\(ツ\)_\/¯/, (found) => found[0]],
  [/^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/, (found) => el("code", {}, found[2].trim() || found[2])],
  [/^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|\*\*|[^\s*\\])|[^\s*\\])+?)\*(?!\*)/, wrap("em")],
  [/^_((?:__|\\[\s\S]|[^_\\])+?)_(?![A-Za-z0-9_])/, wrap("em"), /[A-Za-z0-9_]$/],
  [/^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/, wrap("strong")],
  [/^__((?:\\[\s\S]|[^\\])+?)__(?!_)/, wrap("u")],
  [/^~~([\s\S]+?)~~/, wrap("s")],
  [/^\|\|([\s\S]+?)\|\|/, (found, scene) => spoiler(inline(found[1], scene))],
  [/^\[([^\]\n]+)\]\(<?((?:https?:\/\/|(?:mailto|tel|sms|discord):)(?:\([^\s()<>]*\)|[^\s()<>])+)>?(?: "[^"]*")?\)/, masked],
  [/^<(https?:\/\/[^\s<>]+)>/, address],
  [/^(https?:\/\/(?:\([^\s()<>]*\)|[^\s()<>])*(?:\([^\s()<>]*\)|[^\s()<>.,:;"'\]]))/, address],
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
    const [found, make] = longest(rest, before);
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

function longest(rest, before) {
  let best = [null, null];
  for (const [rule, make, notAfter] of RULES) {
    const found = rule.exec(rest);
    if (found && !notAfter?.test(before) && !(best[0]?.[0].length >= found[0].length)) best = [found, make];
  }
  return best;
}

const link = (address, shown) => el("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, shown);

/** A link with words of its own; among these an address is not another one. */
function masked([, words, to], scene) {
  return link(to, inline(words, { ...scene, isLink: true }));
}

/** One that leads to a message shows its channel, where that is known here. */
function address([, to], scene) {
  if (scene.isLink) return to;
  const place = MESSAGE.exec(to)?.[1];
  return scene.names.channels[place] === undefined ? link(to, to) : channel(place, scene);
}

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
