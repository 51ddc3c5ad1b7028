/** Before a run on a GPU: graphs, starting state and everything else that train.py reads. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { architectureNamed, COPULA_DENSITY, type NetworkConfig } from "../architecture/index.js";
import { DEFAULT_BATCH, startingPoint } from "../loop/starting-point.js";
import { VALIDATION_BATCHES, VALIDATION_SEED } from "../loop/validation.js";
import { readExported } from "../model/weights.js";
import { QUANTILE_LEVELS } from "../network/trunk.js";
import { compileStep, compileValidation } from "../step/compile.js";
import { STATE } from "../step/step.js";
import { batchBytes } from "../stream/index.js";
import { FILES, type GpuRun } from "./run.js";

/** Options of {@link prepareGpuRun}. What is left out comes from the resumed run, if there is one. */
export interface PrepareOptions {
  /** Distributions a step. */
  batch: number;
  /** Folder of an exported model to start from, with a fresh optimiser. */
  init?: string;
  /** Folder of an earlier run to go on from, moments included. */
  resume?: string;
  /** Seed of the stream, default 1. */
  seed?: number;
  /** Highest learning rate. */
  peakRate?: number;
  /** Share of it that weights have which `init` takes from another architecture. Default 1. */
  inheritedRate?: number;
  /** Steps of linear rise at the start. */
  warmup?: number;
  /** Sizes of the network. Ignored with `resume` and `init`. */
  network?: NetworkConfig;
  /** Batches in the validation set. */
  validationBatches?: number;
}

/**
 * Writes the folder of a run. The stream goes on after the distributions that the starting weights have seen,
 * so that no distribution comes twice, even with the same seed.
 *
 * @throws TypeError if `init` and `resume` are both given, or if the resumed run trained another architecture
 *   than the released one
 */
export async function prepareGpuRun(folder: string, options: PrepareOptions): Promise<GpuRun> {
  const { init, resume, network, batch, validationBatches = VALIDATION_BATCHES } = options;
  if (init !== undefined && resume !== undefined) {
    throw new TypeError(`init is ${init} and resume is ${resume}; leave one of them out`);
  }
  const { record: start, state } = await startingPoint({
    init,
    resume,
    network,
    batch,
    inheritedRate: options.inheritedRate,
    seed: options.seed ?? 1,
    minutes: 0,
  });
  const { network: sizes, optimizer } = start;
  if (start.architecture !== COPULA_DENSITY.name) {
    throw new TypeError(
      `${resume ?? init} trained a ${start.architecture}; only a ${COPULA_DENSITY.name} is trained on a GPU`,
    );
  }
  const architecture = architectureNamed(start.architecture);
  const examples = architecture.examples(sizes);
  const before = init === undefined ? undefined : (await readExported(init)).training;
  const { peakRate = start.schedule.peakRate, warmup = start.schedule.warmup } = options;
  const run: GpuRun = {
    record: {
      ...start,
      seed: options.seed ?? start.seed,
      batch,
      schedule: { ...start.schedule, peakRate, warmup },
      step: before?.steps ?? start.step,
      seen: before?.distributions ?? start.seen,
      minutes: before?.minutes ?? start.minutes,
    },
    step: start.step,
    state: STATE,
    parameters: state[0].length,
    examples,
    arrays: Object.entries(architecture.inputs(sizes, 1)).map(([name, [, ...shape]]) => ({ name, shape })),
    bytes: batchBytes(1, examples),
    validation: {
      seed: VALIDATION_SEED,
      batches: validationBatches,
      batch: DEFAULT_BATCH,
      answer: architecture.answerName,
      levels: QUANTILE_LEVELS,
    },
  };
  await mkdir(join(folder, FILES.start), { recursive: true });
  await writeFile(join(folder, FILES.step), compileStep(architecture, sizes, optimizer, batch).bytes);
  await writeFile(
    join(folder, FILES.validation),
    compileValidation(architecture, sizes, DEFAULT_BATCH).bytes,
  );
  for (const [k, name] of STATE.entries())
    await writeFile(join(folder, FILES.start, `${name}.bin`), state[k]);
  await writeFile(join(folder, FILES.run), `${JSON.stringify(run, null, 2)}\n`);
  return run;
}
