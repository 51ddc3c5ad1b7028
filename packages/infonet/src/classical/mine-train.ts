/**
 * Trains and reads the critic of `mine`: rows are drawn here, everything else happens in ONNX Runtime. The
 * compiler is imported when it is first needed: the other classical estimators do without.
 */

import type { InferenceSession, OnnxValue, TensorConstructor } from "onnxruntime-common";
import { InfoNetError, reasonOf } from "../errors.js";
import { mean } from "../numerics/moments.js";
import type { Stream } from "../numerics/random.js";
import type * as graphs from "./mine-graph.js";
import { type CriticSizes, initialParameters, type MineObjective, parameterCount } from "./mine-layout.js";

/** A variable as the critic sees it: float32, row after row. */
export interface Rows {
  data: Float32Array;
  width: number;
}

/** ONNX Runtime as the platform gives it. */
export interface MineRuntime {
  Tensor: TensorConstructor;
  open(model: Uint8Array): Promise<InferenceSession>;
}

/** Everything that a training run needs. */
export interface MineTask {
  runtime: MineRuntime;
  x: Rows;
  y: Rows;
  /** Rows to train on, and rows on which the value is read; the same ones, or two parts of the sample. */
  train: Uint32Array;
  read: Uint32Array;
  objective: MineObjective;
  hidden: number;
  iterations: number;
  batch: number;
  learningRate: number;
  random: Stream;
  /** Called now and then between iterations; may throw to end the training. */
  pause(done: number): Promise<void>;
}

/** The share of a new batch in the moving average of mean e^T, as in the paper's code. */
const FORGET = 0.01;
/** Iterations between pauses: a few milliseconds. */
const ITERATIONS_A_PAUSE = 10;
/** Rows that the reading graph takes at once. */
const READ_ROWS = 1024;
/**
 * Points over which the mean of e^T is read, in whole shuffles of the rows and at most ten of them: the product
 * of the marginals has more points than a sample has rows, and its mean varies more than that of T.
 */
const PRODUCT_POINTS = 10_000;
const MOST_SHUFFLES = 10;

/** Draws rows without replacement; when they run out, all of them are there again. */
export class RowSampler {
  #at = 0;

  constructor(
    private readonly rows: Uint32Array,
    private readonly random: Stream,
  ) {}

