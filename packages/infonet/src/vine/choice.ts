/** The choice among vines in different coordinates, by what they are worth on rows that they were not fitted to. */

import { mean } from "../numerics/moments.js";

/** What a vine is worth. */
export interface HeldOut {
  /** Log density ratios at rows that it was not fitted to; candidates have theirs at the same rows in the same order. */
  ratios: Float64Array;
  /** What chance has added to their mean, see Basis. */
  optimism: number;
}

/** Mean log density ratio at rows that the vine was not fitted to, less what chance has added: a lower bound in expectation. */
export function lowerBoundOf({ ratios, optimism }: HeldOut): number {
  return mean(ratios) - optimism;
}

/** The candidate with the largest lower bound, the first of equal ones. */
export function choose(candidates: readonly HeldOut[]): number {
  const scores = candidates.map(lowerBoundOf);
  return scores.indexOf(Math.max(...scores));
}

/**
 * Candidates that the best of them does not beat by more than some standard errors of the difference. All are measured at
 * the same rows, so what makes a row easy or hard for all of them alike does not blur the comparison.
 */
export function notBeaten(candidates: readonly HeldOut[], errors: number): number[] {
  const scores = candidates.map(lowerBoundOf);
  const best = choose(candidates);
  return [...candidates.keys()].filter((k) => {
    const deficit = scores[best] - scores[k];
    return (
      k === best || deficit <= errors * differenceOf(candidates[best].ratios, candidates[k].ratios).error
    );
  });
}

/** Mean of the differences of values at the same rows, with its standard error. */
export function differenceOf(a: Float64Array, b: Float64Array): { mean: number; error: number } {
  const n = a.length;
  let [sum, square] = [0, 0];
  for (let row = 0; row < n; row++) {
    const difference = a[row] - b[row];
    sum += difference;
    square += difference * difference;
  }
  return { mean: sum / n, error: Math.sqrt(Math.max(0, square / n - (sum / n) ** 2) / n) };
}
