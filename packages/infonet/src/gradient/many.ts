/** Gradients of many pairs, in batches. */

import { InfoNetError } from "../errors.js";
import type { Network } from "../network/network.js";
import { checkSignal, keepFinished } from "../stop.js";
import type { Column, GradientResult, ManyGradientOptions } from "../types.js";
import { Differentiation, type PreparedGradient } from "./differentiation.js";
import { readGradientOptions } from "./options.js";

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
  const differentiation = new Differentiation(network, readGradientOptions(options));
  const { signal, onProgress } = options;
  const total = pairs.length;
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
          prepared.push(differentiation.prepare(...pairs[index]));
          indices.push(index);
        } catch (error) {
          if (!(error instanceof InfoNetError)) throw error;
          results[index] = { error: error.message };
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
