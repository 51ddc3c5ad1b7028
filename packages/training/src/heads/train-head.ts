/** Trains the head: AdamW on shuffled batches, the step compiled to a graph. */

import { compile, spec } from "jax-onnx";
import { initialParameters, parameterCount, splitParameters, viewParameters } from "../network/parameters.js";
import { adamW, DEFAULT_ADAMW } from "../optimize/adamw.js";
import { scheduleAt } from "../optimize/schedule.js";
import { Random } from "../prior/random.js";
import { shuffledShares } from "../prior-tables/shares.js";
import { type Tensor, valueAndGrad } from "../runtime/jax.js";
import { floats, openSession, scalar, tensor } from "../runtime/onnx-runtime.js";
import type { HeadExamples } from "./examples.js";
import { type HeadSizes, headLoss, headParameters, headQuantiles } from "./head-network.js";

/** How the head is trained. */
export interface HeadTraining {
  hidden: readonly number[];
  epochs: number;
  /** Examples a step. */
  batch: number;
  /** Highest learning rate. */
  rate: number;
  seed: number;
  threads: number;
}

/** What comes of it: layers as the library reads them. */
export interface TrainedHead {
  layers: { weights: number[][]; bias: number[] }[];
  direct: number[][];
}

const STATE = ["theta", "m", "v", "average"] as const;
const SCHEDULE = ["rate", "correction1", "correction2", "averageDecay"] as const;
const ADAMW = { ...DEFAULT_ADAMW, beta2: 0.995, weightDecay: 0.01 };
const WARMUP = 200;
/** Targets beyond so many units count as this far. */
const FARTHEST_TARGET = 10;

/**
 * Trains on examples with standardised inputs. jax-js must have been started.
 *
 * @param inputs [count, width], standardised
 * @throws the signal's reason if it is aborted
 */
export async function trainHead(
  { count, width, targets, centrals }: HeadExamples,
  inputs: Float32Array,
  { hidden, epochs, batch, rate, seed, threads }: HeadTraining,
  { signal, onEpoch }: { signal?: AbortSignal; onEpoch?: (epoch: number, loss: number) => void } = {},
): Promise<TrainedHead> {
  const sizes: HeadSizes = { inputs: width, hidden };
  const specs = headParameters(sizes);
  const session = await openSession(compileHeadStep(sizes, batch).bytes, threads);
  const size = parameterCount(specs);
  const theta = initialParameters(specs, seed);
  const state = Object.fromEntries(
    STATE.map((name) => [
      name,
      name === "theta" || name === "average" ? theta.slice() : new Float32Array(size),
    ]),
  ) as Record<(typeof STATE)[number], Float32Array>;
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  const x = new Float32Array(batch * width);
  const labels = { targets: new Float32Array(batch), centrals: new Float32Array(batch) };
  const near = (target: number): number => Math.min(FARTHEST_TARGET, Math.max(-FARTHEST_TARGET, target));
  const perEpoch = Math.max(1, Math.floor(count / batch));
  const config = { peakRate: rate, warmup: WARMUP, averageDecay: 0.999 };
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffledShares(new Random(seed, epoch), order);
    let loss = 0;
    for (let k = 0; k < perEpoch; k++) {
      signal?.throwIfAborted();
      for (let b = 0; b < batch; b++) {
        const row = order[(k * batch + b) % count];
        x.set(inputs.subarray(row * width, (row + 1) * width), b * width);
        labels.targets[b] = near(targets[row]);
        labels.centrals[b] = near(centrals[row]);
      }
      const step = epoch * perEpoch + k;
      const schedule = scheduleAt(config, ADAMW, step, step / (epochs * perEpoch));
      const result = await session.run({
        ...Object.fromEntries(STATE.map((name) => [name, tensor(state[name], [size])])),
        ...Object.fromEntries(SCHEDULE.map((name) => [name, scalar(schedule[name])])),
        inputs: tensor(x, [batch, width]),
        targets: tensor(labels.targets, [batch]),
        centrals: tensor(labels.centrals, [batch]),
      });
      for (const name of STATE) state[name] = floats(result[`next_${name}`]);
      loss += floats(result.loss)[0];
    }
    onEpoch?.(epoch + 1, loss / perEpoch);
  }
  await session.release();
  return layersOf(sizes, state.average);
}

/** State, schedule and batch in; `next_…` state and loss out. */
function compileHeadStep(sizes: HeadSizes, batch: number) {
  const specs = headParameters(sizes);
  const size = parameterCount(specs);
  const step = (...tensors: Tensor[]): Tensor[] => {
    const [theta, m, v, average, rate, correction1, correction2, averageDecay, inputs, ...labels] = tensors;
    const [targets, centrals] = labels;
    const objective = (flat: Tensor): Tensor =>
      headLoss(headQuantiles(sizes, viewParameters(specs, flat), inputs), { targets, centrals });
    const [loss, gradient] = valueAndGrad(objective)(theta.ref) as unknown as [Tensor, Tensor];
    const schedule = { rate, correction1, correction2, averageDecay };
    const { state } = adamW(ADAMW, specs, { theta, m, v, average }, gradient, schedule);
    return [state.theta, state.m, state.v, state.average, loss];
  };
  const shapes = [
    ...STATE.map(() => [size]),
    ...SCHEDULE.map(() => []),
    [batch, sizes.inputs],
    [batch],
    [batch],
  ];
  return compile(
    step,
    shapes.map((shape) => spec(shape)),
    {
      inputs: [...STATE, ...SCHEDULE, "inputs", "targets", "centrals"],
      outputs: [...STATE.map((name) => `next_${name}`), "loss"],
      name: "head-step",
    },
  );
}

/** Digits of a weight. */
const DIGITS = 4;

function layersOf(sizes: HeadSizes, theta: Float32Array): TrainedHead {
  const arrays = new Map(splitParameters(headParameters(sizes), theta).map((array) => [array.name, array]));
  const short = (value: number): number => Number(value.toPrecision(DIGITS));
  // An answer a row, as the library multiplies.
  const rowsOf = (name: string): number[][] => {
    const { shape, data } = arrays.get(name)!;
    const [height, width] = shape;
    return Array.from({ length: width }, (_, k) =>
      Array.from({ length: height }, (_, i) => short(data[i * width + k])),
    );
  };
  return {
    layers: Array.from({ length: sizes.hidden.length + 1 }, (_, k) => ({
      weights: rowsOf(`layer${k}.weight`),
      bias: Array.from(arrays.get(`layer${k}.bias`)!.data, short),
    })),
    direct: rowsOf("direct.weight"),
  };
}
