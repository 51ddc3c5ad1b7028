/** What is said of the number of rows and of the strength of dependence, for pairs and for several columns alike. */

import type { Units, Warning } from "../types.js";
import { amountOf } from "./units.js";

/** Fewest complete rows that an estimate is given for. */
export const FEWEST_SAMPLES = 8;

/** Share of rows left out from which it is worth a word. */
const MANY_MISSING = 0.05;
/** Below this many rows the interval is wide whatever the dependence. */
const FEW_SAMPLES = 100;

/** Of `total` rows only n are complete. */
export function missingWarning(total: number, n: number): Warning[] {
  const left = total - n;
  if (left < MANY_MISSING * total) return [];
  const share = Math.round((100 * left) / total);
  const message = `${left} of ${total} rows (${share} %) lack one of the values and were left out; the result speaks of the others.`;
  return [{ code: "missing", message }];
}

/**
 * Few rows, more than are used, or more or fewer than the model was trained with.
 *
 * @param n complete rows
 * @param used those of them that the result rests on
 */
export function sizeWarnings(
  n: number,
  used: number,
  [least, most]: readonly [least: number, most: number],
): Warning[] {
  if (used < n) {
    const message = `n is ${n}; the estimate rests on ${used} rows chosen at random, as many as the model takes.`;
    return [{ code: "thinned", message }];
  }
  if (n < least || n > most) {
    const message = `n is ${n}; the model was trained with ${least} to ${most} samples and is less sure beyond.`;
    return [{ code: "extrapolated", message }];
  }
  if (n < FEW_SAMPLES) {
    const message = `n is ${n}; below ${FEW_SAMPLES} the interval is wide. Collect more rows.`;
    return [{ code: "few-samples", message }];
  }
  return [];
}

/**
 * Where estimates come close to what n rows and the model can tell, nats. n ranks cannot tell more than about
 * ln n − 1: two variables in perfect agreement have neighbouring ranks, and what happens between neighbours is not
 * in the data.
 *
 * @param most largest information that the model can tell
 */
export function ceilingOf(n: number, most: number): number {
  return Math.min(Math.log(n) - 1.5, most - 0.5);
}

/**
 * A warning where an estimate is close to what samples can tell.
 *
 * @param nats the estimate
 * @param most nats that the network can tell at all
 * @param units unit in which it is told
 */
export function ceilingWarning(nats: number, n: number, most: number, units: Units): Warning[] {
  const ceiling = ceilingOf(n, most);
  if (nats < ceiling) return [];
  const message = `the estimate is close to what ${n} samples can tell (about ${amountOf(ceiling + 0.5, units, 1)}); read it as "at least".`;
  return [{ code: "near-ceiling", message }];
}
