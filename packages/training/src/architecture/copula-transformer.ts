/** The released network as the trainer sees it. */

import { losses } from "../loss/losses.js";
import {
  type CopulaTransformerConfig,
  copulaTransformer,
  copulaTransformerParameters,
  DEFAULT_CONFIG,
  MEDIAN,
  QUANTILE_LEVELS,
} from "../network/copula-transformer.js";
import type { Parameters } from "../network/parameters.js";
import { BATCH_INPUTS, batchShapes } from "../stream/inputs.js";
import { type BatchTensors, type RunnableArchitecture, required } from "./architecture.js";

function forward(config: CopulaTransformerConfig, p: Parameters, inputs: BatchTensors) {
  const { counts, local, spectrum, n, ...labels } = required(inputs, BATCH_INPUTS);
  return { outputs: copulaTransformer(config, p, { counts, local, spectrum, n }), labels };
}

/** Histogram and local features → critic, and quantiles of √MI: see the network. */
export const COPULA_TRANSFORMER: RunnableArchitecture<CopulaTransformerConfig> = {
  name: "copula-transformer",
  defaults: DEFAULT_CONFIG,
  optional: ["coarse"],
  lossNames: ["total", "donskerVaradhan", "density", "pinball"],
  answerName: "quantiles",
  parameters: copulaTransformerParameters,
  inputs: (_, batch) => batchShapes(batch),
  examples: () => ({}),
  losses(config, p, inputs) {
    const { outputs, labels } = forward(config, p, inputs);
    return losses(outputs, labels);
  },
  evaluate(config, p, inputs) {
    const { outputs, labels } = forward(config, p, inputs);
    const answer = outputs.quantiles.ref;
    return { losses: losses(outputs, labels), answer };
  },
  estimate(quantiles) {
    const information = (level: number): number => Math.max(quantiles[level], 0) ** 2;
    return {
      mi: information(MEDIAN),
      interval: [information(0), information(QUANTILE_LEVELS.length - 1)],
    };
  },
  inference: { forward: copulaTransformer },
};
