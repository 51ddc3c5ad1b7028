/**
 * Building blocks with hand-written derivatives.
 *
 * jax-js has no custom_vjp, so a block is written `stop(value) + (s − stop(s))`, where s is linear in the
 * input with the wanted slope. Its value is `value`; its derivative is that of s. The compiler folds the
 * difference to zero, so the forward graph holds the value alone and the backward graph the short form.
 */
import { lax, np, type Tensor } from "../runtime/jax.js";
import type { Parameters } from "./parameters.js";

const stop = (x: Tensor): Tensor => lax.stopGradient(x);

/** `value` with the derivative of `surrogate`. Consumes both. */
function withSlopeOf(value: Tensor, surrogate: Tensor): Tensor {
  return stop(value).add(surrogate.ref.sub(stop(surrogate)));
}

/** x · W + b over the last axis. */
export function linear(p: Parameters, name: string, x: Tensor): Tensor {
  return np.matmul(x, p(`${name}.weight`)).add(p(`${name}.bias`));
}

/**
 * Normalises the last axis to mean 0 and variance 1. No gain or offset: the linear map that follows has its
 * own. Derivative: (g − mean g − x̂ · mean(g · x̂)) / σ.
 */
export function layerNorm(x: Tensor): Tensor {
  const axis = x.ndim - 1;
  const keep = { keepdims: true };
  const fixed = stop(x.ref);
  const centred = fixed.ref.sub(fixed.mean(axis, keep));
  const variance = np.square(centred.ref).mean(axis, keep);
  const inverse = np.reciprocal(np.sqrt(variance.add(1e-5)));
  const normal = centred.mul(inverse.ref);
  const along = normal.ref.mul(x.ref).mean(axis, keep).mul(normal.ref);
  const surrogate = x.ref.sub(x.mean(axis, keep)).sub(along).mul(inverse);
  return withSlopeOf(normal, surrogate);
}

/** Softmax over the last axis. Derivative: p · (g − Σ p·g). */
export function softmax(x: Tensor): Tensor {
  const axis = x.ndim - 1;
  const keep = { keepdims: true };
  const fixed = stop(x.ref);
  const e = np.exp(fixed.ref.sub(fixed.max(axis, keep)));
  const p = e.ref.div(e.sum(axis, keep));
  const along = p.ref.mul(x.ref).sum(axis, keep);
  return withSlopeOf(p.ref, x.sub(along).mul(p));
}

/** Largest number that {@link squaredRelu} squares: what comes out fits eight bits without being cut for one outlier. */
const LARGEST = 16;

/** x² for x in 0 … 16, constant outside; derivative by automatic differentiation. */
export function squaredRelu(x: Tensor): Tensor {
  return np.square(np.clip(x, 0, LARGEST));
}

/** log Σ exp over the last axis. Derivative: softmax · g. */
export function logSumExp(x: Tensor): Tensor {
  const axis = x.ndim - 1;
  const fixed = stop(x.ref);
  const top = fixed.ref.max(axis, { keepdims: true });
  const e = np.exp(fixed.sub(top.ref));
  const total = e.ref.sum(axis, { keepdims: true });
  const value = np.log(total.ref).add(top).reshape(x.shape.slice(0, -1));
  return withSlopeOf(value, e.div(total).mul(x).sum(axis));
}

/** log(1 + eˣ), from its stable form; derivative by automatic differentiation (small arrays only). */
export function softplus(x: Tensor): Tensor {
  const magnitude = np.maximum(x.ref, x.ref.neg());
  return np.maximum(x, 0).add(np.log(np.exp(magnitude.neg()).add(1)));
}

/**
 * Multi-head attention, heads on their own axis; returns [batch, tokens, width]. Consumes its inputs.
 *
 * @param x what asks, [batch, tokens, width]
 * @param context what is asked, [batch, any number, width]; `x` itself by default (self-attention)
 */
export function attention(
  p: Parameters,
  name: string,
  x: Tensor,
  heads: number,
  context: Tensor = x.ref,
): Tensor {
  const [batch, tokens, width] = x.shape;
  const size = width / heads;
  const split = (t: Tensor, perm: number[]): Tensor =>
    t.reshape([batch, t.shape[1], heads, size]).transpose(perm);
  const q = split(linear(p, `${name}.query`, x), [0, 2, 1, 3]);
  const k = split(linear(p, `${name}.key`, context.ref), [0, 2, 3, 1]);
  const v = split(linear(p, `${name}.value`, context), [0, 2, 1, 3]);
  const weights = softmax(np.matmul(q, k).mul(1 / Math.sqrt(size)));
  const mixed = np.matmul(weights, v).transpose([0, 2, 1, 3]).reshape([batch, tokens, width]);
  return linear(p, `${name}.out`, mixed);
}
