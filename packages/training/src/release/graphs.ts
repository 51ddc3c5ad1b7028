/** The graphs that ship, compiled by jax-onnx: features in, estimates, densities or derivatives of estimates out. */
import { type CompiledModel, compile, spec } from "jax-onnx";
import type { RunnableArchitecture } from "../architecture/architecture.js";
import type { DensityInputs, DensityOutputs } from "../network/copula-density.js";
import { packed } from "../network/density-head.js";
import { namedParameters, type ParameterSpec } from "../network/parameters.js";
import { MEDIAN } from "../network/trunk.js";
import { type Tensor, valueAndGrad } from "../runtime/jax.js";
import { batchShapes, FEATURE_INPUTS } from "../stream/inputs.js";

/** Shapes of the network's inputs, in their order: named parameters, then the features of a batch. */
function inferenceSpecs(specs: readonly ParameterSpec[], batch: number) {
  const shapes = batchShapes(batch);
  return [...specs.map(({ shape }) => spec(shape)), ...FEATURE_INPUTS.map((name) => spec(shapes[name]))];
}

/** The features among a graph's inputs, which come after the parameters. */
function featuresOf(inputs: readonly Tensor[], { length }: readonly ParameterSpec[]): DensityInputs {
  const [counts, local, spectrum, n, levels] = inputs.slice(length);
  return { counts, local, spectrum, n, levels };
}

/** The quantiles alone. */
function quantilesOf({ quantiles, mixture }: DensityOutputs): Tensor {
  for (const numbers of Object.values(mixture)) numbers.dispose();
  return quantiles;
}

/**
 * The whole network: features in, quantiles of √MI and the numbers of the mixture's components out, [B, 9] and
 * [B, components · 6]. The parameters are initializers that the graph names but does not hold, so that graphs of several
 * batch sizes share one weights file.
 */
export function compileInference<Config>(
  architecture: RunnableArchitecture<Config>,
  config: Config,
  batch: number,
): CompiledModel {
  const outputs = {
    names: ["quantiles", "mixture"],
    of: (all: DensityOutputs) => [all.quantiles, packed(all.mixture)],
  };
  return compileForward("inference", architecture, config, batch, outputs);
}

/**
 * The same network for the many calls that ask for no density: features in, quantiles of √MI out, and nothing in between
 * that only the density needs. It shares the weights file.
 */
export function compileValues<Config>(
  architecture: RunnableArchitecture<Config>,
  config: Config,
  batch: number,
): CompiledModel {
  const outputs = { names: ["quantiles"], of: (all: DensityOutputs) => [quantilesOf(all)] };
  return compileForward("values", architecture, config, batch, outputs);
}

function compileForward<Config>(
  name: string,
  architecture: RunnableArchitecture<Config>,
  config: Config,
  batch: number,
  outputs: { names: string[]; of: (all: DensityOutputs) => Tensor[] },
): CompiledModel {
  const specs = architecture.parameters(config);
  const names = specs.map(({ name }) => name);
  const forward = (...inputs: Tensor[]): Tensor[] => {
    const p = namedParameters(specs, inputs.slice(0, specs.length));
    return outputs.of(architecture.inference.forward(config, p, featuresOf(inputs, specs)));
  };
  return compile(forward, inferenceSpecs(specs, batch), {
    inputs: [...names, ...FEATURE_INPUTS],
    outputs: outputs.names,
    initializers: names,
    name,
  });
}

/** Features that the shipped gradient is taken by; sample size and number of levels are constants. */
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
    const { counts, local, spectrum, ...constants } = featuresOf(inputs, specs);
    // Examples do not touch each other: the derivative of the sum of their medians holds that of each.
    const medians = (counts: Tensor, local: Tensor, spectrum: Tensor): [Tensor, Tensor] => {
      const p = namedParameters(specs, inputs.slice(0, specs.length));
      const features = { counts, local, spectrum, ...constants };
      const quantiles = quantilesOf(architecture.inference.forward(config, p, features));
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
