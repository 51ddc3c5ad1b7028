/** Levels in time: their likeness from row to row, and tests of them beside each other and beside numbers. */

import { type CodedColumn, selectRows } from "../copula/index.js";
import { wavesOfRanks } from "../evidence/index.js";
import { LEAST_IN_TIME, logAmong, logTails } from "../inference/permutation-tail.js";
import { scoresOfRanks } from "../numerics/normal-scores.js";
import { type Stream, stream } from "../numerics/random.js";
import type { Segments } from "./autoregression.js";
import type { Panel } from "./panel.js";
import { drawsFor, type SeriesColumn } from "./series-column.js";

/** A column of levels in time. */
export interface LevelSeries {
  levels: CodedColumn;
  segments: Segments;
}

/** A column of levels as a series, its rows in the order of the panel. */
export function levelSeries(column: CodedColumn, { order, segments }: Panel): LevelSeries {
  return { levels: order === undefined ? column : selectRows(column, order), segments };
}

/** Lags of likeness at most, and what is next to none. */
const MOST_LAGS = 200;
const NEXT_TO_NOTHING = 0.02;

/** How much more often than by chance rows so far apart have one level, as a share of what there could be: from lag 0. */
export function likenesses({ levels: { places, distinct }, segments }: LevelSeries): Float64Array {
  const n = places.length;
  const counts = new Float64Array(distinct);
  for (const place of places) counts[place] += 1 / n;
  const chance = counts.reduce((sum, share) => sum + share * share, 0);
  const result: number[] = [1];
  for (let lag = 1; lag <= Math.min(MOST_LAGS, n >> 2); lag++) {
    let [same, all] = [0, 0];
    for (let s = 0; s + 1 < segments.length; s++) {
      for (let t = segments[s] + lag; t < segments[s + 1]; t++) {
        all++;
        if (places[t] === places[t - lag]) same++;
      }
    }
    const likeness = all > 0 ? (same / all - chance) / (1 - chance) : 0;
    if (Math.abs(likeness) < NEXT_TO_NOTHING) break;
    result.push(likeness);
  }
  return Float64Array.from(result);
}

/**
 * ln of the p-value of two columns of levels: the χ² of their table beside those of series that either could have been, Markov chains with the
 * transitions that it has.
 */
export function testLevels(x: LevelSeries, y: LevelSeries): number {
  const n = x.levels.places.length;
  const seen = halfChiSquare(x.levels, y.levels);
  const [a, b] = [chainOf(x), chainOf(y)];
  const all: number[] = [];
  for (let draw = 0; draw < drawsFor(n); draw++) {
    all.push(halfChiSquare(a(stream(0, 134, draw)), y.levels));
    all.push(halfChiSquare(x.levels, b(stream(0, 134, draw))));
  }
  return logAmong(seen, all, LEAST_IN_TIME);
}

/** Makes chains with the transitions of a column: after a row comes what came after some row of its level. */
export function chainOf({ levels, segments }: LevelSeries): (random: Stream) => CodedColumn {
  const { places, distinct } = levels;
  const n = places.length;
  const next: number[][] = Array.from({ length: distinct }, () => []);
  for (let s = 0; s + 1 < segments.length; s++) {
    for (let t = segments[s] + 1; t < segments[s + 1]; t++) next[places[t - 1]].push(places[t]);
  }
  return (random) => {
    const made = new Uint32Array(n);
    for (let s = 0; s + 1 < segments.length; s++) {
      for (let t = segments[s]; t < segments[s + 1]; t++) {
        const after = t > segments[s] ? next[made[t - 1]] : [];
        made[t] =
          after.length > 0 ? after[random.whole(0, after.length - 1)] : places[random.whole(0, n - 1)];
      }
    }
    return { ...levels, places: made };
  };
}

function halfChiSquare(a: CodedColumn, b: CodedColumn): number {
  const n = a.places.length;
  const table = new Uint32Array(a.distinct * b.distinct);
  for (let t = 0; t < n; t++) table[a.places[t] * b.distinct + b.places[t]]++;
  const rows = new Float64Array(a.distinct);
  const columns = new Float64Array(b.distinct);
  table.forEach((count, at) => {
    rows[Math.floor(at / b.distinct)] += count;
    columns[at % b.distinct] += count;
  });
  let sum = 0;
  table.forEach((count, at) => {
    if (count > 0) sum += (count * count) / (rows[Math.floor(at / b.distinct)] * columns[at % b.distinct]);
  });
  return (n * (sum - 1)) / 2;
}

/** Functions of the numbers whose means are compared between levels: normal scores, then waves. */
const FUNCTIONS = 4;

/** ln of the p-value of levels beside numbers: the numbers' differences between levels beside those of series that they could have been. */
export function testLevelsBesideNumbers({ levels }: LevelSeries, numbers: SeriesColumn): number {
  const { n } = numbers;
  const counts = new Float64Array(levels.distinct);
  for (const place of levels.places) counts[place]++;
  const between = (ranks: Uint32Array): number => differences(levels, counts, ranks);
  const draws = Array.from({ length: drawsFor(n) }, (_, k) => numbers.surrogate(k));
  const [values, noises] = [
    logTails(draws.map(({ ranks }) => between(ranks))),
    logTails(draws.map(({ noise }) => between(noise))),
  ];
  const all = draws.map((_, k) => -Math.min(values.logs[k], noises.logs[k]));
  const { ranks, noise } = numbers.itself;
  return logAmong(-Math.min(values.logOf(between(ranks)), noises.logOf(between(noise))), all, LEAST_IN_TIME);
}

/** Sum of squares between levels, of functions of the ranks, slow ones counting most. */
function differences({ places, distinct }: CodedColumn, counts: Float64Array, ranks: Uint32Array): number {
  const n = ranks.length;
  const waves = wavesOfRanks(n);
  let total = 0;
  for (let f = 1; f <= FUNCTIONS; f++) {
    const values = f === 1 ? scoresOfRanks(n) : waves.subarray((f - 1) * n, f * n);
    const sums = new Float64Array(distinct);
    for (let t = 0; t < n; t++) sums[places[t]] += values[ranks[t]];
    for (let level = 0; level < distinct; level++) total += sums[level] ** 2 / counts[level] / f;
  }
  return total;
}
