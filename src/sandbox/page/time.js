// The sandbox's clock, and its times in its own zone wherever the visitor sits.

import { locale, say } from "./language.js";
import { $ } from "./parts.js";

export const narrow = matchMedia("(max-width: 760px)");

let zone = "UTC";
/** How far the server's clock is ahead of this computer's, in milliseconds. */
let ahead = 0;
/** Formatters by what they are made from, because making one is slow. */
const formatters = new Map();

function inZone(seconds, options) {
  const style = { timeZone: zone, ...options };
  const key = JSON.stringify(style);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale, style));
  return formatters.get(key).format(new Date(seconds * 1000));
}

export const hour = (seconds) => inZone(seconds, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const day = (seconds) => say(`${date(seconds)} ${weekday(seconds)}`, `${weekday(seconds)} ${date(seconds)}`);
const date = (seconds) => inZone(seconds, { month: "long", day: "numeric" });
const weekday = (seconds) => inZone(seconds, { weekday: narrow.matches ? "short" : "long" });
const now = () => (Date.now() + ahead) / 1000;

/** The hour of something today, the date of anything else. */
export function when(seconds) {
  return day(seconds) === day(now()) ? hour(seconds) : date(seconds);
}

export function setZone(name) {
  zone = name;
}

export function setClock(seconds) {
  ahead = seconds * 1000 - Date.now();
  showClock();
}

function showClock() {
  const year = narrow.matches ? "" : inZone(now(), { year: "numeric" });
  $("clock").querySelector(".day").textContent = say(year + day(now()), `${day(now())} ${year}`);
  $("clock").querySelector("b").textContent = hour(now());
  $("clock").dateTime = new Date(now() * 1000).toISOString();
}

/** Draws the eye to the clock after somebody has moved it. */
export function flashClock() {
  $("clock").classList.remove("moved");
  requestAnimationFrame(() => $("clock").classList.add("moved"));
}

/** The day that the clock shows, as a date field has it. */
export function today() {
  const part = (options) => inZone(now(), options).replace(/\D/gu, "").padStart(2, "0");
  return [{ year: "numeric" }, { month: "numeric" }, { day: "numeric" }].map(part).join("-");
}

/** Shows the time and lets it run. */
export function startClock(seconds) {
  setClock(seconds);
  setInterval(showClock, 1000);
}
