/** The training loop: stream → compiled step → journal, evaluation, checkpoint. */
import { type Architecture, architectureNamed, type NetworkConfig } from "../architecture/index.js";
import { scheduleAt } from "../optimize/schedule.js";
import { floats, openSession, scalar, tensor } from "../runtime/onnx-runtime.js";
import { compileStep, compileValidation } from "../step/compile.js";
import { metricNames, SCHEDULE, STATE } from "../step/step.js";
import { type Batch, createBatch, openStream } from "../stream/index.js";
import type { StreamArray } from "../stream/inputs.js";
import { type RunRecord, saveCheckpoint } from "./checkpoint.js";
import { Journal } from "./journal.js";
import { type StartOptions, startingPoint } from "./starting-point.js";
import { VALIDATION_SEED, ValidationScore } from "./validation.js";

export interface TrainOptions extends StartOptions {
  /** Folder for checkpoint, log and picture. */
  out: string;
  /** Threads of the arithmetic. */
  threads: number;
  /** Worker threads of the generator. */
  workers: number;
  /** Stops after this many steps; the learning rate then falls with the steps instead of the time. */
  steps?: number;
  /** Minutes between evaluations; a checkpoint is written at each. */
  evaluateEvery: number;
  /** Batches in the validation set. */
  validationBatches: number;
  /** Aborting ends the run after the current step and saves. */
  signal?: AbortSignal;
  /** Called after every step. */
  onStep?: (record: Readonly<RunRecord>) => void;
}

const LOG_EVERY = 50;

/** The batch as tensors, by the names of the graph's inputs. */
function batchFeeds(batch: Batch, shapes: Partial<Record<StreamArray, number[]>>) {
  const entries = Object.entries(shapes) as [StreamArray, number[]][];
  return Object.fromEntries(entries.map(([name, shape]) => [name, tensor(batch[name], shape)]));
}

/** Evaluates flat parameters on the fixed validation set. */
async function openValidation(
  architecture: Architecture<NetworkConfig>,
  { network, batch: size }: RunRecord,
  batches: number,
) {
  const session = await openSession(compileValidation(architecture, network, size).bytes);
  const shapes = architecture.inputs(network, size);
  const examples = architecture.examples(network);
  const data = Array.from({ length: batches }, (_, k) =>
    createBatch(VALIDATION_SEED, k * size, size, examples),
  );
  return async (theta: Float32Array): Promise<Record<string, number>> => {
    const score = new ValidationScore();
    for (const batch of data) {
      const feeds = { theta: tensor(theta, [theta.length]), ...batchFeeds(batch, shapes) };
      const { [architecture.answerName]: answer, ...losses } = await session.run(feeds);
      const means = Object.entries(losses).map(([name, value]) => [name, floats(value)[0]] as const);
      const numbers = floats(answer);
      const columns = numbers.length / size;
      const estimates = Array.from({ length: size }, (_, row) =>
        architecture.estimate(numbers.subarray(row * columns, (row + 1) * columns)),
      );
      score.add(Object.fromEntries(means), estimates, batch.mi);
      await new Promise(setImmediate);
    }
    return score.result();
  };
}

