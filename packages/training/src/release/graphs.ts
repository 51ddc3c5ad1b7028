/** The graphs that ship, compiled by jax-onnx: features in, estimates, densities or derivatives of estimates out. */
import { TOKENS } from "infonet/copula";
import { type CompiledModel, compile, spec } from "jax-onnx";
import type { RunnableArchitecture } from "../architecture/architecture.js";
import type { ValueInputs } from "../network/copula-density.js";
import { COMPONENT_NUMBERS, COMPONENTS } from "../network/density-head.js";
import { namedParameters, type ParameterSpec } from "../network/parameters.js";
import { MEDIAN, QUANTILE_LEVELS } from "../network/trunk.js";
import { type Tensor, valueAndGrad } from "../runtime/jax.js";
import { batchShapes, FEATURE_INPUTS } from "../stream/inputs.js";

/** Shapes of the network's inputs, in their order: named parameters, then the features of a batch. */
function inferenceSpecs(specs: readonly ParameterSpec[], batch: number) {
  const shapes = batchShapes(batch);
  return [...specs.map(({ shape }) => spec(shape)), ...FEATURE_INPUTS.map((name) => spec(shapes[name]))];
}

/** The features among a graph's inputs, which come after the parameters. */
function featuresOf(inputs: readonly Tensor[], { length }: readonly ParameterSpec[]): ValueInputs {
  const [counts, local, spectrum, n, levels] = inputs.slice(length);
  return { counts, local, spectrum, n, levels };
}

/** Named parameters that a graph declares and does not hold, so that graphs of several batch sizes share one weights file. */
function named<Config>(architecture: RunnableArchitecture<Config>, config: Config) {
  const specs = architecture.parameters(config);
  const names = specs.map(({ name }) => name);
  const parameters = (inputs: readonly Tensor[]) => namedParameters(specs, inputs.slice(0, specs.length));
  return { specs, names, parameters };
}

/**
 * What is asked of every pair: features in, quantiles of √MI and tokens out, [B, 9] and [B, 64, width]. It shares the weights
 * file with the others.
 */
export function compileValues<Config>(
  architecture: RunnableArchitecture<Config>,
  config: Config,
  batch: number,
): CompiledModel {
  const { specs, names, parameters } = named(architecture, config);
  const values = (...inputs: Tensor[]): Tensor[] => {
    const { quantiles, tokens } = architecture.inference.values(
      config,
      parameters(inputs),
      featuresOf(inputs, specs),
    );
    return [quantiles, tokens];
  };
  return compile(values, inferenceSpecs(specs, batch), {
    inputs: [...names, ...FEATURE_INPUTS],
    outputs: ["quantiles", "tokens"],
    initializers: names,
    name: "values",
  });
}

/** What the graph of densities reads. */
export const TOWER_INPUTS = ["counts", "local", "spectrum", "n", "tokens", "quantiles", "normal"] as const;

/**
 * What is asked of some: tokens and the features that they were made from in, the numbers of the mixture's components out,
 * [B, components · 6].
 */
export function compileDensities<Config>(
  architecture: RunnableArchitecture<Config>,
  config: Config,
  batch: number,
): CompiledModel {
  const { specs, names, parameters } = named(architecture, config);
  const shapes = {
    ...batchShapes(batch),
    tokens: [batch, TOKENS, architecture.inference.width(config)],
    quantiles: [batch, QUANTILE_LEVELS.length],
  };
  const densities = (...inputs: Tensor[]): Tensor[] => {
    const [counts, local, spectrum, n, tokens, quantiles, normal] = inputs.slice(specs.length);
    const read = { counts, local, spectrum, n, tokens, quantiles, normal };
    const mixture = architecture.inference.density(config, parameters(inputs), read);
    return [mixture.reshape([batch, COMPONENTS * COMPONENT_NUMBERS])];
  };
  const shapesOfInputs = [
    ...specs.map(({ shape }) => spec(shape)),
    ...TOWER_INPUTS.map((k) => spec(shapes[k])),
  ];
  return compile(densities, shapesOfInputs, {
    inputs: [...names, ...TOWER_INPUTS],
    outputs: ["mixture"],
    initializers: names,
    name: "densities",
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
  const { specs, names, parameters } = named(architecture, config);
  const both = (...inputs: Tensor[]): Tensor[] => {
    const { counts, local, spectrum, ...constants } = featuresOf(inputs, specs);
    // Examples do not touch each other: the derivative of the sum of their medians holds that of each.
    const medians = (counts: Tensor, local: Tensor, spectrum: Tensor): [Tensor, Tensor] => {
      const features = { counts, local, spectrum, ...constants };
      const { quantiles, tokens } = architecture.inference.values(config, parameters(inputs), features);
      tokens.dispose();
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
