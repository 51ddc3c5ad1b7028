/** Attention blocks and the specs of their parameters, shared by the networks. */
import type { Tensor } from "../runtime/jax.js";
import { attention, layerNorm, linear, squaredRelu } from "./layers.js";
import type { ParameterSpec, Parameters } from "./parameters.js";

/** Weight and bias of a linear map. The outputs start with `gain` times the scale of the inputs. */
export function linearSpecs(name: string, from: number, to: number, gain = 1): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [from, to], init: { deviation: gain / Math.sqrt(from) } },
    { name: `${name}.bias`, shape: [to], init: { constant: 0 } },
  ];
}

/**
 * Parameters of a {@link block}.
 *
 * @param expansion hidden width of the perceptron, as a multiple of `width`
 * @param residual scale at which the two branches start
 */
export function blockSpecs(
  name: string,
  width: number,
  expansion: number,
  residual: number,
): ParameterSpec[] {
  return [
    ...["query", "key", "value"].flatMap((part) => linearSpecs(`${name}.attention.${part}`, width, width)),
    ...linearSpecs(`${name}.attention.out`, width, width, residual),
    ...linearSpecs(`${name}.up`, width, expansion * width),
    ...linearSpecs(`${name}.down`, expansion * width, width, residual),
  ];
}

/**
 * A pre-norm block: attention, then a perceptron, each added to its input. Consumes its inputs.
 *
 * @param x [batch, tokens, width]
 * @param context what the tokens attend to, [batch, any number, width]; each other by default
 */
export function block(p: Parameters, name: string, x: Tensor, heads: number, context?: Tensor): Tensor {
  const attended = x.ref.add(
    attention(p, `${name}.attention`, layerNorm(x), heads, context && layerNorm(context)),
  );
  const hidden = squaredRelu(linear(p, `${name}.up`, layerNorm(attended.ref)));
  return attended.add(linear(p, `${name}.down`, hidden));
}
