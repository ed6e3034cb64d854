/** Instants in words, in the business zone and in the reader's language. */

import { LOCALES, MONTHS } from "./strings.js";

const formatters = new Map();

const SHAPES = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { day: "numeric", month: "long" },
  dayAndYear: { day: "numeric", month: "long", year: "numeric" },
  key: { year: "numeric", month: "2-digit", day: "2-digit" },
  full: {
    weekday: "short", day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  },
  date: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  zone: { timeZoneName: "short" },
};

function formatter(shape, language, zone) {
  const key = `${shape} ${language} ${zone}`;
  if (!formatters.has(key)) {
    const locale = LOCALES[language] ?? LOCALES.en;
    formatters.set(key, new Intl.DateTimeFormat(locale, { ...SHAPES[shape], timeZone: zone }));
  }
  return formatters.get(key);
}

/** `date` (Date or ISO text) in one of the shapes above. */
export function say(shape, date, zone, language = "en") {
  return formatter(shape, language, zone).format(new Date(date));
}

/** The local day of an instant, as a key to compare with others. */
export function dayOf(date, zone) {
  return say("key", date, zone);
}

/** The day for a separator: the year only where it is not the present one. */
export function sayDay(date, zone, language, now) {
  const [day, month, year] = dayOf(date, zone).split("/");
  const thisYear = dayOf(now, zone).endsWith(year);
  const own = MONTHS[language]?.[Number(month) - 1];
  if (own) return [Number(day), own, thisYear ? "" : year].join(" ").trim();
  return say(thisYear ? "day" : "dayAndYear", date, zone, language);
}

/** The short name of a zone, such as GMT+7. */
export function sayZone(date, zone) {
  const parts = formatter("zone", "en", zone).formatToParts(new Date(date));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** A size in bytes as Telegram writes it. */
export function saySize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
