/** Pairs of columns that tell something only together, as in an exclusive or: their products are looked at, all pairs of columns. */

import { logGammaTail } from "../numerics/gamma.js";
import { mean } from "../numerics/moments.js";

/** Two columns, by their places, and the p-value of what they tell together, among all pairs. */
export interface Together {
  a: number;
  b: number;
  pValue: number;
}

/** Functions of a column of levels that take part in products, at most. */
const MOST_FUNCTIONS = 3;
/** Deviations beyond which a value counts as this far out: few rows would rule the products. */
const FARTHEST = 2.5;

/**
 * The two columns whose product of functions tells most of a target.
 *
 * @param target functions of the target: scores or indicators, NaN where missing
 * @param columns functions of the columns
 * @param first so many of the columns are looked at; the others are partners of these alone
 * @returns undefined of fewer than two columns
 */
export function strongestTogether(
  target: readonly Float64Array[],
  columns: readonly (readonly Float64Array[])[],
  first = columns.length,
): Together | undefined {
  const targets = [...target, ...(target.length === 1 ? [squared(target[0])] : [])].map(standardizedOrZero);
  const functions = columns.map((list) => list.slice(0, MOST_FUNCTIONS).map(standardizedOrZero));
  let best: { a: number; b: number; square: number } | undefined;
  let looks = 0;
  const n = target[0].length;
  const product = new Float64Array(n);
  for (let a = 0; a < first; a++) {
    for (let b = a + 1; b < functions.length; b++) {
      for (const f of functions[a]) {
        for (const g of functions[b]) {
          let [sum, squares] = [0, 0];
          for (let row = 0; row < n; row++) {
            const value = f[row] * g[row];
            product[row] = value;
            sum += value;
            squares += value * value;
          }
          const spread = squares - (sum * sum) / n;
          looks += targets.length;
          for (const t of targets) {
            let told = 0;
            for (let row = 0; row < n; row++) told += t[row] * product[row];
            const square = spread > 0 ? (told * told) / spread : 0;
            if (best === undefined || square > best.square) best = { a, b, square };
          }
        }
      }
    }
  }
  if (best === undefined) return undefined;
  // n r² of one degree of freedom; the targets have the variance 1.
  const pValue = Math.exp(logGammaTail(0.5, best.square / 2));
  return { a: best.a, b: best.b, pValue: Math.min(1, looks * pValue) };
}

function squared(values: Float64Array): Float64Array {
  return values.map((value) => value * value);
}

/** With mean 0 and variance 1 over the rows that have a value, 0 at the others. */
function standardizedOrZero(values: Float64Array): Float64Array {
  const present = values.filter((value) => !Number.isNaN(value));
  const middle = mean(present);
  const deviation = Math.sqrt(mean(present.map((value) => (value - middle) ** 2)));
  const near = (value: number): number => Math.max(-FARTHEST, Math.min(FARTHEST, value));
  return values.map((value) =>
    Number.isNaN(value) || !(deviation > 0) ? 0 : near((value - middle) / deviation),
  );
}
