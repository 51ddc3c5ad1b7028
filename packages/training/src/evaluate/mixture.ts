/** Gaussian mixtures of the published triples: samples, exact log density ratios, mutual information. */

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

/**
 * Mutual information by quasi-Monte Carlo: the mean of the exact log ratio over a rank-one lattice of
 * standard normal points in every component, weighted by the components. `points` in each component.
 */
export function mutualInformation(mixture: Mixture2, points: number, normalQuantile: (p: number) => number): number {
  const ratio = logRatio(mixture);
  // The plastic number's lattice (Roberts 2018) fills the square evenly for any number of points.
  const step1 = 0.7548776662466927;
  const step2 = 0.5698402909980532;
  let total = 0;
  mixture.weights.forEach((weight, k) => {
    const [xx, xy, yy] = mixture.covariances[k];
    const sx = Math.sqrt(xx);
    const slope = xy / sx;
    const rest = Math.sqrt(Math.max(yy - slope * slope, 0));
    let sum = 0;
    for (let i = 0; i < points; i++) {
      const a = normalQuantile((0.5 + (i + 1) * step1) % 1);
      const b = normalQuantile((0.5 + (i + 1) * step2) % 1);
      const x = mixture.means[k][0] + sx * a;
      const y = mixture.means[k][1] + slope * a + rest * b;
      sum += ratio(x, y);
    }
    total += (weight * sum) / points;
  });
  return total;
}
