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

/** An instant in one of Discord's styles; the whole of it shows when the pointer rests on it. */
export function moment(ms, style, now) {
  const isReadable = Math.abs(ms) <= 8.64e15;
  if (!isReadable) return el("span", {}, "Invalid date");
  const shown = style === "R" ? relative(ms, now) : written(ms, style);
  return el("time", { datetime: new Date(ms).toISOString(), title: written(ms, "F") }, shown);
}

/** When a message was sent: the time alone for today's. */
export function sent(ms, now) {
  const isToday = new Date(ms).toDateString() === new Date(now).toDateString();
  return moment(ms, isToday ? "t" : "f", now);
}
