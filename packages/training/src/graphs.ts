/** The network's graphs, compiled by jax-onnx: training step, validation, inference. */
import { LOCAL_FEATURES, SPECTRUM_FEATURES } from "infonet/copula";
import { type CompiledModel, compile, spec } from "jax-onnx";
import type { Tensor } from "./jax.js";
import { losses } from "./loss.js";
import {
  type CopulaTransformerConfig,
  copulaTransformer,
  copulaTransformerParameters,
} from "./network/copula-transformer.js";
import { namedParameters, parameterCount, viewParameters } from "./network/parameters.js";
import type { AdamWConfig } from "./optimizer.js";
import { BATCH_INPUTS, batchShapes, METRICS, SCHEDULE, STATE, trainingStep } from "./step.js";

const batchSpecs = (batch: number) => {
  const shapes = batchShapes(batch);
  return BATCH_INPUTS.map((name) => spec(shapes[name]));
};

/** State, schedule and batch in; `next_…` state and metrics out. */
export function compileStep(
  config: CopulaTransformerConfig,
  optimizer: AdamWConfig,
  batch: number,
): CompiledModel {
  const count = parameterCount(copulaTransformerParameters(config));
  const specs = [...STATE.map(() => spec([count])), ...SCHEDULE.map(() => spec([])), ...batchSpecs(batch)];
  return compile(trainingStep(config, optimizer), specs, {
    inputs: [...STATE, ...SCHEDULE, ...BATCH_INPUTS],
    outputs: [...STATE.map((name) => `next_${name}`), ...METRICS],
    name: "training-step",
  });
}

/** θ and a batch in; quantiles [B, 9] and the mean losses out. */
export function compileValidation(config: CopulaTransformerConfig, batch: number): CompiledModel {
  const specs = copulaTransformerParameters(config);
  const evaluate = (theta: Tensor, ...inputs: Tensor[]): Tensor[] => {
    const [counts, local, spectrum, n, fresh, target, mi] = inputs;
    const outputs = copulaTransformer(config, viewParameters(specs, theta), { counts, local, spectrum, n });
    const quantiles = outputs.quantiles.ref;
    const { total, donskerVaradhan, density, pinball } = losses(outputs, { fresh, target, mi });
    return [quantiles, total, donskerVaradhan, density, pinball];
  };
  return compile(evaluate, [spec([parameterCount(specs)]), ...batchSpecs(batch)], {
    inputs: ["theta", ...BATCH_INPUTS],
    outputs: ["quantiles", "total", "donskerVaradhan", "density", "pinball"],
    name: "validation",
  });
}

/**
 * The graph that ships: features in, quantiles of √MI and critic out. The parameters are initializers that
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
