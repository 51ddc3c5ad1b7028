/** AdamW (Loshchilov & Hutter 2019) with a global gradient norm limit, on flat vectors. */
import { np, type Tensor } from "./jax.js";

export interface AdamWConfig {
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  /** Largest global norm of the gradient; larger ones are scaled down to it. */
  clip: number;
}

export const DEFAULT_ADAMW: AdamWConfig = {
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-8,
  weightDecay: 0.02,
  clip: 1,
};

/** Flat state of the optimiser: parameters, first and second moments, moving average of the parameters. */
export interface OptimizerState {
  theta: Tensor;
  m: Tensor;
  v: Tensor;
  average: Tensor;
}

/** Scalars that change from step to step; computed outside the graph. */
export interface Schedule {
  /** Learning rate. */
  rate: Tensor;
  /** 1 / (1 − β₁ᵗ). */
  correction1: Tensor;
  /** 1 / (1 − β₂ᵗ). */
  correction2: Tensor;
  /** Share of the old moving average that is kept. */
  averageDecay: Tensor;
}

/** One step. Returns the new state and the gradient's norm before the limit. Consumes its inputs. */
export function adamW(
  config: AdamWConfig,
  { theta, m, v, average }: OptimizerState,
  gradient: Tensor,
  { rate, correction1, correction2, averageDecay }: Schedule,
): { state: OptimizerState; norm: Tensor } {
  const norm = np.sqrt(np.square(gradient.ref).sum());
  const scale = np.minimum(np.array(1), np.reciprocal(norm.ref.add(1e-12)).mul(config.clip));
  const g = gradient.mul(scale);
  const newM = m.mul(config.beta1).add(g.ref.mul(1 - config.beta1));
  const newV = v.mul(config.beta2).add(np.square(g).mul(1 - config.beta2));
  const direction = newM.ref
    .mul(correction1)
    .div(np.sqrt(newV.ref.mul(correction2)).add(config.epsilon))
    .add(theta.ref.mul(config.weightDecay));
  const newTheta = theta.sub(direction.mul(rate));
  const newAverage = average.mul(averageDecay.ref).add(newTheta.ref.mul(averageDecay.neg().add(1)));
  return { state: { theta: newTheta, m: newM, v: newV, average: newAverage }, norm };
}
