/** The whole training step as one function of flat vectors: network, losses, gradient, AdamW. */
import { FEATURE_SIZES, GRID, LOCAL_FEATURES, SPECTRUM_FEATURES, TOKENS } from "infonet/copula";
import { type Tensor, valueAndGrad } from "./jax.js";
import { type Losses, losses } from "./loss.js";
import {
  type CopulaTransformerConfig,
  copulaTransformer,
  copulaTransformerParameters,
} from "./network/copula-transformer.js";
import { viewParameters } from "./network/parameters.js";
import { type AdamWConfig, adamW } from "./optimizer.js";

/** Arrays of one batch, in the order of the step's inputs. */
export const BATCH_INPUTS = ["counts", "local", "spectrum", "n", "fresh", "target", "mi"] as const;
/** Flat vectors of the state, in the order of the step's inputs and outputs. */
export const STATE = ["theta", "m", "v", "average"] as const;
/** Scalars, in the order of the step's inputs. */
export const SCHEDULE = ["rate", "correction1", "correction2", "averageDecay"] as const;
/** Losses that a step returns beside the state. */
export const METRICS = ["total", "donskerVaradhan", "density", "pinball", "norm"] as const;

export type BatchInput = (typeof BATCH_INPUTS)[number];

/** Shapes of a batch's arrays. */
export function batchShapes(batch: number): Record<BatchInput, number[]> {
  return {
    counts: [batch, GRID, GRID],
    local: [batch, TOKENS, LOCAL_FEATURES],
    spectrum: [batch, SPECTRUM_FEATURES],
    n: [batch],
    fresh: [batch, GRID, GRID],
    target: [batch, GRID, GRID],
    mi: [batch],
  };
}

/** Floats a slot takes in each of a batch's arrays. */
export const SLOT_SIZES: Record<BatchInput, number> = {
  ...FEATURE_SIZES,
  fresh: GRID * GRID,
  target: GRID * GRID,
  mi: 1,
};

/** Losses of the network with flat parameters θ on one batch. Consumes its inputs. */
export function batchLosses(
  config: CopulaTransformerConfig,
  theta: Tensor,
  batch: readonly Tensor[],
): Losses {
  const [counts, local, spectrum, n, fresh, target, mi] = batch;
  const parameters = viewParameters(copulaTransformerParameters(config), theta);
  const outputs = copulaTransformer(config, parameters, { counts, local, spectrum, n });
  return losses(outputs, { fresh, target, mi });
}

/** Takes state, schedule and batch, in that order; returns state and metrics. */
export type StepFunction = (...inputs: Tensor[]) => Tensor[];

/** The training step for given sizes. */
export function trainingStep(config: CopulaTransformerConfig, optimizer: AdamWConfig): StepFunction {
  const specs = copulaTransformerParameters(config);
  return (...inputs) => {
    const [theta, m, v, average] = inputs.slice(0, STATE.length);
    const [rate, correction1, correction2, averageDecay] = inputs.slice(STATE.length);
    const batch = inputs.slice(STATE.length + SCHEDULE.length);
    const objective = (flat: Tensor): [Tensor, Tensor[]] => {
      const { total, donskerVaradhan, density, pinball } = batchLosses(config, flat, batch);
      return [total, [donskerVaradhan, density, pinball]];
    };
    const [[total, parts], gradient] = valueAndGrad(objective, { hasAux: true })(theta.ref) as unknown as [
      [Tensor, Tensor[]],
      Tensor,
    ];
    const { state, norm } = adamW(optimizer, specs, { theta, m, v, average }, gradient, {
      rate,
      correction1,
      correction2,
      averageDecay,
    });
    return [state.theta, state.m, state.v, state.average, total, ...parts, norm];
  };
}
