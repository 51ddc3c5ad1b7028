/**
 * Information by tables: equal cells of the ranks along both axes, whose entropy is estimated with little bias. Few cells blur edges and
 * lines, and the finer the table the less so, in proportion to the side of a cell or to its square: tables of several sides tell how
 * much is lost. Where the cells happen to lie matters little in the mean of tables that are shifted by half a cell.
 */

import { digamma } from "../numerics/digamma.js";
import { mean } from "../numerics/moments.js";

/** Rows of a cell on average if the cells were filled evenly, from the finest table on: each has half the cells along an axis of the one before. */
export const ROWS_A_CELL = [4, 16, 64, 256] as const;

/** What the tables say. */
export interface GridInformation {
  /** Estimates, nats, from the finest tables on: the mean of those shifted along none, one and both axes. */
  informations: number[];
  /** Cells of the finest table that have rows, a row, where none are shifted. */
  filled: number;
}

/** Shifts along both axes, in cells. */
const SHIFTS = [
  [0, 0],
  [0, 0.5],
  [0.5, 0],
  [0.5, 0.5],
] as const;

/**
 * Estimates of the mutual information of a sample by tables of its ranks. The entropy of the cells is that of Grassberger (2003), "Entropy
 * estimates from insufficient samplings", equation 28. O(n).
 *
 * @param perm permutation of at least one point
 */
export function gridInformation(perm: Uint32Array): GridInformation {
  const tables = ROWS_A_CELL.map((rows) => {
    const cells = Math.max(1, Math.round(Math.sqrt(perm.length / rows)));
    return SHIFTS.map((shift) => table(perm, cells, shift));
  });
  return {
    informations: tables.map((shifted) => mean(shifted.map(({ information }) => information))),
    filled: tables[0][0].filled / perm.length,
  };
}

/** The estimate by cells of a number along an axis, and how many have rows. */
function table(
  perm: Uint32Array,
  cells: number,
  [ofU, ofV]: readonly [number, number],
): { information: number; filled: number } {
  const n = perm.length;
  // Shifted cells are one more, of which the outer ones are halves.
  const most = cells + 1;
  const counts = new Uint32Array(most * most);
  const [alongU, alongV] = [new Uint32Array(most), new Uint32Array(most)];
  for (let u = 0; u < n; u++) {
    const row = Math.floor(((u + 0.5) * cells) / n + ofU);
    const column = Math.floor(((perm[u] + 0.5) * cells) / n + ofV);
    alongU[row]++;
    alongV[column]++;
    counts[row * most + column]++;
  }
  const tally: number[] = [];
  let filled = 0;
  for (const count of counts) {
    if (count === 0) continue;
    filled++;
    tally[count] = (tally[count] ?? 0) + 1;
  }
  // How ranks fill the cells of an axis is known: nothing is estimated there.
  const ofAxes = (logSum(alongU) + logSum(alongV)) / n;
  return { information: Math.log(n) - ofAxes + countSum(tally) / n, filled };
}

/** Sum of c ln c. */
function logSum(counts: Uint32Array): number {
  return counts.reduce((sum, count) => sum + (count === 0 ? 0 : count * Math.log(count)), 0);
}

/** Sum of c·G(c) over counts, of which there are so many each; G(c) is on average the logarithm of the mean where counts are Poisson. */
function countSum(tally: readonly number[]): number {
  let sum = 0;
  // G(1) = −γ − ln 2, G(2) = 2 + G(1); odd ones from 3 on are as the even one below, and G(2m + 2) = G(2m) + 2 / (2m + 1).
  let value = digamma(1) - Math.LN2;
  for (let count = 1; count < tally.length; count++) {
    if (count % 2 === 0) value += 2 / (count - 1);
    sum += (tally[count] ?? 0) * count * value;
  }
  return sum;
}
