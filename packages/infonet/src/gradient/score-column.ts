/**
 * A column by the normal scores of its ranks: what fields have beside functions of the column, and the way from scores to values.
 *
 * Information does not change when a column is mapped by a rising function. So what a gradient has on average over the rows about any place
 * of a column is 0, and only what is beside functions of the column is its own.
 */

import { InfoNetError } from "../errors.js";
import { squaresAbout } from "../numerics/moments.js";
import { scoresOfRanks } from "../numerics/normal-scores.js";
import { REACH, scaled, withinReach } from "../numerics/reach.js";

/** Slope of a column's scale from which derivatives by its values would overflow. */
const STEEPEST = 1e300;
/** Rows on either side that a place's mean is taken over, in √n; towards the ends as many as there are on both sides, at least these. */
const NEARBY = { roots: 3, least: 5 };
/** Rows that a steepness is taken over: the distance of fewer, at the ends of long tails, may be next to 0 by chance. */
const LEAST_STEPS = 8;
/** Windows that a steepness is taken over, one within the other. */
const WINDOWS = 4;

export class ScoreColumn {
  /** Normal scores of the rows. */
  readonly scores: Float64Array;
  /** Their deviation: that of n ranks is a little below 1. */
  readonly deviation: number;
  /** Rows in ascending order. */
  readonly #sorted: Uint32Array;

  /** @param ranks strict, from 0 */
  constructor(ranks: Uint32Array) {
    const n = ranks.length;
    const table = scoresOfRanks(n);
    this.scores = new Float64Array(n);
    this.#sorted = new Uint32Array(n);
    for (let row = 0; row < n; row++) {
      this.scores[row] = table[ranks[row]];
      this.#sorted[ranks[row]] = row;
    }
    this.deviation = Math.sqrt(squaresAbout(this.scores, 0) / n);
  }

  /**
   * What a field has beside a function of the column: less its mean over the rows about each place. The row itself is left out of
   * that, so that nothing of its own is lost.
   */
  beside(field: Float64Array): Float64Array {
    const n = field.length;
    const reach = Math.ceil(NEARBY.roots * Math.sqrt(n));
    const sums = new Float64Array(n + 1);
    for (let k = 0; k < n; k++) sums[k + 1] = sums[k] + field[this.#sorted[k]];
    const result = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      const rows = Math.min(reach, Math.max(NEARBY.least, Math.min(k, n - 1 - k)));
      const from = Math.max(0, k - rows);
      const to = Math.min(n, k + rows + 1);
      const row = this.#sorted[k];
      result[row] = field[row] - (sums[to] - sums[from] - field[row]) / (to - from - 1);
    }
    return result;
  }

  /**
   * Slopes of the scores by values of these ranks, over up to 1.5 √n rows on either side, fewer at the ends; 0 where the values do
   * not rise. Equal values have one.
   *
   * @param values with finite differences
   */
  steepness(values: ArrayLike<number>): Float64Array {
    const n = values.length;
    const table = scoresOfRanks(n);
    const sorted = new Float64Array(n);
    for (let k = 0; k < n; k++) sorted[k] = values[this.#sorted[k]];
    const most = Math.max(2, Math.round(1.5 * Math.sqrt(n)));
    const result = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      const reach = Math.min(most, Math.max(LEAST_STEPS, Math.floor(Math.min(k, n - 1 - k) / 3)));
      let rise = 0;
      let width = 0;
      for (let window = 1; window <= WINDOWS; window++) {
        const rows = Math.max(1, Math.round((reach * window) / WINDOWS));
        const from = Math.max(0, k - rows);
        const to = Math.min(n - 1, k + rows);
        rise += table[to] - table[from];
        width += sorted[to] - sorted[from];
      }
      result[this.#sorted[k]] = width > 0 ? rise / width : 0;
    }
    for (let from = 0, to = 0; from < n; from = to) {
      let sum = 0;
      for (; to < n && sorted[to] === sorted[from]; to++) sum += result[this.#sorted[to]];
      for (let k = from; k < to; k++) result[this.#sorted[k]] = sum / (to - from);
    }
    return result;
  }
}

/** From slopes of a mean by the scores of rows, n of them, to its derivatives by their values. */
export type PullScores = (slopes: Float64Array) => Float64Array;

/**
 * The way back from the scores of a column to its values. Moving all values, and stretching them, has derivative 0.
 *
 * @throws InfoNetError "not-finite" if its values are too close together
 */
export function scoresToValues(name: string, column: ScoreColumn, given: Float64Array): PullScores {
  const {
    columns: [values],
    exponent,
  } = withinReach([given], REACH.differences);
  const steepness = column.steepness(values);
  let steepest = 0;
  for (const slope of steepness) if (!(slope <= steepest)) steepest = slope;
  requireFiniteSlopes(name, scaled(steepest, exponent));
  // Steps that change nothing: by 1, and by the value. Rows give way by how fast they move.
  const weights = steepness.map((slope) => (steepest > 0 ? (slope / steepest) ** 2 : 0));
  const shift = new Float64Array(values.length).fill(1);
  const stretch = centred(values, weights);
  return (slopes) => {
    const n = slopes.length;
    const result = new Float64Array(n);
    for (let row = 0; row < n; row++) result[row] = (slopes[row] * steepness[row]) / n;
    takeOff(result, shift, weights);
    takeOff(result, stretch, weights);
    return exponent === 0 ? result : result.map((slope) => scaled(slope, exponent));
  };
}

/** @throws InfoNetError "not-finite" for a column whose values are too close together, by the largest slope of its scale */
export function requireFiniteSlopes(name: string, steepest: number): void {
  if (steepest <= STEEPEST) return;
  throw new InfoNetError(
    "not-finite",
    `${name} has different values that are within ${(1 / STEEPEST).toExponential(0)} of each other, so that derivatives by them overflow; multiply it by a large constant.`,
  );
}

/** Values less their weighted mean, in units of the largest distance of any two. */
function centred(values: Float64Array, weights: Float64Array): Float64Array {
  const n = values.length;
  let [low, high, whole] = [Infinity, -Infinity, 0];
  for (let row = 0; row < n; row++) {
    low = Math.min(low, values[row]);
    high = Math.max(high, values[row]);
    whole += weights[row];
  }
  const size = Math.max(high - low, Number.MIN_VALUE);
  const result = new Float64Array(n);
  let mean = 0;
  for (let row = 0; row < n; row++) {
    result[row] = (values[row] - low) / size;
    mean += weights[row] * result[row];
  }
  if (whole > 0) mean /= whole;
  for (let row = 0; row < n; row++) result[row] -= mean;
  return result;
}

/** Changes slopes in place, in proportion to weights, so that they have no product with a direction. */
function takeOff(slopes: Float64Array, direction: Float64Array, weights: Float64Array): void {
  let [product, square] = [0, 0];
  for (let row = 0; row < slopes.length; row++) {
    product += slopes[row] * direction[row];
    square += weights[row] * direction[row] * direction[row];
  }
  if (!(square > 0)) return;
  const share = product / square;
  for (let row = 0; row < slopes.length; row++) slopes[row] -= share * weights[row] * direction[row];
}
