/**
 * The distribution of the estimate under independence. Ranks of independent variables are a random
 * permutation whatever the two distributions are, so it depends on n alone: it is tabulated once, for the
 * released weights, and gives every pair an exact test without permutations.
 */

import { position, requireWeights } from "./table.js";

/** The table as it lies in `null.json`. */
export interface NullTable {
  /** SHA-256 of the weights it was made with. */
  weights: string;
  /** Random permutations a sample size. */
  draws: number;
  seed: number;
  /** Sample sizes, ascending. */
  n: number[];
  /** Upper tail probabilities, descending. */
  tail: number[];
  /** `statistic[i][k]` is exceeded with probability `tail[k]` at sample size `n[i]`: ascending in k. */
  statistic: number[][];
}

/** Tests independence with the median of √MI, as the network gives it (not clipped at zero). */
export class NullDistribution {
  readonly #table: NullTable;
  readonly #logN: Float64Array;
  readonly #logTail: Float64Array;

  /**
   * @param weights SHA-256 of the weights in use
   * @throws InfoNetError "model" if the table belongs to other weights
   */
  constructor(table: NullTable, weights: string) {
    requireWeights("null", "null-table", table.weights, weights);
    this.#table = table;
    this.#logN = Float64Array.from(table.n, Math.log);
    this.#logTail = Float64Array.from(table.tail, Math.log);
  }

  /**
   * Probability of a statistic at least this large under independence. Sample sizes between those of the
   * table are interpolated, after scaling with √n, which takes away most of the change; beyond the table's
   * last probability the tail goes on as it does at its end, exponential in the squared statistic.
   */
  pValue(statistic: number, n: number): number {
    const quantiles = this.#quantiles(n);
    const last = quantiles.length - 1;
    if (statistic <= quantiles[0]) {
      // Nobody tests out here; the value only has to fall with the statistic.
      return statistic < quantiles[0]
        ? 1 - (1 - this.#table.tail[0]) * Math.exp(statistic - quantiles[0])
        : this.#table.tail[0];
    }
    if (statistic >= quantiles[last]) return this.#beyond(statistic, quantiles);
    let k = 0;
    while (quantiles[k + 1] <= statistic) k++;
    const gap = quantiles[k + 1] - quantiles[k];
    const share = gap > 0 ? (statistic - quantiles[k]) / gap : 0;
    return Math.exp(this.#logTail[k] * (1 - share) + this.#logTail[k + 1] * share);
  }

  #beyond(statistic: number, quantiles: Float64Array): number {
    const last = quantiles.length - 1;
    const from = Math.max(0, last - 4);
    const signed = (t: number): number => t * Math.abs(t);
    const rate =
      (this.#logTail[from] - this.#logTail[last]) / (signed(quantiles[last]) - signed(quantiles[from]));
    return Math.exp(this.#logTail[last] - rate * (signed(statistic) - signed(quantiles[last])));
  }

  #quantiles(n: number): Float64Array {
    const { n: sizes, statistic, tail } = this.#table;
    const log = Math.log(n);
    const [i, share] = position(this.#logN, log);
    const low = Math.sqrt(sizes[i]);
    const high = Math.sqrt(sizes[i + 1]);
    const scale = Math.exp(-0.5 * Math.min(this.#logN[i + 1], Math.max(this.#logN[i], log)));
    return Float64Array.from(
      { length: tail.length },
      (_, k) => scale * ((1 - share) * low * statistic[i][k] + share * high * statistic[i + 1][k]),
    );
  }
}
