/** The head as a function of its parameters, and what it is trained on. */

import type { ParameterSpec, Parameters } from "../network/parameters.js";
import { QUANTILE_LEVELS } from "../network/trunk.js";
import { lax, nn, np, type Tensor } from "../runtime/jax.js";

/** Numbers of the two hidden layers. */
export interface HeadSizes {
  inputs: number;
  hidden: readonly number[];
}

/** Parameters of the head. */
export function headParameters({ inputs, hidden }: HeadSizes): ParameterSpec[] {
  const widths = [inputs, ...hidden, QUANTILE_LEVELS.length];
  const layers = hidden.concat(QUANTILE_LEVELS.length).flatMap((width, k): ParameterSpec[] => {
    const last = k === hidden.length;
    const deviation = (last ? 0.1 : 1.4) / Math.sqrt(widths[k]);
    return [
      { name: `layer${k}.weight`, shape: [widths[k], width], init: { deviation } },
      { name: `layer${k}.bias`, shape: [width], init: { constant: 0 } },
    ];
  });
  const shape = [inputs, QUANTILE_LEVELS.length];
  return [...layers, { name: "direct.weight", shape, init: { constant: 0 } }];
}

/** Quantiles in the head's unit, [B, levels], of standardised inputs, [B, inputs]. Consumes its inputs. */
export function headQuantiles({ hidden }: HeadSizes, parameters: Parameters, inputs: Tensor): Tensor {
  let values = inputs.ref;
  for (let k = 0; k <= hidden.length; k++) {
    const sums = np.matmul(values, parameters(`layer${k}.weight`)).add(parameters(`layer${k}.bias`));
    values = k < hidden.length ? sums.ref.mul(nn.sigmoid(sums)) : sums;
  }
  return values.add(np.matmul(inputs, parameters("direct.weight")));
}

/** An example weighs in inverse proportion to the width of its own interval, but none more than this. */
const LEAST_WIDTH = 0.05;
/** Levels that the median counts for. */
const WEIGHT_OF_MIDDLE = 3;

/** What the quantiles of a batch are compared with, in the head's unit: [B] each. */
export interface HeadLabels {
  /** True information: all quantiles but the median. */
  targets: Tensor;
  /** What the median is trained on. */
  centrals: Tensor;
}

/** Mean pinball loss (Koenker & Bassett 1978), weighted. Consumes its inputs. */
export function headLoss(quantiles: Tensor, { targets, centrals }: HeadLabels): Tensor {
  const count = QUANTILE_LEVELS.length;
  const [batch] = quantiles.shape;
  const spread = np.matmul(
    lax.stopGradient(quantiles.ref),
    np.array(QUANTILE_LEVELS.map((_, k) => [Number(k === count - 1) - Number(k === 0)])),
  );
  const weight = np.reciprocal(np.maximum(spread, np.array(0)).add(LEAST_WIDTH));
  const apart = centrals.sub(targets.ref).reshape([batch, 1]);
  const ofMedian = np.array(QUANTILE_LEVELS.map((level) => Number(level === 0.5))).reshape([1, count]);
  const miss = targets.reshape([batch, 1]).add(apart.mul(ofMedian)).sub(quantiles);
  const levels = np.array([...QUANTILE_LEVELS]).reshape([1, count]);
  const losses = np.maximum(miss.ref.mul(levels.ref), miss.mul(levels.sub(1)));
  const columns = np.array(QUANTILE_LEVELS.map((level) => (level === 0.5 ? WEIGHT_OF_MIDDLE : 1)));
  return losses
    .mul(columns.reshape([1, count]))
    .mul(lax.stopGradient(weight))
    .mean();
}
