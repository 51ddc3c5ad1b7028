/** The network's graphs, compiled by jax-onnx: training step, validation, inference. */
import { LOCAL_FEATURES, SPECTRUM_FEATURES } from "infonet/copula";
import { type CompiledModel, compile, spec } from "jax-onnx";
import type { Architecture } from "./architecture/architecture.js";
import type { Tensor } from "./jax.js";
import {
  type CopulaTransformerConfig,
  copulaTransformer,
  copulaTransformerParameters,
} from "./network/copula-transformer.js";
import { namedParameters, parameterCount, viewParameters } from "./network/parameters.js";
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

/**
 * The copula transformer's graph that ships: features in, quantiles of √MI and critic out. The parameters are initializers that
 * the graph names but does not hold, so that graphs of several batch sizes share one weights file.
 */
export function compileInference(config: CopulaTransformerConfig, batch: number): CompiledModel {
  const specs = copulaTransformerParameters(config);
  const names = specs.map(({ name }) => name);
  const forward = (...inputs: Tensor[]): Tensor[] => {
    const [counts, local, spectrum, n] = inputs.slice(specs.length);
    const parameters = namedParameters(specs, inputs.slice(0, specs.length));
    const { quantiles, critic } = copulaTransformer(config, parameters, { counts, local, spectrum, n });
    return [quantiles, critic];
  };
  const shapes = batchShapes(batch);
  return compile(
    forward,
    [
      ...specs.map(({ shape }) => spec(shape)),
      spec(shapes.counts),
      spec([batch, shapes.local[1], LOCAL_FEATURES]),
      spec([batch, SPECTRUM_FEATURES]),
      spec([batch]),
    ],
    {
      inputs: [...names, "counts", "local", "spectrum", "n"],
      outputs: ["quantiles", "critic"],
      initializers: names,
      name: "inference",
    },
  );
}
