/** What is left of two variables, in the order of the rows and in others that are drawn; and the evidence of dependence that these show. */

import { inverse, orient, rankPermutation } from "../copula/index.js";
import type { PairReading } from "../engine/model.js";
import { waveEvidence } from "../evidence/index.js";
import { logTails } from "../inference/permutation-tail.js";
import type { LongCall } from "../long-call.js";
import { order } from "../numerics/order.js";
import { type Stream, stream } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import { estimatePairs, type PairEngine } from "../vine/pair-engine.js";
import { permutedWithin, turnedByChance } from "./blocks.js";

/** Shares of the level: for all rows together, and for strata of Z, in which signs may differ. */
const SHARES = { whole: 0.7, strata: 0.3 };

/** Strict ranks of both variables, in some order. */
export interface Ranks {
  x: Uint32Array;
  y: Uint32Array;
  /** Ranks of Y within the strata along each of the columns. */
  yWithin: readonly (readonly Uint32Array[])[];
}

/** What a sample tells. */
export interface Sample {
  /** p-value of all rows. */
  pValue: number;
  /** Evidence in strata. */
  inStrata: number;
}

/** What orders are drawn with. */
interface DrawSettings {
  seed: number;
  engine: PairEngine;
  call: LongCall;
}

/** What is left of two variables, in any orders. */
export class DrawnSamples {
  readonly #strata: readonly Strata[];
  readonly #observed: Ranks;

  /**
   * @param x strict ranks
   * @param y strict ranks
   * @param columns along each of which there are strata
   */
  constructor(
    private readonly x: Uint32Array,
    private readonly y: Uint32Array,
    columns: readonly Float64Array[],
    private readonly settings: DrawSettings,
  ) {
    this.#strata = strataAlong(columns);
    this.#observed = this.#ranks(x, y);
  }

  /** What the rows as they are share. */
  async read(): Promise<PairReading> {
    const [reading] = await estimatePairs(this.settings.engine, [joined(this.#observed)], { ranks: true });
    return reading;
  }

  /** @param pValue of all rows as they are */
  observed(pValue: number): Sample {
    return this.#sampleOf(this.#observed, pValue);
  }

  /** Draws orders of X within blocks. */
  readonly within =
    (blocks: readonly Uint32Array[]) =>
    (random: Stream): Ranks => ({ ...this.#observed, x: permutedWithin(blocks, this.x, random) });

  /** Turns both variables about their middles in rows drawn by chance. */
  readonly turned = (random: Stream): Ranks =>
    this.#ranks(turnedByChance(this.x, random), turnedByChance(this.y, random));

  /**
   * Samples in other orders, each of random numbers of its own.
   *
   * @param name of the random numbers
   * @param from first number of an order
   * @param to number after the last one
   */
  async drawn(name: number, draw: (random: Stream) => Ranks, from: number, to: number): Promise<Sample[]> {
    const { seed, engine, call } = this.settings;
    const all = Array.from({ length: to - from }, (_, k) => draw(stream(seed, name, from + k)));
    const onBatch = (pairs: number): Promise<void> => call.advance(pairs);
    const readings = await estimatePairs(engine, all.map(joined), { ranks: true, onBatch });
    return readings.map(({ pValue }, k) => this.#sampleOf(all[k], pValue));
  }

  #ranks(x: Uint32Array, y: Uint32Array): Ranks {
    return { x, y, yWithin: this.#strata.map((along) => ranksWithin(along, y)) };
  }

  #sampleOf({ x, yWithin }: Ranks, pValue = 1): Sample {
    return {
      pValue: Math.max(pValue, Number.MIN_VALUE),
      inStrata: evidenceIn(this.#strata, x, yWithin),
    };
  }
}

const joined = ({ x, y }: Ranks): Uint32Array => orient(rankPermutation(x, y)).perm;

/** Evidence of a sample, in nats, among what permuted ones have in strata. */
export function evidenceAmong(permuted: readonly Sample[]): (sample: Sample) => number {
  const tails = logTails(permuted.map(({ inStrata }) => inStrata));
  return ({ pValue, inStrata }) =>
    Math.max(Math.log(SHARES.whole) - Math.log(pValue), Math.log(SHARES.strata) - tails.logOf(inStrata));
}

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
