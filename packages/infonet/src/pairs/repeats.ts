/** Pairs of numbers some of whose rows are written more than once. */

import { selectRows } from "../copula/index.js";
import { distinctRows } from "../evidence/index.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import type { CompletePair } from "./prepared.js";

/** A pair of numbers with each repeated row once, and a warning that says so; as it is where no rows are repeated. */
export function withoutRepeats([a, b]: readonly [string, string], pair: CompletePair): CompletePair {
  const { x, y, n } = pair;
  const found = distinctRows(x, y);
  if (found === undefined || found.rows.length < FEWEST_SAMPLES) return pair;
  const { rows, positions } = found;
  const message = `${n - rows.length} of ${n} rows repeat the ${a} and ${b} of another row, more than ties explain; estimate and p-value rest on the ${rows.length} distinct ones. Remove the copies, or, where rows belong together, name their cluster.`;
  return {
    ...pair,
    x: selectRows(x, rows),
    y: selectRows(y, rows),
    positions,
    n: rows.length,
    warnings: [...pair.warnings, { code: "repeated-rows", message }],
  };
}
