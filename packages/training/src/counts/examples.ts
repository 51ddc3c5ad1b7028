/** Random tables as the head sees them. */

import { scaleOf, summaryOf, tableFacts } from "infonet/internal/release";
import { ExampleColumns, type HeadDraws, type HeadExamples, type HeadManners } from "../heads/examples.js";
import { drawTable } from "../prior-tables/index.js";

/** Draws after which progress is told. */
const PIECE = 2000;

/**
 * Examples of consecutive draws, corrected from the Chao–Wang–Jost estimate on. Pure: the same seed and numbers give the same
 * examples.
 *
 * @throws the signal's reason if it is aborted
 */
export async function countExamples(
  { seed, first, count }: HeadDraws,
  { signal, onProgress }: HeadManners = {},
): Promise<HeadExamples> {
  const columns = new ExampleColumns(count);
  for (let k = 0; k < count; k++) {
    const { sample, mi } = drawTable(seed, first + k);
    const facts = tableFacts(sample);
    columns.add({
      ...{ n: facts.n, base: facts.chaoWangJost, scale: scaleOf(facts), summary: summaryOf(facts) },
      ...{ most: facts.small.entropy, mi, central: mi },
    });
    if ((k + 1) % PIECE > 0 && k + 1 < count) continue;
    onProgress?.(k + 1);
    // The signal gets its turn.
    await new Promise(setImmediate);
    signal?.throwIfAborted();
  }
  return columns.examples;
}
