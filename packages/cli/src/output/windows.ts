/** Pairs over time as text and JSON. */
import type { MatrixWindows, PairWindows, Units } from "infonet";
import type { TableColumn, TableInTime } from "../table/types.js";
import type { Style } from "../terminal/io.js";
import { displayWidth, pad, shorten } from "../terminal/width.js";
import { count, fixed, formatP } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { spelt } from "./columns.js";
import { spark } from "./distribution.js";
import { toJson } from "./json.js";
import { warningSummary } from "./labelled.js";
import { seriesInWords } from "./series.js";

/** What the result is of. */
export interface WindowsHead {
  file: string;
  units: Units;
  seed: number;
  model: string;
  /** In rows, or as the length of time that was written. */
  window: number | string;
  step: number | string;
  series: TableInTime | undefined;
}

/** A window by its rows, from 1, and by the times of its first and last row. */
export function placeOf({ from, to }: { from: number; to: number }, time: TableColumn | undefined): string {
  if (time === undefined) return `rows ${from + 1} to ${to}`;
  return `${spelt(time, time.values[from])} to ${spelt(time, time.values[to - 1])}`;
}

/** `{ …, windows: [{ from, to, first, last }], pairs: [{ x, y, whole, windows, change, error }] }`; what has no number is null. */
export function windowsJson(head: WindowsHead, result: MatrixWindows, time: TableColumn | undefined): string {
  const windows = result.windows.map(({ from, to }) => {
    const times = time && { first: spelt(time, time.values[from]), last: spelt(time, time.values[to - 1]) };
    return { from, to, ...times };
  });
  const pairs = result.pairs.map(({ whole, windows: own, change, ...pair }) => ({
    ...pair,
    whole: whole ?? null,
    windows: own.map((window) => window ?? null),
    change: change ?? null,
  }));
  return `${toJson({ ...head, windows, pairs }, 2)}\n`;
}

const lengthIn = (length: number | string): string =>
  typeof length === "number" ? count(length, "row") : length;

/** Cells of the curve of a pair. */
const CURVE = 24;

/** A line a pair: all rows together, the curve over time, whether it changes and where it differs most. */
export function windowsText(
  head: WindowsHead,
  { windows, pairs }: MatrixWindows,
  { time, top, style }: { time: TableColumn | undefined; top: number; style: Style },
): string {
  const shown = pairs.slice(0, top);
  const most = Math.max(0.05, ...shown.flatMap((pair) => pair.windows.map((window) => window?.mi ?? 0)));
  const width = Math.min(CURVE, windows.length);
  const titles = ["MI", pad("over time", width), "p of change", "x", "y"];
  const names = shown.map(({ x, y }) => [x, y].map((name) => shorten(printable(name), CURVE)));
  const widest = Math.max(1, ...names.map(([x]) => displayWidth(x)));
  const line = (pair: PairWindows, k: number): string => {
    const [x, y] = names[k];
    if (pair.whole === undefined)
      return `${pad("–", 6, "right")}  ${pad("", width)}  ${pad("–", 11, "right")}  ${pad(x, widest)}  ${y}: ${printable(pair.error ?? "")}`;
    const { change } = pair;
    const where =
      change !== undefined && change.pValue <= 0.05
        ? `  differs most in ${placeOf(windows[change.window], time)}`
        : "";
    return [
      pad(fixed(pair.whole.mi), 6, "right"),
      style("cyan", pad(curve(pair, most, width), width)),
      pad(formatP(change?.pValue), 11, "right"),
      pad(x, widest),
      `${y}${where}`,
    ].join("  ");
  };
  const left = pairs.length - shown.length;
  return `${[
    `${style("bold", printable(head.file))} · ${count(windows.length, "window")} of ${lengthIn(head.window)}, every ${lengthIn(head.step)} · ${head.units}`,
    ...(head.series === undefined ? [] : [style("dim", seriesInWords(head.series))]),
    "",
    style("dim", `${pad(titles[0], 6, "right")}  ${titles[1]}  ${titles[2]}  ${pad("x", widest)}  y`),
    ...shown.map(line),
    ...(left > 0 ? [style("dim", `… and ${count(left, "weaker pair")}; --top all shows every pair.`)] : []),
    "",
    style(
      "dim",
      `Curves reach from 0 to ${fixed(most)} ${head.units}. p of change: windows as different from the whole, if nothing changed.`,
    ),
    ...warningSummary(
      shown.flatMap(({ x, y, whole }) => (whole === undefined ? [] : [{ x, y, warnings: whole.warnings }])),
      style,
    ),
  ].join("\n")}\n`;
}

/** The curve of a pair in so many cells: the mean of the windows of each. */
function curve({ windows }: PairWindows, most: number, width: number): string {
  return Array.from({ length: width }, (_, cell) => {
    const own = windows
      .slice(Math.floor((cell * windows.length) / width), Math.floor(((cell + 1) * windows.length) / width))
      .flatMap((window) => (window === undefined ? [] : [window.mi]));
    if (own.length === 0) return " ";
    const mi = own.reduce((a, b) => a + b) / own.length;
    return spark([Math.max(mi, most / 1000), most]).charAt(0);
  }).join("");
}
