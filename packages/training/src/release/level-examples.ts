/** Random laws of levels beside a number as the head sees them. */
import { codeColumn, featureArrays, writeFeatures } from "infonet/copula";
import { levelQuestion, levelSample, type PairSample } from "infonet/internal/release";
import { ExampleColumns, type HeadDraws, type HeadExamples, type HeadManners } from "../heads/examples.js";
import { levelMixture, Random, trueInformation } from "../prior/index.js";
import type { QuantileModel } from "./quantile-model.js";

/** Sizes of samples, log-uniform: what the network takes at once. */
const SIZES = [8, 10_000] as const;
/** Rows a level that columns of levels have, on average and at least. */
const ROWS_A_LEVEL = 3;
/** Draws after which progress is told, about. */
const PIECE = 2000;
// Streams are numbered by seed; neither training nor validation nor calibration nor evaluation uses these.
const LEVEL_SEED = 2_300_000_000;

/** A sample of a random law. */
interface LevelDraw {
  sample: PairSample;
  mi: number;
}

/**
 * Examples of consecutive draws, corrected from the network's median on. Pure: the same model, seed and numbers give the same
 * examples.
 *
 * @throws the signal's reason if it is aborted
 */
export async function levelExamples(
  model: QuantileModel,
  { seed, first, count }: HeadDraws,
  { signal, onProgress }: HeadManners = {},
): Promise<HeadExamples> {
  const { batch, levels, median } = model;
  const columns = new ExampleColumns(count);
  const features = featureArrays(batch);
  for (let from = 0, told = 0; from < count; from += batch) {
    signal?.throwIfAborted();
    const draws = Array.from({ length: batch }, (_, slot) =>
      drawLevels(new Random(LEVEL_SEED + seed, first + from + slot)),
    );
    for (const [slot, { sample }] of draws.entries()) {
      writeFeatures(sample.perm, features, slot, sample.levels);
    }
    const roots = await model.quantiles(features);
    for (const [slot, { sample, mi }] of draws.entries()) {
      const quantiles = roots.subarray(slot * levels, (slot + 1) * levels);
      const [summary] = sample.summaries ?? [];
      columns.add({
        ...levelQuestion({ quantiles, median }, summary),
        most: Number.POSITIVE_INFINITY,
        mi,
        central: mi,
      });
    }
    if (columns.filled - told < PIECE && columns.filled < count) continue;
    told = columns.filled;
    onProgress?.(told);
    // The signal gets its turn.
    await new Promise(setImmediate);
  }
  return columns.examples;
}

/** A sample in which two levels at least have rows. */
function drawLevels(rng: Random): LevelDraw {
  for (;;) {
    const n = rng.logInteger(...SIZES);
    const law = levelMixture(rng, "levels");
    if (ROWS_A_LEVEL * law.levels > n) continue;
    const [x, y] = [new Float64Array(n), new Float64Array(n)];
    law.sample(rng, x, y, n);
    const levels = codeColumn(x);
    if (levels.distinct < 2) continue;
    return { sample: levelSample(levels, codeColumn(y), SIZES[1]), mi: trueInformation(rng, law) };
  }
}
