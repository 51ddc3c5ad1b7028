/** A table of many columns in groups, with made-up pairs: what a report of it needs, without an estimate. */
import type { MatrixResult } from "../output/result.js";
import { uniform } from "../random.js";
import type { Table } from "../table/types.js";
import { column, estimated, resultOf, tableOf } from "./samples.js";

/** Columns of one group: they share much, and little with others. */
const GROUP = 20;
const ROWS = 60;

/** A table with these columns, and a result with all its pairs, strongest first; every hundredth has no number. */
export function wideResult(names: readonly string[]): { table: Table; result: MatrixResult } {
  const random = uniform(names.length);
  const groups = names.map((_, k) => (k * 7) % Math.ceil(names.length / GROUP));
  const factors = groups.map(() => Float64Array.from({ length: ROWS }, random));
  const columns = names.map((name, k) =>
    column(
      name,
      factors[groups[k]].map((value) => value + random() / 2),
    ),
  );
  const pairs: MatrixResult["pairs"] = [];
  for (let j = 0; j < names.length; j++) {
    for (let i = 0; i < j; i++) {
      const mi = groups[i] === groups[j] ? 0.1 + 1.5 * random() ** 2 : 0.04 * random() ** 4;
      const pValue = Math.exp(-40 * mi);
      const cell = estimated(names[i], names[j], mi, { pValue, qValue: Math.min(1, 25 * pValue), n: ROWS });
      pairs.push(random() < 0.01 ? { x: names[i], y: names[j], error: "made up to have none" } : cell);
    }
  }
  const strength = (pair: (typeof pairs)[number]) => (pair.error === undefined ? pair.mi : -1);
  pairs.sort((a, b) => strength(b) - strength(a));
  return { table: tableOf(columns), result: resultOf(pairs) };
}