/** Mean of the metrics since the last call of `take`. */
class RunningMean {
  #sums: Record<string, number> = {};
  #count = 0;
  add(values: Record<string, number>): void {
    this.#count++;
    for (const [name, value] of Object.entries(values)) this.#sums[name] = (this.#sums[name] ?? 0) + value;
  }
  take(): Record<string, number> {
    const count = this.#count;
    const means = Object.fromEntries(Object.entries(this.#sums).map(([k, sum]) => [k, sum / count]));
    this.#sums = {};
    this.#count = 0;
    return means;
  }
}

/**
 * Trains, or goes on training. Saves at every evaluation, at the end and when the signal aborts; what it
 * saves resumes with the same state: weights, moments, step and position in the stream.
 *
 * @returns the record of the run
 */
export async function train(options: TrainOptions): Promise<RunRecord> {
  const { record, state } = await startingPoint(options);
  const architecture = architectureNamed(record.architecture);
  await saveCheckpoint(options.out, { record, state });
  const journal = new Journal(options.out, options.resume === undefined ? undefined : record.step);
  journal.say(`compiling the training step (${state[0].length.toLocaleString("en")} parameters)`);
  const session = await openSession(
    compileStep(architecture, record.network, record.optimizer, record.batch).bytes,
    options.threads,
  );
  const validate = await openValidation(architecture, record, options.validationBatches);
  const stream = openStream({
    ...architecture.examples(record.network),
    seed: record.seed,
    batch: record.batch,
    workers: options.workers,
    start: record.seen,
  });
  const shapes = architecture.inputs(record.network, record.batch);
  const metricsOfStep = metricNames(architecture);
  let vectors = state.map((v) => tensor(v, [v.length]));
  const mean = new RunningMean();
  const before = record.minutes;
  const begin = performance.now();
  const beginSeen = record.seen;
  let waited = 0;
  let lastEvaluation = before;
  let skipped = 0;

  const evaluateAndSave = async (): Promise<void> => {
    record.validation = await validate(floats(vectors[STATE.indexOf("average")]));
    journal.write({
      kind: "validation",
      step: record.step,
      seen: record.seen,
      minutes: record.minutes,
      values: record.validation,
    });
    const text = Object.entries(record.validation).map(([k, v]) => `${k} ${v.toFixed(4)}`);
    journal.say(`step ${record.step}, ${record.minutes.toFixed(1)} min, validation: ${text.join("  ")}`);
    await saveCheckpoint(options.out, { record, state: vectors.map((v) => floats(v).slice()) });
    journal.draw();
  };

  try {
    while (
      record.minutes < record.plannedMinutes &&
      record.step < (options.steps ?? Infinity) &&
      !options.signal?.aborted
    ) {
      const start = performance.now();
      const batch = await stream.next();
      waited += performance.now() - start;
      const progress =
        options.steps === undefined ? record.minutes / record.plannedMinutes : record.step / options.steps;
      const schedule = scheduleAt(record.schedule, record.optimizer, record.step, progress);
      const feeds = {
        ...Object.fromEntries(STATE.map((name, k) => [name, vectors[k]])),
        ...Object.fromEntries(SCHEDULE.map((name) => [name, scalar(schedule[name])])),
        ...batchFeeds(batch, shapes),
      };
      const outputs = await session.run(feeds);
      batch.release();
      const metrics = Object.fromEntries(metricsOfStep.map((name) => [name, floats(outputs[name])[0]]));
      if (Object.values(metrics).every(Number.isFinite)) {
        vectors = STATE.map((name) => outputs[`next_${name}`] as (typeof vectors)[number]);
        mean.add(metrics);
      } else if (++skipped > 100) {
        throw new Error(`${skipped} steps had a loss that is not finite; lower the learning rate`);
      }
      record.step++;
      record.seen += record.batch;
      record.minutes = before + (performance.now() - begin) / 60_000;
      if (record.step % LOG_EVERY === 0) {
        const losses = mean.take();
        const seconds = (performance.now() - begin) / 1000;
        const waiting = waited / 1000 / seconds;
        journal.write({
          kind: "train",
          step: record.step,
          seen: record.seen,
          minutes: record.minutes,
          values: { ...losses, rate: schedule.rate, waiting, skipped },
        });
        journal.progress({
          step: record.step,
          seen: record.seen,
          minutes: record.minutes,
          minutesLeft: record.plannedMinutes - record.minutes,
          losses,
          rate: schedule.rate,
          examplesPerSecond: (record.seen - beginSeen) / seconds,
          waiting,
        });
      }
      options.onStep?.(record);
      if (record.minutes - lastEvaluation >= options.evaluateEvery) {
        await evaluateAndSave();
        lastEvaluation = record.minutes;
      }
      // run() holds the thread; give signals and worker messages their turn.
      await new Promise(setImmediate);
    }
    await evaluateAndSave();
  } finally {
    await stream.close();
    await session.release();
  }
  const share = (100 * waited) / Math.max(performance.now() - begin, 1);
  journal.say(
    `${options.signal?.aborted ? "stopped and saved" : "done"}: ${record.seen.toLocaleString("en")} distributions in ` +
      `${record.minutes.toFixed(1)} min, ${share.toFixed(1)} % of the time waiting for the generator`,
  );
  return record;
}
