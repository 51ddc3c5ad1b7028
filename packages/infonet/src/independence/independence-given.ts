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
import { correlation, meanWithError } from "../numerics/moments.js";
import { order } from "../numerics/order.js";
import { type Stream, stream } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import { CHANCE } from "../pairs/reading.js";
import { estimatePairs, type PairEngine, sideBySide } from "../vine/pair-engine.js";
import { blocksAlong, blocksByPlace, firstPredictions, permutedWithin, turnedByChance } from "./blocks.js";
import { isBeyondReach } from "./reach.js";
import { type Residual, residual, type Told } from "./residual.js";

/** Shares of the level: for all rows together, and for strata of Z, in which signs may differ. */
const SHARES = { whole: 0.7, strata: 0.3 };
/** Names of the random numbers of orders among rows alike in place and in columns, and in blocks so many times as large; and of turns. */
const STREAMS = { place: 91, largerPlace: 92, columns: 94, largerColumns: 95, turned: 97 };
const LARGER = 4;

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
  const [left] = await estimatePairs(engine, [joined({ x: x.ranks, y: y.ranks })], { ranks: true });
  const { pValue: tabulated = 1 } = left;
  if (permutations === 0) return { pValue: tabulated, left };
  const predictions = firstPredictions(x.predictions, y.predictions);
  const { scores } = both[0].condition;
  const n = x.ranks.length;
  const few = scores.length <= MOST_COLUMNS;
  const strata = strataAlong(few ? scores : predictions);
  const ofY = strata.map((along) => ranksWithin(along, y.ranks));
  const sampleOf = (both: Ranks, pValue = 1): Sample => ({
    pValue: Math.max(pValue, Number.MIN_VALUE),
    inStrata: evidenceIn(
      strata,
      both.x,
      both.y === y.ranks ? ofY : strata.map((along) => ranksWithin(along, both.y)),
    ),
  });
  const drawn = async (name: number, draw: (random: Stream) => Ranks, from = 0, to = permutations) => {
    const orders = Array.from({ length: to - from }, (_, k) => draw(stream(seed, name, from + k)));
    const onBatch = (pairs: number): Promise<void> => call.advance(pairs);
    const readings = await estimatePairs(engine, orders.map(joined), { ranks: true, onBatch });
    return readings.map(({ pValue }, k) => sampleOf(orders[k], pValue));
  };
  const within =
    (blocks: readonly Uint32Array[]) =>
    (random: Stream): Ranks => ({
      x: permutedWithin(blocks, x.ranks, random),
      y: y.ranks,
    });

  const byPlace = (times: number): Uint32Array[] => blocksByPlace([x, y], predictions, n, times);
  const blocks = byPlace(1);
  const samples: Sample[] = [];
  const look = async (upTo: number) => {
    samples.push(...(await drawn(STREAMS.place, within(blocks), samples.length, upTo)));
    const evidence = evidenceAmong(samples);
    const seen = evidence(sampleOf({ x: x.ranks, y: y.ranks }, tabulated));
    const inPlace = shownWithin(blocks, samples.map(evidence), seen);
    return { evidence, seen, inPlace, pValue: pValueAmong(seen, inPlace) };
  };
  for (const { after, large } of LOOKS) {
    if (after >= permutations) break;
    const { pValue } = await look(after);
    if (pValue <= large) continue;
    await call.advance(permutations - after);
    return { pValue, left };
  }
  const { evidence, seen, inPlace, pValue: atFirst } = await look(permutations);
  if (atFirst > CHANCE) return { pValue: atFirst, left };

  const more = async (blocks: readonly Uint32Array[], name: number): Promise<Shown> => {
    call.expect(permutations);
    return shownWithin(blocks, (await drawn(name, within(blocks))).map(evidence), seen);
  };
  let found = verdict(seen, inPlace, await more(byPlace(LARGER), STREAMS.largerPlace));
  const coordinates = few ? scores : [...predictions, ...both.flatMap(({ size }) => size?.values ?? [])];
  if (found.pValue <= CHANCE && coordinates.length > 0) {
    const inColumns = await more(blocksAlong(coordinates, n, 1), STREAMS.columns);
    if (showsMore(inColumns, inPlace)) {
      const larger = await more(blocksAlong(coordinates, n, LARGER), STREAMS.largerColumns);
      const other = verdict(seen, inColumns, larger);
      if (other.pValue > found.pValue) found = other;
    }
  }
  const { pValue, reached } = found;
  if (pValue > CHANCE) return { pValue, left };
  if (!reached || isBeyondReach(both, seed)) return { left };
  const bySizes = sizeEvidence(x, y);
  if (bySizes === 0 || Math.sqrt(seen) > Math.sqrt(LARGE.times * bySizes) + LARGE.more)
    return { pValue, left };
  call.expect(permutations);
  const turned = await drawn(STREAMS.turned, (random) => ({
    x: turnedByChance(x.ranks, random),
    y: turnedByChance(y.ranks, random),
  }));
  const bySides = Math.exp(logAmong(seen, turned.map(evidence)));
  return bySides > CHANCE ? { left } : { pValue: Math.max(pValue, bySides), left };
}

