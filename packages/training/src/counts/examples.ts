/** Random tables as the head sees them. */

import { scaleOf, summaryOf, tableFacts } from "infonet/internal/release";
import { drawTable } from "../prior-tables/index.js";

/** Examples of the head, column by column. */
export interface CountExamples {
  count: number;
  /** Numbers of an input. */
  width: number;
  /** Summaries, [count, width]. */
  inputs: Float64Array;
  /** True information in the head's unit, from the Chao–Wang–Jost estimate on. */
  targets: Float64Array;
  /** That estimate, the unit and the smaller entropy, nats. */
  base: Float64Array;
  scale: Float64Array;
  most: Float64Array;
  /** True information, nats. */
  mi: Float64Array;
  n: Float64Array;
}

/** Streams of draws that never meet: draws are numbered from here on. */
export const FIRST = { training: 0, calibration: 2 ** 40, evaluation: 2 ** 41 } as const;

/** Draws after which progress is told. */
const PIECE = 2000;

/**
 * Examples of consecutive draws. Pure: the same seed and numbers give the same examples.
 *
 * @param first number of the first draw
 * @param onProgress is told after every few thousand
 * @throws the signal's reason if it is aborted
 */
export async function countExamples(
  { seed, first, count }: { seed: number; first: number; count: number },
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number) => void } = {},
): Promise<CountExamples> {
  let width = 0;
  let inputs = new Float64Array();
  const [targets, base, scale, most, mi, n] = Array.from({ length: 6 }, () => new Float64Array(count));
  for (let k = 0; k < count; k++) {
    const draw = drawTable(seed, first + k);
    const facts = tableFacts(draw.sample);
    const summary = summaryOf(facts);
    if (k === 0) {
      width = summary.length;
      inputs = new Float64Array(count * width);
    }
    inputs.set(summary, k * width);
    base[k] = facts.chaoWangJost;
    scale[k] = scaleOf(facts);
    most[k] = facts.small.entropy;
    mi[k] = draw.mi;
    n[k] = facts.n;
    targets[k] = (draw.mi - base[k]) / scale[k];
    if ((k + 1) % PIECE > 0 && k + 1 < count) continue;
    onProgress?.(k + 1);
    // The signal gets its turn.
    await new Promise(setImmediate);
    signal?.throwIfAborted();
  }
  return { count, width, inputs, targets, base, scale, most, mi, n };
}
