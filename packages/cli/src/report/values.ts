import type { TableColumn } from "../table/types.js";
import { fixed, grouped } from "../text/numbers.js";

const DAY = 86_400;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A value of a column as a short label. */
export function valueLabel(column: TableColumn, value: number): string {
  if (column.levels) return column.levels[Math.round(value)] ?? "";
  if (column.kind === "date") return dateLabel(value);
  if (column.kind === "time") return new Date(value * 1000).toISOString().slice(11, 16);
  return numberLabel(value);
}

/** About three significant digits; thousands as k, M, G beyond five digits. */
export function numberLabel(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e15 || size < 1e-4) return value.toExponential(1).replace("-", "\u2212");
  for (const [unit, letter] of [
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    if (size >= unit && size >= 1e5) return `${trimmed(value / unit, size / unit)}${letter}`;
  }
  // Four digits stay together: they may be a year.
  if (size >= 10_000) return sign(grouped(Math.round(size)), value);
  return size >= 1000 ? sign(String(Math.round(size)), value) : trimmed(value, size);
}

function trimmed(value: number, size: number): string {
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
  const text = fixed(value, decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function sign(text: string, value: number): string {
  return value < 0 ? `\u2212${text}` : text;
}

/**
 * Labels for the values of one column in one pair. Dates lose what the span makes needless: the time of day
 * over more than a week.
 */
export function labelsFor(column: TableColumn, sorted: Float64Array): (value: number) => string {
  const days = (sorted[sorted.length - 1] - sorted[0]) / DAY;
  if (column.kind === "date" && days > 7) return (value) => dateLabel(value).slice(0, 10);
  return (value) => valueLabel(column, value);
}

/** Labels for an axis, at most eight characters for dates: year and month, day and month, or the time of day. */
export function ticksFor(column: TableColumn, sorted: Float64Array): (value: number) => string {
  if (column.kind !== "date") return labelsFor(column, sorted);
  const days = (sorted[sorted.length - 1] - sorted[0]) / DAY;
  return (value) => {
    const date = new Date(value * 1000);
    if (Number.isNaN(date.getTime())) return "";
    const text = date.toISOString();
    if (days > 366) return text.slice(0, text.indexOf("-", 1) + 3);
    return days > 2 ? `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}` : text.slice(-13, -8);
  };
}

function dateLabel(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "";
  const text = date.toISOString();
  return seconds % DAY === 0 ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
}

/** Shortens a label to a number of characters. */
export function clip(text: string, most: number): string {
  const chars = [...text];
  return chars.length <= most
    ? text
    : `${chars
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}

/** Number of different values, counted no further than one beyond `most`. */
export function distinctUpTo(sorted: Float64Array, most: number): number {
  let distinct = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length && distinct <= most; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  return distinct;
}

/** A value is read at this many ranks around its own. */
const AROUND = 16;

/**
 * The value that a share of the sorted values lies below. It is the mean over the ranks next to it, one standard error
 * of the rank to either side, so that curves drawn from it do not show where single rows happen to lie.
 */
export function valueAt(sorted: Float64Array, share: number): number {
  const reach = Math.min(Math.sqrt((share * (1 - share)) / sorted.length), share, 1 - share);
  const lowest = interpolated(sorted, share - reach);
  if (lowest === interpolated(sorted, share + reach)) return lowest;
  let sum = 0;
  for (let k = 0; k < AROUND; k++) sum += interpolated(sorted, share + ((2 * k + 1) / AROUND - 1) * reach);
  return sum / AROUND;
}

function interpolated(sorted: Float64Array, share: number): number {
  const last = sorted.length - 1;
  const position = Math.min(Math.max(share * sorted.length - 0.5, 0), last);
  const left = Math.floor(position);
  const right = Math.min(left + 1, last);
  return sorted[left] + (position - left) * (sorted[right] - sorted[left]);
}
