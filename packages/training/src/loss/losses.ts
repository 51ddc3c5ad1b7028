/** What a network is trained on that answers with a critic alone. */

import { logSumExp } from "../network/layers.js";
import type { Tensor } from "../runtime/jax.js";

/** Mean losses over a batch, all scalars. */
export type CriticLosses = {
  /** What is minimised. */
  total: Tensor;
  /** −(E_fresh θ − log ∫∫ e^θ): minus the Donsker–Varadhan bound (Donsker & Varadhan 1983; MINE, eq. 5). */
  donskerVaradhan: Tensor;
};

/**
 * The bound of every example, [B]: mean of the critic under the mass, less log ∫∫ e^θ by the mean over the cells. Consumes
 * its inputs.
 *
 * @param critic θ, [B, rows, columns]
 * @param mass histogram of the joint on the same cells, mass 1
 */
export function donskerVaradhanBound(critic: Tensor, mass: Tensor): Tensor {
  const [batch, rows, columns] = critic.shape;
  const cells = rows * columns;
  const theta = critic.reshape([batch, cells]);
  const product = logSumExp(theta.ref).sub(Math.log(cells));
  return theta
    .mul(mass.reshape([batch, cells]))
    .sum(1)
    .sub(product);
}

/** Minus the mean bound, which is all that InfoNet trains on. Consumes its inputs. */
export function criticLosses(critic: Tensor, fresh: Tensor): CriticLosses {
  const donskerVaradhan = donskerVaradhanBound(critic, fresh).mean().neg();
  return { total: donskerVaradhan.ref, donskerVaradhan };
}
