// Instants as this browser's person reads them: in their language and zone.

import { el } from "./dom.js";

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

const UNITS = [
  ["year", 365 * 86_400_000],
  ["month", 30 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
];

export const written = (ms, style) => new Intl.DateTimeFormat(undefined, STYLES[style]).format(ms);

/** How long before or after `now`, in the largest unit of which there is one. */
export function relative(ms, now) {
  const apart = ms - now;
  const [unit, long] = UNITS.find(([, long]) => Math.abs(apart) >= long) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(apart / long), unit);
}

/** How an instant reads now. "sent" is that of a message: the time alone for today's. */
function shown(ms, style, now) {
  if (style === "R") return relative(ms, now);
  const isToday = new Date(ms).toDateString() === new Date(now).toDateString();
  return written(ms, style === "sent" ? (isToday ? "t" : "f") : style);
}

/** An instant in one of Discord's styles; the whole of it shows when the pointer rests on it. */
export function moment(ms, style, now) {
  if (Math.abs(ms) > 8.64e15) return el("span", {}, "Invalid date");
  const node = el("time", { datetime: new Date(ms).toISOString(), title: written(ms, "F") }, shown(ms, style, now));
  Object.assign(node.dataset, { ms, style });
  return node;
}

/** When a message was sent. */
export const sent = (ms, now) => moment(ms, "sent", now);

/** Lets all instants below a node read as they do now. */
export function refresh(home, now) {
  for (const node of home.querySelectorAll("time[data-ms]")) {
    const text = shown(Number(node.dataset.ms), node.dataset.style, now);
    if (node.textContent !== text) node.textContent = text;
  }
}
