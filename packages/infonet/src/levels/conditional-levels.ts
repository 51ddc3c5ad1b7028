/** Conditional mutual information of levels given levels: by the tables of the strata. */

import { type CountsHead, estimateStrata, logStratified } from "../counts/index.js";
import { InfoNetError } from "../errors.js";
import type { Codes } from "../input/variables.js";
import type { Warning } from "../types.js";
import { singles } from "./joint-levels.js";
import type { Part } from "./part.js";

/** Share of the rows that are alone in their stratum from which it is worth a word, and from which nothing can be said. */
const MANY_ALONE = 0.05;
const TOO_MANY_ALONE = 0.5;

/**
 * I(X; Y | Z) of levels with its test. Of rows that are alone in their stratum nothing is known: the interval holds what they could say.
 *
 * @param warnings gets one where there are many of them
 * @throws InfoNetError "too-many-levels"
 */
export function levelsGiven(
  [x, y, z]: readonly [Codes, Codes, Codes],
  head: CountsHead | undefined,
  warnings: Warning[],
): Part {
  const alone = singles(z) / z.codes.length;
  const { mi, interval, most } = estimateStrata(x, y, z, head);
  let [low, high] = interval;
  if (alone > MANY_ALONE) {
    const rows = x.codes.length;
    const what = `Z has ${z.distinct} different combinations of levels in ${rows} rows, ${Math.round(alone * rows)} of which are alone in theirs`;
    if (alone > TOO_MANY_ALONE) {
      throw new InfoNetError(
        "too-many-levels",
        `${what}; nothing can be counted there. Give fewer columns, or join their levels to fewer.`,
      );
    }
    const message = `${what}; nothing can be counted there, and the interval holds whatever they would say. Give fewer columns, or join their levels to fewer.`;
    warnings.push({ code: "many-levels", message });
    high = Math.min(most, high + alone * most);
    low *= 1 - alone;
  }
  return { mi, low, high, logP: logStratified(x, y, z) };
}
