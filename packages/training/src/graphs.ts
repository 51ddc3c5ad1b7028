/** The network's graphs, compiled by jax-onnx: training step, validation, inference. */
import { type CompiledModel, compile, spec } from "jax-onnx";
import type { Architecture } from "./architecture/architecture.js";
import { FEATURE_INPUTS } from "./inputs.js";
import { type Tensor, valueAndGrad } from "./jax.js";
import {
  type CopulaTransformerConfig,
  copulaTransformer,
  copulaTransformerParameters,
  MEDIAN,
  type NetworkOutputs,
} from "./network/copula-transformer.js";
import { namedParameters, type ParameterSpec, parameterCount, viewParameters } from "./network/parameters.js";
import type { AdamWConfig } from "./optimizer.js";
import { batchShapes, metricNames, namedBatch, SCHEDULE, STATE, trainingStep } from "./step.js";

/** State, schedule and batch in; `next_…` state and metrics out. */
export function compileStep<Config>(
  architecture: Architecture<Config>,
  config: Config,
  optimizer: AdamWConfig,
  batch: number,
): CompiledModel {
  const count = parameterCount(architecture.parameters(config));
  const inputs = architecture.inputs(config, batch);
  const specs = [
    ...STATE.map(() => spec([count])),
    ...SCHEDULE.map(() => spec([])),
    ...Object.values(inputs).map((shape) => spec(shape)),
  ];
  return compile(trainingStep(architecture, config, optimizer), specs, {
    inputs: [...STATE, ...SCHEDULE, ...Object.keys(inputs)],
    outputs: [...STATE.map((name) => `next_${name}`), ...metricNames(architecture)],
    name: "training-step",
  });
}

/** θ and a batch in; the network's answer, a row an example, and the mean losses out. */
export function compileValidation<Config>(
  architecture: Architecture<Config>,
  config: Config,
  batch: number,
): CompiledModel {
  const specs = architecture.parameters(config);
  const inputs = architecture.inputs(config, batch);
  const evaluate = (theta: Tensor, ...arrays: Tensor[]): Tensor[] => {
    const { losses, answer } = architecture.evaluate(
      config,
      viewParameters(specs, theta),
      namedBatch(architecture, config, arrays),
    );
    return [answer, ...architecture.lossNames.map((name) => losses[name])];
  };
  const shapes = [[parameterCount(specs)], ...Object.values(inputs)];
  return compile(
    evaluate,
    shapes.map((shape) => spec(shape)),
    {
      inputs: ["theta", ...Object.keys(inputs)],
      outputs: [architecture.answerName, ...architecture.lossNames],
      name: "validation",
    },
  );
}

/** Shapes of the network's inputs, in their order: named parameters, then the features of a batch. */
function inferenceSpecs(specs: readonly ParameterSpec[], batch: number) {
  const shapes = batchShapes(batch);
  return [...specs.map(({ shape }) => spec(shape)), ...FEATURE_INPUTS.map((name) => spec(shapes[name]))];
}

/**
 * The copula transformer's graph that ships: features in, quantiles of √MI and critic out. The parameters are initializers that
 * the graph names but does not hold, so that graphs of several batch sizes share one weights file.
 */
export function compileInference(config: CopulaTransformerConfig, batch: number): CompiledModel {
  return compileForward("inference", config, batch, ["quantiles", "critic"]);
}

/**
 * The same network for the many calls that ask for no critic: features in, quantiles of √MI out, and nothing in between
 * that only the critic needs. It shares the weights file.
 */
export function compileValues(config: CopulaTransformerConfig, batch: number): CompiledModel {
  return compileForward("values", config, batch, ["quantiles"]);
}

function compileForward(
  name: string,
  config: CopulaTransformerConfig,
  batch: number,
  outputs: (keyof NetworkOutputs)[],
): CompiledModel {
  const specs = copulaTransformerParameters(config);
  const names = specs.map(({ name }) => name);
  const forward = (...inputs: Tensor[]): Tensor[] => {
    const [counts, local, spectrum, n] = inputs.slice(specs.length);
    const parameters = namedParameters(specs, inputs.slice(0, specs.length));
    const all = copulaTransformer(config, parameters, { counts, local, spectrum, n });
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
export function compileInputGradient(config: CopulaTransformerConfig, batch: number): CompiledModel {
  const specs = copulaTransformerParameters(config);
  const names = specs.map(({ name }) => name);
  const both = (...inputs: Tensor[]): Tensor[] => {
    const [counts, local, spectrum, n] = inputs.slice(specs.length);
    // Examples do not touch each other: the derivative of the sum of their medians holds that of each.
    const medians = (counts: Tensor, local: Tensor, spectrum: Tensor): [Tensor, Tensor] => {
      const parameters = namedParameters(specs, inputs.slice(0, specs.length));
      const { quantiles, critic } = copulaTransformer(config, parameters, { counts, local, spectrum, n });
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
