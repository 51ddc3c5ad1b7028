/** The released network as the trainer sees it. */

import { type DensityLabels, type DensityLosses, densityLosses } from "../loss/density-losses.js";
import { type QuantileLabels, quantileLosses } from "../loss/quantile-loss.js";
import {
  type CopulaDensityConfig,
  copulaDensity,
  copulaDensityParameters,
  copulaValues,
  type DensityOutputs,
  tower,
} from "../network/copula-density.js";
import { unpacked } from "../network/density-head.js";
import type { Parameters } from "../network/parameters.js";
import { DEFAULT_CONFIG, MEDIAN, QUANTILE_LEVELS } from "../network/trunk.js";
import type { Tensor } from "../runtime/jax.js";
import { BATCH_INPUTS, batchShapes, DENSITY_INPUTS, FEATURE_INPUTS } from "../stream/inputs.js";
import { type BatchTensors, type LossTensors, type RunnableArchitecture, required } from "./architecture.js";

/** Fresh points of a law at which its density is compared. */
const POINTS = 48;

/** What its examples are like: laws of levels beside a number, samples of up to a million rows. */
const EXAMPLES = { densityPoints: POINTS, levelShare: 0.15, hugeShare: 0.003 } as const;

/** Weights of the parts. */
const WEIGHTS = { likelihood: 0.5, ratio: 0.3, slope: 0.2, quantiles: 10 } as const;

const LABELS = ["mi", "central", ...DENSITY_INPUTS] as const;

function forward(config: CopulaDensityConfig, p: Parameters, inputs: BatchTensors) {
  const features = required(inputs, [...FEATURE_INPUTS, "normal"]);
  return { outputs: copulaDensity(config, p, features), labels: required(inputs, LABELS) };
}

function losses(
  { quantiles, mixture }: DensityOutputs,
  { mi, central, ...density }: QuantileLabels & DensityLabels,
): LossTensors & Record<keyof DensityLosses, Tensor> {
  const { likelihood, copula, ratio, slope } = densityLosses(unpacked(mixture), density);
  const { pinball, value } = quantileLosses(quantiles, { mi, central });
  const total = likelihood.ref
    .mul(WEIGHTS.likelihood)
    .add(ratio.ref.mul(WEIGHTS.ratio))
    .add(slope.ref.mul(WEIGHTS.slope))
    .add(value.mul(WEIGHTS.quantiles));
  return { total, likelihood, copula, ratio, slope, pinball };
}

/** Histogram and local features → copula density, and quantiles of √MI: see the network. */
export const COPULA_DENSITY: RunnableArchitecture<CopulaDensityConfig> = {
  name: "copula-density",
  defaults: { ...DEFAULT_CONFIG, tower: { width: 96, blocks: 2, heads: 4 } },
  optional: ["coarse"],
  // Its trunk and quantiles are named alike and have the same sizes.
  startsFrom: ["copula-transformer"],
  // The density has a tower of its own, which sends nothing back into the trunk.
  parts: {
    density: (name) => /^(tower|density|normal)/.test(name),
    normal: (name) => name.startsWith("normal"),
  },
  lossNames: ["total", "likelihood", "copula", "ratio", "slope", "pinball"],
  answerName: "quantiles",
  parameters: copulaDensityParameters,
  inputs(_, batch) {
    const shapes = batchShapes(batch);
    return {
      ...Object.fromEntries(BATCH_INPUTS.map((name) => [name, shapes[name]])),
      normal: shapes.normal,
      scores: [batch, POINTS, 2],
      ratios: [batch, POINTS],
      slopes: [batch, POINTS, 2],
      sloped: [batch],
    };
  },
  examples: () => EXAMPLES,
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
  inference: { width: ({ width }) => width, values: copulaValues, density: tower },
};
