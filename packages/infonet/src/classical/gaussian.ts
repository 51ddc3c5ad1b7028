/** Mutual information under a Gaussian copula. */

import { InfoNetError } from "../errors.js";
import { flag, readOptions, type TableOf } from "../input/options.js";
import { unitScale } from "../input/units.js";
import { CLASSICAL, type ClassicalOptions, readPair, type Variable } from "../input/variables.js";
import { logDeterminant } from "../numerics/cholesky.js";
import { digamma } from "../numerics/digamma.js";
import { correlations } from "../numerics/moments.js";
import { normalScores } from "./normal-scores.js";

/** Options of {@link gaussian}. */
export interface GaussianOptions extends ClassicalOptions {
  /**
   * Replaces every column by its normal scores first (rank → Φ⁻¹), ties sharing a score: only the copula has
   * to be Gaussian, and strictly increasing maps of a column change nothing. `false` uses the columns as
   * they are. Default true.
   */
  normalScores?: boolean | undefined;
  /** Takes off the bias that Gaussian variables have in small samples. Default true. */
  biasCorrection?: boolean | undefined;
}

const OPTIONS = {
  ...CLASSICAL,
  normalScores: flag(true),
  biasCorrection: flag(true),
} satisfies TableOf<GaussianOptions>;

/**
 * Mutual information of Gaussian variables with the correlations of the normal scores, in nats:
 * ½ ln(det R_x · det R_y / det R_xy), less its bias for n rows (differences of digamma functions). For any
 * other copula it is a lower bound in expectation, and blind to dependence without correlation. Ince et al., "A
 * statistical framework for neuroimaging data analysis based on mutual information estimated via a Gaussian
 * copula", Human Brain Mapping 38 (2017), and its `gcmi` package.
 *
 * Corrected values can be a little below zero. `Infinity` if a column of one variable follows from the other
 * columns, as for y = eˣ, or leaves less than 1e-13 of its variance open: correlations are not told from 1 beyond.
 *
 * @param x one column, or several as `{ data, width }`; rows with NaN in either variable are left out
 * @param y as many rows
 * @returns mutual information, nats unless `units` says otherwise
 * @throws InfoNetError "not-a-number", "not-finite", "unequal-lengths", "constant", "invalid-option", "collinear"
 *   if columns of one variable determine each other, and "too-few-samples" for fewer than two rows more than
 *   there are columns
 */
export function gaussian(x: Variable, y: Variable, options: GaussianOptions = {}): number {
  const { units, normalScores: scores, biasCorrection } = readOptions(options, OPTIONS);
  const factor = unitScale(units);
  const pair = readPair(x, y, (width) => width + 2);
  const [a, b] = [pair.x, pair.y].map((columns) => (scores ? columns.map(normalScores) : columns));
  const [marginX, marginY] = [marginal("x", a), marginal("y", b)];
  const joint = logDeterminant(correlations([...a, ...b]), a.length + b.length);
  const information = (marginX + marginY - joint) / 2;
  if (!biasCorrection) return factor * information;
  const width = a.length + b.length;
  return factor * (information - (bias(a.length, pair.n) + bias(b.length, pair.n) - bias(width, pair.n)));
}

function marginal(name: string, columns: readonly Float64Array[]): number {
  const determinant = logDeterminant(correlations(columns), columns.length);
  if (determinant > -Infinity) return determinant;
  throw new InfoNetError(
    "collinear",
    `${name} has ${columns.length} columns of which one is a linear combination of the others; leave it out.`,
  );
}

/**
 * Bias of the entropy of `width` Gaussian columns, but for a term that cancels in the mutual information:
 * ½ Σ ψ((n − i)/2), i = 1 … width.
 */
function bias(width: number, n: number): number {
  let sum = 0;
  for (let i = 1; i <= width; i++) sum += digamma((n - i) / 2);
  return sum / 2;
}
