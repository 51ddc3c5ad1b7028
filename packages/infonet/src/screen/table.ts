/** What the tables have in common that are measured of one set of weights. */

import { InfoNetError } from "../errors.js";

/**
 * Refuses a table that was made with other weights.
 *
 * @param kind name of the file without its ending
 * @param script npm script that makes it
 * @throws InfoNetError "model"
 */
export function requireWeights(kind: string, script: string, made: string, used: string): void {
  if (made === used) return;
  throw new InfoNetError(
    "model",
    `${kind}.json was made with weights ${made.slice(0, 12)}…, not ${used.slice(0, 12)}…; make it again with \`npm run ${script}\`.`,
  );
}

/** Position of a value between ascending knots: the knot before it and the share of the way to the next. */
export function position(knots: ArrayLike<number>, value: number): [index: number, share: number] {
  let k = 0;
  while (k < knots.length - 2 && knots[k + 1] < value) k++;
  const share = (value - knots[k]) / (knots[k + 1] - knots[k]);
  return [k, Math.min(1, Math.max(0, share))];
}
