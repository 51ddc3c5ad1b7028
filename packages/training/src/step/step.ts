/** The whole training step as one function of flat vectors: network, losses, gradient, AdamW. */
import type { Architecture, BatchTensors, LossTensors } from "../architecture/architecture.js";
import { viewParameters } from "../network/parameters.js";
import { type AdamWConfig, adamW } from "../optimize/adamw.js";
import { lax, type Tensor, valueAndGrad } from "../runtime/jax.js";

/** Flat vectors of the state, in the order of the step's inputs and outputs. */
export const STATE = ["theta", "m", "v", "average"] as const;
/** Scalars, in the order of the step's inputs. */
export const SCHEDULE = ["rate", "correction1", "correction2", "averageDecay"] as const;

/** Numbers that a step returns beside the state: the losses, and the norm of the gradient. */
export function metricNames({ lossNames }: { lossNames: readonly string[] }): string[] {
  return [...lossNames, "norm"];
}

/** The arrays of a batch by name, from the order of {@link Architecture.inputs}. */
export function namedBatch<Config>(
  architecture: Architecture<Config>,
  config: Config,
  batch: readonly Tensor[],
): BatchTensors {
  const names = Object.keys(architecture.inputs(config, 1));
  return Object.fromEntries(names.map((name, k) => [name, batch[k]]));
}

/**
 * Losses of the network with flat parameters θ on one batch. Consumes its inputs.
 *
 * @param held parameters by which nothing is differentiated
 */
export function batchLosses<Config>(
  architecture: Architecture<Config>,
  config: Config,
  theta: Tensor,
  batch: readonly Tensor[],
  held: ReadonlySet<string> = new Set(),
): LossTensors {
  const view = viewParameters(architecture.parameters(config), theta);
  const parameters = (name: string): Tensor => (held.has(name) ? lax.stopGradient(view(name)) : view(name));
  return architecture.losses(config, parameters, namedBatch(architecture, config, batch));
}

/** Takes state, schedule and batch, in that order; returns state and metrics. */
export type StepFunction = (...inputs: Tensor[]) => Tensor[];

/** The training step for given sizes. */
export function trainingStep<Config>(
  architecture: Architecture<Config>,
  config: Config,
  optimizer: AdamWConfig,
): StepFunction {
  const specs = architecture.parameters(config);
  const [, ...parts] = architecture.lossNames;
  const { share = 1, names = [] } = optimizer.gentle ?? {};
  const held = new Set(share === 0 ? names : []);
  return (...inputs) => {
    const [theta, m, v, average] = inputs.slice(0, STATE.length);
    const [rate, correction1, correction2, averageDecay] = inputs.slice(STATE.length);
    const batch = inputs.slice(STATE.length + SCHEDULE.length);
    const objective = (flat: Tensor): [Tensor, Tensor[]] => {
      const losses = batchLosses(architecture, config, flat, batch, held);
      return [losses.total, parts.map((name) => losses[name])];
    };
    const [[total, rest], gradient] = valueAndGrad(objective, { hasAux: true })(theta.ref) as unknown as [
      [Tensor, Tensor[]],
      Tensor,
    ];
    const { state, norm } = adamW(optimizer, specs, { theta, m, v, average }, gradient, {
      rate,
      correction1,
      correction2,
      averageDecay,
    });
    return [state.theta, state.m, state.v, state.average, total, ...rest, norm];
  };
}
