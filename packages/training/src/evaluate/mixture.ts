/** Gaussian mixtures of the published triples: samples, exact log density ratios, mutual information. */
import { normalQuantile } from "../prior/normal.js";

/** A Gaussian mixture in two dimensions, component by component. */
export interface Mixture2 {
  weights: readonly number[];
  means: ReadonlyArray<readonly [number, number]>;
  covariances: ReadonlyArray<readonly [xx: number, xy: number, yy: number]>;
}

/** log Σ_k exp(a_k). */
function logSum(values: Float64Array): number {
  let top = -Infinity;
  for (const value of values) if (value > top) top = value;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - top);
  return top + Math.log(sum);
}

/** The exact log density ratio log p(x, y) − log p(x) − log p(y) of a mixture, as a function. */
export function logRatio({ weights, means, covariances }: Mixture2): (x: number, y: number) => number {
  const count = weights.length;
  const joint = new Float64Array(count);
  const alongX = new Float64Array(count);
  const alongY = new Float64Array(count);
  return (x, y) => {
    for (let k = 0; k < count; k++) {
      const [xx, xy, yy] = covariances[k];
      const determinant = xx * yy - xy * xy;
      const dx = x - means[k][0];
      const dy = y - means[k][1];
      const logWeight = Math.log(weights[k]);
      const square = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant;
      joint[k] = logWeight - 0.5 * (square + Math.log(determinant));
      alongX[k] = logWeight - 0.5 * ((dx * dx) / xx + Math.log(xx));
      alongY[k] = logWeight - 0.5 * ((dy * dy) / yy + Math.log(yy));
    }
    return logSum(joint) - logSum(alongX) - logSum(alongY);
  };
}

/** Makes mean 0, variance 1 and, against `other`, covariance 0. */
function standardise(values: Float64Array, other?: Float64Array): Float64Array {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const slope = other ? values.reduce((sum, v, i) => sum + v * other[i], 0) / n : 0;
  const rest = values.map((v, i) => v - mean - (other ? slope * other[i] : 0));
  const deviation = Math.sqrt(rest.reduce((sum, v) => sum + v * v, 0) / n);
  return rest.map((v) => v / deviation);
}

/**
 * Standard normal points that fill the plane evenly: the plastic number's lattice (Roberts 2018) through the
 * normal quantile, then standardised, so that every quadratic function has its exact mean over them.
 */
function normalLattice(points: number): [Float64Array, Float64Array] {
  const along = (step: number): Float64Array =>
    Float64Array.from({ length: points }, (_, i) => normalQuantile((0.5 + (i + 1) * step) % 1));
  const a = standardise(along(0.7548776662466927));
  return [a, standardise(along(0.5698402909980532), a)];
}

/**
 * Mutual information by quasi-Monte Carlo: the mean of the exact log ratio over evenly spread points of every
 * component, weighted by the components. Exact for a single Gaussian.
 *
 * @param points points in each component
 */
export function mutualInformation(mixture: Mixture2, points: number): number {
  const ratio = logRatio(mixture);
  const [a, b] = normalLattice(points);
  let total = 0;
  mixture.weights.forEach((weight, k) => {
    const [xx, xy, yy] = mixture.covariances[k];
    const sx = Math.sqrt(xx);
    const slope = xy / sx;
    const rest = Math.sqrt(Math.max(yy - slope * slope, 0));
    let sum = 0;
    for (let i = 0; i < points; i++) {
      sum += ratio(mixture.means[k][0] + sx * a[i], mixture.means[k][1] + slope * a[i] + rest * b[i]);
    }
    total += (weight * sum) / points;
  });
  return total;
}
