/** Samples for the network: two numbers, or levels beside a number. */

import {
  blockLabels,
  blocksOf,
  type CodedColumn,
  type Orientation,
  orderedLevels,
  orderLevels,
  orientColumns,
  orientLevels,
  selectRows,
} from "../copula/index.js";
import { type LevelSummary, levelSummary, type RowsSummary, rowsSummary } from "../features/index.js";
import type { NetworkSample } from "../network/network.js";

/** A sample that the network can be asked about. */
export interface PairSample extends NetworkSample {
  orientation: Orientation;
  /** Strict ranks of the rows, of the first order of the ties. */
  xRanks: Uint32Array;
  yRanks: Uint32Array;
  /** Rows of the sample. */
  n: number;
  /** The permutation of all rows. */
  whole: Uint32Array;
  /** Where there are more rows than the network takes, `perm` is a block of them, and these are the other blocks. */
  more: readonly NetworkSample[];
  /** Of levels beside a number: what each of the blocks shows without the network. */
  summaries?: readonly LevelSummary[];
  /** Of two numbers in several blocks: what all rows show without the network. */
  allRows?: RowsSummary | undefined;
}

/** What the network is asked about a sample: one block of its rows, or several. */
export function blocksToAsk({ perm, others, levels, more }: PairSample): NetworkSample[] {
  return [{ perm, others, levels }, ...more];
}

/**
 * The sample of two numbers.
 *
 * @param x column without missing values
 * @param y as many
 * @param most rows that the network takes at once
 */
export function numberSample(x: CodedColumn, y: CodedColumn, most: number): PairSample {
  const { perms, ...ranked } = orientColumns(x, y);
  const orders = perms.map((perm) => blocksOf(perm, most));
  const [first, ...more] = orders[0].map((perm, k) => ({
    perm,
    others: orders.slice(1).map((blocks) => blocks[k]),
  }));
  const n = x.places.length;
  const allRows = more.length > 0 ? rowsSummary(perms[0]) : undefined;
  return { ...ranked, ...first, more, n, whole: perms[0], allRows };
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
 * The sample of levels beside a number, these in the order of their leading axis: see {@link numberSample}. Of more rows than the network
 * takes, blocks are formed before: what is even in a level must be so in what the network sees.
 */
export function levelSample(levels: CodedColumn, number: CodedColumn, most: number): LevelSample {
  const n = levels.places.length;
  const blocks: (Uint32Array | undefined)[] = n > most ? rowBlocks(levels, number, most) : [undefined];
  const all = blocks.map((rows) => levelBlock(levels, number, rows));
  const [first, ...more] = all;
  const placeOf = new Uint32Array(levels.distinct).fill(NOWHERE);
  first.ordered.places.forEach((place, k) => {
    placeOf[levels.places[blocks[0]?.[k] ?? k]] = place;
  });
  return { ...first, more, n, placeOf, summaries: all.map(({ summary }) => summary) };
}

/** Some rows of levels beside a number as a sample, all if they are not named. */
function levelBlock(levels: CodedColumn, number: CodedColumn, rows: Uint32Array | undefined) {
  const [a, b] =
    rows === undefined ? [levels, number] : [levels, number].map((column) => selectRows(column, rows));
  const { ordered, sums } = orderedLevels(a, b);
  const { perms, ...ranked } = orientLevels(ordered, b);
  const [perm, ...others] = perms;
  const summary = levelSummary(ordered, b, sums);
  return { ...ranked, perm, others, whole: perm, levels: a.distinct, ordered, summary };
}

/** The rows of every block: which are together hangs on the sample alone, along the number in canonical orientation. */
function rowBlocks(levels: CodedColumn, number: CodedColumn, most: number): Uint32Array[] {
  const { yRanks, orientation } = orientLevels(orderLevels(levels, number), number);
  const n = yRanks.length;
  const blocks = Math.ceil(n / most);
  const labels = blockLabels(n, blocks);
  const rows = Array.from({ length: blocks }, (): number[] => []);
  for (const [row, rank] of yRanks.entries()) rows[labels[orientation.flipV ? n - 1 - rank : rank]].push(row);
  return rows.map((block) => Uint32Array.from(block));
}
