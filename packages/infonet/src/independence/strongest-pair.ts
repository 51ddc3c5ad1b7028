/** The pair of columns, one of X and one of Y, that shares most. All of X and all of Y share at least as much. */

import { orient, rankPermutation } from "../copula/index.js";
import { smoothDependence } from "../evidence/index.js";
import type { LongCall } from "../long-call.js";
import { estimatePairs, isNull, type PairEngine } from "../vine/pair-engine.js";
import type { Side } from "../vine/sides.js";

/** A pair of columns that depend on each other beyond doubt. */
export interface StrongestPair {
  /** Numbers of the columns among those that take part. */
  i: number;
  j: number;
  /** Its estimate, nats. */
  mi: number;
}

/** Pairs that the network looks at: of more, those whose smooth statistic is largest. */
const MOST_PAIRS = 48;
/** Probability that any of independent pairs is taken for one. */
const LEVEL = 0.02;

/** The strongest pair, where one is beyond doubt, and ln of the p-value of all pairs that were looked at (Bonferroni). */
export interface Strongest {
  pair: StrongestPair | undefined;
  logP: number | undefined;
}

/**
 * The pair with the largest estimate, unless the largest of as many independent pairs would often be as large
 * (Bonferroni): of many columns that share nothing, some pair always seems to share something.
 */
export async function strongestPair(
  x: Side,
  y: Side,
  engine: PairEngine,
  call: LongCall,
): Promise<Strongest> {
  const pairs = x.ranks.flatMap((a, i) =>
    y.ranks.map((b, j) => {
      const perm = rankPermutation(a, b);
      return { i, j, perm, strength: smoothDependence(perm) };
    }),
  );
  pairs.sort((a, b) => b.strength - a.strength || a.i - b.i || a.j - b.j);
  const looked = pairs.slice(0, MOST_PAIRS);
  call.expect(looked.length);
  const readings = await estimatePairs(
    engine,
    looked.map(({ perm }) => orient(perm).perm),
    { ranks: true },
  );
  await call.advance(looked.length);
  let best = 0;
  readings.forEach(({ mi }, k) => {
    if (mi > readings[best].mi) best = k;
  });
  const { i, j, perm } = looked[best];
  const smallest = readings.map(({ pValue }) => pValue).reduce(least);
  const logP =
    smallest === undefined
      ? undefined
      : Math.min(0, Math.log(Math.max(smallest, Number.MIN_VALUE) * pairs.length));
  const pair = isNull(readings[best], perm.length, LEVEL / pairs.length)
    ? undefined
    : { i, j, mi: readings[best].mi };
  return { pair, logP };
}

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : Math.min(a, b);
