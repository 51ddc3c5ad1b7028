/** Gradients of one pair and of many. */

import { runBatches } from "../engine/batches.js";
import type { Engine } from "../engine/engine.js";
import { failureOf, InfoNetError } from "../errors.js";
import { readPairs } from "../input/columns.js";
import type { Column, Failure } from "../types.js";
import { GRADIENTS, gradientBatch, type ReadPair, readGradient, readPair } from "./differentiation.js";
import { GRADIENT, MANY_GRADIENT, readGradientOptions } from "./options.js";
import type { Gradient, GradientOptions, GradientResult, ManyGradientOptions } from "./types.js";

/**
 * Differentiates one pair, on the calling thread.
 *
 * @throws InfoNetError for what cannot be read or differentiated, "invalid-option", "model"
 */
export async function gradientOf(
  { here, model }: Engine,
  x: Column,
  y: Column,
  options: GradientOptions,
): Promise<Gradient> {
  const settings = readGradientOptions(options, GRADIENT);
  const [found] = await here.run(GRADIENTS, { pairs: [readPair(x, y)], settings });
  const result = readGradient(found, model.reading(settings.units));
  if (result.error !== undefined) throw new InfoNetError(result.code, result.error);
  return result;
}

/**
 * Differentiates pairs in batches.
 *
 * @throws AbortedError with the results so far; InfoNetError "invalid-option", "model"
 */
export async function gradientsOf(
  engine: Engine,
  pairs: ReadonlyArray<readonly [Column, Column]>,
  options: ManyGradientOptions,
): Promise<GradientResult[]> {
  const { signal, onProgress, ...settings } = readGradientOptions(options, MANY_GRADIENT);
  const list = readPairs(pairs);
  const results: (GradientResult | undefined)[] = new Array(list.length);
  const call = engine.call({ signal, onProgress });
  call.expect(list.length);
  const reading = engine.model.reading(settings.units);
  const work = async (): Promise<GradientResult[]> => {
    await runBatches(readOneByOne(list), await engine.workers(list.length), {
      task: GRADIENTS,
      largestBatch: gradientBatch(engine.model.network, settings),
      points: ([, pair]) => ("error" in pair ? 1 : Math.max(pair.x.values.length, pair.y.values.length)),
      input: (batch) => ({ pairs: batch.map(([, pair]) => pair), settings }),
      async onBatch(batch, gradients) {
        for (const [k, [index]] of batch.entries()) results[index] = readGradient(gradients[k], reading);
        await call.advance(batch.length);
      },
    });
    return results as GradientResult[];
  };
  return call.run(work, () => results);
}

type Read = [index: number, pair: ReadPair | Failure];

/** Pairs are read when their batch is made: those of all batches at once would be as many copies. */
function* readOneByOne(list: ReadonlyArray<readonly [Column, Column]>): Generator<Read> {
  for (const [index, pair] of list.entries()) yield [index, readOrRefused(pair)];
}

function readOrRefused([x, y]: readonly [Column, Column]): ReadPair | Failure {
  try {
    return readPair(x, y);
  } catch (error) {
    return failureOf(error);
  }
}
