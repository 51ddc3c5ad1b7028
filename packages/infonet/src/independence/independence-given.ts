/**
 * The test of X and Y independent given Z. X and Y are each freed of Z by themselves; what is left of X is permuted among rows that are alike in
 * Z. What either still holds of Z (it is estimated from few rows) stays in these orders, so it is not taken for dependence of X and Y.
 * The ends of the vine would not do: both are freed of the same coordinates, whose errors they then share.
 */

import { inverse, orient, rankPermutation } from "../copula/index.js";
import type { PairReading } from "../engine/model.js";
import { waveEvidence } from "../evidence/index.js";
import { logAmong, logTails } from "../inference/permutation-tail.js";
import type { LongCall } from "../long-call.js";
import { order } from "../numerics/order.js";
import { type Stream, shuffled, stream } from "../numerics/random.js";
import { allRows, pick } from "../numerics/rows.js";
import { CHANCE } from "../pairs/reading.js";
import { saySame } from "../prediction/prediction.js";
import { estimatePairs, type PairEngine, sideBySide } from "../vine/pair-engine.js";
import { isBeyondReach } from "./reach.js";
import { type Residual, residual, type Told } from "./residual.js";

/**
 * Rows that count as alike in Z, at most. Among 16 rows what is left of Z in both ends still differs where a relation
 * is steep; of two or three, orders are few, and all near the one observed. More are alike where predictions of the places of both
 * variables differ by less than so many standard deviations of what these leave.
 */
const BLOCK = { rows: 6, more: 25, noise: 0.5 };
/** Shares of the level: for all rows together, and for strata of Z, in which signs may differ. */
const SHARES = { whole: 0.7, strata: 0.3 };

/** What the test says. */
export interface IndependenceGiven {
  /** Undefined where the rows are too few to free both variables of Z: what was seen may be owed to that. */
  pValue?: number;
  /** What is left of X and of Y shares so much. */
  left: PairReading;
}

/**
 * p-value of independence given Z, from permutations and their tail; and what is left of X and of Y, each freed of Z by itself, shares.
 *
 * @param both what Z tells of X and of Y
 */
export async function independenceGiven(
  both: readonly [Told, Told],
  permutations: number,
  seed: number,
  engine: PairEngine,
  call: LongCall,
): Promise<IndependenceGiven> {
  const [x, y] = await sideBySide<[Residual, Residual]>(engine, [
    (shared) => residual(both[0], seed, shared, call),
    (shared) => residual(both[1], seed, shared, call),
  ]);
  const withY = (ranks: Uint32Array): Uint32Array => orient(rankPermutation(ranks, y.ranks)).perm;
  const [left] = await estimatePairs(engine, [withY(x.ranks)], { ranks: true });
  const { pValue: tabulated = 1 } = left;
  if (permutations === 0) return { pValue: tabulated, left };
  const predictions = firstPredictions(x.predictions, y.predictions);
  const blocks = neighbourhoods(predictions, x.ranks.length, alikeInPlace([x, y]));
  const { scores } = both[0].condition;
  const strata = strataAlong(scores.length <= MOST_COLUMNS ? scores : predictions);
  const ofY = strata.map((along) => ranksWithin(along, y.ranks));
  const orders = Array.from({ length: permutations }, (_, k) =>
    permutedWithin(blocks, x.ranks, stream(seed, 91, k)),
  );
  const onBatch = (pairs: number): Promise<void> => call.advance(pairs);
  const readings = await estimatePairs(engine, orders.map(withY), { ranks: true, onBatch });
  const whole = readings.map(({ pValue = 1 }) => pValue);
  const inStrata = logTails(orders.map((ranks) => evidenceIn(strata, ranks, ofY)));
  const evidence = (p: number, logP: number): number =>
    Math.max(Math.log(SHARES.whole) - Math.log(p), Math.log(SHARES.strata) - logP);
  const all = whole.map((p, k) => evidence(p, inStrata.logs[k]));
  const seen = evidence(
    Math.max(tabulated, Number.MIN_VALUE),
    inStrata.logOf(evidenceIn(strata, x.ranks, ofY)),
  );
  const pValue = Math.exp(logAmong(seen, all));
  if (pValue <= CHANCE && isBeyondReach(both, seed)) return { left };
  return { pValue, left };
}

