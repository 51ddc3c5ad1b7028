/** What is to be said of the number of rows. */

import type { Warning } from "../types.js";
import type { PairEngine } from "./engine.js";

const FEW_ROWS = 100;

/** Warnings of few rows, and of more than the network takes. */
export function sizeWarnings(
  { n, complete }: { n: number; complete: number },
  engine: PairEngine,
): Warning[] {
  if (n < complete) {
    const message = `n is ${complete}; the estimate rests on ${n} rows chosen at random, as many as the model takes.`;
    return [{ code: "thinned", message }];
  }
  if (n < engine.fewestRows) {
    const message = `n is ${n}; the model was trained with ${engine.fewestRows} rows or more and is less sure below.`;
    return [{ code: "extrapolated", message }];
  }
  if (n < FEW_ROWS) {
    const message = `n is ${n}; below ${FEW_ROWS} the interval is wide. Collect more rows.`;
    return [{ code: "few-samples", message }];
  }
  return [];
}
