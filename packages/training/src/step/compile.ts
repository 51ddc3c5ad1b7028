/** The graphs of the training, compiled by jax-onnx: a step, and the validation. */
import { type CompiledModel, compile, spec } from "jax-onnx";
import type { Architecture } from "../architecture/architecture.js";
import { parameterCount, viewParameters } from "../network/parameters.js";
import type { AdamWConfig } from "../optimize/adamw.js";
import type { Tensor } from "../runtime/jax.js";
import { metricNames, namedBatch, SCHEDULE, STATE, trainingStep } from "./step.js";

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
