/** Weights with which a position counts in the cells near it, smooth in the position: once differentiable. */

/**
 * A step from 0 to 1 with a continuous slope: 3t² − 2t³ between 0 and 1. One minus it is the share of a point in the
 * cell that it leaves.
 */
export function smoothStep(t: number): number {
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}

/** Slope of {@link smoothStep}. */
export function smoothStepSlope(t: number): number {
  return t <= 0 || t >= 1 ? 0 : 6 * t * (1 - t);
}

/** Weights of up to three neighbouring nodes: of `first`, `first + 1` and `first + 2`; slopes by the position. */
export interface NodeWeights {
  first: number;
  weights: Float64Array;
  slopes: Float64Array;
}

/** Space for {@link nodeWeights}. */
export function nodeWeightsSpace(): NodeWeights {
  return { first: 0, weights: new Float64Array(3), slopes: new Float64Array(3) };
}

/** Part of a node over which the linear weights are averaged. */
export const WINDOW = 0.25;

/**
 * Linear interpolation weights, averaged over a window of a quarter of a node: the hats of linear interpolation with their
 * corners rounded off. They sum to 1 and keep the mean position; away from the nodes they are the linear ones. (With
 * a window of one node they would be quadratic B-splines, which blur more.)
 */
export function nodeWeights(position: number, out: NodeWeights): void {
  const nearest = Math.round(position);
  const offset = position - nearest;
  const half = WINDOW / 2;
  const { weights, slopes } = out;
  out.first = nearest - 1;
  if (offset >= half) {
    weights[0] = 0;
    weights[1] = 1 - offset;
    weights[2] = offset;
    slopes[0] = 0;
    slopes[1] = -1;
    slopes[2] = 1;
  } else if (offset <= -half) {
    weights[0] = -offset;
    weights[1] = 1 + offset;
    weights[2] = 0;
    slopes[0] = -1;
    slopes[1] = 1;
    slopes[2] = 0;
  } else {
    const below = half - offset;
    const above = half + offset;
    weights[0] = (below * below) / (2 * WINDOW);
    weights[2] = (above * above) / (2 * WINDOW);
    weights[1] = 1 - weights[0] - weights[2];
    slopes[0] = -below / WINDOW;
    slopes[2] = above / WINDOW;
    slopes[1] = -slopes[0] - slopes[2];
  }
}
