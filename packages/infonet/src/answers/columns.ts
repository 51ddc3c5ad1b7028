/** The columns of a table as questions about several of them see them: functions that others can be predicted by, or freed of others. */

import { readCells } from "../input/cells.js";
import { readColumns } from "../input/columns.js";
import { tiedScores } from "../levels/within-levels.js";
import { standardized } from "../numerics/moments.js";
import { pick } from "../numerics/rows.js";
import type { Column } from "../types.js";

/** A column, and what stands for it where others are predicted. */
export interface AnswerColumn {
  name: string;
  /** As it was given. */
  given: Column;
  /** Whether it has levels; two values are two levels. */
  levels: boolean;
  /** Normal scores of a number, indicators of levels but one, each with mean 0 and deviation 1; NaN where missing. */
  functions: Float64Array[];
}

/** Levels with an indicator of their own, at most: the most frequent. */
const MOST_INDICATORS = 6;

/** @throws InfoNetError for what is no table, or a column that cannot be read */
export function answerColumns(columns: unknown): AnswerColumn[] {
  return readColumns(columns).map(({ name, values }) => {
    const cells = readCells({ name, values });
    const present = presentRows(cells.values);
    const own = pick(cells.values, present);
    const counts = new Map<number, number>();
    for (const value of own) counts.set(value, (counts.get(value) ?? 0) + 1);
    const levels = cells.kind === "category" || counts.size <= 2;
    const functions = levels ? indicators(own, counts) : [tiedScores(own)];
    const spread = functions.map((values) => {
      const all = new Float64Array(cells.values.length).fill(Number.NaN);
      standardized(values).forEach((value, k) => {
        all[present[k]] = value;
      });
      return all;
    });
    return { name, given: values, levels, functions: spread };
  });
}

function presentRows(values: Float64Array): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) rows.push(row);
  return Uint32Array.from(rows);
}

function indicators(values: Float64Array, counts: ReadonlyMap<number, number>): Float64Array[] {
  const byCount = [...counts].sort(([a, p], [b, q]) => q - p || a - b).map(([value]) => value);
  return byCount
    .slice(0, Math.min(MOST_INDICATORS, Math.max(1, counts.size - 1)))
    .map((level) => values.map((value) => (value === level ? 1 : 0)));
}
