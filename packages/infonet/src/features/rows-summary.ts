/** What a sample of more rows than the network takes at once shows without it: all rows count, and errors fall with their number. */

import { gridInformation } from "./grid-information.js";
import { neighbourInformation } from "./neighbour-information.js";

/** The summary of a sample. */
export interface RowsSummary {
  n: number;
  /** Information by nearest neighbours and by tables, nats, from the finest on. */
  neighbours: readonly number[];
  grids: readonly number[];
  /** Cells of the finest table that have rows, a row. */
  filled: number;
}

/**
 * Summary of a sample. O(n) for points spread evenly, at most O(n^1.5).
 *
 * @param perm permutation of at least as many points as the neighbours that are counted, and one
 */
export function rowsSummary(perm: Uint32Array): RowsSummary {
  const { informations: grids, filled } = gridInformation(perm);
  return { n: perm.length, neighbours: neighbourInformation(perm), grids, filled };
}
