/** What the network is trained on. */

import type { NetworkOutputs } from "../network/copula-transformer.js";
import { logSumExp } from "../network/layers.js";
import { np, type Tensor } from "../runtime/jax.js";
import { type QuantileLabels, quantileLosses } from "./quantile-loss.js";

/** Labels of a batch: see the stream's encoder. */
export interface Labels extends QuantileLabels {
  /** Histogram of fresh points of the joint on the canonical copula square, mass 1: [B, 64, 64]. */
  fresh: Tensor;
  /** Mean exact log density ratio of the fresh points of each cell, nats: [B, 64, 64]. */
  target: Tensor;
}

/** Weights of the three parts. */
export const LOSS_WEIGHTS = { donskerVaradhan: 0.5, density: 0.2, quantiles: 10 } as const;

/** Mean losses of the copula transformer over a batch, all scalars. */
export type Losses = CriticLosses & {
  /** Smooth-L1 distance of the normalised critic to the exact log density ratio, over fresh points. */
  density: Tensor;
  /** Pinball loss of the quantiles of √MI against the truth; what is minimised is {@link quantileLosses}' value. */
  pinball: Tensor;
};

/** Mean losses of a network that answers with a critic alone, all scalars. */
export type CriticLosses = {
  /** What is minimised. */
  total: Tensor;
  /** −(E_fresh θ − log ∫∫ e^θ): minus the Donsker–Varadhan bound (Donsker & Varadhan 1983; MINE, eq. 5). */
  donskerVaradhan: Tensor;
};

/**
 * The two terms of the Donsker–Varadhan bound, one number an example: the bound is `joint` − `product`.
 * Consumes its inputs.
 *
 * @param theta critic, [B, cells]
 * @param mass histogram of the joint on the same cells, mass 1: [B, cells]
 * @returns `joint`: mean of θ under the mass, [B]; `product`: log ∫∫ e^θ by the mean over the cells, [B]
 */
export function donskerVaradhanTerms(theta: Tensor, mass: Tensor): { joint: Tensor; product: Tensor } {
  const [, cells] = theta.shape;
  const product = logSumExp(theta.ref).sub(Math.log(cells));
  return { joint: theta.mul(mass).sum(1), product };
}

/** The bound of every example, [B]. Consumes its inputs: critic and mass, both [B, rows, columns]. */
export function donskerVaradhanBound(critic: Tensor, mass: Tensor): Tensor {
  const [batch, rows, columns] = critic.shape;
  const flat = [batch, rows * columns];
  const { joint, product } = donskerVaradhanTerms(critic.reshape(flat), mass.reshape(flat));
  return joint.sub(product);
}

/** Minus the mean bound, which is all that InfoNet trains on. Consumes its inputs. */
export function criticLosses(critic: Tensor, fresh: Tensor): CriticLosses {
  const donskerVaradhan = donskerVaradhanBound(critic, fresh).mean().neg();
  return { total: donskerVaradhan.ref, donskerVaradhan };
}

/** The three losses. Consumes its inputs. */
export function losses({ quantiles, critic }: NetworkOutputs, { fresh, target, ...labels }: Labels): Losses {
  const [batch, rows, columns] = critic.shape;
  const cells = rows * columns;
  const theta = critic.reshape([batch, cells]);
  const mass = fresh.reshape([batch, cells]);
  const { joint, product } = donskerVaradhanTerms(theta.ref, mass.ref);
  const donskerVaradhan = product.ref.sub(joint).mean();

  const error = theta.sub(product.reshape([batch, 1])).sub(target.reshape([batch, cells]));
  const density = smoothAbsolute(error).mul(mass).sum(1).mean();

  const { pinball, value } = quantileLosses(quantiles, labels);
  const total = donskerVaradhan.ref
    .mul(LOSS_WEIGHTS.donskerVaradhan)
    .add(density.ref.mul(LOSS_WEIGHTS.density))
    .add(value.mul(LOSS_WEIGHTS.quantiles));
  return { total, donskerVaradhan, density, pinball };
}

/** Huber's function with unit threshold: x²/2 inside, |x| − ½ outside. */
export function smoothAbsolute(x: Tensor): Tensor {
  const inside = np.clip(x.ref, -1, 1);
  return inside.ref.mul(x.sub(inside.mul(0.5)));
}
