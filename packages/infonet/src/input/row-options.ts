/** Reads what rows stand for: their clusters, and how many rows each of them is. */

import { describe, InfoNetError } from "../errors.js";
import type { RowOptions } from "../types.js";
import { type Cells, readCells } from "./cells.js";

/** What rows stand for, read. */
export interface RowCells {
  /** NaN where a row's cluster is missing. */
  cluster: Cells | undefined;
  /** Whole numbers from 0. */
  counts: Float64Array | undefined;
  /** Whether they follow each other in time. */
  series: boolean;
}

/** Rows that are told apart: their ranks are integers of 32 bits. */
const MOST_ROWS = 2 ** 32 - 1;

/**
 * What rows stand for.
 *
 * @throws InfoNetError "invalid-option" for counts that are no whole numbers from 0, or too many, or of a series, and as `readCells`
 */
export function readRowOptions({ rows, cluster, counts }: RowOptions): RowCells {
  if (rows === "series" && counts !== undefined) {
    throw new InfoNetError(
      "invalid-option",
      'rows is "series" and counts is given; rows of a series stand for themselves. Leave one of them out.',
    );
  }
  return {
    series: rows === "series",
    cluster: cluster === undefined ? undefined : readCells({ name: "cluster", values: cluster }),
    counts: counts === undefined ? undefined : readCounts(counts),
  };
}

function readCounts(values: ArrayLike<number | bigint>): Float64Array {
  const counts = new Float64Array(values.length);
  let total = 0;
  for (let row = 0; row < counts.length; row++) {
    const value: unknown = values[row];
    const count = typeof value === "bigint" ? Number(value) : value;
    if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 0) {
      throw new InfoNetError(
        "invalid-option",
        `counts has ${describe(value)} at row ${row}; pass whole numbers from 0: how many rows each row stands for.`,
      );
    }
    counts[row] = count;
    total += count;
  }
  if (total > MOST_ROWS) {
    throw new InfoNetError(
      "invalid-option",
      `counts has a sum of ${total}; at most ${MOST_ROWS} rows are told apart. Divide the counts by a common number.`,
    );
  }
  return counts;
}