/** The first predictions by Z of X and of Y: one of them where both say the same. */
function firstPredictions([ofX]: readonly Float64Array[], [ofY]: readonly Float64Array[]): Float64Array[] {
  const both = [ofX, ofY].filter((values) => values !== undefined);
  return both.length > 1 && saySame(ofX, ofY) ? [ofX] : both;
}

/** Whether rows are alike in the first predictions by Z of the places of variables; none are where these are unknown. */
function alikeInPlace(variables: readonly Residual[]): (rows: Uint32Array) => boolean {
  return (rows) =>
    variables.every(
      ({ predictions: [first], noise = 0 }) => noise > 0 && rangeOf(first, rows) < BLOCK.noise * noise,
    );
}

function rangeOf(values: Float64Array, rows: Uint32Array): number {
  const own = pick(values, rows);
  return Math.max(...own) - Math.min(...own);
}

/** Rows in blocks of neighbours: halves along one coordinate after the other. Without any, all rows are alike. */
function neighbourhoods(
  coordinates: readonly Float64Array[],
  n: number,
  areAlike: (rows: Uint32Array) => boolean,
): Uint32Array[] {
  if (coordinates.length === 0) return [allRows(n)];
  const split = (rows: Uint32Array, depth: number): Uint32Array[] => {
    if (rows.length <= BLOCK.rows || (rows.length <= BLOCK.more && areAlike(rows))) return [rows];
    const values = coordinates[depth % coordinates.length];
    const sorted = order(pick(values, rows)).map((k) => rows[k]);
    const half = sorted.length >> 1;
    return [...split(sorted.subarray(0, half), depth + 1), ...split(sorted.subarray(half), depth + 1)];
  };
  return split(allRows(n), 0);
}

function permutedWithin(blocks: readonly Uint32Array[], ranks: Uint32Array, random: Stream): Uint32Array {
  const result = new Uint32Array(ranks.length);
  for (const rows of blocks) {
    shuffled(rows.length, random).forEach((from, to) => {
      result[rows[to]] = ranks[rows[from]];
    });
  }
  return result;
}

/** Columns of Z along each of which there are strata; of more, predictions stand for them. */
const MOST_COLUMNS = 3;
/** Rows of a stratum, about, and strata along a column at most. */
const ROWS_A_STRATUM = 100;
const MOST_STRATA = 8;

/** Strata along a column. */
interface Strata {
  /** Rows of each. */
  parts: Uint32Array[];
  /** Stratum of each row. */
  of: Uint8Array;
}

/** Strata of about equally many rows along each of some columns. */
function strataAlong(columns: readonly Float64Array[]): Strata[] {
  return columns.map((values) => {
    const n = values.length;
    const count = Math.max(2, Math.min(MOST_STRATA, Math.round(n / ROWS_A_STRATUM)));
    const sorted = order(values);
    const start = (s: number): number => Math.round((s * n) / count);
    const parts = Array.from({ length: count }, (_, s) => sorted.slice(start(s), start(s + 1)));
    const of = new Uint8Array(n);
    for (const [s, rows] of parts.entries()) for (const row of rows) of[row] = s;
    return { parts, of };
  });
}

/** Ranks of the rows of every stratum among themselves. */
function ranksWithin({ parts, of }: Strata, ranks: Uint32Array): Uint32Array[] {
  const next = new Uint32Array(parts.length);
  const within = new Uint32Array(ranks.length);
  for (const row of inverse(ranks)) within[row] = next[of[row]]++;
  return parts.map((rows) => pick(within, rows));
}

/**
 * Evidence in strata along any of the columns: in each stratum a sample shows dependence or it does not.
 *
 * @param y ranks within the strata along each of the columns
 */
function evidenceIn(
  strata: readonly Strata[],
  x: Uint32Array,
  y: ReadonlyArray<readonly Uint32Array[]>,
): number {
  const along = strata.map((own, k) =>
    ranksWithin(own, x).reduce((sum, ranks, s) => {
      const evidence = waveEvidence(rankPermutation(ranks, y[k][s]));
      // ln ½(1 + e^evidence), also where that is large.
      return sum + Math.max(0, evidence) + Math.log((1 + Math.exp(-Math.abs(evidence))) / 2);
    }, 0),
  );
  return Math.max(0, ...along);
}
