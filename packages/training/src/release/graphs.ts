/** The graphs that ship, compiled by jax-onnx: features in, estimates or their derivatives out. */
import { type CompiledModel, compile, spec } from "jax-onnx";
import type { RunnableArchitecture } from "../architecture/architecture.js";
import { MEDIAN, type NetworkOutputs } from "../network/copula-transformer.js";
import { namedParameters, type ParameterSpec } from "../network/parameters.js";
import { type Tensor, valueAndGrad } from "../runtime/jax.js";
import { batchShapes, FEATURE_INPUTS } from "../stream/inputs.js";

/** Shapes of the network's inputs, in their order: named parameters, then the features of a batch. */
function inferenceSpecs(specs: readonly ParameterSpec[], batch: number) {
  const shapes = batchShapes(batch);
  return [...specs.map(({ shape }) => spec(shape)), ...FEATURE_INPUTS.map((name) => spec(shapes[name]))];
}

/**
 * The whole network: features in, quantiles of √MI and critic out. The parameters are initializers that the graph names
 * but does not hold, so that graphs of several batch sizes share one weights file.
 */
export function compileInference<Config>(
  architecture: RunnableArchitecture<Config>,
  config: Config,
  batch: number,
): CompiledModel {
  return compileForward("inference", architecture, config, batch, ["quantiles", "critic"]);
}

/**
 * The same network for the many calls that ask for no critic: features in, quantiles of √MI out, and nothing in between
 * that only the critic needs. It shares the weights file.
 */
export function compileValues<Config>(
  architecture: RunnableArchitecture<Config>,
  config: Config,
  batch: number,
): CompiledModel {
  return compileForward("values", architecture, config, batch, ["quantiles"]);
}

function compileForward<Config>(
  name: string,
  architecture: RunnableArchitecture<Config>,
  config: Config,
  batch: number,
  outputs: (keyof NetworkOutputs)[],
): CompiledModel {
  const specs = architecture.parameters(config);
  const names = specs.map(({ name }) => name);
  const forward = (...inputs: Tensor[]): Tensor[] => {
    const [counts, local, spectrum, n] = inputs.slice(specs.length);
    const p = namedParameters(specs, inputs.slice(0, specs.length));
    const all = architecture.inference.forward(config, p, { counts, local, spectrum, n });
    if (!outputs.includes("critic")) all.critic.dispose();
    return outputs.map((output) => all[output]);
  };
  return compile(forward, inferenceSpecs(specs, batch), {
    inputs: [...names, ...FEATURE_INPUTS],
    outputs,
    initializers: names,
    name,
  });
}

/** Features that the shipped gradient is taken by; the sample size is a constant. */
export const DIFFERENTIATED = ["counts", "local", "spectrum"] as const;

/**
 * The same network with its derivative: features in, the median of √MI of every example and its derivatives by the
 * example's features out. It shares the weights file.
 */
export function compileInputGradient<Config>(
  architecture: RunnableArchitecture<Config>,
  config: Config,
  batch: number,
): CompiledModel {
  const specs = architecture.parameters(config);
  const names = specs.map(({ name }) => name);
  const both = (...inputs: Tensor[]): Tensor[] => {
    const [counts, local, spectrum, n] = inputs.slice(specs.length);
    // Examples do not touch each other: the derivative of the sum of their medians holds that of each.
    const medians = (counts: Tensor, local: Tensor, spectrum: Tensor): [Tensor, Tensor] => {
      const p = namedParameters(specs, inputs.slice(0, specs.length));
      const { quantiles, critic } = architecture.inference.forward(config, p, { counts, local, spectrum, n });
      critic.dispose();
      const each = quantiles.slice([0, batch], [MEDIAN, MEDIAN + 1]).reshape([batch]);
      return [each.ref.sum(), each];
    };
    const differentiate = valueAndGrad(medians, { argnums: [0, 1, 2], hasAux: true });
    const [[total, each], gradients] = differentiate(counts, local, spectrum) as unknown as [
      [Tensor, Tensor],
      Tensor[],
    ];
    total.dispose();
    return [each, ...gradients];
  };
  return compile(both, inferenceSpecs(specs, batch), {
    inputs: [...names, ...FEATURE_INPUTS],
    outputs: ["median", ...DIFFERENTIATED.map((name) => `d_${name}`)],
    initializers: names,
    name: "input-gradient",
  });
}
