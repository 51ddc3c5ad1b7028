/**
 * A column of numbers as a series, and the series that it could have been: what its past leaves of every value, in a random order, put
 * through its autoregression again. If the model holds, the series itself is one of these, as likely as any other, whatever another column
 * is: so a test against them is exact but for the error of the model. Unlike circular shifts they have no seam, and there are as many of them
 * as one likes where a series of few independent stretches has few shifts.
 */

import {
  type CodedColumn,
  codeColumn,
  inverse,
  midRanks,
  rowsInOrder,
  selectRows,
  tieStarts,
} from "../copula/index.js";
import { normalQuantile } from "../numerics/normal.js";
import { order } from "../numerics/order.js";
import { shuffled, stream } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import { type Autoregression, autoregression, coloured, type Segments, whitened } from "./autoregression.js";
import type { Panel } from "./panel.js";

/** One of the series that a column could have been, or the column itself. */
export interface SeriesRanks {
  /** Strict ranks of the values. */
  ranks: Uint32Array;
  /** Strict ranks of what the past leaves of them. */
  noise: Uint32Array;
  /**
   * Its own autoregression. How far chance goes is told from the series that is looked at, as it is for the column itself: what is
   * compared then hardly hangs on how persistent the columns are, which short series do not tell.
   */
  model: Autoregression;
}

/** A column of numbers in time. */
export interface SeriesColumn {
  n: number;
  /** How its rows lie in time. */
  segments: Segments;
  itself: SeriesRanks;
  /** One of the series that it could have been; the same for the same number. */
  surrogate(draw: number): SeriesRanks;
}

/** Surrogates of a column at most, fewer of long ones, and at least. */
const MOST_DRAWS = 200;
const LEAST_DRAWS = 50;
const ROWS_OF_DRAWS = 4e6;

/** Surrogates of a column of n rows. */
export function drawsFor(n: number): number {
  return Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, Math.floor(ROWS_OF_DRAWS / n)));
}

/**
 * A column as a series.
 *
 * @param column without missing values, rows in their order
 */
export function seriesColumn(column: CodedColumn, { order: rows, segments }: Panel): SeriesColumn {
  const own = rows === undefined ? column : selectRows(column, rows);
  const n = own.places.length;
  const scores = midRanks(own).map((rank) => normalQuantile((rank + 0.5) / n));
  const means = segmentMeans(scores, segments);
  const centred = less(scores, means);
  const model = autoregression(centred, segments);
  const ranks = strictRanks(own, VALUES);
  const scoreOf = new Float64Array(n);
  for (let row = 0; row < n; row++) scoreOf[ranks[row]] = scores[row];
  const noise = whitened(centred, segments, model);
  const noiseRanks = strictRanks(codeColumn(noise), NOISE);
  // What is tied in the column is tied in its surrogates too.
  const starts = own.distinct < n ? tieStarts(own) : undefined;
  const kept: SeriesRanks[] = [];
  const surrogate = (draw: number): SeriesRanks => {
    const known = kept[draw];
    if (known !== undefined) return known;
    const from = shuffledRows(n, segments, draw);
    const values = coloured(pick(noise, from), segments, model).map((value, row) => value + means[row]);
    const strict = inverse(order(values));
    const own = starts === undefined ? strict : pick(withinTies(starts, draw + 1, VALUES), strict);
    const again = pick(scoreOf, own);
    const made = {
      ranks: own,
      noise: pick(noiseRanks, from),
      model: autoregression(less(again, segmentMeans(again, segments)), segments, model.order),
    };
    keep(kept, draw, made);
    return made;
  };
  return { n, segments, itself: { ranks, noise: noiseRanks, model }, surrogate };
}

function less(values: Float64Array, means: Float64Array): Float64Array {
  return values.map((value, row) => value - means[row]);
}

/** What the random orders of ties are of. */
const VALUES = 1;
const NOISE = 2;

