/** Samples for the network: two numbers, or levels beside a number. */

import {
  type CodedColumn,
  inverse,
  type Orientation,
  orderLevels,
  orientColumns,
  orientLevels,
  type RankedRows,
  selectRows,
  thin,
} from "../copula/index.js";
import type { NetworkSample } from "../network/network.js";
import { chosenPlaces } from "../numerics/random.js";

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
  /** The permutation of all rows. */
  whole: Uint32Array;
}

/** @param most rows that the network takes; of more, a random choice that hangs on the sample alone */
function seen({ perms, ...ranked }: RankedRows, most: number): PairSample {
  const [perm, ...others] = perms.map((whole) => thin(whole, most));
  return { ...ranked, perm, others, whole: perms[0], n: ranked.xRanks.length, used: perm.length };
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
  /** The levels in the order of their axis, at the rows that the network sees. */
  ordered: CodedColumn;
  /** The place of every level on the axis; {@link NOWHERE} for one that the network does not see. */
  placeOf: Uint32Array;
}

/** Place of a level without rows. */
export const NOWHERE = 0xffffffff;

/**
 * The sample of levels beside a number, these in the order of their leading axis: see {@link numberSample}. Rows that are too many
 * are thinned before: what is even in a level must be so in what the network sees.
 */
export function levelSample(levels: CodedColumn, number: CodedColumn, most: number): LevelSample {
  const n = levels.places.length;
  const rows = n > most ? someRows(levels, number, most) : undefined;
  const [a, b] =
    rows === undefined ? [levels, number] : [levels, number].map((column) => selectRows(column, rows));
  const ordered = orderLevels(a, b);
  const placeOf = new Uint32Array(levels.distinct).fill(NOWHERE);
  ordered.places.forEach((place, k) => {
    placeOf[levels.places[rows?.[k] ?? k]] = place;
  });
  return { ...seen(orientLevels(ordered, b), most), n, levels: a.distinct, ordered, placeOf };
}

/** A choice of rows that hangs on the sample alone: always the same places along the number, in canonical orientation. */
function someRows(levels: CodedColumn, number: CodedColumn, most: number): Uint32Array {
  const { yRanks, orientation } = orientLevels(orderLevels(levels, number), number);
  const rowAt = inverse(yRanks);
  const last = rowAt.length - 1;
  return chosenPlaces(rowAt.length, most)
    .map((place) => rowAt[orientation.flipV ? last - place : place])
    .sort();
}