/** Permutations after which a p-value above so much is near enough: no rest of them would make it small (Besag & Clifford 1991). */
const LOOKS = [
  { after: 48, large: 0.3 },
  { after: 96, large: 0.2 },
];

/** So many times what sizes would show, and so much more on the scale of roots, is more than what is left of them may show. */
const LARGE = { times: 2, more: 2 };

/**
 * Evidence, in nats, that sizes show which Z tells of both variables: about n r²/2. A part of it is left where they are freed of Z, and
 * looks like dependence. It says nothing of sides: it is also there where each variable is turned in any rows.
 */
function sizeEvidence({ size: ofX, ranks }: Residual, { size: ofY }: Residual): number {
  if (ofX === undefined || ofY === undefined) return 0;
  const r = Math.sqrt(ofX.explained * ofY.explained) * correlation(ofX.values, ofY.values);
  return r > 0 ? (ranks.length * r * r) / 2 : 0;
}

/** Ranks of both variables. */
interface Ranks {
  x: Uint32Array;
  y: Uint32Array;
}

const joined = ({ x, y }: Ranks): Uint32Array => orient(rankPermutation(x, y)).perm;

/** What a sample tells. */
interface Sample {
  /** p-value of all rows. */
  pValue: number;
  /** Evidence in strata. */
  inStrata: number;
}

/** Evidence of a sample, in nats, among what permuted ones have in strata. */
function evidenceAmong(permuted: readonly Sample[]): (sample: Sample) => number {
  const tails = logTails(permuted.map(({ inStrata }) => inStrata));
  return ({ pValue, inStrata }) =>
    Math.max(Math.log(SHARES.whole) - Math.log(pValue), Math.log(SHARES.strata) - tails.logOf(inStrata));
}

/** Evidence of samples that are permuted within blocks, in nats. */
interface Shown {
  all: readonly number[];
  mean: number;
  standardError: number;
  /** Of the mean, what dependence that is there leaves in it: about one row a block stays where it is. */
  kept: number;
}

function shownWithin(blocks: readonly Uint32Array[], all: readonly number[], seen: number): Shown {
  const rows = blocks.reduce((sum, { length }) => sum + length, 0);
  return { all, ...meanWithError(all), kept: seen * (blocks.length / rows) ** 2 };
}

const pValueAmong = (seen: number, { all }: Shown): number => Math.exp(logAmong(seen, all));

/** Evidence, in nats, and its standard errors, by which blocks must show more than others to be heeded. */
const LEAST = { nats: 0.6, errors: 3 };

function showsMore(one: Shown, other: Shown): boolean {
  const error = Math.hypot(one.standardError, other.standardError);
  return one.mean - one.kept - (other.mean - other.kept) > Math.max(LEAST.nats, LEAST.errors * error);
}

/**
 * What both variables still hold of Z shows in permuted samples the more, the smaller the blocks: evidence goes with its square. What is lost
 * within the small blocks is about so many times as much as from large ones to these where it varies in steps along two columns, less where
 * it varies smoothly, and seldom more than so many times.
 */
const LOST = { likely: 1.5, most: 3 };

/** The p-value among samples that are permuted within small blocks, less what is lost there; and whether that leaves anything to be seen. */
function verdict(seen: number, small: Shown, large: Shown): { pValue: number; reached: boolean } {
  if (!showsMore(small, large)) return { pValue: pValueAmong(seen, small), reached: true };
  const [shown, kept, left] = [seen, small.mean, large.mean].map((nats) => Math.sqrt(Math.max(0, nats)));
  const lost = kept - left;
  const rest = Math.max(0, shown - LOST.likely * lost);
  return { pValue: pValueAmong(rest ** 2, small), reached: shown > kept + LOST.most * lost };
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
