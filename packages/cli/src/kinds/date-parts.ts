/** What the calendar and the clock say of dates: parts of them, as columns of their own. */

/** A part of a date, from the longest. */
export type DatePart = "year" | "month" | "day" | "weekday" | "hour";

/** All parts, from the longest. */
export const DATE_PARTS: readonly DatePart[] = ["year", "month", "day", "weekday", "hour"];

/** How a part is given: as levels with names, or as numbers. */
export interface PartColumn {
  /** The number of the part in each row, or the code of its level; NaN where the date is missing. */
  values: Float64Array;
  /** Names of the codes, in the order of the calendar. */
  levels?: string[];
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split(" ");

/**
 * Months and weekdays are few, and often one of them is unlike its neighbours: as levels they are seen much better then,
 * and no worse elsewhere. Hours and days of the month are many, and mostly like their neighbours: as numbers they are.
 */
const NAMES: Partial<Record<DatePart, readonly string[]>> = { month: MONTHS, weekday: WEEKDAYS };
/** The smallest number of a part that has names. */
const FIRST = 1;

const DAY = 86_400;

/** The number of a part in a moment: months and weekdays from 1, weeks from Monday. */
function partOf(part: DatePart, seconds: number): number {
  switch (part) {
    case "hour":
      return Math.floor((seconds - Math.floor(seconds / DAY) * DAY) / 3600);
    case "weekday":
      // 1 January 1970 was a Thursday.
      return ((((Math.floor(seconds / DAY) + 3) % 7) + 7) % 7) + 1;
    default: {
      const date = new Date(seconds * 1000);
      if (part === "year") return date.getUTCFullYear();
      return part === "month" ? date.getUTCMonth() + 1 : date.getUTCDate();
    }
  }
}

/**
 * A part of the dates or times of day of a column.
 *
 * @param seconds since 1970 or since midnight, in UTC
 * @param asked what the part is to be, whatever suits it best
 */
export function partColumn(part: DatePart, seconds: Float64Array, asked?: "category" | "number"): PartColumn {
  const values = seconds.map((value) => (Number.isFinite(value) ? partOf(part, value) : Number.NaN));
  const names = NAMES[part];
  if (asked === "number" || (names === undefined && asked === undefined)) return { values };
  const found = [...different(values)].sort((a, b) => a - b);
  const codes = new Map(found.map((value, code) => [value, code]));
  return {
    values: values.map((value) => codes.get(value) ?? Number.NaN),
    levels: found.map((value) => names?.[value - FIRST] ?? String(value)),
  };
}

/**
 * The parts that say something of a column which it does not say itself: they vary in it, its values are fine enough to
 * have them, and several values share one.
 */
export function partsOf(kind: "date" | "time", seconds: Float64Array): DatePart[] {
  const all = different(seconds);
  const months = kind === "date" && areMonths(all);
  return DATE_PARTS.filter((part) => {
    if (kind === "time" && part !== "hour") return false;
    if (months && (part === "day" || part === "weekday")) return false;
    const parts = new Set([...all].map((value) => partOf(part, value)));
    return parts.size > 1 && parts.size < all.size;
  });
}

/** Whether days are those of months, quarters or years: all are their first, or all their last. */
function areMonths(seconds: ReadonlySet<number>): boolean {
  const midnight = (value: number) => value % DAY === 0;
  const first = (value: number) => midnight(value) && partOf("day", value) === 1;
  const all = [...seconds];
  return all.every(first) || all.every((value) => first(value + DAY));
}

function different(values: Float64Array): Set<number> {
  const found = new Set<number>();
  for (const value of values) if (Number.isFinite(value)) found.add(value);
  return found;
}
