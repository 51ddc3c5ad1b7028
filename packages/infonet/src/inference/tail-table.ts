/** Upper tails of a statistic by sample size, tabulated. */

import { position } from "./table.js";

/** How many steps before the last probability the slope of the tail beyond it is measured from. */
export const END_REACH = 4;

/** What a statistic exceeds under independence, and how often. */
export class TailTable {
  readonly #logN: Float64Array;
  readonly #evidence: Float64Array;
  readonly #quantiles: readonly (readonly number[])[];

  /**
   * @param n sample sizes, ascending
   * @param tail upper tail probabilities, descending
   * @param quantiles `quantiles[i][k]` is exceeded with probability `tail[k]` at sample size `n[i]`
   */
  constructor(n: readonly number[], tail: readonly number[], quantiles: readonly (readonly number[])[]) {
    this.#logN = Float64Array.from(n, Math.log);
    this.#evidence = Float64Array.from(tail, (p) => -Math.log(p));
    this.#quantiles = quantiles;
  }

  /**
   * −ln of the probability of a statistic at least this large, ≥ 0. Between the sample sizes of the table its
   * quantiles are interpolated, so the statistic should be one whose distribution hardly changes with n. Beyond
   * the last probability the tail goes on as it does at its end: exponential in the statistic.
   */
  evidence(statistic: number, n: number): number {
    const quantiles = this.#at(n);
    const evidence = this.#evidence;
    const last = quantiles.length - 1;
    if (statistic <= quantiles[0]) {
      // Nobody tests out here; the value only has to rise with the statistic.
      return statistic < quantiles[0] ? evidence[0] * Math.exp(statistic - quantiles[0]) : evidence[0];
    }
    if (statistic >= quantiles[last]) {
      const from = Math.max(0, last - END_REACH);
      const rate = (evidence[last] - evidence[from]) / (quantiles[last] - quantiles[from]);
      return evidence[last] + rate * (statistic - quantiles[last]);
    }
    let k = 0;
    while (quantiles[k + 1] <= statistic) k++;
    const gap = quantiles[k + 1] - quantiles[k];
    const share = gap > 0 ? (statistic - quantiles[k]) / gap : 0;
    return evidence[k] * (1 - share) + evidence[k + 1] * share;
  }

  #at(n: number): readonly number[] {
    if (this.#logN.length === 1) return this.#quantiles[0];
    const [i, share] = position(this.#logN, Math.log(n));
    const [below, above] = [this.#quantiles[i], this.#quantiles[i + 1]];
    return below.map((quantile, k) => (1 - share) * quantile + share * above[k]);
  }
}
