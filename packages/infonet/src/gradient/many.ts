/** Gradients of many pairs, in batches. */

import { InfoNetError } from "../errors.js";
import type { Column, GradientResult, Progress } from "../types.js";
import type { Differentiation, PreparedGradient } from "./differentiation.js";

/** How a call over many pairs is watched and stopped. */
export interface Watch {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Lets timers and messages have their turn. */
  breathe(): Promise<void>;
}

/**
 * Differentiates pairs in their order. Resolves early, with holes in the results, when the signal aborts.
 *
 * @returns results so far, and how many pairs are done
 */
export async function differentiateMany(
  differentiation: Differentiation,
  pairs: ReadonlyArray<readonly [Column, Column]>,
  { signal, onProgress, breathe }: Watch,
): Promise<{ results: (GradientResult | undefined)[]; done: number }> {
  const total = pairs.length;
  const results: (GradientResult | undefined)[] = new Array(total);
  const { batch } = differentiation;
  let done = 0;
  while (done < total && !signal?.aborted) {
    const prepared: PreparedGradient[] = [];
    const indices: number[] = [];
    const end = Math.min(total, done + batch);
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
  return { results, done };
}