/** Strict ranks, tied rows in a random order: in the order of time they would be a trend. */
function strictRanks(column: CodedColumn, purpose: number): Uint32Array {
  const ranks = inverse(rowsInOrder(column));
  if (column.distinct === ranks.length) return ranks;
  return pick(withinTies(tieStarts(column), 0, purpose), ranks);
}

/** Ranks after those of every group of ties were put in a random order. */
function withinTies(starts: Uint32Array, draw: number, purpose: number): Uint32Array {
  const n = starts[starts.length - 1];
  const mix = new Uint32Array(n);
  const group = new Uint32Array(n);
  for (let place = 0; place + 1 < starts.length; place++) {
    group.fill(place, starts[place], starts[place + 1]);
  }
  const next = starts.slice(0, -1);
  for (const rank of shuffled(n, stream(0, 133, draw, purpose))) mix[rank] = next[group[rank]]++;
  return mix;
}

function segmentMeans(values: Float64Array, segments: Segments): Float64Array {
  const means = new Float64Array(values.length);
  for (let s = 0; s + 1 < segments.length; s++) {
    const [from, to] = [segments[s], segments[s + 1]];
    let sum = 0;
    for (let t = from; t < to; t++) sum += values[t];
    means.fill(sum / (to - from), from, to);
  }
  return means;
}

/** Numbers that are kept of surrogates, at most, and of orders of rows. */
const NUMBERS_KEPT = 2 ** 25;
const ORDERS_KEPT = 2 ** 22;

/** Orders of rows that are drawn again and again, for every column of a table. */
let orders: { n: number; kept: Map<number, Uint32Array> } | undefined;

/** A random order of the rows within their segments: always the same for the same number. */
function shuffledRows(n: number, segments: Segments, draw: number): Uint32Array {
  if (segments.length > 2) return newOrder(n, segments, draw);
  if (orders?.n !== n) orders = { n, kept: new Map() };
  const known = orders.kept.get(draw);
  if (known !== undefined) return known;
  const made = newOrder(n, segments, draw);
  if ((orders.kept.size + 1) * n <= ORDERS_KEPT) orders.kept.set(draw, made);
  return made;
}

/** Rows that stay together are about so many times the cube root of those of their series. */
const BLOCK = 1.5;

/**
 * Blocks of the rows of every segment, as on a ring, in a random order: noise that is calm for a while and then wild stays so in its
 * surrogates.
 */
function newOrder(n: number, segments: Segments, draw: number): Uint32Array {
  const random = stream(0, 131, draw);
  const rows = new Uint32Array(n);
  for (let s = 0; s + 1 < segments.length; s++) {
    const from = segments[s];
    const length = segments[s + 1] - from;
    const block = Math.max(1, Math.round(BLOCK * Math.cbrt(length)));
    const blocks = Math.ceil(length / block);
    const start = random.whole(0, length - 1);
    let at = from;
    for (const number of shuffled(blocks, random)) {
      const end = Math.min(length, (number + 1) * block);
      for (let k = number * block; k < end; k++) rows[at++] = from + ((start + k) % length);
    }
  }
  return rows;
}

/** Columns whose surrogates are kept, the last that was used at the end, and the numbers that they hold. */
const keepers = new Set<SeriesRanks[]>();
let numbersKept = 0;

/** Keeps a surrogate; those of columns that were not used for long are let go. */
function keep(kept: SeriesRanks[], draw: number, made: SeriesRanks): void {
  const size = 2 * made.ranks.length;
  if (size > NUMBERS_KEPT / MOST_DRAWS) return;
  keepers.delete(kept);
  keepers.add(kept);
  kept[draw] = made;
  numbersKept += size;
  for (const other of keepers) {
    if (numbersKept <= NUMBERS_KEPT) return;
    if (other === kept) continue;
    numbersKept -= other.reduce((sum, { ranks }) => sum + 2 * ranks.length, 0);
    other.length = 0;
    keepers.delete(other);
  }
}
