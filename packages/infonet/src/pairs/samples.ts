/** Samples for the network: two numbers, or levels beside a number. */

import {
  type CodedColumn,
  type Orientation,
  orderLevels,
  orientColumns,
  orientLevels,
  type RankedRows,
  thin,
} from "../copula/index.js";
import type { NetworkSample } from "../network/network.js";

/** A sample that the network can be asked about. */
export interface PairSample extends NetworkSample {
  orientation: Orientation;
  /** Strict ranks of the rows, of the first order of the ties. */
  xRanks: Uint32Array;
  yRanks: Uint32Array;
  /** Rows of the sample. */
  n: number;
  /** Rows that the network sees: length of `perm`. */
  used: number;
}

/** @param most rows that the network takes; of more, a random choice that hangs on the sample alone */
function seen({ perms, ...ranked }: RankedRows, most: number): PairSample {
  const [perm, ...others] = perms.map((whole) => thin(whole, most));
  return { ...ranked, perm, others, n: ranked.xRanks.length, used: perm.length };
}

/**
 * The sample of two numbers.
 *
 * @param x column without missing values
 * @param y as many
 * @param most rows that the network takes
 */
export function numberSample(x: CodedColumn, y: CodedColumn, most: number): PairSample {
  return seen(orientColumns(x, y), most);
}

/** The sample of levels beside a number. */
export interface LevelSample extends PairSample {
  /** The levels in the order of their axis. */
  ordered: CodedColumn;
}

/** The sample of levels beside a number, these in the order of their leading axis: see {@link numberSample}. */
export function levelSample(levels: CodedColumn, number: CodedColumn, most: number): LevelSample {
  const ordered = orderLevels(levels, number);
  return { ...seen(orientLevels(ordered, number), most), levels: levels.distinct, ordered };
}
