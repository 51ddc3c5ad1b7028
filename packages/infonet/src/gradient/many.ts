/** Gradients of one pair and of many. */

import { runBatches } from "../engine/batches.js";
import type { Engine } from "../engine/engine.js";
import { failureOf, InfoNetError } from "../errors.js";
import { readPairs } from "../input/columns.js";
import type {
  Failure,
  Gradient,
  GradientOptions,
  GradientResult,
  ManyGradientOptions,
  NumberColumn,
} from "../types.js";
import { GRADIENTS, gradientBatch, type ReadPair, readPair } from "./differentiation.js";
import { GRADIENT, MANY_GRADIENT, readGradientOptions } from "./options.js";

/**
 * Differentiates one pair, on the calling thread.
 *
 * @throws InfoNetError for what cannot be read or differentiated, "invalid-option", "model"
 */
export async function gradientOf(
  { here }: Engine,
  x: NumberColumn,
  y: NumberColumn,
  options: GradientOptions,
): Promise<Gradient> {
  const settings = readGradientOptions(options, GRADIENT);
  const [result] = await here.run(GRADIENTS, { pairs: [readPair(x, y)], settings });
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
  pairs: ReadonlyArray<readonly [NumberColumn, NumberColumn]>,
  options: ManyGradientOptions,
): Promise<GradientResult[]> {
  const { signal, onProgress, ...settings } = readGradientOptions(options, MANY_GRADIENT);
  const list = readPairs(pairs);
  const results: (GradientResult | undefined)[] = new Array(list.length);
  const call = engine.call({ signal, onProgress });
  call.expect(list.length);
  const work = async (): Promise<GradientResult[]> => {
    await runBatches(list.entries(), await engine.workers(list.length), {
      task: GRADIENTS,
      largestBatch: gradientBatch(engine.model.network, settings),
      points: ([, [x, y]]) => Math.max(x.length, y.length),
      input: (batch) => ({ pairs: batch.map(([, pair]) => readOrRefused(pair)), settings }),
      async onBatch(batch, gradients) {
        for (const [k, [index]] of batch.entries()) results[index] = gradients[k];
        await call.advance(batch.length);
      },
    });
    return results as GradientResult[];
  };
  return call.run(work, () => results);
}

function readOrRefused([x, y]: readonly [NumberColumn, NumberColumn]): ReadPair | Failure {
  try {
    return readPair(x, y);
  } catch (error) {
    return failureOf(error);
  }
}
