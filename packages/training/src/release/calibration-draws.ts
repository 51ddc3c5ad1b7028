/** What the calibration is fitted to: what a model says of fresh draws from the prior. */
import type { CalibrationTable } from "infonet/internal/release";
import { openStream, SMALLEST } from "../stream/index.js";
import { type AppendLog, openLog } from "./append-log.js";
import { CALIBRATION_MEDIANS, CALIBRATION_N, type CalibrationDraw, fitCalibration } from "./calibration.js";
import type { QuantileModel } from "./quantile-model.js";

// Streams are numbered by seed; neither training nor validation nor evaluation uses this one.
const CALIBRATION_SEED = 2_200_000_000;

/** Draws after which progress is noted, about. */
const PIECE = 1000;

/** Consecutive draws, from number `first` of the stream on: n, low, median, high and truth of each. */
export interface CalibrationPiece {
  first: number;
  draws: [n: number, low: number, median: number, high: number, truth: number][];
}

/** Options of {@link calibrationTable}. */
export interface CalibrationOptions {
  /** Fresh draws, rounded up to whole batches. */
  draws: number;
  /** Seed of the draws. */
  seed: number;
  /** Worker threads that generate them, 0 for the calling thread. */
  workers: number;
  /** Pieces that are done, to go on from; default none. */
  log?: AppendLog<CalibrationPiece>;
  /** Ends the work after the current batch; what is in the log is kept. */
  signal?: AbortSignal;
  /** Is told after every piece. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Measures and fits the calibration of a model's interval.
 *
 * @throws the signal's reason if it is aborted
 */
export async function calibrationTable(
  model: QuantileModel,
  options: CalibrationOptions,
): Promise<CalibrationTable> {
  const draws = await drawForCalibration(model, options);
  const { low, high } = fitCalibration(draws);
  return {
    weights: model.weights,
    draws: draws.length,
    seed: options.seed,
    n: [...CALIBRATION_N],
    median: [...CALIBRATION_MEDIANS],
    low,
    high,
  };
}

async function drawForCalibration(
  model: QuantileModel,
  { draws, seed, workers, log = openLog(), signal, onProgress }: CalibrationOptions,
): Promise<CalibrationDraw[]> {
  const { batch, levels, median } = model;
  const total = Math.ceil(draws / batch) * batch;
  const done = (): number => {
    const last = log.entries.at(-1);
    return last === undefined ? 0 : last.first + last.draws.length;
  };
  // As many small samples as large ones: every knot of n needs its neighbours.
  const stream = openStream({
    seed: CALIBRATION_SEED + seed,
    batch,
    workers,
    nMin: SMALLEST,
    start: done(),
  });
  try {
    let piece: CalibrationPiece = { first: done(), draws: [] };
    while (piece.first < total) {
      signal?.throwIfAborted();
      const examples = await stream.next();
      const quantiles = await model.quantiles(examples);
      for (let slot = 0; slot < batch; slot++) {
        const row = quantiles.subarray(slot * levels, (slot + 1) * levels);
        piece.draws.push([
          examples.n[slot],
          row[0],
          row[median],
          row[levels - 1],
          Math.sqrt(examples.mi[slot]),
        ]);
      }
      examples.release();
      const end = piece.first + piece.draws.length;
      if (piece.draws.length >= PIECE || end >= total) {
        log.append(piece);
        onProgress?.(end, total);
        piece = { first: end, draws: [] };
      }
      // Without workers everything above holds the thread: here the signal gets its turn.
      if (workers === 0) await new Promise(setImmediate);
    }
  } finally {
    await stream.close();
  }
  return log.entries.flatMap((piece) =>
    piece.draws.map(([n, low, median, high, truth]) => ({ n, low, median, high, truth })),
  );
}
