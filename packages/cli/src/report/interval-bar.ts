/** Estimates with their intervals as bars in a cell of a table, and the axis above them. */
import { ticks } from "d3-array";
import type { Units } from "infonet";
import { fixed } from "../text/numbers.js";
import { type Html, html } from "./html.js";

/** Ticks that are asked for. The next round step may give up to √10/2 times as many; more than six do not fit. */
const TICKS = 3.75;

/** The end of an axis that holds all intervals; open ends reach as far as the others. */
export function axisEnd(intervals: readonly (readonly [number, number])[]): number {
  const ends = intervals.flat().filter(Number.isFinite);
  return Math.max(0.05, ...ends) * 1.02;
}

/** Round values from 0 to a little below a limit, three to six of them. */
export function axisTicks(limit: number): number[] {
  return ticks(0, limit * 0.97, TICKS);
}

/** The axis of a column of bars. */
export function barAxis(most: number, units: Units): Html {
  const marks = axisTicks(most).map((tick) => {
    const x = percent(tick / most);
    return html`<g><line x1="${x}" x2="${x}" y1="20" y2="26"/><text x="${x}" y="14" text-anchor="${tick === 0 ? "start" : "middle"}">${String(Number(tick.toFixed(6)))}</text></g>`;
  });
  return html`<svg class="bar-axis" width="100%" height="26" role="img" aria-label="Axis of mutual information in ${units}">${marks}</svg>`;
}

/** An estimate as a dot, its interval as a line. */
export function intervalBar(
  mi: number,
  [low, high]: readonly [number, number],
  most: number,
  units: Units,
): Html {
  return html`<svg class="bar" width="100%" height="18" role="img" aria-label="${fixed(mi)} ${units}, interval ${fixed(low)} to ${fixed(high)}"><line class="track" x1="0" x2="100%" y1="9" y2="9"/><line class="range" x1="${percent(low / most)}" x2="${percent(high / most)}" y1="9" y2="9"/><circle cx="${percent(mi / most)}" cy="9" r="4.5"/></svg>`;
}

function percent(share: number): string {
  return `${Math.round(Math.min(Math.max(share, 0), 1) * 1000) / 10}%`;
}
