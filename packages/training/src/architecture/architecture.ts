/** What the trainer asks of a network. */

import type { TowerInputs, ValueInputs } from "../network/copula-density.js";
import type { ParameterSpec, Parameters } from "../network/parameters.js";
import type { Trunk } from "../network/trunk.js";
import type { Tensor } from "../runtime/jax.js";
import type { ExampleOptions } from "../stream/example.js";
import type { StreamArray } from "../stream/inputs.js";

/** The arrays of a batch that a network trains on, by name. */
export type BatchTensors = Partial<Record<StreamArray, Tensor>>;

/** Mean losses over a batch, scalars by name; `total` is what is minimised. */
export type LossTensors = { total: Tensor; [name: string]: Tensor };

/** What the network says about one example. */
export interface Estimate {
  /** Mutual information, nats, 0 or more. */
  mi: number;
  /** Ends of a 90 % interval, nats; absent if the network gives none. */
  interval?: readonly [low: number, high: number];
}

/** What infonet runs of a network. */
export interface Inference<Config> {
  /** Width of the tokens. */
  width(config: Config): number;
  /** Features of a batch in, quantiles of √MI and tokens out. Consumes its inputs. */
  values(config: Config, p: Parameters, features: ValueInputs): Trunk;
  /** Tokens and the features that they were made from in, copula density out. Consumes its inputs. */
  density(config: Config, p: Parameters, inputs: TowerInputs): Tensor;
}

/** Why infonet cannot run a network. */
export interface NoInference {
  /** What is in the way, as the end of a sentence whose subject is the network. */
  readonly reason: string;
}

/** A kind of network: everything that the trainer, the stream and the validation need to know about it. */
export interface Architecture<Config> {
  /** As stored in checkpoints and given on the command line. */
  readonly name: string;
  /** Sizes if none are given. */
  readonly defaults: Config;
  /** Sizes that may be given though they have no default. */
  readonly optional?: readonly string[];
  /**
   * Names of other networks whose exported weights a run may start from: parameters of the same name and shape are taken,
   * the others begin anew.
   */
  readonly startsFrom?: readonly string[];
  /** Parts that can be trained alone, the others held as they are: whether a parameter is of the part. */
  readonly parts?: Readonly<Record<string, (parameter: string) => boolean>>;
  /** Names of the losses, `total` first. */
  readonly lossNames: readonly [total: "total", ...parts: string[]];
  /** Name of the validation graph's output with a row of numbers an example, see {@link evaluate}. */
  readonly answerName: string;
  /** Every parameter, in the order of the flat vector. Throws if the sizes do not fit each other. */
  parameters(config: Config): ParameterSpec[];
  /** Shapes of the arrays of a batch that it trains on, in the order of the graphs' inputs. */
  inputs(config: Config, batch: number): Partial<Record<StreamArray, number[]>>;
  /** What its examples must be like, beyond the stream's defaults. */
  examples(config: Config): ExampleOptions;
  /** The losses of a batch. Consumes its inputs. */
  losses(config: Config, p: Parameters, inputs: BatchTensors): LossTensors;
  /** Losses, and the answer from which {@link estimate} reads: [B, any number]. Consumes its inputs. */
  evaluate(config: Config, p: Parameters, inputs: BatchTensors): { losses: LossTensors; answer: Tensor };
  /** The estimate that an example's row of the answer stands for. */
  estimate(row: Float32Array): Estimate;
  /** What infonet runs once the network is exported, or why it cannot be. */
  readonly inference: Inference<Config> | NoInference;
}

/** An architecture that infonet can run. */
export type RunnableArchitecture<Config> = Architecture<Config> & { readonly inference: Inference<Config> };

/** Throws by name if an array is missing. */
export function required<Name extends StreamArray>(
  inputs: BatchTensors,
  names: readonly Name[],
): Record<Name, Tensor> {
  return Object.fromEntries(
    names.map((name) => {
      const input = inputs[name];
      if (input === undefined)
        throw new Error(`the batch has no ${name}; list it in the architecture's inputs`);
      return [name, input];
    }),
  ) as Record<Name, Tensor>;
}
