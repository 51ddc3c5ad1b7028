/** Levels beside numbers, and two numbers, as the network reads them. */

import type { CodedColumn } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import type { PairReading } from "../engine/model.js";
import { runQuantiles } from "../engine/quantiles.js";
import { rankEvidence } from "../evidence/index.js";
import { readBlocks } from "../inference/reading.js";
import type { Codes } from "../input/variables.js";
import type { LongCall } from "../long-call.js";
import { blocksToAsk, levelSample, numberSample, type PairSample } from "../pairs/samples.js";
import type { Warning } from "../types.js";

/** What one call works with. */
export interface Work {
  engine: Engine;
  call: LongCall;
  seed: number;
  /** What is to be said of the result: anyone adds to it. */
  warnings: Warning[];
}

/** Rows that are asked about, at least. */
export const FEWEST = 8;

/** Codes as a column. */
export function columnOf({ codes, distinct }: Codes): CodedColumn {
  return { places: codes, distinct, missing: 0 };
}

/** The sample of levels beside a number, or of two numbers. */
export function sampleOf(
  { engine: { model } }: Work,
  x: CodedColumn,
  number: CodedColumn,
  levels: boolean,
): PairSample {
  return levels ? levelSample(x, number, model.rows[1]) : numberSample(x, number, model.rows[1]);
}

/**
 * Estimates of samples, in batches.
 *
 * @param samples undefined where there is nothing to tell
 */
export async function readSamples(
  { engine, call, warnings }: Work,
  samples: readonly (PairSample | undefined)[],
): Promise<PairReading[]> {
  const { model } = engine;
  const asked = samples.map((sample) => (sample === undefined ? [] : blocksToAsk(sample)));
  const quantiles = asked.map((): Float32Array[] => []);
  const flat = function* () {
    for (const [index, blocks] of asked.entries()) for (const block of blocks) yield { ...block, index };
  };
  const count = asked.reduce((sum, { length }) => sum + length, 0);
  call.expect(count);
  await runQuantiles(flat(), await engine.workers(count), model, {
    onSample({ index }, own) {
      quantiles[index].push(own.slice());
    },
    onBatch: (done) => call.advance(done),
  });
  const reading = model.reading("nats");
  return samples.map((sample, k) => {
    if (sample === undefined) return { mi: 0, low: 0, high: 0, pValue: undefined };
    const { n, perm, summaries, allRows } = sample;
    const ranks = sample.levels === undefined ? rankEvidence(sample.whole) : undefined;
    const facts = { n, used: perm.length, ranks, summaries, allRows, warnings: [] };
    const { mi, interval, pValue, warnings: own } = readBlocks(quantiles[k], facts, reading);
    warnings.push(...own.filter(({ code }) => code === "near-ceiling"));
    return { mi, low: interval[0], high: interval[1], pValue };
  });
}

/** The first warning of every code. */
export function firstOfEach(warnings: readonly Warning[]): Warning[] {
  return warnings.filter(({ code }, k) => warnings.findIndex((other) => other.code === code) === k);
}
