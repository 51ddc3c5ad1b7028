/**
 * What the two columns of a pair are: numbers, levels, or numbers with atoms. An atom is a value that far more rows have than
 * any usual one, such as the zeros of an amount or the readings at a limit of detection.
 */

import { type CodedColumn, tieStarts } from "../copula/index.js";
import type { ColumnKind, SideKind } from "../types.js";

/** A column of a pair, over the pair's rows. */
export interface Side {
  kind: SideKind;
  column: CodedColumn;
  /** Number of the atom at every row; {@link FREE} where the value is none. */
  atoms: Uint32Array;
  /** Rows whose value is no atom. */
  free: number;
  /** How many rows of the sample each row stands for, where it is not one; only where all values are levels. */
  weights?: Float64Array;
}

/** Stands for all values that are no atoms. */
export const FREE = 0xffffffff;

/** From so many rows a cell on average a table of counts says all that there is to say, whatever the columns are; */
const FULL_TABLE = 10;
/** and from so many where the columns have few values, or are categories: fewer where the values of one have no order anyway. */
const SMALL_TABLE = 5;
const TABLE_OF_CATEGORIES = 2;
const FEW_VALUES = 20;

/** Rows that the values of small counts have, on average. */
const ROWS_A_COUNT = 3;

/** An atom has at least this share of the rows, and at least so many of them, */
const ATOM_SHARE = 0.05;
const ATOM_ROWS = 8;
/** and so many times those of the values about it. */
const ATOM_FACTOR = 5;

/**
 * The sides of a pair. Levels are categories, columns of two values, and any two columns whose table of counts is well filled.
 *
 * @param x column without missing values, and the kind that it was read as
 */
export function sidesOf(
  x: readonly [CodedColumn, ColumnKind],
  y: readonly [CodedColumn, ColumnKind],
): [Side, Side] {
  const [[a], [b]] = [x, y];
  if (a.places.length >= rowsToCount(x, y)) return [asLevels(a), asLevels(b)];
  return [sideOf(...x), sideOf(...y)];
}

/**
 * Whether two columns will be levels both, unless the rows that one of them misses change that. O(1).
 *
 * @param n rows of the sample
 */
export function mayBeCounted(
  x: { kind: ColumnKind; coded: CodedColumn },
  y: { kind: ColumnKind; coded: CodedColumn },
  n = x.coded.places.length,
): boolean {
  const bothLevels = [x, y].every(({ kind, coded }) => kind === "category" || coded.distinct === 2);
  return bothLevels || n >= rowsToCount([x.coded, x.kind], [y.coded, y.kind]);
}

/** Rows from which two columns are counted. */
function rowsToCount(...columns: (readonly [CodedColumn, ColumnKind])[]): number {
  const categories = columns.filter(([, kind]) => kind === "category").length;
  const few = columns.every(([{ distinct }, kind]) => kind === "category" || distinct <= FEW_VALUES);
  const rowsACell = !few ? FULL_TABLE : categories > 0 ? TABLE_OF_CATEGORIES : SMALL_TABLE;
  return columns.reduce((rows, [{ distinct }]) => rows * distinct, rowsACell);
}

/**
 * What columns are that are not looked at two by two: all of them levels where the table of all is well filled.
 *
 * @param columns without missing values, and the kinds that they were read as
 */
export function kindsOf(columns: readonly (readonly [CodedColumn, ColumnKind])[]): SideKind[] {
  const n = columns[0][0].places.length;
  if (n >= rowsToCount(...columns)) return columns.map(() => "levels");
  return columns.map((column) => sideOf(...column).kind);
}

function sideOf(column: CodedColumn, kind: ColumnKind): Side {
  if (kind === "category" || column.distinct === 2) return asLevels(column);
  const mixture = withAtoms(column);
  if (mixture === undefined) return numbers(column);
  const others = column.distinct - new Set(mixture.atoms).size + 1;
  // Counts of small numbers, which come again and again.
  const counts = column.distinct <= FEW_VALUES && others * ROWS_A_COUNT <= mixture.free;
  return counts ? asLevels(column) : mixture;
}

/** A column every value of which is a level. */
export function asLevels(column: CodedColumn, weights?: Float64Array): Side {
  return { kind: "levels", column, atoms: column.places, free: 0, weights };
}

/** Rows of the sample that have each value of a column. */
export function valueCounts({ column: { places, distinct }, weights }: Side): Uint32Array {
  const counts = new Uint32Array(distinct);
  for (let row = 0; row < places.length; row++) counts[places[row]] += weights?.[row] ?? 1;
  return counts;
}

function numbers(column: CodedColumn): Side {
  const n = column.places.length;
  return { kind: "number", column, atoms: new Uint32Array(n).fill(FREE), free: n };
}

/**
 * The atom of every row, {@link FREE} where the value is none.
 *
 * @param column without missing values
 * @returns undefined of a column without atoms
 */
export function atomsOf(column: CodedColumn): Uint32Array | undefined {
  return withAtoms(column)?.atoms;
}

/** A column that has atoms and other values. */
function withAtoms(column: CodedColumn): Side | undefined {
  const { places, distinct } = column;
  const n = places.length;
  if (distinct === n) return undefined;
  const starts = tieStarts(column);
  const counts = Uint32Array.from({ length: distinct }, (_, place) => starts[place + 1] - starts[place]);
  const least = Math.max(ATOM_ROWS, ATOM_SHARE * n);
  const atomOf = new Uint32Array(distinct).fill(FREE);
  let atoms = 0;
  let free = n;
  for (let place = 0; place < distinct; place++) {
    if (counts[place] < least || counts[place] < ATOM_FACTOR * usualRows(counts, place)) continue;
    atomOf[place] = atoms++;
    free -= counts[place];
  }
  if (atoms === 0) return undefined;
  return { kind: "mixture", column, atoms: places.map((place) => atomOf[place]), free };
}

/** Values on both sides of one that say how many rows are usual about it. */
const NEIGHBOURS = 4;

/** The median of the rows that the nearest other values have. */
function usualRows(counts: Uint32Array, place: number): number {
  const last = counts.length - 1;
  const from = Math.min(Math.max(0, place - NEIGHBOURS / 2), Math.max(0, last - NEIGHBOURS));
  const near = [...counts.subarray(from, from + NEIGHBOURS + 1)];
  near.splice(place - from, 1);
  near.sort((a, b) => a - b);
  return (near[(near.length - 1) >> 1] + near[near.length >> 1]) / 2;
}
