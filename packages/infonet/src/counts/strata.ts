/** Mutual information of two columns of levels within the strata that a third one makes. */

import { type Codes, countsOf, renumbered } from "../input/variables.js";
import { pick } from "../numerics/rows.js";
import { estimateCounts, NINE_IN_TEN } from "./count-estimate.js";
import { type CountTable, countTable } from "./count-table.js";
import type { CountsHead } from "./counts-head.js";
import { chaoWangJost } from "./entropy.js";
import { tableFacts } from "./summary.js";
import { onGrid } from "./tally.js";

/** The rows of one level of the third column. */
export interface Stratum {
  rows: Uint32Array;
  /** The table of x and y in it, its levels numbered anew. */
  table: CountTable;
}

/**
 * The strata, in the order in which their levels are numbered. O(n).
 *
 * @param z level of every row, each of which has rows
 */
export function strataOf(x: Codes, y: Codes, z: Codes): Stratum[] {
  return rowsOfLevels(z).map((rows) => {
    const [a, b] = [x, y].map(({ codes }) => renumbered(pick(codes, rows)));
    return { rows, table: countTable(a, b) };
  });
}

/** The rows of every level. */
export function rowsOfLevels(levels: Codes): Uint32Array[] {
  const { codes, distinct } = levels;
  const rows = Array.from(countsOf(levels), (size) => new Uint32Array(size));
  const next = new Uint32Array(distinct);
  for (let row = 0; row < codes.length; row++) rows[codes[row]][next[codes[row]]++] = row;
  return rows;
}

/** The level of several columns together: rows that agree in all of them have the same, numbered by first appearance. */
export function combined(columns: readonly Codes[]): Codes {
  return columns.reduce((one, other) =>
    renumbered(Float64Array.from(one.codes, (code, row) => code * other.distinct + other.codes[row])),
  );
}

/** What the strata say, nats. */
export interface StrataEstimate {
  mi: number;
  /** 90 % interval. */
  interval: [low: number, high: number];
  /** What there is to tell at most: the smaller of the entropies of x and of y given z. */
  most: number;
}

/**
 * I(X; Y | Z) of levels. Where strata are small every estimate is off, and those of different kinds are so in different directions: the
 * mean is taken of what the tables of (X, Z) and Y, and of X and (Y, Z), say beyond those of Z alone, and of the plug-in information of the
 * strata less what the margins of each let expect of chance, as a share of what it could be at most, in the strata or by the entropies.
 * The interval holds the error of chance, and how far these are from each other. Renaming levels, reordering rows and exchanging x
 * and y change nothing.
 */
export function estimateStrata(x: Codes, y: Codes, z: Codes, head: CountsHead | undefined): StrataEstimate {
  const n = x.codes.length;
  if (z.distinct < 2) {
    const { mi, interval, entropies } = estimateCounts(countTable(x, y), head);
    return { mi, interval, most: Math.min(...entropies) };
  }
  const within = withinStrata(strataOf(x, y, z), n);
  const [xz, yz] = [combined([x, z]), combined([y, z])];
  const entropy = (codes: Codes): number => chaoWangJost(countsOf(codes));
  const ofZ = entropy(z);
  const most = Math.max(0, Math.min(entropy(xz) - ofZ, entropy(yz) - ofZ));
  const between = (a: Codes, b: Codes): number => estimateCounts(countTable(a, b), head).mi;
  // In this order, so that exchanging x and y does not reach the last bit.
  const beyond = (between(xz, y) - between(z, y) + (between(yz, x) - between(z, x))) / 2;
  const { plugIn, chance, room, square } = within;
  const share = room > chance ? Math.max(0, (plugIn - chance) / (room - chance)) : 0;
  const byEntropy = share * most;
  const mi = Math.min(most, (2 * Math.max(0, beyond) + share * room + byEntropy) / 4);
  const variance = Math.max(0, square - plugIn ** 2) / n + (chance + 0.5 / n) / n;
  const error = NINE_IN_TEN * Math.sqrt(variance + (beyond - byEntropy) ** 2);
  return { mi, interval: [Math.max(0, mi - error), Math.min(most, mi + error)], most };
}

/** Means over the rows of all strata. */
interface Within {
  plugIn: number;
  /** The mean of the plug-in information under the margins of each stratum. */
  chance: number;
  /** The smaller plug-in entropy. */
  room: number;
  /** The mean squared log ratio. */
  square: number;
}

function withinStrata(strata: readonly Stratum[], n: number): Within {
  const means: Within = { plugIn: 0, chance: 0, room: 0, square: 0 };
  for (const { table } of strata) {
    if (table.rows.length < 2 || table.columns.length < 2) continue;
    const { plugIn, expected, small, large, sums } = tableFacts(table);
    const share = table.n / n;
    // On a grid, so that strata may come in any order.
    means.plugIn += onGrid(share * plugIn);
    means.chance += onGrid(share * expected.information);
    means.room += onGrid(share * Math.min(small.plugIn, large.plugIn));
    means.square += onGrid(share * sums.square);
  }
  return means;
}
