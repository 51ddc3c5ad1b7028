/**
 * Maximum likelihood of a Gaussian mixture by expectation–maximisation (Dempster, Laird & Rubin 1977), from a given
 * start. Started at the truth it is the best that an estimator can do that is told the family and the number of
 * components: a yardstick for those that are told nothing.
 */
import type { Mixture2, Sample } from "@infonet/training/evaluate";

/** A component with fewer points than this keeps its covariance: a fit to three points can have no bounds. */
const FEWEST_POINTS = 5;
/** Correlations stay this far inside ±1. */
const NEAREST_TO_ONE = 1e-6;
/** A step that raises the log likelihood by less, over all points, is the last. */
const LEAST_GAIN = 1e-3;
const MOST_STEPS = 400;

/** Sums over the points of a component: its share of 1, x, y, x², xy and y². */
const MOMENTS = 6;
/** Constants of a component's log density: log factor, x̄, ȳ, and the inverse covariance xx, xy, yy. */
const CONSTANTS = 6;

/** The mixture with the highest likelihood near `start`. */
export function fitMixture(start: Mixture2, sample: Sample): Mixture2 {
  let mixture = start;
  let before = -Infinity;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { moments, logLikelihood } = expectation(mixture, sample);
    mixture = maximisation(mixture, moments, sample.x.length);
    if (logLikelihood - before < LEAST_GAIN) break;
    before = logLikelihood;
  }
  return mixture;
}

/** Log likelihood of a sample, up to a constant, and the moments of every component's part of it. */
export function expectation(
  { weights, means, covariances }: Mixture2,
  { x, y }: Sample,
): { moments: Float64Array; logLikelihood: number } {
  const count = weights.length;
  const constants = new Float64Array(CONSTANTS * count);
  covariances.forEach(([xx, xy, yy], k) => {
    const determinant = xx * yy - xy * xy;
    const factor = Math.log(weights[k]) - 0.5 * Math.log(determinant);
    constants.set([factor, ...means[k], yy / determinant, xy / determinant, xx / determinant], CONSTANTS * k);
  });
  const moments = new Float64Array(MOMENTS * count);
  const share = new Float64Array(count);
  let logLikelihood = 0;
  for (let i = 0; i < x.length; i++) {
    let top = -Infinity;
    for (let k = 0, at = 0; k < count; k++, at += CONSTANTS) {
      const dx = x[i] - constants[at + 1];
      const dy = y[i] - constants[at + 2];
      const square =
        constants[at + 3] * dx * dx - 2 * constants[at + 4] * dx * dy + constants[at + 5] * dy * dy;
      share[k] = constants[at] - 0.5 * square;
      if (share[k] > top) top = share[k];
    }
    let sum = 0;
    for (let k = 0; k < count; k++) {
      share[k] = Math.exp(share[k] - top);
      sum += share[k];
    }
    logLikelihood += top + Math.log(sum);
    for (let k = 0, at = 0; k < count; k++, at += MOMENTS) {
      const part = share[k] / sum;
      moments[at] += part;
      moments[at + 1] += part * x[i];
      moments[at + 2] += part * y[i];
      moments[at + 3] += part * x[i] * x[i];
      moments[at + 4] += part * x[i] * y[i];
      moments[at + 5] += part * y[i] * y[i];
    }
  }
  return { moments, logLikelihood };
}

/** The mixture whose components have these moments. */
function maximisation({ means, covariances }: Mixture2, moments: Float64Array, n: number): Mixture2 {
  const parts = means.map((mean, k) => {
    const [points, ...sums] = moments.subarray(MOMENTS * k, MOMENTS * (k + 1));
    if (points < FEWEST_POINTS) return { weight: points / n, mean, covariance: covariances[k] };
    const [x, y, xx, xy, yy] = sums.map((sum) => sum / points);
    return {
      weight: points / n,
      mean: [x, y] as const,
      covariance: inside([xx - x * x, xy - x * y, yy - y * y]),
    };
  });
  return {
    weights: parts.map(({ weight }) => weight),
    means: parts.map(({ mean }) => mean),
    covariances: parts.map(({ covariance }) => covariance),
  };
}

/** The covariance with its correlation kept away from ±1. */
function inside([xx, xy, yy]: Mixture2["covariances"][number]): Mixture2["covariances"][number] {
  const limit = (1 - NEAREST_TO_ONE) * Math.sqrt(xx * yy);
  return [xx, Math.min(limit, Math.max(-limit, xy)), yy];
}
