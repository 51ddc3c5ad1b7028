/**
 * The independence test. Ranks of independent variables are a random permutation whatever the two
 * distributions are, so every statistic of them has a null distribution that depends on n alone: it is
 * tabulated once, for the released weights, and gives every pair an exact test without permutations.
 *
 * Two statistics are combined. The network's estimate finds dependence of any shape; the smooth statistic of
 * the copula room finds the plain shapes with fewer rows.
 */

import { InfoNetError } from "../errors.js";
import { requireWeights } from "./table.js";
import { TailTable } from "./tail-table.js";

export { TailTable } from "./tail-table.js";

/** The table as it lies in `null.json`. `[i][k]` is exceeded with probability `tail[k]` at size `n[i]`. */
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
  /** Of {@link informationStatistic}. */
  information: number[][];
  /** Of the smooth statistic. */
  smooth: number[][];
  /** Of {@link combinedEvidence} of the two. */
  combined: number[][];
}

/**
 * n times the network's median of √MI squared, with its sign: the network may answer below zero. Half of what a
 * likelihood-ratio test would look at, so that its distribution changes little with n.
 */
export function informationStatistic(median: number, n: number): number {
  return n * median * Math.abs(median);
}

/** How much the network's evidence counts beside the smooth statistic's. */
const NETWORK_WEIGHT = 0.35;

/** Fisher's combination of two tests, weighted: both are −ln p. */
export function combinedEvidence(information: number, smooth: number): number {
  return smooth + NETWORK_WEIGHT * information;
}

/** p-values under independence. */
export class NullDistribution {
  readonly #information: TailTable;
  readonly #smooth: TailTable;
  readonly #combined: TailTable;

  /**
   * @param weights SHA-256 of the weights in use
   * @throws InfoNetError "model" if the table belongs to other weights or lacks a part
   */
  constructor(table: NullTable, weights: string) {
    requireWeights("null", "null-table", table.weights, weights);
    const { n, tail, information, smooth, combined } = table;
    if (information === undefined || smooth === undefined || combined === undefined) {
      throw new InfoNetError(
        "model",
        "null.json lacks a part of the independence test; make it again with `npm run null-table`.",
      );
    }
    this.#information = new TailTable(n, tail, information);
    this.#smooth = new TailTable(n, tail, smooth);
    this.#combined = new TailTable(n, tail, combined);
  }

  /**
   * Probability of evidence at least as strong under independence.
   *
   * @param median the network's median of √MI, not clipped at zero
   * @param smooth the smooth statistic of the same ranks; without it the network's estimate is tested alone
   */
  pValue(median: number, n: number, smooth?: number): number {
    const information = this.#information.evidence(informationStatistic(median, n), n);
    if (smooth === undefined) return Math.exp(-information);
    const evidence = combinedEvidence(information, this.#smooth.evidence(smooth, n));
    return Math.exp(-this.#combined.evidence(evidence, n));
  }
}
