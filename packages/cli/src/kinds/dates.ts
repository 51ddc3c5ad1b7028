/** Dates as text, in the forms of nations, standards and programs. All are in seconds since 1970, in UTC. */
import { clockOf, zoneOf } from "./clock.js";
import { isWeekday, monthOf } from "./months.js";

/** What comes first in a date of three numbers. */
export type DateOrder = "dmy" | "mdy" | "ymd";

/** A date of three numbers whose order has to be found out. */
export interface NumberedDate {
  a: number;
  b: number;
  c: number;
  /** Whether the last number has two digits. */
  short: boolean;
  separator: string;
  seconds: number;
}

/** A date that leaves no doubt, in seconds, or one of three numbers. */
export type DateText = { at: number; short?: boolean } | NumberedDate;

/** Two digits from here on are of the last century, as POSIX has it. */
export const PIVOT = 69;

interface Form {
  pattern: RegExp;
  read(match: RegExpExecArray, time: number): DateText | undefined;
}

const WORD = "(\\p{L}{3,}\\.?)";
// Two digits before a colon are an hour: the log of a system has no years.
const YEAR = "(\\d{4}|['\\u2019]?\\d{2}(?!:))(?!\\d)";
/** A year that a month or a day of the year may follow without another mark of a date: codes have such parts too. */
const LIKELY_YEAR = "(1[5-9]\\d{2}|2[01]\\d{2})";

