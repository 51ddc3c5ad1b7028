/** Rows that are alike in Z: what is left of a variable may be permuted among them. */

import { inverse } from "../copula/index.js";
import { order } from "../numerics/order.js";
import { type Stream, shuffled } from "../numerics/random.js";
import { allRows, pick } from "../numerics/rows.js";
import { saySame } from "../prediction/prediction.js";
import type { Residual } from "./residual.js";

/**
 * Rows that count as alike in Z, at most. Among 16 rows what is left of Z in both ends still differs where a relation
 * is steep; of two or three, orders are few, and all near the one observed. More are alike where predictions of the places of both
 * variables differ by less than so many standard deviations of what these leave.
 */
const BLOCK = { rows: 6, more: 25, noise: 0.5 };

/** The first predictions by Z of X and of Y: one of them where both say the same. */
export function firstPredictions(
  [ofX]: readonly Float64Array[],
  [ofY]: readonly Float64Array[],
): Float64Array[] {
  const both = [ofX, ofY].filter((values) => values !== undefined);
  return both.length > 1 && saySame(ofX, ofY) ? [ofX] : both;
}

/**
 * Blocks of rows that are alike in what Z predicts of two variables.
 *
 * @param times so many times as many rows as count as alike
 */
export function blocksByPlace(
  variables: readonly Residual[],
  predictions: readonly Float64Array[],
  n: number,
  times: number,
): Uint32Array[] {
  const areAlike = (rows: Uint32Array): boolean =>
    rows.length <= times * BLOCK.more &&
    variables.every(
      ({ predictions: [first], noise = 0 }) => noise > 0 && rangeOf(first, rows) < BLOCK.noise * noise,
    );
  return blocksAlong(predictions, n, times, areAlike);
}

function rangeOf(values: Float64Array, rows: Uint32Array): number {
  const own = pick(values, rows);
  return Math.max(...own) - Math.min(...own);
}

/** Blocks of neighbours: halves along one coordinate after the other. Without any, all rows are alike. */
export function blocksAlong(
  coordinates: readonly Float64Array[],
  n: number,
  times: number,
  areAlike: (rows: Uint32Array) => boolean = () => false,
): Uint32Array[] {
  if (coordinates.length === 0) return [allRows(n)];
  const split = (rows: Uint32Array, depth: number): Uint32Array[] => {
    if (rows.length <= times * BLOCK.rows || areAlike(rows)) return [rows];
    const values = coordinates[depth % coordinates.length];
    const sorted = order(pick(values, rows)).map((k) => rows[k]);
    const half = sorted.length >> 1;
    return [...split(sorted.subarray(0, half), depth + 1), ...split(sorted.subarray(half), depth + 1)];
  };
  return split(allRows(n), 0);
}

/** Ranks of which about half are turned, from below to above: what they say of sizes stays, what they say of sides goes. */
export function turnedByChance(ranks: Uint32Array, random: Stream): Uint32Array {
  const last = ranks.length - 1;
  // Two ranks may come to the same place: chance puts one of them first.
  const places = Float64Array.from(
    ranks.keys(),
    (rank) => (random.uniform() < 0.5 ? rank : last - rank) + random.uniform(),
  );
  return pick(inverse(order(places)), ranks);
}

/** Ranks in another order within each block. */
export function permutedWithin(
  blocks: readonly Uint32Array[],
  ranks: Uint32Array,
  random: Stream,
): Uint32Array {
  const result = new Uint32Array(ranks.length);
  for (const rows of blocks) {
    shuffled(rows.length, random).forEach((from, to) => {
      result[rows[to]] = ranks[rows[from]];
    });
  }
  return result;
}
