/** Pairs some of whose rows are written more than once. */

import { selectRows } from "../copula/index.js";
import { type DistinctRows, distinctRows, distinctRowsBeside } from "../evidence/index.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import type { Warning } from "../types.js";
import type { CompletePair } from "./prepared.js";
import { FREE, type Side } from "./sides.js";

/** The distinct rows of two numbers, or of levels beside a number, where rows are repeated. */
function distinctOf({ x, y }: CompletePair, [a, b]: readonly [Side, Side]): DistinctRows | undefined {
  if (a.kind === "number" && b.kind === "number") return distinctRows(x, y);
  if (a.kind === "levels" && b.kind === "number") return distinctRowsBeside(x, y);
  if (a.kind === "number" && b.kind === "levels") return distinctRowsBeside(y, x);
  return undefined;
}

/**
 * A pair of numbers, or of levels beside a number, with each repeated row once, and a warning that says so. As it is where no rows are repeated; where all are so, many
 * times over, which may be meant, it is warned of alone.
 */
export function withoutRepeats(
  [a, b]: readonly [string, string],
  pair: CompletePair,
  sides: readonly [Side, Side],
): CompletePair {
  const { x, y, n } = pair;
  const found = distinctOf(pair, sides);
  if (found === undefined || found.rows.length < FEWEST_SAMPLES) return pair;
  const { rows, positions, often } = found;
  if (often) {
    const message = `${n} rows have ${rows.length} different pairs of ${a} and ${b}, more alike than ties explain; estimate and p-value take each row for one observation. ${REMEDY}`;
    return { ...pair, warnings: [...pair.warnings, { code: "repeated-rows", message }] };
  }
  const message = `${copiesInWords(n - rows.length, n, [a, b])}; estimate and p-value rest on the ${rows.length} distinct ones. ${REMEDY}`;
  return {
    ...pair,
    x: selectRows(x, rows),
    y: selectRows(y, rows),
    positions,
    n: rows.length,
    warnings: [...pair.warnings, { code: "repeated-rows", message }],
  };
}

/**
 * A warning where numbers beside atoms are repeated. Their rows are used all the same: of two zeros nobody knows whether they are one row.
 */
export function repeatWarning(names: readonly [string, string], [a, b]: readonly [Side, Side]): Warning[] {
  if ([a, b].some(({ kind }) => kind === "levels") || [a, b].every(({ kind }) => kind === "number"))
    return [];
  const free = Uint32Array.from(a.atoms.keys()).filter(
    (row) => a.atoms[row] === FREE && b.atoms[row] === FREE,
  );
  const found = distinctRows(selectRows(a.column, free), selectRows(b.column, free));
  if (found === undefined) return [];
  const copies = copiesInWords(free.length - found.rows.length, free.length, names, " without atoms");
  return [
    {
      code: "repeated-rows",
      message: `${copies}; estimate and p-value take each for one more observation. ${REMEDY}`,
    },
  ];
}

const REMEDY = "Remove the copies, or, where rows belong together, name their cluster.";

function copiesInWords(copies: number, n: number, [a, b]: readonly [string, string], which = ""): string {
  return `${copies} of ${n} rows${which} repeat the ${a} and ${b} of another row, more than ties explain`;
}
