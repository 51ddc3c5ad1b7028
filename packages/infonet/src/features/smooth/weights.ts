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
  w0: number;
  w1: number;
  w2: number;
  d0: number;
  d1: number;
  d2: number;
}

/** Space for {@link nodeWeights}. */
export function nodeWeightsSpace(): NodeWeights {
  return { first: 0, w0: 0, w1: 0, w2: 0, d0: 0, d1: 0, d2: 0 };
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
  out.first = nearest - 1;
  if (offset >= half) {
    out.w0 = 0;
    out.w1 = 1 - offset;
    out.w2 = offset;
    out.d0 = 0;
    out.d1 = -1;
    out.d2 = 1;
  } else if (offset <= -half) {
    out.w0 = -offset;
    out.w1 = 1 + offset;
    out.w2 = 0;
    out.d0 = -1;
    out.d1 = 1;
    out.d2 = 0;
  } else {
    const below = half - offset;
    const above = half + offset;
    out.w0 = (below * below) / (2 * WINDOW);
    out.w2 = (above * above) / (2 * WINDOW);
    out.w1 = 1 - out.w0 - out.w2;
    out.d0 = -below / WINDOW;
    out.d2 = above / WINDOW;
    out.d1 = -out.d0 - out.d2;
  }
}
