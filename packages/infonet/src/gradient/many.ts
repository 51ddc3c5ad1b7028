/** Gradients of many pairs, in batches. */

import { checkSignal, keepFinished } from "../engine/stop.js";
import { failureOf } from "../errors.js";
import { readPairs } from "../input/columns.js";
import { readOptions } from "../input/options.js";
import type { Network } from "../network/network.js";
import type { Column, GradientResult, ManyGradientOptions } from "../types.js";
import { Differentiation, type PreparedGradient } from "./differentiation.js";
import { MANY_GRADIENT } from "./options.js";

/**
 * Differentiates pairs in their order.
 *
 * @param breathe lets timers and messages have their turn
 * @throws AbortedError with the results so far; InfoNetError "invalid-option", "model"
 */
export async function differentiateMany(
  network: Network,
  pairs: ReadonlyArray<readonly [Column, Column]>,
  options: ManyGradientOptions,
  breathe: () => Promise<void>,
): Promise<GradientResult[]> {
  const settings = readOptions(options, MANY_GRADIENT);
  const { signal, onProgress } = settings;
  const differentiation = new Differentiation(network, settings);
  const list = readPairs(pairs);
  const total = list.length;
  const results: (GradientResult | undefined)[] = new Array(total);
  let done = 0;
  const work = async (): Promise<GradientResult[]> => {
    while (done < total) {
      checkSignal(signal);
      const prepared: PreparedGradient[] = [];
      const indices: number[] = [];
      const end = Math.min(total, done + differentiation.batch);
      for (let index = done; index < end; index++) {
        try {
          prepared.push(differentiation.prepare(...list[index]));
          indices.push(index);
        } catch (error) {
          results[index] = failureOf(error);
        }
      }
      const gradients = prepared.length > 0 ? await differentiation.run(prepared) : [];
      gradients.forEach((gradient, k) => {
        results[indices[k]] = gradient;
      });
      done = end;
      onProgress?.({ done, total });
      await breathe();
    }
    return results as GradientResult[];
  };
  return keepFinished(work, () => ({ partial: results, done, total, unit: "pairs" }));
}
