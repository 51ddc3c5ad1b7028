/**
 * Whether two columns of levels depend on each other in the same way in all groups, whatever the shares of the levels are there: equal odds
 * ratios, that is no interaction of the three in a log-linear model (Bishop, Fienberg & Holland 1975), which is fitted by iterative
 * proportions; how far tables are from it by chance is seen in tables that it makes.
 */

import type { Stream } from "../numerics/random.js";

/** Rounds of the fit, at most, and the change of a margin, as a share of the rows, at which it is done. */
const ROUNDS = 50;
const EXACT = 1e-5;
/** Levels by themselves; all others are one. */
const MOST_LEVELS = 8;

/** Counts of two columns in every group, `counts[(group * r + row) * c + column]`. */
export interface GroupedCounts {
  counts: Float64Array;
  /** Groups, levels of the one, levels of the other. */
  shape: readonly [number, number, number];
}

/** A column of levels by their places, the most frequent first; rare ones together. */
export function placesOf(
  values: Float64Array,
  levels: readonly number[],
): { places: Uint8Array; count: number } {
  const count = Math.min(levels.length, MOST_LEVELS);
  const known = new Map(levels.map((level, place) => [level, Math.min(place, count - 1)]));
  return { places: Uint8Array.from(values, (value) => known.get(value) as number), count };
}

export function groupedCounts(
  x: { places: Uint8Array; count: number },
  y: { places: Uint8Array; count: number },
  sizes: readonly number[],
): GroupedCounts {
  const counts = new Float64Array(sizes.length * x.count * y.count);
  let row = 0;
  for (const [group, size] of sizes.entries()) {
    for (const end = row + size; row < end; row++) {
      counts[(group * x.count + x.places[row]) * y.count + y.places[row]]++;
    }
  }
  return { counts, shape: [sizes.length, x.count, y.count] };
}

/** Evidence, in nats, that odds ratios differ between groups: half of the deviance of the fit. */
export function oddsEvidence({ counts, shape }: GroupedCounts): number {
  const expected = withoutInteraction({ counts, shape });
  let sum = 0;
  for (const [k, count] of counts.entries()) {
    if (count > 0) sum += count * Math.log(count / expected[k]);
  }
  return Math.max(0, sum);
}

/** Expected counts where odds ratios are the same in all groups: they have the three margins of two of the counts. */
export function withoutInteraction({ counts, shape }: GroupedCounts): Float64Array {
  const fit = new Float64Array(counts.length).fill(1);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const margins = marginsOf(shape).map((places) => ({ places, wanted: sumsBy(counts, places) }));
  for (let round = 0; round < ROUNDS; round++) {
    let change = 0;
    for (const { places, wanted } of margins) {
      const own = sumsBy(fit, places);
      for (let k = 0; k < own.length; k++) {
        change = Math.max(change, Math.abs(own[k] - wanted[k]));
        own[k] = own[k] > 0 ? wanted[k] / own[k] : 0;
      }
      for (let k = 0; k < fit.length; k++) fit[k] *= own[places[k]];
    }
    if (change <= EXACT * total) break;
  }
  return fit;
}

/** Of every cell its place in each margin of two. */
function marginsOf([groups, r, c]: GroupedCounts["shape"]): Uint32Array[] {
  const margins = [0, 1, 2].map(() => new Uint32Array(groups * r * c));
  for (let g = 0, k = 0; g < groups; g++) {
    for (let i = 0; i < r; i++) {
      for (let j = 0; j < c; j++, k++) {
        margins[0][k] = i * c + j;
        margins[1][k] = g * c + j;
        margins[2][k] = g * r + i;
      }
    }
  }
  return margins;
}

function sumsBy(table: Float64Array, places: Uint32Array): Float64Array {
  const sums = new Float64Array(places[places.length - 1] + 1);
  for (let k = 0; k < table.length; k++) sums[places[k]] += table[k];
  return sums;
}

/** A table of as many rows in every group, drawn from expected counts. */
export function drawnCounts(
  expected: Float64Array,
  shape: GroupedCounts["shape"],
  sizes: readonly number[],
  { uniform }: Stream,
): GroupedCounts {
  const cells = shape[1] * shape[2];
  const counts = new Float64Array(expected.length);
  for (const [group, size] of sizes.entries()) {
    const ends = new Float64Array(cells);
    let sum = 0;
    for (let k = 0; k < cells; k++) {
      sum += expected[group * cells + k];
      ends[k] = sum;
    }
    for (let row = 0; row < size; row++) {
      const at = uniform() * sum;
      let k = 0;
      while (k < cells - 1 && ends[k] <= at) k++;
      counts[group * cells + k]++;
    }
  }
  return { counts, shape };
}
