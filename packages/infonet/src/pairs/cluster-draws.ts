/**
 * Draws of one row a cluster: whatever the rows of a cluster have to do with each other, those of a draw are independent. Estimates are
 * averaged over several draws (within-cluster resampling: Hoffman, Sen & Weinberg 2001; multiple outputation: Follmann, Proschan &
 * Leifer 2003). Which rows are drawn hangs on the values alone: neither a seed nor the order of rows or clusters has a part in it.
 */

import {
  type CodedColumn,
  mirroredColumn,
  type Orientation,
  orderLevels,
  orientColumns,
  orientLevels,
  rowsInOrder,
  tieStarts,
} from "../copula/index.js";
import { shuffled, streamOf } from "../numerics/random.js";
import type { ColumnKind } from "../types.js";

/** Draws at most, and at least; between them so many that all have about this number of rows. */
const MOST_DRAWS = 16;
const FEWEST_DRAWS = 4;
const ROWS_IN_DRAWS = 400_000;

/** A column of a pair, and what it was read as. */
interface Drawn {
  coded: CodedColumn;
  kind: ColumnKind;
}

/**
 * Rows of one draw after another, each with one row of every cluster. A cluster gives all of its rows in turn before it gives one again.
 * There is one draw alone where all rows of a cluster are the same everywhere.
 *
 * @param clusters of the rows, none missing
 */
export function clusterDraws(x: Drawn, y: Drawn, clusters: CodedColumn): Uint32Array[] {
  const [first, second] = canonical(x, y);
  const same = (a: number, b: number): boolean =>
    first.places[a] === first.places[b] && second.places[a] === second.places[b];
  const sorted = [second, first, clusters].reduce<Uint32Array | undefined>(
    (rows, column) => sortedBy(column, rows),
    undefined,
  ) as Uint32Array;
  const starts = tieStarts(clusters);
  const members = Array.from({ length: clusters.distinct }, (_, k) =>
    sorted.subarray(starts[k], starts[k + 1]),
  );
  if (members.every((rows) => same(rows[0], rows[rows.length - 1]))) {
    return [Uint32Array.from(members, ([row]) => row)];
  }
  const before = (a: number, b: number): number =>
    first.places[a] - first.places[b] || second.places[a] - second.places[b];
  members.sort((a, b) => {
    if (a.length !== b.length) return a.length - b.length;
    for (const [k, row] of a.entries()) {
      const order = before(row, b[k]);
      if (order !== 0) return order;
    }
    return 0;
  });
  const random = streamOf(...fingerprint(members, [first, second]));
  const turns = members.map((rows) => shuffled(rows.length, random).map((k) => rows[k]));
  const count = Math.round(ROWS_IN_DRAWS / members.length);
  return Array.from({ length: Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, count)) }, (_, draw) =>
    Uint32Array.from(turns, (rows) => rows[draw % rows.length]),
  );
}

/**
 * Two words that any change of the rows changes: were the draws of all samples the same, those of sorted clusters would choose alike in
 * one after the other.
 */
function fingerprint(members: readonly Uint32Array[], columns: readonly CodedColumn[]): [number, number] {
  let [a, b] = [0x811c9dc5, 0x2545f491];
  const take = (word: number): void => {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ (word + (a >>> 7)), 0x85ebca6b);
  };
  for (const rows of members) {
    take(rows.length);
    for (const row of rows) for (const { places } of columns) take(places[row]);
  }
  return [a, b];
}

/** Rows in the order of a column, those of one value in an order that they have already. */
function sortedBy(column: CodedColumn, rows: Uint32Array | undefined): Uint32Array {
  if (rows === undefined) return rowsInOrder(column);
  const next = tieStarts(column);
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) sorted[next[column.places[row]]++] = row;
  return sorted;
}

/** The columns as they are on the canonical square: exchanging or mirroring them changes nothing. Levels are put in an order. */
function canonical(x: Drawn, y: Drawn): [CodedColumn, CodedColumn] {
  const turned = (a: CodedColumn, b: CodedColumn, { flipU, flipV, swap }: Orientation) => {
    const [u, v] = [flipU ? mirroredColumn(a) : a, flipV ? mirroredColumn(b) : b];
    return (swap ? [v, u] : [u, v]) as [CodedColumn, CodedColumn];
  };
  if (x.kind === "number" && y.kind === "number") {
    return turned(x.coded, y.coded, orientColumns(x.coded, y.coded).orientation);
  }
  if (x.kind === "number") return canonical(y, x);
  if (y.kind === "number") {
    const levels = orderLevels(x.coded, y.coded);
    return turned(levels, y.coded, orientLevels(levels, y.coded).orientation);
  }
  const [a, b] = [bySize(x.coded), bySize(y.coded)];
  return a.distinct <= b.distinct ? [a, b] : [b, a];
}

/** Levels in the order of their numbers of rows. */
function bySize(column: CodedColumn): CodedColumn {
  const starts = tieStarts(column);
  const size = (place: number): number => starts[place + 1] - starts[place];
  const order = Array.from({ length: column.distinct }, (_, place) => place).sort(
    (a, b) => size(a) - size(b),
  );
  const placeOf = new Uint32Array(column.distinct);
  order.forEach((place, k) => {
    placeOf[place] = k;
  });
  return { ...column, places: column.places.map((place) => placeOf[place]) };
}
