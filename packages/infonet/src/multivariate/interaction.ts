/** What columns tell together beyond what each of them tells by itself. */

import type { Engine } from "../engine/engine.js";
import { estimatesOf } from "../pairs/estimate.js";
import { CHANCE } from "../pairs/reading.js";
import type { Column, ManyPairsOptions, MutualInformation } from "../types.js";
import type { MixedRows } from "./mixed.js";
import type { Interaction, JointInformation } from "./types.js";

/** Columns up to which each is estimated by itself. */
const MOST_COLUMNS = 12;

/**
 * The information of all columns of one variable about the other, a single column, less the sum of what each tells by itself: synergy
 * where it is positive, redundancy where it is negative. Of two columns it is the interaction information (McGill 1954).
 *
 * @returns undefined where both variables have several columns, or one each
 */
export async function interactionOf(
  engine: Engine,
  { columns, kinds }: MixedRows,
  together: Pick<JointInformation, "mi" | "interval">,
  options: Pick<ManyPairsOptions, "units" | "signal" | "rows" | "cluster">,
): Promise<Interaction | undefined> {
  const sides = columns.map((list, side) =>
    list.map(
      (values, c): Column => ({
        values,
        kind: kinds[side][c] === "number" ? "number" : "category",
      }),
    ),
  );
  const several = sides.findIndex((list) => list.length > 1);
  const [one] = sides[1 - several] ?? [];
  if (several < 0 || sides[1 - several].length > 1 || sides[several].length > MOST_COLUMNS) return undefined;
  const found = await estimatesOf(
    engine,
    sides[several].map((column) => [column, one] as const),
    options,
  );
  const each = found.map((result) => ("mi" in result ? result : undefined));
  if (each.includes(undefined)) return undefined;
  const known = each as MutualInformation[];
  const sum = known.reduce((total, { mi }) => total + mi, 0);
  // A part that chance may have made is uncertain on both sides.
  const spread = (end: 0 | 1): number =>
    known.reduce((total, { mi, interval, pValue = 0 }) => {
      const distance = pValue > CHANCE && end === 0 ? mi : Math.abs(interval[end] - mi);
      return total + distance ** 2;
    }, 0);
  // All columns tell no less than one of them, whatever is lost on the way.
  const mi = Math.max(together.mi, ...known.map((result) => result.mi)) - sum;
  const [low, high] = together.interval.map((value) => Math.abs(value - together.mi));
  return {
    of: several === 0 ? "x" : "y",
    each: known.map((result) => result.mi),
    mi,
    interval: [mi - Math.sqrt(low ** 2 + spread(1)), mi + Math.sqrt(high ** 2 + spread(0))],
  };
}