/** Forms from the beginning of a text; what follows them is the time. */
const FORMS: readonly Form[] = [
  {
    pattern: /^(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})(?!\d)/,
    read: ([, y, , m, d], time) => dateAt(y, m, d, time),
  },
  {
    pattern: /^(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|['\u2019]?\d{2})(?!\d)/,
    read: ([, a, separator, b, c], seconds) => {
      const short = c.length < 4;
      return { a: Number(a), b: Number(b), c: yearOf(c), short, separator, seconds };
    },
  },
  {
    pattern: new RegExp(
      `^(\\d{1,2})(?:st|nd|rd|th|\\.|\\u00ba)?[-/ ]?(?:of |de )?${WORD},?[-/ ]?(?:del? )?${YEAR}`,
      "iu",
    ),
    read: ([, d, word, y], time) => named(y, word, d, time),
  },
  {
    pattern: new RegExp(`^${WORD}[-/ ]?(\\d{1,2})(?:st|nd|rd|th)?(?:, ?|[-/ ])${YEAR}`, "iu"),
    read: ([, word, d, y], time) => named(y, word, d, time),
  },
  {
    pattern: /^(\d{4})[-/. ]?(\p{L}{3,}\.?)[-/. ]?(\d{1,2})(?!\d)/u,
    read: ([, y, word, d], time) => named(y, word, d, time),
  },
  { pattern: /^(\d{4})(\d{2})(\d{2})(?=[T _]?\d|$)/, read: ([, y, m, d], time) => dateAt(y, m, d, time) },
  {
    pattern: /^(\d{4})\s?[\u5e74\ub144]\s?(\d{1,2})\s?[\u6708\uc6d4](?:\s?(\d{1,2})\s?[\u65e5\uc77c])?/,
    read: ([, y, m, d = "1"], time) => dateAt(y, m, d, time),
  },
];

/** Forms of a whole text: weeks, months, quarters, days of the year. */
const PERIODS: readonly Form[] = [
  {
    pattern: new RegExp(`^${LIKELY_YEAR}[-/]?M?(\\d{1,2})$`, "i"),
    read: ([text, y, m]) => (/^\d+$/.test(text) ? undefined : dateAt(y, m, "1", 0)),
  },
  { pattern: /^(\d{1,2})[-/](\d{4})$/, read: ([, m, y]) => dateAt(y, m, "1", 0) },
  { pattern: new RegExp(`^${WORD}[-/ ,]{0,2}${YEAR}$`, "iu"), read: ([, word, y]) => named(y, word, "1", 0) },
  // Up to 31 they may be days, as of a program that leaves out the year.
  {
    pattern: /^(\d{4}|3[2-9]|[4-9]\d)[-/ ]?(\p{L}{3,}\.?)$/u,
    read: ([, y, word]) => named(y, word, "1", 0),
  },
  { pattern: /^(\d{4})[-\s]?W(\d{1,2})(?:-?([1-7]))?$/i, read: ([, y, w, d = "1"]) => weekAt(y, w, d) },
  { pattern: /^(?:W|KW|week )\s?(\d{1,2})[-/ ,]{1,2}(\d{4})$/i, read: ([, w, y]) => weekAt(y, w, "1") },
  { pattern: /^([QHST])([1-4])[-/ ,']{0,2}(\d{4}|\d{2})$/i, read: ([, part, k, y]) => partAt(y, part, k) },
  { pattern: /^(\d{4})[-/ ]{0,2}([QHST])([1-4])$/i, read: ([, y, part, k]) => partAt(y, part, k) },
  { pattern: /^([1-4])([QHST])[-/ ']{0,2}(\d{4}|\d{2})$/i, read: ([, k, part, y]) => partAt(y, part, k) },
  { pattern: /^([1-4])\. ?(?:Quartal|quarter),? (\d{4})$/i, read: ([, k, y]) => partAt(y, "Q", k) },
  {
    pattern: new RegExp(`^${LIKELY_YEAR}-(\\d{3})$`),
    read: ([, y, n]) =>
      Number(n) > 366 || Number(n) < 1 ? undefined : shifted(dateAt(y, "1", "1", 0), Number(n) - 1),
  },
];

/** `Dec 15 22:13:15 2017`, with a zone before the year or without. */
const CTIME =
  /^(\p{L}{3,}\.?) +(\d{1,2}) (\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?) (?:([A-Z]{2,4}|[+-]\d{4}) )?(\d{4})$/u;
const WEEKDAY = /^(\p{L}{2,}\.?),?\s+/u;
const TIME_MARK = /^(?:T|,? at |, ?| - |[ _:]+|-(?=\d{2}[.:]))/i;

/** Takes a text apart as a date; nothing if it is none. */
export function dateOf(written: string): DateText | undefined {
  // Longer texts than any date, and those without a digit, are words.
  if (written.length > 64 || !/\d/.test(written)) return undefined;
  const text = written.startsWith("[") && written.endsWith("]") ? written.slice(1, -1) : written;
  const whole = dateIn(text);
  if (whole !== undefined) return whole;
  // Last, for Mar is a month too.
  const word = WEEKDAY.exec(text);
  return word !== null && isWeekday(word[1]) ? dateIn(text.slice(word[0].length)) : undefined;
}

function dateIn(text: string): DateText | undefined {
  for (const { pattern, read } of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const time = timeAfter(text.slice(match[0].length));
    const date = time === undefined ? undefined : read(match, time);
    if (date !== undefined) return date;
  }
  for (const { pattern, read } of PERIODS) {
    const match = pattern.exec(text);
    const date = match === null ? undefined : read(match, 0);
    if (date !== undefined) return date;
  }
  const match = CTIME.exec(text);
  if (match === null) return undefined;
  const [, name, day, clock, zone = "", year] = match;
  const time = clockOf(zone === "" || zoneOf(zone) === undefined ? clock : `${clock} ${zone}`);
  return time === undefined ? undefined : named(year, name, day, time);
}

const EPOCHS: readonly (readonly [from: number, unit: number])[] = [
  [1e17, 1e9],
  [1e14, 1e6],
  [1e11, 1e3],
  [1e8, 1],
];

/**
 * Takes a number for a date, where the user says that it is one: a year, a year and month of six digits, or the time since 1970
 * in seconds, milliseconds, microseconds or nanoseconds, by its size.
 */
export function stampOf(text: string): { at: number } | undefined {
  const number = text === "" ? Number.NaN : Number(text);
  if (!(number >= 1000)) return undefined;
  if (/^\d{4}$/.test(text)) return dateAt(text, 1, "1", 0);
  if (/^\d{6}$/.test(text)) return dateAt(text.slice(0, 4), text.slice(4), "1", 0);
  const epoch = EPOCHS.find(([from]) => number >= from);
  return epoch && number < 1e20 ? { at: number / epoch[1] } : undefined;
}

/** Numbers such as 20171205, all of which are days from 1900 to 2099, as seconds; nothing if one of them is none. */
export function compactDays(values: Float64Array): Float64Array | undefined {
  let found: Map<number, number> | undefined;
  for (const value of values) {
    if (Number.isNaN(value) || found?.has(value)) continue;
    if (!(value >= 19_000_101 && value <= 20_991_231) || value % 1 !== 0) return undefined;
    const day = secondsOf(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100);
    if (day === undefined) return undefined;
    found ??= new Map();
    found.set(value, day);
  }
  // A few numbers of a code may be days by chance.
  if (found === undefined || found.size < FEWEST_DAYS) return undefined;
  const days = found;
  return values.map((value) => days.get(value) ?? Number.NaN);
}

const FEWEST_DAYS = 4;

/** The seconds that what follows a date adds; nothing if it is no time. */
function timeAfter(rest: string): number | undefined {
  const text = rest.trim();
  if (text === "") return 0;
  const compact = /^T?(\d{2})(\d{2})(\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (compact !== null) {
    const [, hour, minute, second = "00", fraction = "", zone = ""] = compact;
    return clockOf(`${hour}:${minute}:${second}${fraction} ${zone}`.trim());
  }
  const mark = TIME_MARK.exec(rest);
  if (mark !== null) return clockOf(rest.slice(mark[0].length).trim());
  // Chinese and Japanese put nothing between; a zone may follow a date at once.
  return /^\d{1,2}\s?[\u6642\u65f6\uc2dc]/.test(text) ? clockOf(text) : zoneOf(text) === 0 ? 0 : undefined;
}

function yearOf(text: string): number {
  const digits = text.replace(/^['\u2019]/, "");
  const year = Number(digits);
  return digits.length > 2 ? year : year + (year < PIVOT ? 2000 : 1900);
}

function named(y: string, word: string, d: string, time: number): DateText | undefined {
  const month = monthOf(word);
  const date = month === 0 ? undefined : dateAt(yearOf(y), month, d, time);
  return date && y.length < 4 ? { ...date, short: true } : date;
}

/** A date that exists, in seconds. */
function dateAt(
  y: string | number,
  m: string | number,
  d: string | number,
  time: number,
): { at: number } | undefined {
  const at = secondsOf(Number(y), Number(m), Number(d));
  return at === undefined ? undefined : { at: at + time };
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function secondsOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]) return undefined;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0)))
    return undefined;
  // Date.UTC takes years below 100 for those of the last century.
  return year < 100
    ? new Date(0).setUTCFullYear(year, month - 1, day) / 1000
    : Date.UTC(year, month - 1, day) / 1000;
}

function shifted(date: { at: number } | undefined, days: number): { at: number } | undefined {
  return date && { at: date.at + days * 86_400 };
}

/** The day of an ISO week: the first week of a year holds 4 January. */
function weekAt(y: string, w: string, d: string): { at: number } | undefined {
  const week = Number(w);
  if (week < 1 || week > 53) return undefined;
  const fourth = Date.UTC(Number(y), 0, 4);
  const monday = fourth / 1000 - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400;
  return { at: monday + ((week - 1) * 7 + Number(d) - 1) * 86_400 };
}

/** The first day of a quarter (Q, in French T) or half (H, S). */
function partAt(y: string, part: string, k: string): DateText | undefined {
  const months = /[QT]/i.test(part) ? 3 : 6;
  if (Number(k) * months > 12) return undefined;
  const date = dateAt(yearOf(y), (Number(k) - 1) * months + 1, "1", 0);
  return date && y.length < 4 ? { ...date, short: true } : date;
}

/** The seconds of a date of three numbers in an order; nothing where there is no such day. */
export function inOrder({ a, b, c, short, seconds }: NumberedDate, order: DateOrder): number | undefined {
  if (order === "ymd") {
    // The last number is a day here, which was read as a year.
    const at = short ? secondsOf(yearOf(String(a).padStart(2, "0")), b, c % 100) : undefined;
    return at === undefined ? undefined : at + seconds;
  }
  const at = order === "dmy" ? secondsOf(c, b, a) : secondsOf(c, a, b);
  return at === undefined ? undefined : at + seconds;
}
