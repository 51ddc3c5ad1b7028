/** What the density of a network is trained on: fresh points of the law, its log ratio there, and the slopes of that. */

import { type Components, densityAt } from "../network/density-head.js";
import { lax, np, type Tensor } from "../runtime/jax.js";

/** Labels of a batch: see the stream's layout. */
export interface DensityLabels {
  /** [B, P, 2] */
  scores: Tensor;
  /** [B, P] */
  ratios: Tensor;
  /** [B, P, 2] */
  slopes: Tensor;
  /** [B] */
  sloped: Tensor;
}

/** Mean losses of a density over a batch, all scalars. */
export interface DensityLosses {
  /**
   * Minus the mean log density of the mixture over that of two independent normal scores: at best minus the mutual
   * information. It also holds the marginals of the mixture to the normal law.
   */
  likelihood: Tensor;
  /** Minus the mean log copula density: how much lower than minus the mutual information it would be is its error. */
  copula: Tensor;
  /** Smooth-L1 distance of the log copula density to the exact log ratio. */
  ratio: Tensor;
  /** Smooth-L1 distance of its derivatives to the exact ones, in units of the root mean square of these. */
  slope: Tensor;
}

/** Added to the mean square of the exact slopes: near independence there are none to compare with. */
const LEAST_SQUARE = 0.02;

/** The losses. Consumes its inputs. */
export function densityLosses(mixture: Components, labels: DensityLabels): DensityLosses {
  const { scores, ratios, slopes, sloped } = labels;
  const [batch, points] = ratios.shape;
  const axis = (t: Tensor, k: number): Tensor =>
    np.matmul(t, np.array([[Number(k === 0)], [Number(k === 1)]])).reshape([batch, points]);
  const zx = axis(scores.ref, 0);
  const zy = axis(scores, 1);
  const normal = np
    .square(zx.ref)
    .add(np.square(zy.ref))
    .mul(0.5)
    .add(Math.log(2 * Math.PI));
  const { joint, alongX, alongY, slopeX, slopeY } = densityAt(mixture, zx, zy);
  const likelihood = joint.ref.add(normal).mean().neg();
  const logCopula = joint.sub(alongX).sub(alongY);
  const copula = logCopula.ref.mean().neg();
  const ratio = smoothAbsolute(logCopula.sub(ratios)).mean();

  const slopeError = (actual: Tensor, k: number): Tensor => {
    const exact = axis(slopes.ref, k);
    const unit = np.reciprocal(
      np.sqrt(np.square(exact.ref).mean(1, { keepdims: true }).add(LEAST_SQUARE)),
    ) as Tensor;
    const error = smoothAbsolute(actual.sub(exact).mul(lax.stopGradient(unit)));
    return error.mean(1).mul(sloped.ref).mean();
  };
  const slope = slopeError(slopeX, 0).add(slopeError(slopeY, 1)).mul(0.5);
  slopes.dispose();
  sloped.dispose();
  return { likelihood, copula, ratio, slope };
}

/** Huber's function with unit threshold: x²/2 inside, |x| − ½ outside. */
function smoothAbsolute(x: Tensor): Tensor {
  const inside = np.clip(x.ref, -1, 1);
  return inside.ref.mul(x.sub(inside.mul(0.5)));
}
