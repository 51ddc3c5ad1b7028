/**
 * The independence test. Ranks of independent variables are a random permutation whatever the two
 * distributions are, so every statistic of them has a null distribution that depends on n alone: it is
 * tabulated once, for the released weights, and gives every pair an exact test without permutations.
 *
 * Two statistics are combined. The network's estimate finds dependence of any shape; the evidence of waves
 * (copula room) finds the plain shapes with fewer rows.
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
  /** Of the evidence of waves. */
  waves: number[][];
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

/** How much the network's evidence counts beside that of waves. */
const NETWORK_WEIGHT = 0.35;

/** Fisher's combination of two tests, weighted: both are −ln p. */
export function combinedEvidence(information: number, waves: number): number {
  return waves + NETWORK_WEIGHT * information;
}

/** p-values under independence. */
export class NullDistribution {
  readonly #information: TailTable;
  readonly #waves: TailTable;
  readonly #combined: TailTable;

  /**
   * @param weights SHA-256 of the weights in use
   * @throws InfoNetError "model" if the table belongs to other weights or lacks a part
   */
  constructor(table: NullTable, weights: string) {
    requireWeights("null", "null-table", table.weights, weights);
    const { n, tail, information, waves, combined } = table;
    if (information === undefined || waves === undefined || combined === undefined) {
      throw new InfoNetError(
        "model",
        "null.json lacks a part of the independence test; make it again with `npm run null-table`.",
      );
    }
    this.#information = new TailTable(n, tail, information);
    this.#waves = new TailTable(n, tail, waves);
    this.#combined = new TailTable(n, tail, combined);
  }

  /**
   * Probability of evidence at least as strong under independence.
   *
   * @param median the network's median of √MI, not clipped at zero
   * @param waves evidence of waves in the same ranks; without it the network's estimate is tested alone
   */
  pValue(median: number, n: number, waves?: number): number {
    const information = this.#information.evidence(informationStatistic(median, n), n);
    if (waves === undefined) return Math.exp(-information);
    const evidence = combinedEvidence(information, this.#waves.evidence(waves, n));
    return Math.exp(-this.#combined.evidence(evidence, n));
  }
}
