/** What the rows of a call stand for, as its pairs use it. */

import { type CodedColumn, codeColumn } from "../copula/index.js";
import { readRowOptions } from "../input/row-options.js";
import type { RowOptions } from "../types.js";

/** What rows stand for, where they are not one observation each, independent of all others. */
export interface RowRoles {
  /** How many rows each row stands for. */
  counts: Float64Array | undefined;
  /** Which rows belong together. */
  clusters: CodedColumn | undefined;
  /** Whether they follow each other in time, within each cluster where there are some. */
  series: boolean;
}

/** Rows that stand for themselves. */
export const NO_ROLES: RowRoles = { counts: undefined, clusters: undefined, series: false };

/**
 * What the options say of the rows.
 *
 * @throws InfoNetError "invalid-option", and as `readCells`
 */
export function rowRoles(options: RowOptions): RowRoles {
  const { counts, cluster, series } = readRowOptions(options);
  return { counts, series, clusters: cluster && codeColumn(cluster.values) };
}
