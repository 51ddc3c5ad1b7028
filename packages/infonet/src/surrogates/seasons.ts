/**
 * Seasons: what of a series repeats after a number of rows. Two series that repeat after the same number of rows are dependent through it, and
 * no series that an autoregression makes keeps time as they do.
 */

import type { Segments } from "./autoregression.js";

/** By the period, how much of the variance in one half of a series the means of the phases in the other half tell; 0 where nothing. */
export type Seasons = Float64Array;

/** No season at all. */
export const NO_SEASONS: Seasons = new Float64Array(0);

/** Periods are looked at up to this, and where a half has at least so many of them. */
const MOST_PERIOD = 400;
const FEWEST_CYCLES = 2;
/** Share of the variance that a season tells, at least. */
const LEAST_TOLD = 0.3;

/** The seasons of the longest segment. O(n) a period. */
export function seasonsOf(scores: Float64Array, segments: Segments): Seasons {
  let [from, to] = [0, 0];
  for (let s = 0; s + 1 < segments.length; s++) {
    if (segments[s + 1] - segments[s] > to - from) [from, to] = [segments[s], segments[s + 1]];
  }
  const half = (to - from) >> 1;
  const most = Math.min(MOST_PERIOD, Math.floor(half / FEWEST_CYCLES));
  const told = new Float64Array(most + 1);
  for (let period = 2; period <= most; period++) {
    const share = Math.min(
      toldBy(scores, [from, from + half], [from + half, to], period),
      toldBy(scores, [from + half, to], [from, from + half], period),
    );
    if (share >= LEAST_TOLD) told[period] = share;
  }
  return told;
}

type Stretch = readonly [from: number, to: number];

/** Share of the variance in one stretch that the means of the phases in another tell; below 0 where they mislead. */
function toldBy(scores: Float64Array, [from, to]: Stretch, [first, last]: Stretch, period: number): number {
  const [sums, counts] = [new Float64Array(period), new Float64Array(period)];
  for (let t = from, phase = from % period; t < to; t++) {
    sums[phase] += scores[t];
    counts[phase]++;
    if (++phase === period) phase = 0;
  }
  let whole = 0;
  for (let t = from; t < to; t++) whole += scores[t];
  whole /= to - from;
  let other = 0;
  for (let t = first; t < last; t++) other += scores[t];
  other /= last - first;
  let [missed, all] = [0, 0];
  for (let t = first, phase = first % period; t < last; t++) {
    const value = scores[t] - other;
    missed += (value - (sums[phase] / counts[phase] - whole)) ** 2;
    all += value * value;
    if (++phase === period) phase = 0;
  }
  return all > 0 ? 1 - missed / all : 0;
}

/** The period of which most repeats in both of two series; undefined where none does. */
export function sharedSeason(x: Seasons, y: Seasons): number | undefined {
  let [best, most] = [0, 0];
  for (let period = 2; period < Math.min(x.length, y.length); period++) {
    const share = Math.min(x[period], y[period]);
    // Twice the period repeats as well, and tells hardly more.
    if (share > most + SURELY) [best, most] = [period, share];
  }
  return best > 0 ? best : undefined;
}

const SURELY = 0.02;
