/**
 * The test of two series that may be independent of each other, but whose rows are not. Evidence is looked for in the values, where chance
 * is larger by what the rows of both have in common, and in what their past leaves of them, where it is not (Haugh 1976). The null
 * distribution is that of series that the columns could have been, half of them of either column beside the other as it is.
 */

import { rankPermutation } from "../copula/index.js";
import { scaledWaveEvidence, waveEvidence } from "../evidence/index.js";
import { LEAST_IN_TIME, logPermuted } from "../inference/permutation-tail.js";
import { inflations } from "./effective-size.js";
import { drawsFor, type SeriesColumn, type SeriesRanks } from "./series-column.js";

/** What two series say of each other. */
export interface SeriesEvidence {
  /** ln of the p-value. */
  logP: number;
  /** Factor by which chance is larger than in independent rows, at least 1. */
  inflation: number;
}

/** How many surrogates with as much evidence are enough. */
const ENOUGH = 20;

/** Tests two series of numbers. */
export function testSeries(x: SeriesColumn, y: SeriesColumn): SeriesEvidence {
  const seen = evidenceOfSeries(x.itself, y.itself);
  let next = 0;
  const draw = (): number => {
    const k = next++;
    return k % 2 === 0
      ? evidenceOfSeries(x.surrogate(k >> 1), y.itself)
      : evidenceOfSeries(x.itself, y.surrogate(k >> 1));
  };
  const most = 2 * drawsFor(x.n);
  const logP = logPermuted(seen, draw, LEAST_IN_TIME, most, { enough: ENOUGH, together: 2 });
  return { logP, inflation: Math.max(1, inflations(x.itself.model, y.itself.model, x.n)[0]) };
}

/** Evidence of two series at the same rows, in nats: half of the average likelihood ratio for their values, half for their noise. */
export function evidenceOfSeries(x: SeriesRanks, y: SeriesRanks): number {
  const factors = inflations(x.model, y.model, x.ranks.length);
  const values = scaledWaveEvidence(rankPermutation(x.ranks, y.ranks), factors);
  const noise = waveEvidence(rankPermutation(x.noise, y.noise));
  const larger = Math.max(values, noise);
  return larger + Math.log((Math.exp(values - larger) + Math.exp(noise - larger)) / 2);
}
