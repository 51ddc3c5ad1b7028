/**
 * What a sample of levels beside a number shows without the network: how far the levels differ in the waves of the number's
 * ranks, in stretches of them, and in mean and spread of the normal scores. All are estimates of the same information under some
 * assumption, less what chance adds under independence, so they may lie below 0.
 */

import { type CodedColumn, LEVEL_WAVES, rowsInOrder, stretchAt, waveSums } from "../copula/index.js";
import { digamma } from "../numerics/digamma.js";
import { scoresOfRanks } from "../numerics/normal-scores.js";

/** Stretches that the ranks are cut into: odd, so that mirrored ranks have mirrored stretches. */
const STRETCHES = [5, 9, 17, 33, 65] as const;
/** Rows that a level's variance is estimated from at least. */
const FEWEST_ROWS = 3;
/** Variances of normal scores do not go below. */
const LEAST_VARIANCE = 1e-6;

/** The summary of a sample; all in nats but the numbers of levels and rows. */
export interface LevelSummary {
  n: number;
  /** Levels, and those with a single row. */
  levels: number;
  single: number;
  /** Entropy of the observed shares of the levels. */
  entropy: number;
  /**
   * Information of levels and stretches of the ranks, from few stretches to many, less its bias (Miller & Madow); then that of normal
   * scores with different means and one variance, and with variances of their own.
   */
  informations: number[];
  /** Half the share of each wave's variance that is between levels: for small differences these sum to the information. */
  waves: Float64Array;
}

/**
 * Summary of a sample. Names of levels and the order of rows change nothing, mirroring the number nothing but last digits. O(n).
 *
 * @param levels every one of which has rows; none is missing
 * @param number column of the same rows, without missing values
 * @param waves sums of the waves by level, where they are known
 */
export function levelSummary(
  levels: CodedColumn,
  number: CodedColumn,
  waves = waveSums(levels, number),
): LevelSummary {
  const n = number.places.length;
  const k = levels.distinct;
  const { counts, sums, squares, tables } = sumsByLevel(levels, number);
  const between = new Float64Array(LEVEL_WAVES);
  let [within, betweenMeans, entropy, single, ofLevels] = [0, 0, 0, 0, 0];
  const total = squares.reduce((sum, square) => sum + square, 0) / n;
  const spread = (square: number, degrees: number): number =>
    0.5 * (Math.log(Math.max(square, LEAST_VARIANCE) / 2) - digamma(degrees / 2));
  let own = 0.5 * Math.log(total);
  for (let level = 0; level < k; level++) {
    const rows = counts[level];
    for (let j = 0; j < LEVEL_WAVES; j++) between[j] += waves[level * LEVEL_WAVES + j] ** 2 / rows;
    const explained = sums[level] ** 2 / rows;
    const rest = squares[level] - explained;
    betweenMeans += explained;
    within += rest;
    entropy -= (rows / n) * Math.log(rows / n);
    ofLevels += timesLog(rows);
    if (rows === 1) single++;
    own -= (rows / n) * (rows < FEWEST_ROWS ? 0.5 * Math.log(total) : spread(rest, rows - 1));
  }
  const variance = n > k ? Math.min(1, within / (n - k) / ((within + betweenMeans) / (n - 1))) : 1;
  const means = -0.5 * Math.log(Math.max(variance, LEAST_VARIANCE));
  return {
    ...{ n, levels: k, single, entropy },
    informations: [...tables.map((table) => binned(table, { n, levels: k, ofLevels })), means, own],
    waves: between.map((square) => (square - (k - 1)) / (2 * n)),
  };
}

/** Rows by level, sums over them of normal scores and of their squares, and counts by stretch. */
function sumsByLevel(levels: CodedColumn, number: CodedColumn) {
  const n = number.places.length;
  const k = levels.distinct;
  const counts = new Uint32Array(k);
  const sums = new Float64Array(k);
  const squares = new Float64Array(k);
  const tables = STRETCHES.map((stretches) => ({ stretches, cells: new Uint32Array(k * stretches) }));
  const rowAt = rowsInOrder(number);
  const scores = scoresOfRanks(n);
  const stretch = new Uint8Array(tables.length);
  for (let from = 0, to = 0; from < n; from = to) {
    // Tied rows share what is at their ranks.
    const place = number.places[rowAt[from]];
    let [score, square] = [0, 0];
    for (to = from; to < n && number.places[rowAt[to]] === place; to++) {
      score += scores[to];
      square += scores[to] ** 2;
    }
    const ties = to - from;
    for (let t = 0; t < tables.length; t++) stretch[t] = stretchAt(from + to, 2 * n, tables[t].stretches);
    for (let rank = from; rank < to; rank++) {
      const level = levels.places[rowAt[rank]];
      counts[level]++;
      sums[level] += score / ties;
      squares[level] += square / ties;
      for (let t = 0; t < tables.length; t++) tables[t].cells[level * tables[t].stretches + stretch[t]]++;
    }
  }
  return { counts, sums, squares, tables };
}

/** Information of a table of levels and stretches, less its bias. */
function binned(
  { stretches, cells }: { stretches: number; cells: Uint32Array },
  { n, levels, ofLevels }: { n: number; levels: number; ofLevels: number },
): number {
  const columns = new Uint32Array(stretches);
  let [sum, occupied] = [0, 0];
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] === 0) continue;
    occupied++;
    sum += timesLog(cells[cell]);
    columns[cell % stretches] += cells[cell];
  }
  let [ofColumns, used] = [0, 0];
  for (const column of columns) {
    ofColumns += timesLog(column);
    if (column > 0) used++;
  }
  return (sum - ofLevels - ofColumns + timesLog(n)) / n - (occupied - levels - used + 1) / (2 * n);
}

/** k ln k of the counts that occur again and again. */
const known = new Float64Array(4096).map((_, k) => (k > 1 ? k * Math.log(k) : 0));

function timesLog(count: number): number {
  return count < known.length ? known[count] : count * Math.log(count);
}
