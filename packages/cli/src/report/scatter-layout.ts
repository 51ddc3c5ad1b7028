/** How the columns of a pair are laid out along the axes of a scatter plot. */
import type { Axis } from "./axis.js";
import { pageText } from "./html.js";
import { placeLabels } from "./labels.js";
import { clip, distinctUpTo, numberLabel, valueLabel } from "./values.js";

const MOST_LABELS = 12;

/** A scale as Observable Plot takes it. */
export interface ScatterScale {
  type: "linear" | "log" | "sqrt" | "utc";
  /** How many, or which. */
  ticks: number | number[];
  tickFormat?: (value: number, index: number) => string;
  domain?: [number, number];
  nice?: boolean;
}

/** How one column is laid out along an axis. */
export interface ScatterLayout {
  scale: ScatterScale;
  /** Position of a value before jitter. */
  place: (value: number) => number | Date;
  /** Half the width of the jitter, in units of the axis; 0 for none. */
  jitter: number;
}

/** Lays a column out along an axis that is so many pixels long. */
export function scatterLayout(
  { column, sorted, kind }: Axis,
  side: "x" | "y",
  length: number,
): ScatterLayout {
  if (column.levels) return categories(column.levels, sorted, side, length);
  if (column.kind === "date") {
    return { scale: { type: "utc", ticks: 4 }, place: (value) => new Date(value * 1000), jitter: 0 };
  }
  if (column.kind === "time") {
    const ticks = timeTicks(sorted[0], sorted[sorted.length - 1]);
    const tickFormat = (seconds: number) => valueLabel(column, seconds);
    return { scale: { type: "linear", ticks, tickFormat }, place: (value) => value, jitter: 0 };
  }
  const type = scaleType(sorted);
  const few = kind === "levels" || distinctUpTo(sorted, MOST_LABELS) <= MOST_LABELS;
  const times = factorOf(sorted);
  const tickFormat = (value: number): string => numberLabel(value / times);
  return {
    scale: { type, ticks: type === "log" ? 4 : 5, tickFormat, nice: type === "linear" },
    place: (value) => times * value,
    jitter: few && type === "linear" ? times * smallestGap(sorted) * 0.22 : 0,
  };
}

/** What values at the edges of the doubles are drawn times: round numbers between them may be none that a double holds. */
function factorOf(sorted: Float64Array): number {
  const size = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
  return size < 1e-290 ? 2 ** 200 : size > 1e290 ? 2 ** -200 : 1;
}

function categories(
  levels: readonly string[],
  sorted: Float64Array,
  side: "x" | "y",
  length: number,
): ScatterLayout {
  // Codes that do not occur in the complete rows take no room.
  const present = [...new Set(sorted)];
  const position = new Map(present.map((code, index) => [code, index]));
  const every = Math.ceil(present.length / MOST_LABELS);
  const ticks = present.map((_, index) => index).filter((index) => index % every === 0);
  const names = ticks.map((index) => pageText(levels[present[index]] ?? ""));
  const places = ticks.map((index) => ((index + 0.5) / present.length) * length);
  const labels =
    side === "y"
      ? names.map((name) => clip(name, 9))
      : placeLabels(places, names, length).map(({ text, line }) => `${"\n".repeat(line)}${text}`);
  return {
    scale: {
      type: "linear",
      domain: [-0.5, present.length - 0.5],
      ticks,
      tickFormat: (_index: number, k: number) => labels[k],
    },
    place: (value) => position.get(value) as number,
    jitter: 0.32,
  };
}

/** Round times of day between two, six at most. */
function timeTicks(low: number, high: number): number[] {
  const steps = [60, 300, 900, 1800, 3600, 7200, 10_800];
  const step = steps.find((candidate) => (high - low) / candidate <= 6) ?? 21_600;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) ticks.push(at);
  return ticks;
}

/** Logarithmic for positive columns with a long upper tail, square root where such a column has zeros. */
function scaleType(sorted: Float64Array): "linear" | "log" | "sqrt" {
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const low = sorted[0];
  if (low < 0) return "linear";
  const skewed = at(0.95) - at(0.5) > 4 * (at(0.5) - at(0.05));
  if (low > 0) return skewed && at(0.99) / at(0.01) > 30 ? "log" : "linear";
  return skewed && at(0.99) > 12 * (at(0.5) || at(0.75)) ? "sqrt" : "linear";
}

function smallestGap(sorted: Float64Array): number {
  let gap = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i] - sorted[i - 1];
    if (step > 0 && step < gap) gap = step;
  }
  return Number.isFinite(gap) ? gap : 0;
}