  /** @param count at most as many as there are rows */
  draw(count: number): Uint32Array {
    const { rows } = this;
    // What is left over would be a batch with rows twice.
    if (this.#at + count > rows.length) this.#at = 0;
    for (const end = this.#at + count; this.#at < end; this.#at++) {
      const other = this.random.whole(this.#at, rows.length - 1);
      const row = rows[other];
      rows[other] = rows[this.#at];
      rows[this.#at] = row;
    }
    return rows.slice(this.#at - count, this.#at);
  }
}

/**
 * The value of the objective on the rows to be read, after training, in nats. NaN if the training diverged.
 */
export async function trainedValue(task: MineTask): Promise<number> {
  const sizes: CriticSizes = { widthX: task.x.width, widthY: task.y.width, hidden: task.hidden };
  const theta = await train(task, sizes);
  const { objective, read, random } = task;
  const critic = await openCritic(task.runtime, sizes);
  const joint = await critic(theta, task, read, read);
  if (objective === "infonce") {
    const rows = Math.min(task.batch, read.length);
    const sampler = new RowSampler(read.slice(), random);
    const blocks = Math.ceil(read.length / rows);
    let sum = 0;
    for (let block = 0; block < blocks; block++) {
      const drawn = sampler.draw(rows);
      const left = Uint32Array.from({ length: rows * rows }, (_, k) => drawn[Math.floor(k / rows)]);
      const right = Uint32Array.from({ length: rows * rows }, (_, k) => drawn[k % rows]);
      const table = await critic(theta, task, left, right);
      for (let i = 0; i < rows; i++) {
        sum += table[i * rows + i] - logMeanExponential(table.subarray(i * rows, (i + 1) * rows));
      }
      await task.pause(task.iterations);
    }
    return sum / (blocks * rows);
  }
  const shuffles = Math.min(Math.ceil(PRODUCT_POINTS / read.length), MOST_SHUFFLES);
  const product = new Float64Array(shuffles * read.length);
  const sampler = new RowSampler(read.slice(), random);
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    product.set(await critic(theta, task, read, sampler.draw(read.length)), shuffle * read.length);
    await task.pause(task.iterations);
  }
  const jointMean = mean(joint);
  const logMean = logMeanExponential(product);
  return objective === "mine" ? jointMean - logMean : jointMean - Math.exp(logMean - 1);
}

/** log of the mean of e^T. */
function logMeanExponential(t: Float64Array): number {
  const top = t.reduce((a, b) => Math.max(a, b), -Infinity);
  return top + Math.log(t.reduce((sum, value) => sum + Math.exp(value - top), 0) / t.length);
}

/** @throws InfoNetError "runtime" if jax-js or jax-onnx is not installed: nothing else in the library needs them */
async function loadGraphs(): Promise<typeof graphs> {
  try {
    return await import("./mine-graph.js");
  } catch (error) {
    throw new InfoNetError(
      "runtime",
      `mine needs jax-onnx and @jax-js/jax, which cannot be loaded (${reasonOf(error)}); npm i jax-onnx @jax-js/jax`,
    );
  }
}

async function train(task: MineTask, sizes: CriticSizes): Promise<Float32Array> {
  const { runtime, objective, batch, random, iterations, learningRate } = task;
  const { compileStep, stepNames, ADAM } = await loadGraphs();
  const { widthX, widthY, hidden } = sizes;
  const key = `step ${objective} ${widthX} ${widthY} ${hidden} ${batch}`;
  const session = await cached(runtime, key, () => compileStep(objective, sizes, batch));
  const { Tensor } = runtime;
  const names = stepNames(objective);
  const count = parameterCount(sizes);
  const scalar = (value: number): OnnxValue => new Tensor("float32", Float32Array.of(value), []);
  const flat = (data: Float32Array): OnnxValue => new Tensor("float32", data, [count]);
  let state: Record<string, OnnxValue> = {
    theta: flat(initialParameters(sizes, random)),
    m: flat(new Float32Array(count)),
    v: flat(new Float32Array(count)),
    average: scalar(0),
  };
  const pairs = new RowSampler(task.train.slice(), random);
  const others = new RowSampler(task.train.slice(), random);
  const rowsOf = (rows: Rows, drawn: Uint32Array): OnnxValue =>
    new Tensor("float32", gather(rows, drawn), [batch, rows.width]);
  for (let t = 1; t <= iterations; t++) {
    const drawn = pairs.draw(batch);
    const feeds: Record<string, OnnxValue> = {
      ...state,
      rate: scalar(learningRate / (1 - ADAM.beta1 ** t)),
      correction: scalar(1 / (1 - ADAM.beta2 ** t)),
      // The first batch is the average's start.
      forget: scalar(t === 1 ? 1 : FORGET),
      x: rowsOf(task.x, drawn),
      y: rowsOf(task.y, drawn),
    };
    if (names.batch.includes("other")) feeds.other = rowsOf(task.y, others.draw(batch));
    const inputs = [...names.state, ...names.schedule, ...names.batch];
    const outputs = await session.run(Object.fromEntries(inputs.map((name) => [name, feeds[name]])));
    state = Object.fromEntries(names.state.map((name) => [name, outputs[`next_${name}`]]));
    if (t % ITERATIONS_A_PAUSE === 0 || t === iterations) await task.pause(t);
  }
  return state.theta.data as Float32Array;
}

function gather({ data, width }: Rows, rows: Uint32Array): Float32Array {
  const result = new Float32Array(rows.length * width);
  for (let k = 0; k < rows.length; k++) {
    for (let d = 0; d < width; d++) result[k * width + d] = data[rows[k] * width + d];
  }
  return result;
}

/** T(x[left], y[right]), row by row. */
type Critic = (
  theta: Float32Array,
  sample: Pick<MineTask, "x" | "y">,
  left: Uint32Array,
  right: Uint32Array,
) => Promise<Float64Array>;

async function openCritic(runtime: MineRuntime, sizes: CriticSizes): Promise<Critic> {
  const { compileCritic } = await loadGraphs();
  const { widthX, widthY, hidden } = sizes;
  const key = `critic ${widthX} ${widthY} ${hidden}`;
  const session = await cached(runtime, key, () => compileCritic(sizes, READ_ROWS));
  const { Tensor } = runtime;
  return async (theta, { x, y }, left, right) => {
    const result = new Float64Array(left.length);
    const parameters = new Tensor("float32", theta, [theta.length]);
    // The graph has a fixed number of rows; what the last run has too many are rows 0, read by nobody.
    const part = (rows: Uint32Array, at: number): Uint32Array => {
      const padded = new Uint32Array(READ_ROWS);
      padded.set(rows.subarray(at, at + READ_ROWS));
      return padded;
    };
    for (let at = 0; at < left.length; at += READ_ROWS) {
      const outputs = await session.run({
        theta: parameters,
        x: new Tensor("float32", gather(x, part(left, at)), [READ_ROWS, x.width]),
        y: new Tensor("float32", gather(y, part(right, at)), [READ_ROWS, y.width]),
      });
      const t = outputs.t.data as Float32Array;
      result.set(t.subarray(0, Math.min(READ_ROWS, left.length - at)), at);
    }
    return result;
  };
}

const sessions = new Map<string, Promise<InferenceSession>>();

/** One session for every graph; a graph that could not be opened is tried again by the next call. */
function cached(
  runtime: MineRuntime,
  key: string,
  compile: () => Promise<Uint8Array>,
): Promise<InferenceSession> {
  let session = sessions.get(key);
  if (session === undefined) {
    session = compile().then((bytes) => runtime.open(bytes));
    session.catch(() => sessions.delete(key));
    sessions.set(key, session);
  }
  return session;
}
