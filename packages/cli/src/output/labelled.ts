/** How one result is shown as text: a short labelled list. */
import type { Units, Warning } from "infonet";
import type { Style } from "../terminal/io.js";
import { bar } from "../terminal/progress.js";
import { displayWidth, pad } from "../terminal/width.js";
import { correlationEquivalent, count, fixed } from "../text/numbers.js";
import { printable } from "../text/printable.js";

/** Width of the bar of the strength. */
export const BAR = 10;

/** What a result begins with: the estimate, its interval, and the correlation that would share as much. */
export function informationRows(
  { mi, interval }: { mi: number; interval: readonly [number, number] },
  units: Units,
  style: Style,
): string[][] {
  const strength = correlationEquivalent(mi, units);
  return [
    ["mutual information", `${style("bold", fixed(mi))} ${units}`],
    ["90 % interval", `${fixed(interval[0])} – ${fixed(interval[1])}`],
    ["strength, 0 to 1", `${fixed(strength)}  ${style("cyan", bar(strength, BAR).trimEnd())}`],
  ];
}

/** Labels with their values, aligned. */
export function labelled(rows: readonly string[][]): string[] {
  const width = Math.max(...rows.map(([label]) => displayWidth(label))) + 2;
  return rows.map(([label, value]) => `  ${pad(label, width)}${value}`);
}

/** Every warning of one result. */
export function warningLines(warnings: readonly Warning[], style: Style): string[] {
  return warnings.map(({ code, message }) => `  ${style("yellow", `! ${code}`)}: ${printable(message)}`);
}

/** A pair with its warnings. */
interface WarnedPair {
  x: string;
  y: string;
  warnings: readonly Warning[];
}

/** One line a kind of warning, with the first message and how many more pairs have it. */
export function* warningSummary(cells: readonly WarnedPair[], style: Style): Generator<string> {
  const first = new Map<Warning["code"], { cell: WarnedPair; message: string; pairs: number }>();
  for (const cell of cells) {
    for (const { code, message } of cell.warnings) {
      const known = first.get(code);
      if (known) known.pairs++;
      else first.set(code, { cell, message, pairs: 1 });
    }
  }
  if (first.size === 0) return;
  yield "";
  yield style("yellow", "! Warnings");
  for (const [code, { cell, message, pairs }] of first) {
    const more = pairs > 1 ? ` (and ${count(pairs - 1, "more pair")})` : "";
    yield `  ${code}: ${printable(cell.x)} × ${printable(cell.y)}${more}: ${printable(message)}`;
  }
}
