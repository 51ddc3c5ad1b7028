/**
 * Draws of one row a cluster: whatever the rows of a cluster have to do with each other, those of a draw are independent. Estimates are
 * averaged over several draws (within-cluster resampling: Hoffman, Sen & Weinberg 2001; multiple outputation: Follmann, Proschan &
 * Leifer 2003). Which rows are drawn hangs on the values alone: neither a seed nor the order of rows, names of levels or clusters,
 * exchanged or mirrored columns have a part in it.
 */

import { type CodedColumn, rowsInOrder, tieStarts } from "../copula/index.js";
import { mixedWord, shuffled, streamOf } from "../numerics/random.js";
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
  const colours = coloursOf([x, y], clusters);
  const members = rowsOf(clusters);
  const same = (a: number, b: number): boolean =>
    [x, y].every(({ coded: { places } }) => places[a] === places[b]);
  if (members.every((rows) => rows.every((row) => same(row, rows[0])))) {
    return [Uint32Array.from(members, ([row]) => row)];
  }
  for (const rows of members) rows.sort((a, b) => colours.rows[a] - colours.rows[b]);
  members.sort((a, b) => colours.clusters[clusters.places[a[0]]] - colours.clusters[clusters.places[b[0]]]);
  const random = streamOf(sum(colours.rows), sum(colours.clusters), members.length);
  const turns = members.map((rows) => shuffled(rows.length, random).map((k) => rows[k]));
  const count = Math.round(ROWS_IN_DRAWS / members.length);
  return Array.from({ length: Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, count)) }, (_, draw) =>
    Uint32Array.from(turns, (rows) => rows[draw % rows.length]),
  );
}

/** The rows of every cluster. */
function rowsOf(clusters: CodedColumn): Uint32Array[] {
  const starts = tieStarts(clusters);
  const all = rowsInOrder(clusters);
  return Array.from({ length: clusters.distinct }, (_, k) => all.subarray(starts[k], starts[k + 1]));
}

/** Rounds after which values, clusters and rows that can be told apart have different colours, but for chance. */
const ROUNDS = 4;

/**
 * Words for rows and clusters that hang on what they have to do with each other (colour refinement: Weisfeiler & Leman 1968). What a value
 * starts with is how many rows it has and, for numbers, how far from the middle it is.
 */
function coloursOf(
  columns: readonly Drawn[],
  clusters: CodedColumn,
): { rows: Uint32Array; clusters: Uint32Array } {
  const values = columns.map(({ coded, kind }) => {
    const starts = tieStarts(coded);
    return Uint32Array.from({ length: coded.distinct }, (_, place) => {
      const fromEnd = Math.min(place, coded.distinct - 1 - place);
      return mixedWord(mixedWord(starts[place + 1] - starts[place]) + (kind === "number" ? fromEnd : 0));
    });
  });
  const own = new Uint32Array(clusters.distinct);
  const rows = new Uint32Array(clusters.places.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (let row = 0; row < rows.length; row++) {
      let word = mixedWord(own[clusters.places[row]] + 1);
      // A sum: the columns may be exchanged.
      for (const [k, { coded }] of columns.entries()) word += mixedWord(values[k][coded.places[row]]);
      rows[row] = mixedWord(word);
    }
    for (const [k, { coded }] of columns.entries()) refine(values[k], coded.places, rows);
    refine(own, clusters.places, rows);
  }
  return { rows, clusters: own };
}

/** Colours of values with those of their rows in them. */
function refine(colours: Uint32Array, places: Uint32Array, rows: Uint32Array): void {
  const sums = new Uint32Array(colours.length);
  for (let row = 0; row < places.length; row++) sums[places[row]] += mixedWord(rows[row] + 0x9e3779b9);
  for (let k = 0; k < colours.length; k++) colours[k] = mixedWord(colours[k] + mixedWord(sums[k]));
}

function sum(words: Uint32Array): number {
  return words.reduce((total, word) => (total + mixedWord(word)) | 0, 0);
}
