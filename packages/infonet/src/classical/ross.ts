/** The estimator of Ross for a category and a continuous variable. */

import { InfoNetError } from "../errors.js";
import { requireVaried } from "../input/data-errors.js";
import { readOptions } from "../input/options.js";
import { unitScale } from "../input/units.js";
import {
  type Categories,
  type Codes,
  countsOf,
  readLabelledPair,
  type Variable,
} from "../input/variables.js";
import { digamma, digammaSum } from "../numerics/digamma.js";
import { KdTree } from "./k-dtree.js";
import { countsWithin, NEIGHBOURS, type NeighbourOptions, prepared, shrink } from "./neighbours.js";

/**
 * Mutual information of a category and a continuous variable by nearest neighbours, in nats: Ross, "Mutual
 * information between discrete and continuous data sets", PLoS ONE 9, e87357 (2014), equation 2.
 *
 * The distance to the k-th neighbour of the same category is compared with the number of rows of any category
 * within it. As in scikit-learn's `mutual_info_classif`, a category of k rows or fewer gives as many
 * neighbours as it has, and rows whose category occurs once are left out. Can be a little below zero.
 *
 * @param labels numbers or strings; NaN, null and undefined are missing
 * @param y one column, or several as `{ data, width }`, as many rows
 * @param options see {@link NeighbourOptions}
 * @returns mutual information, nats unless `units` says otherwise
 * @throws InfoNetError "not-a-number", "not-finite", "unequal-lengths", "constant" (y), "invalid-option", and
 *   "too-few-samples" for fewer than two complete rows, or if every category occurs once
 */
export function ross(labels: Categories, y: Variable, options: NeighbourOptions = {}): number {
  const { units, k, ...settings } = readOptions(options, NEIGHBOURS);
  const factor = unitScale(units);
  const { labels: codes, y: values } = repeated(readLabelledPair(labels, y, 2));
  requireVaried("y", values);
  const n = codes.length;
  const columns = prepared(values, settings);
  const radii = new Float64Array(n);
  const neighbours = new Uint32Array(n);
  const sizes = new Uint32Array(n + 1);
  for (const rows of members(codes)) {
    const used = Math.min(k, rows.length - 1);
    const tree = new KdTree(columns.map((column) => Float64Array.from(rows, (row) => column[row])));
    const distances = tree.neighbourDistances(used);
    for (const [at, row] of rows.entries()) radii[row] = distances[at];
    neighbours[used] += rows.length;
    sizes[rows.length] += rows.length;
  }
  const around = new Uint32Array(n);
  for (const count of countsWithin(columns, shrink(radii))) around[count]++;
  const difference = digammaSum(neighbours, 0) - digammaSum(sizes, 0) - digammaSum(around, 1);
  return factor * (digamma(n) + difference / n);
}

/** The rows whose category occurs more than once. */
function repeated(pair: { labels: Codes; y: Float64Array[]; n: number }): {
  labels: Uint32Array;
  y: Float64Array[];
} {
  const { codes, distinct } = pair.labels;
  const sizes = countsOf(pair.labels);
  const rows = Uint32Array.from(codes.keys()).filter((row) => sizes[codes[row]] > 1);
  if (rows.length === 0) {
    throw new InfoNetError(
      "too-few-samples",
      `labels has ${distinct} categories in ${pair.n} complete rows, each once; pass categories that repeat.`,
    );
  }
  return {
    labels: Uint32Array.from(rows, (row) => codes[row]),
    y: pair.y.map((column) => Float64Array.from(rows, (row) => column[row])),
  };
}

/** Rows of every category. */
function members(codes: Uint32Array): number[][] {
  const groups = new Map<number, number[]>();
  for (const [row, code] of codes.entries()) {
    const group = groups.get(code);
    if (group === undefined) groups.set(code, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
