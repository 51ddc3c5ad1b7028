/**
 * The independence test. Ranks of independent variables are a random permutation whatever the two
 * distributions are, so every statistic of them has a null distribution that depends on n alone: it is
 * tabulated once, for the released weights, and gives every pair an exact test without permutations.
 *
 * Two statistics are combined. The network's estimate finds dependence of any shape; the evidence of waves
 * (copula room) finds the plain shapes with fewer rows.
 */

import * as z from "zod/mini";
import {
  ascending,
  checkDocument,
  type Document,
  hash,
  list,
  parts,
  wholeNumber,
} from "../network/document.js";
import { knots, requireWeights, rows } from "./table.js";
import { END_REACH, TailTable } from "./tail-table.js";

const PROBABILITY = "a probability above 0 and below 1";
const probability = z.number(PROBABILITY).check(z.gt(0, PROBABILITY), z.lt(1, PROBABILITY));

/** Quantiles of a statistic by sample size. */
const quantiles = list(
  list(z.number("a number"), "quantiles", 2).check((context) => {
    const row = context.value;
    const wrong = ascending(row, true);
    const last = row.length - 1;
    if (wrong !== undefined) {
      const { index, message } = wrong;
      context.issues.push({ code: "custom", input: row, path: [index], message });
    } else if (row[last] <= row[Math.max(0, last - END_REACH)]) {
      // The tail goes on beyond the table as it does here.
      const message = `above ${row[last]}, as the statistic must rise at the end of its tail`;
      context.issues.push({ code: "custom", input: row, path: [last], message });
    }
  }),
  "rows of quantiles",
);

/** The schema of `null.json`. `[i][k]` is exceeded with probability `tail[k]` at size `n[i]`. */
export const nullSchema = parts({
  /** SHA-256 of the weights it was made with. */
  weights: hash(),
  /** Random permutations a sample size. */
  draws: wholeNumber(1),
  seed: wholeNumber(0),
  /** Sample sizes, ascending. */
  n: knots(wholeNumber(1), "sample sizes"),
  /** Upper tail probabilities, descending. */
  tail: list(probability, "tail probabilities", 2).check((context) => {
    const wrong = ascending(context.value.map((p) => -p));
    if (wrong === undefined) return;
    const path = [wrong.index];
    const message = `below ${context.value[wrong.index - 1]}, the one before it`;
    context.issues.push({ code: "custom", input: context.value, path, message });
  }),
  /** Of {@link informationStatistic}. */
  information: quantiles,
  /** Of the evidence of waves. */
  waves: quantiles,
  /** Of {@link combinedEvidence} of the two. */
  combined: quantiles,
}).check((context) => {
  const { n, tail, information, waves, combined } = context.value;
  context.issues.push(...rows({ information, waves, combined }, n.length, tail.length));
});

/** The table as it lies in `null.json`. */
export type NullTable = z.infer<typeof nullSchema>;

/** How the table is read and written. */
export const NULL: Document<typeof nullSchema> = {
  file: "null.json",
  schema: nullSchema,
  remedy: "Make it again with `npm run null-table`.",
};

/**
 * Checks what is to be written as `null.json`.
 *
 * @throws InfoNetError "model" if a part is missing or wrong; the message names it
 */
export function checkNull(value: unknown): NullTable {
  return checkDocument(NULL, value);
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
   * @throws InfoNetError "model" if the table belongs to other weights
   */
  constructor(table: NullTable, weights: string) {
    requireWeights("null", "null-table", table.weights, weights);
    const { n, tail, information, waves, combined } = table;
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
