/** What some columns tell of another one: cross-fitted ridge regression on functions of them, or the nearest rows. */

import { cholesky, solveLower, solveUpper } from "../numerics/cholesky.js";
import { centred, correlation } from "../numerics/moments.js";
import { foldsOf, stream } from "../numerics/random.js";
import { allRows, rowsOfFold } from "../numerics/rows.js";
import { crossProducts } from "./canonical.js";
import { affordable, expand, type FeatureKind, type Features } from "./features.js";
import { MOST_COLUMNS, nearestMeans, nearestRows } from "./nearest.js";

/**
 * Products of normal scores reach far out; held back at four deviations, as for variates, the rows at the rim would be
 * predicted too near the middle, for every target alike.
 */
const FARTHEST = 8;
const KINDS: readonly FeatureKind[] = [
  { degree: 1, ridge: 1e-6, farthest: FARTHEST },
  { degree: 2, ridge: 1e-3, farthest: FARTHEST },
  { degree: 3, bumps: 1, ridge: 1e-3, farthest: FARTHEST },
  { degree: 1, radii: 6, ridge: 1e-4, farthest: FARTHEST },
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
 * @param values the same columns as they are, standardised: scores of few rows are blurred by the rows themselves
 * @returns undefined where the columns tell nothing of the target
 */
export function prediction(
  target: Float64Array,
  columns: readonly Float64Array[],
  seed: number,
  values?: readonly Float64Array[],
): Prediction | undefined {
  return predictions([target], columns, seed, values)[0];
}

/**
 * Predictions of several columns by others, as {@link prediction}.
 *
 * @param columns may have more rows than the targets: the last ones are predicted by coefficients fitted to all targets
 */
export function predictions(
  targets: readonly Float64Array[],
  columns: readonly Float64Array[],
  seed: number,
  values?: readonly Float64Array[],
): (Prediction | undefined)[] {
  const n = targets[0].length;
  const fold = foldsOf(n, seed, FOLDS);
  const best: (Prediction | undefined)[] = targets.map(() => undefined);
  const scales = values === undefined ? [columns] : [columns, values];
  for (const kind of scales.flatMap((scale) => KINDS.map((kind) => ({ ...kind, scale })))) {
    const features = expand(kind.scale, affordable(kind, columns.length), stream(seed, 41));
    if (features.count > n / 4) continue;
    crossFitted(features, targets, fold, kind.ridge).forEach((values, t) => {
      best[t] = better(best[t], { values, explained: shareExplained(values.subarray(0, n), targets[t]) });
    });
  }
  return best.map((found) => (found !== undefined && isTold(found, n) ? found : undefined));
}

/** Above this correlation two predictions say the same. */
const SAME = 0.99;

/** Whether two predictions, or coordinates, say the same. */
export function saySame(one: Float64Array, other: Float64Array): boolean {
  return Math.abs(correlation(one, other)) > SAME;
}

/** The prediction that explains more, the first of two that explain as much. */
export function better(one: Prediction | undefined, other: Prediction | undefined): Prediction | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.explained > one.explained ? other : one;
}

/** Share of a target's variance that a prediction explains: none where it is the wrong way round. */
function shareExplained(values: Float64Array, target: Float64Array): number {
  const r = correlation(values, target);
  return r > 0 ? r * r : 0;
}

/** Three standard errors of a correlation: below them a prediction is noise. */
function isTold({ explained }: Prediction, n: number): boolean {
  return explained > 9 / n;
}

function crossFitted(
  features: Features,
  targets: readonly Float64Array[],
  fold: Uint8Array,
  ridge: number,
): Float64Array[] {
  const { count, values } = features;
  const n = fold.length;
  const rows = values.length / count;
  const width = targets.length;
  const wanted: Features = { values: new Float64Array(rows * width), count: width };
  targets.forEach((target, t) => {
    for (let row = 0; row < n; row++) wanted.values[row * width + t] = target[row];
  });
  const own = Array.from({ length: FOLDS }, (_, f) => {
    const inside = rowsOfFold(fold, f, true);
    return {
      inside,
      gram: crossProducts(features, features, inside),
      products: crossProducts(features, wanted, inside),
    };
  });
  const sum = (which: "gram" | "products") => own.map((part) => part[which]).reduce(plus);
  const whole = { gram: sum("gram"), products: sum("products") };
  const results = targets.map(() => new Float64Array(rows));
  const predict = (gram: Float64Array, weights: Float64Array, trained: number, at: Uint32Array): void => {
    const lower = cholesky(gram, count, ridge * trained);
    solveLower(lower, count, weights, width);
    solveUpper(lower, count, weights, width);
    for (const row of at) {
      results.forEach((result, t) => {
        let sum = 0;
        for (let i = 0; i < count; i++) sum += values[row * count + i] * weights[i * width + t];
        result[row] = sum;
      });
    }
  };
  for (const { inside, gram, products } of own) {
    predict(less(whole.gram, gram), less(whole.products, products), n - inside.length, inside);
  }
  if (rows > n) predict(whole.gram, whole.products.slice(), n, allRows(rows).subarray(n));
  return results;
}

const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, k) => value + b[k]);
const less = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, k) => value - b[k]);

/** A prediction by the nearest rows; undefined where there are too many columns for any row to be near, or where they tell nothing. */
export function nearestPrediction(
  target: Float64Array,
  columns: readonly Float64Array[],
): Prediction | undefined {
  if (columns.length > MOST_COLUMNS) return undefined;
  const values = nearestMeans(target, nearestRows(columns));
  const found = { values: centred(values), explained: shareExplained(values, target) };
  return isTold(found, target.length) ? found : undefined;
}
