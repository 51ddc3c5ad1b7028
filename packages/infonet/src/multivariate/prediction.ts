/** What some columns tell of another one: cross-fitted ridge regression on functions of them. */

import { cholesky, solveLower, solveUpper } from "../numerics/cholesky.js";
import { correlation } from "../numerics/moments.js";
import { stream } from "../numerics/random.js";
import { rowsOfFold } from "../numerics/rows.js";
import { affordable, foldsOf } from "./basis.js";
import { crossProducts } from "./canonical.js";
import { expand, type FeatureKind, type Features } from "./features.js";

/**
 * Products of normal scores reach far out; held back at four deviations, as for variates, the rows at the rim would be
 * predicted too near the middle, for every target alike.
 */
const FARTHEST = 8;
const KINDS: readonly FeatureKind[] = [
  { degree: 1, ridge: 1e-6, farthest: FARTHEST },
  { degree: 2, ridge: 1e-3, farthest: FARTHEST },
  { degree: 3, bumps: 1, ridge: 1e-3, farthest: FARTHEST },
];
const FOLDS = 5;

/** A prediction of a column. */
export interface Prediction {
  values: Float64Array;
  /** Share of the variance. */
  explained: number;
}

/**
 * Predictions of a column by others. Every row is predicted by coefficients that were fitted without it, so the
 * prediction holds nothing of the row's own chance.
 *
 * @param target normal scores, or another column of mean zero
 * @param columns normal scores
 * @returns undefined where the columns tell nothing of the target
 */
export function prediction(
  target: Float64Array,
  columns: readonly Float64Array[],
  seed: number,
): Prediction | undefined {
  const n = target.length;
  const fold = foldsOf(n, seed, FOLDS);
  let best: Prediction | undefined;
  for (const kind of KINDS) {
    const features = expand(columns, affordable(kind, columns.length), stream(seed, 41));
    if (features.count > n / 4) continue;
    const values = crossFitted(features, target, fold, kind.ridge);
    const r = correlation(values, target);
    const explained = r > 0 ? r * r : 0;
    if (best === undefined || explained > best.explained) best = { values, explained };
  }
  // Three standard errors of a correlation: below it the prediction is noise.
  return best !== undefined && best.explained > 9 / n ? best : undefined;
}

function crossFitted(
  features: Features,
  target: Float64Array,
  fold: Uint8Array,
  ridge: number,
): Float64Array {
  const { count, values } = features;
  const wanted: Features = { values: target, count: 1 };
  const result = new Float64Array(target.length);
  for (let f = 0; f < FOLDS; f++) {
    const training = rowsOfFold(fold, f, false);
    const gram = crossProducts(features, features, training);
    const lower = cholesky(gram, count, ridge * training.length);
    const weights = crossProducts(features, wanted, training);
    solveLower(lower, count, weights, 1);
    solveUpper(lower, count, weights, 1);
    for (const row of rowsOfFold(fold, f, true)) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += values[row * count + i] * weights[i];
      result[row] = sum;
    }
  }
  return result;
}
