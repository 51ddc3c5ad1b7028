/** What the tables have in common that are measured of one set of weights. */

import type * as z from "zod/mini";
import { InfoNetError } from "../errors.js";
import { ascending, list } from "../network/document.js";

/** Values between which is interpolated: two at least, ascending. */
export function knots<Item extends z.ZodMiniType<number, number>>(item: Item, what: string) {
  return list(item, what, 2).check((context) => {
    const wrong = ascending(context.value);
    if (wrong === undefined) return;
    const { index, message } = wrong;
    context.issues.push({ code: "custom", input: context.value, path: [index], message });
  });
}

/** What is wrong with the sizes of tables with a row for each of `height` knots and `width` values a row. */
export function rows(
  tables: Record<string, readonly (readonly number[])[]>,
  height: number,
  width: number,
): { code: "custom"; input: unknown; path: PropertyKey[]; message: string }[] {
  const wrong = (path: PropertyKey[], input: unknown, length: number) => ({
    ...{ code: "custom" as const, input, path },
    message: `a list of ${length}, as many as it is tabulated at`,
  });
  return Object.entries(tables).flatMap(([name, table]) => [
    ...(table.length === height ? [] : [wrong([name], table, height)]),
    ...table.flatMap((row, i) => (row.length === width ? [] : [wrong([name, i], row, width)])),
  ]);
}

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
