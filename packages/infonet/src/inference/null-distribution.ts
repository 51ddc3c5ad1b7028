/**
 * The independence test. Ranks of independent variables are a random permutation whatever the two
 * distributions are, so every statistic of them has a null distribution that depends on n alone: it is
 * tabulated once, for the released weights, and gives every pair an exact test without permutations.
 *
 * The network's estimate finds dependence of any shape, slow waves of the ranks find plain shapes with fewer rows, and increments of
 * the ranks find functions that wind. All rows take part in the latter two, also where the network sees a choice of them.
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
import { logGamma } from "../numerics/gamma.js";
import { logCombined } from "./combination.js";
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
  /** Of the parts of {@link RankEvidence}. */
  waves: quantiles,
  xi: quantiles,
  neighbours: quantiles,
  /** Of {@link smoothEvidence} of the network and the waves. */
  smooth: quantiles,
  /** Of {@link combinedEvidence} of all. */
  combined: quantiles,
}).check((context) => {
  const { n, tail } = context.value;
  const tables = tablesOf((statistic) => context.value[statistic]);
  context.issues.push(...rows(tables, n.length, tail.length));
});

/** The table as it lies in `null.json`. */
export type NullTable = z.infer<typeof nullSchema>;

/** The statistics that are tabulated. */
const STATISTICS = ["information", "waves", "xi", "neighbours", "smooth", "combined"] as const;
export type Statistic = (typeof STATISTICS)[number];

/** Something for every statistic. */
export function tablesOf<Value>(of: (statistic: Statistic) => Value): Record<Statistic, Value> {
  return Object.fromEntries(STATISTICS.map((statistic) => [statistic, of(statistic)])) as Record<
    Statistic,
    Value
  >;
}

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

/** What the ranks of a sample say beside the network: statistics that are larger where there is dependence. */
export interface RankEvidence {
  /** Rows. */
  n: number;
  /** Evidence of slow waves. */
  waves: number;
  /** Nearness of next neighbours: Chatterjee's ξ. */
  xi: number;
  /** Nearness of the next few neighbours. */
  neighbours: number;
}

/** Every part as −ln p, by its own table. */
export type PartEvidence = Record<"information" | "xi" | "neighbours" | "smooth", number>;

/** How much the network's evidence counts beside that of waves. */
const NETWORK_WEIGHT = 0.35;

/** Fisher's combination of two tests, weighted: both are −ln p. */
export function smoothEvidence(information: number, waves: number): number {
  return waves + NETWORK_WEIGHT * information;
}

/** Weights of the tests: what is smooth is asked for most. */
const WEIGHTS: PartEvidence = { smooth: 10, information: 2.2, xi: 1.4, neighbours: 1.5 };
const PARTS = Object.keys(WEIGHTS) as (keyof PartEvidence)[];
const SHARES = PARTS.map((part) => WEIGHTS[part]);

/** All tests together, as −ln of Cauchy's combination of their p-values. */
export function combinedEvidence(parts: PartEvidence): number {
  return -logCombined(
    PARTS.map((part) => -parts[part]),
    SHARES,
  );
}

/** Halvings that a threshold is found with. */
const THRESHOLD_STEPS = 50;

/** Perfect agreement, rising or falling, is two of all permutations. */
function leastPValue(n: number): number {
  return Math.min(1, 2 * Math.exp(-logGamma(n + 1)));
}

/** p-values under independence. */
export class NullDistribution {
  readonly #tables: Record<Statistic, TailTable>;

  /**
   * @param weights SHA-256 of the weights in use
   * @throws InfoNetError "model" if the table belongs to other weights
   */
  constructor(table: NullTable, weights: string) {
    requireWeights("null", "null-table", table.weights, weights);
    const { n, tail } = table;
    this.#tables = tablesOf((statistic) => new TailTable(n, tail, table[statistic]));
  }

  /** The evidence of waves that independent columns of n rows exceed with a probability. */
  wavesThreshold(probability: number, n: number): number {
    const wanted = -Math.log(probability);
    const reaches = (waves: number): boolean => this.#tables.waves.evidence(waves, n) >= wanted;
    let [low, high] = [-1, 1];
    while (reaches(low)) low *= 2;
    while (!reaches(high)) high *= 2;
    for (let step = 0; step < THRESHOLD_STEPS; step++) {
      const middle = (low + high) / 2;
      if (reaches(middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  /**
   * Probability of evidence at least as strong under independence.
   *
   * @param median the network's median of √MI, not clipped at zero
   * @param used rows that it saw
   * @param ranks evidence in the ranks of all rows; without it the network's estimate is tested alone
   */
  pValue(median: number, used: number, ranks?: RankEvidence): number {
    const tables = this.#tables;
    const information = tables.information.evidence(informationStatistic(median, used), used);
    if (ranks === undefined) return Math.exp(-information);
    const { n } = ranks;
    const of = (part: keyof RankEvidence & Statistic): number => tables[part].evidence(ranks[part], n);
    const smooth = tables.smooth.evidence(smoothEvidence(information, of("waves")), n);
    const parts = { information, smooth, xi: of("xi"), neighbours: of("neighbours") };
    const p = Math.exp(-tables.combined.evidence(combinedEvidence(parts), n));
    return Math.max(p, leastPValue(n));
  }
}
