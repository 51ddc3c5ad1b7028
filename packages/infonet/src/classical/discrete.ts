/** The plug-in estimator for two categorical variables. */

import { readOptions, type TableOf } from "../input/options.js";
import { unitScale } from "../input/units.js";
import { type Categories, CLASSICAL, type ClassicalOptions, readCategories } from "../input/variables.js";
import { CORRECTION, type Correction, plugIn } from "./plug-in.js";

/** Options of {@link discrete}. */
export interface DiscreteOptions extends ClassicalOptions {
  /**
   * `"miller-madow"` takes the leading bias off, (occupied cells of x + of y − of both − 1)/2n;
   * `"chao-wang-jost"` estimates each entropy by what the rare cells say of those that were not seen (2013), which is best where
   * cells are many and rows few. Results can then be below zero. Default `"none"`.
   */
  correction?: Correction | undefined;
}

const OPTIONS = { ...CLASSICAL, correction: CORRECTION } satisfies TableOf<DiscreteOptions>;

/**
 * Mutual information of two categorical variables from their observed frequencies, in nats. Never negative
 * without a correction, and too large by about (|x| − 1)(|y| − 1)/2n. Renaming the categories, exchanging the
 * variables and permuting the rows change nothing, to the last bit. O(n).
 *
 * @param x numbers or strings, each its own category; NaN, null and undefined are missing
 * @param y as many
 * @returns mutual information, nats unless `units` says otherwise; 0 if a variable has one category
 * @throws InfoNetError "not-a-number", "not-finite", "unequal-lengths", "too-few-samples" (no complete row),
 *   "invalid-option"
 */
export function discrete(x: Categories, y: Categories, options: DiscreteOptions = {}): number {
  const { units, correction } = readOptions(options, OPTIONS);
  const pair = readCategories(x, y);
  return unitScale(units) * plugIn(pair.x, pair.y, correction);
}
