/** Random laws in more rows than the network takes at once, as the head of many rows sees them. */
import { codeColumn, featureArrays, writeFeatures } from "infonet/copula";
import { blocksToAsk, MOST_LEARNT_ROWS, numberSample, rowsQuestion } from "infonet/internal/release";
import { ExampleColumns, type HeadDraws, type HeadExamples, type HeadManners } from "../heads/examples.js";
import { drawDistribution, Random, trueInformation } from "../prior/index.js";
import { centralLabel, sampleInformation } from "../stream/central-label.js";
import type { QuantileModel } from "./quantile-model.js";

/** Rows that the network takes at once. */
const BLOCK = 10_000;
/** How far intervals are off must be known beyond what is learnt from. */
const MOST_FRESH_ROWS = 1_000_000;
/** Times 4096 points at which the information is averaged: its error must be small beside that of so many rows. */
const TRUTH = { training: 32, fresh: 64 } as const;
/** Draws after which progress is told. */
const PIECE = 100;
// Streams are numbered by seed; neither training nor validation nor calibration nor evaluation uses these.
const ROWS_SEED = 2_400_000_000;

/**
 * Examples of consecutive draws, corrected from the mean of the blocks on. Pure: the same model, seed and numbers give the same
 * examples.
 *
 * @throws the signal's reason if it is aborted
 */
export async function rowsExamples(
  model: QuantileModel,
  { seed, first, count, fresh = false }: HeadDraws,
  { signal, onProgress }: HeadManners = {},
): Promise<HeadExamples> {
  const columns = new ExampleColumns(count);
  for (let k = 0; k < count; k++) {
    signal?.throwIfAborted();
    columns.add(await rowsExample(model, new Random(ROWS_SEED + seed, first + k), fresh));
    if ((k + 1) % PIECE === 0 || k + 1 === count) onProgress?.(k + 1);
  }
  return columns.examples;
}

async function rowsExample({ batch, levels, median, quantiles }: QuantileModel, rng: Random, fresh: boolean) {
  const n = rng.logInteger(BLOCK + 1, fresh ? MOST_FRESH_ROWS : MOST_LEARNT_ROWS);
  const law = drawDistribution(rng);
  const [x, y] = [new Float64Array(n), new Float64Array(n)];
  law.sample(rng, x, y, n);
  const sample = numberSample(codeColumn(x), codeColumn(y), BLOCK);
  if (sample.allRows === undefined) throw new Error(`${n} rows are a single block`);
  const blocks = blocksToAsk(sample);
  const features = featureArrays(batch);
  const roots: Float32Array[] = [];
  for (let from = 0; from < blocks.length; from += batch) {
    const some = blocks.slice(from, from + batch);
    // What is left of the last batch holds what was there before.
    for (const [slot, { perm }] of some.entries()) writeFeatures(perm, features, slot);
    const answers = await quantiles(features);
    roots.push(...some.map((_, slot) => answers.slice(slot * levels, (slot + 1) * levels)));
  }
  const question = rowsQuestion(
    roots.map((own) => ({ quantiles: own, median })),
    sample.allRows,
  );
  const mi = trueInformation(rng, law, fresh ? TRUTH.fresh : TRUTH.training);
  const sampled = sampleInformation(law, x, y, Number.POSITIVE_INFINITY);
  return { ...question, most: Number.POSITIVE_INFINITY, mi, central: centralLabel(mi, sampled, n) };
}
