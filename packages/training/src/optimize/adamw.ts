/**
 * AdamW (Loshchilov & Hutter 2019) with a global gradient norm limit, on flat vectors. The matrices inside
 * the blocks may take orthogonalised steps instead (Muon: Jordan et al. 2024; Liu et al. 2025).
 */

import type { ParameterSpec } from "../network/parameters.js";
import { np, type Tensor } from "../runtime/jax.js";

export interface AdamWConfig {
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  /** Largest global norm of the gradient; larger ones are scaled down to it. */
  clip: number;
  /** Whether the matrices of the blocks take orthogonalised steps. */
  orthogonal?: boolean;
  /** Parameters that take smaller steps, and which share of a step: those that had learnt before. */
  gentle?: { share: number; names: readonly string[] };
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

/** Matrices that {@link AdamWConfig.orthogonal} speaks of. */
const isBlockMatrix = ({ name, shape }: ParameterSpec): boolean =>
  shape.length === 2 && /^(block|coarse|tower)\d+\..*\.?weight$/.test(name);

/**
 * Newton–Schulz iteration towards the nearest orthogonal matrices, [k, rows, columns]: the singular values of
 * each end between 0.7 and 1.2 (coefficients of Jordan et al.). Consumes its input.
 */
export function orthogonalize(matrices: Tensor): Tensor {
  const [, rows, columns] = matrices.shape;
  const turn = (x: Tensor): Tensor => x.transpose([0, 2, 1]);
  const tall = rows > columns;
  const norm = np.sqrt(np.square(matrices.ref).sum([1, 2], { keepdims: true })).add(1e-12);
  let x = (tall ? turn(matrices) : matrices).div(norm);
  for (let iteration = 0; iteration < 5; iteration++) {
    const square = np.matmul(x.ref, turn(x.ref));
    const polynomial = square.ref.mul(-4.775).add(np.matmul(square.ref, square).mul(2.0315));
    x = x.ref.mul(3.4445).add(np.matmul(polynomial, x));
  }
  return tall ? turn(x) : x;
}

/**
 * Replaces the directions of the block matrices by orthogonalised momentum, scaled to about the size of an
 * AdamW step (0.2 a parameter). Consumes its inputs.
 */
function withOrthogonalSteps(specs: readonly ParameterSpec[], direction: Tensor, momentum: Tensor): Tensor {
  const groups = new Map<string, { at: number; spec: ParameterSpec }[]>();
  const sizes = specs.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  let at = 0;
  specs.forEach((spec, k) => {
    if (isBlockMatrix(spec)) {
      const key = spec.shape.join("×");
      groups.set(key, [...(groups.get(key) ?? []), { at, spec }]);
    }
    at += sizes[k];
  });
  const steps = new Map<string, Tensor>();
  for (const members of groups.values()) {
    const [rows, columns] = members[0].spec.shape;
    const stack = np.concatenate(
      members.map((member) =>
        momentum.ref.slice([member.at, member.at + rows * columns]).reshape([1, rows, columns]),
      ),
      0,
    );
    const scaled = orthogonalize(stack).mul(0.2 * Math.sqrt(Math.max(rows, columns)));
    members.forEach(({ spec }, k) => {
      steps.set(spec.name, scaled.ref.slice([k, k + 1]).reshape([rows * columns]));
    });
    scaled.dispose();
  }
  const pieces: Tensor[] = [];
  let from = 0;
  let to = 0;
  const keep = (): void => {
    if (to > from) pieces.push(direction.ref.slice([from, to]));
  };
  specs.forEach((spec, k) => {
    const step = steps.get(spec.name);
    if (step !== undefined) {
      keep();
      pieces.push(step);
      from = to + sizes[k];
    }
    to += sizes[k];
  });
  keep();
  direction.dispose();
  momentum.dispose();
  return np.concatenate(pieces, 0);
}

/** Shortens the steps of some parameters. Consumes its input. */
function gently(
  specs: readonly ParameterSpec[],
  step: Tensor,
  { share, names }: { share: number; names: readonly string[] },
): Tensor {
  const slow = new Set(names);
  const runs: { size: number; slow: boolean }[] = [];
  for (const { name, shape } of specs) {
    const size = shape.reduce((a, b) => a * b, 1);
    const last = runs.at(-1);
    if (last?.slow === slow.has(name)) last.size += size;
    else runs.push({ size, slow: slow.has(name) });
  }
  let at = 0;
  const pieces = runs.map((run) => {
    const piece = step.ref.slice([at, at + run.size]);
    at += run.size;
    return run.slow ? piece.mul(share) : piece;
  });
  step.dispose();
  return np.concatenate(pieces, 0);
}

/** One step. Returns the new state and the gradient's norm before the limit. Consumes its inputs. */
export function adamW(
  config: AdamWConfig,
  specs: readonly ParameterSpec[],
  { theta, m, v, average }: OptimizerState,
  gradient: Tensor,
  { rate, correction1, correction2, averageDecay }: Schedule,
): { state: OptimizerState; norm: Tensor } {
  const norm = np.sqrt(np.square(gradient.ref).sum());
  const scale = np.minimum(np.array(1), np.reciprocal(norm.ref.add(1e-12)).mul(config.clip));
  const g = gradient.mul(scale);
  const newM = m.mul(config.beta1).add(g.ref.mul(1 - config.beta1));
  const newV = v.mul(config.beta2).add(np.square(g.ref).mul(1 - config.beta2));
  let step = newM.ref.mul(correction1).div(np.sqrt(newV.ref.mul(correction2)).add(config.epsilon));
  // Nesterov's look-ahead: where the momentum will be if the gradient stays.
  if (config.orthogonal) {
    const ahead = newM.ref.mul(config.beta1).add(g.mul(1 - config.beta1));
    step = withOrthogonalSteps(specs, step, ahead);
  } else g.dispose();
  const decayed = step.add(theta.ref.mul(config.weightDecay));
  const direction = config.gentle === undefined ? decayed : gently(specs, decayed, config.gentle);
  const newTheta = theta.sub(direction.mul(rate));
  // In this form the average of what does not move stays as it is, to the last bit.
  const newAverage = average.ref.add(newTheta.ref.sub(average).mul(averageDecay.neg().add(1)));
  return { state: { theta: newTheta, m: newM, v: newV, average: newAverage }, norm };
}
