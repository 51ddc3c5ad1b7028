/**
 * Whether rows are enough to free two variables of a condition: where predictions of both are off in the same places, what they have missed
 * looks like dependence. Predictions fitted to fewer rows are farther off; where those of X and those of Y are so in the same
 * places, although they were fitted to different rows, both still fall short of what the condition tells.
 */

import { correlation } from "../numerics/moments.js";
import { shuffled, stream } from "../numerics/random.js";
import { appended, pick } from "../numerics/rows.js";
import { better, predictions } from "../prediction/prediction.js";
import type { Condition, Told } from "./residual.js";

/** Names the random numbers of the parts. */
const PARTS = 93;
const COUNT = 3;
/** Standard errors of a correlation by which predictions from a third of the rows must be off in common, to be heeded. */
const LEAST = 1.5;
/** So many times as much may be missed in common by predictions from all rows: these are learnt the more slowly, the harder they are. */
const SLOWLY = 12;

/** Whether what is left of two variables may be owed to what predictions of both have missed. */
export function isBeyondReach(both: readonly [Told, Told], seed: number): boolean {
  const [{ variable, condition }] = both;
  const n = variable.scores[0].length;
  if (n < COUNT * FEWEST || condition.scores.length === 0) return false;
  const order = shuffled(n, stream(seed, PARTS));
  const parts = Array.from({ length: COUNT }, (_, k) => order.filter((_, place) => place % COUNT === k));
  const [a, b] = errorsOf(both, parts, condition, seed);
  let [common, count] = [0, 0];
  for (let k = 0; k < COUNT; k++) {
    for (const i of parts.keys()) {
      for (const j of parts.keys()) {
        if (i === j || i === k || j === k) continue;
        for (const row of parts[k]) common += a.off[i][row] * b.off[j][row];
        count += parts[k].length;
      }
    }
  }
  const scale = Math.sqrt(n) / Math.sqrt(squareOf(a.left) * squareOf(b.left));
  const missed = (common / count) * scale;
  const seen = Math.sqrt(n) * correlation(a.left, b.left);
  return missed * seen > 0 && Math.abs(missed) > LEAST && Math.abs(seen) < SLOWLY * Math.abs(missed);
}

/** Rows of a part, at least. */
const FEWEST = 30;

/** What predictions from all rows leave of a variable, and how far those from each part are from them. */
interface Errors {
  left: Float64Array;
  off: Float64Array[];
}

/** Errors of the normal scores of both variables. */
function errorsOf(
  both: readonly [Told, Told],
  parts: readonly Uint32Array[],
  { scores, values }: Condition,
  seed: number,
): Errors[] {
  const errors = both.map(({ variable, scoresByScores, scoresByValues }) => {
    const [target] = variable.scores;
    const whole = better(scoresByScores, scoresByValues)?.values ?? new Float64Array(target.length);
    const left = target.map((value, row) => value - whole[row]);
    return { target, whole, left, off: [] as Float64Array[] };
  });
  parts.forEach((own, k) => {
    const rows = appended([own, ...parts.filter((_, j) => j !== k)]);
    const at = (columns: readonly Float64Array[]) => columns.map((column) => pick(column, rows));
    const targets = errors.map(({ target }) => pick(target, own));
    predictions(targets, at(scores), seed, at(values)).forEach((found, t) => {
      const { whole, off } = errors[t];
      const result = new Float64Array(whole.length);
      rows.forEach((row, place) => {
        result[row] = (found?.values[place] ?? 0) - whole[row];
      });
      off.push(result);
    });
  });
  return errors;
}

const squareOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;
