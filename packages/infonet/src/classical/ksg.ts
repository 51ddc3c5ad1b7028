/** The estimator of Kraskov, Stögbauer and Grassberger. */

import { oneOf, readOptions, type TableOf } from "../input/options.js";
import { unitScale } from "../input/units.js";
import { readPair, type Variable } from "../input/variables.js";
import { digamma, digammaSum } from "../numerics/digamma.js";
import { KdTree } from "./k-dtree.js";
import { countsWithin, NEIGHBOURS, type NeighbourOptions, prepared, shrink } from "./neighbours.js";

/** Options of {@link ksg}. */
export interface KsgOptions extends NeighbourOptions {
  /**
   * 1 counts the points nearer than the k-th neighbour in either marginal; 2 uses the smallest rectangle
   * around the k neighbours, which has less bias for strong dependence and more variance. Default 1.
   */
  algorithm?: 1 | 2 | undefined;
}

const OPTIONS = { ...NEIGHBOURS, algorithm: oneOf([1, 2], 1) } satisfies TableOf<KsgOptions>;

/**
 * Mutual information of two continuous variables by nearest neighbours, in nats: Kraskov, Stögbauer and
 * Grassberger, "Estimating mutual information", Phys. Rev. E 69, 066138 (2004), equations 8 and 9, in the
 * maximum norm.
 *
 * Nearly unbiased for independent variables, so it can be a little below zero there. It cannot exceed
 * ψ(n) − ψ(k), about ln n − 0.9 for three neighbours, and falls short before that. Exchanging the variables and
 * permuting the rows change nothing, to the last bit, if there is no noise. O(n log n) for few columns.
 *
 * ```ts
 * ksg(x, y, { k: 5, units: "bits" });
 * ksg({ data, width: 3 }, y);
 * ```
 *
 * @param x one column, or several as `{ data, width }`; rows with NaN in either variable are left out
 * @param y as many rows
 * @returns mutual information, nats unless `units` says otherwise
 * @throws InfoNetError "not-a-number", "not-finite", "unequal-lengths", "constant", "invalid-option", and
 *   "too-few-samples" for fewer than k + 1 complete rows
 */
export function ksg(x: Variable, y: Variable, options: KsgOptions = {}): number {
  const { units, k, algorithm, ...settings } = readOptions(options, OPTIONS);
  const factor = unitScale(units);
  const pair = readPair(x, y, () => k + 1);
  const columns = prepared([...pair.x, ...pair.y], settings);
  const split = pair.x.length;
  const tree = new KdTree(columns);
  const distances = tree.neighbourDistances(k);
  const [radiiX, radiiY] =
    algorithm === 1
      ? [shrink(distances), distances]
      : // All points at the distance of the k-th neighbour belong to the rectangle: with ties, no choice
        // among them hangs on the order of the rows.
        tree.extentsWithin(distances, split);
  const tally = new Uint32Array(pair.n);
  for (const count of countsWithin(columns.slice(0, split), radiiX)) tally[count]++;
  for (const count of countsWithin(columns.slice(split), radiiY)) tally[count]++;
  const ceiling = digamma(k) + digamma(pair.n);
  return algorithm === 1
    ? factor * (ceiling - digammaSum(tally, 1) / pair.n)
    : factor * (ceiling - 1 / k - digammaSum(tally, 0) / pair.n);
}
