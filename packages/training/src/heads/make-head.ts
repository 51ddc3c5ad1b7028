/** A head, from nothing to what the library reads. */

import { type HeadDocument, standardized } from "infonet/internal/release";
import { QUANTILE_LEVELS } from "../network/trunk.js";
import { type BareHead, calibrated } from "./calibrate-head.js";
import { FIRST, type HeadDraws, type HeadExamples, type HeadManners } from "./examples.js";
import { type HeadTraining, trainHead } from "./train-head.js";

/** Options of {@link makeHead}. */
export interface HeadOptions extends HeadTraining {
  /** Random draws to train on. */
  draws: number;
  /** Fresh ones to calibrate the interval on. */
  calibrationDraws: number;
  /** Share of the truths that its 90 % interval is to hold among these; more than 0.9 where laws of others are harder. Default 0.9. */
  held?: number;
  signal?: AbortSignal | undefined;
  /** Is told how far the work is, a line at a time. */
  tell?: ((line: string) => void) | undefined;
}

/** Draws examples. Pure: the same seed and numbers give the same ones. */
export type DrawExamples = (draws: HeadDraws, manners: HeadManners) => Promise<HeadExamples>;

/**
 * Draws, trains and calibrates. Reproducible by its seed. jax-js must have been started.
 *
 * @throws the signal's reason if it is aborted
 */
export async function makeHead(draw: DrawExamples, options: HeadOptions): Promise<HeadDocument> {
  const { seed, draws, calibrationDraws, held, signal, tell } = options;
  const drawn = (what: "training" | "calibration", count: number): Promise<HeadExamples> =>
    draw(
      { seed, first: FIRST[what], count, fresh: what === "calibration" },
      { signal, onProgress: (done) => tell?.(`${what}: ${done} of ${count} draws`) },
    );
  const head = await headOf(await drawn("training", draws), options);
  const fresh = await drawn("calibration", calibrationDraws);
  return { ...head, calibrationDraws, calibration: calibrated(head, fresh, held) };
}

/** Trains a head on examples. */
async function headOf(
  training: HeadExamples,
  { signal, tell, ...options }: Omit<HeadOptions, "draws" | "calibrationDraws" | "held">,
): Promise<BareHead> {
  const { count, width, inputs } = training;
  const column = (k: number): number[] => Array.from({ length: count }, (_, row) => inputs[row * width + k]);
  const short = (value: number): number => Number(value.toPrecision(6));
  const means: number[] = [];
  const deviations: number[] = [];
  for (let k = 0; k < width; k++) {
    const values = column(k);
    means.push(short(mean(values)));
    const variance = mean(values.map((value) => (value - means[k]) ** 2));
    deviations.push(short(Math.sqrt(variance) || 1));
  }
  const standard = new Float32Array(inputs.length);
  for (let row = 0; row < count; row++) {
    const own = inputs.subarray(row * width, (row + 1) * width);
    standard.set(standardized(own, means, deviations), row * width);
  }
  const trained = await trainHead(training, standard, options, {
    ...(signal && { signal }),
    onEpoch: (epoch, loss) => tell?.(`epoch ${epoch} of ${options.epochs}: loss ${loss.toFixed(5)}`),
  });
  return {
    ...{ seed: options.seed, draws: count, levels: [...QUANTILE_LEVELS] },
    ...{ mean: means, deviation: deviations, ...trained },
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
