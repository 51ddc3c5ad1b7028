/**
 * Tests of two series at several lags at once: the same surrogates for all lags, so that the largest evidence of each is what the largest
 * evidence seen is compared with (Westfall & Young 1993). Evidence in what the past leaves of the values tells lags apart, where the values
 * themselves look alike at all lags near the true one.
 */

import type { CodedColumn } from "../copula/index.js";
import { type RowsBeside, type WaveColumn, waveColumn, waveEvidenceBeside } from "../evidence/index.js";
import { LEAST_IN_TIME, logAmong } from "../inference/permutation-tail.js";
import { normalScoresOf } from "../numerics/normal-scores.js";
import { stream } from "../numerics/random.js";
import type { Autoregression, Segments } from "./autoregression.js";
import { inflations } from "./effective-size.js";
import { chainOf, type LevelSeries } from "./level-series.js";
import { drawsFor, type SeriesRanks } from "./series-column.js";
import { inflationOf, type TimeColumn } from "./time-test.js";

/** What a lag says. */
export interface LagEvidence {
  /** ln of the p-value of this lag alone. */
  logP: number;
  /** ln of the probability of as much evidence at any of the lags. */
  familyLogP: number;
  /** Evidence, in nats. */
  evidence: number;
}

/** What several lags say. */
export interface LagsEvidence {
  lags: LagEvidence[];
  /** ln of the p-value of all lags together. */
  logP: number;
  /** Factor by which chance is larger than in independent rows, at least 1. */
  inflation: number;
}

/** Lags times surrogates of either column, at most, but for the fewest surrogates. */
const MOST_LOOKS = 2500;
const LEAST_DRAWS = 50;
/** How many surrogates with as much evidence at some lag are enough: then no lag stands out (Besag & Clifford 1991). */
const ENOUGH = 25;

/**
 * Tests two columns in time at several lags.
 *
 * @param lags rows that y comes after x
 * @param times see {@link rowsBeside}
 */
export function testLags(
  x: TimeColumn,
  y: TimeColumn,
  lags: readonly number[],
  times?: Uint32Array,
): LagsEvidence {
  const segments = segmentsOf(x);
  const stretches = lags.map((lag) => rowsBeside(segments, lag, times));
  const { seen, draw } = evidenceAt(x, y, stretches);
  const draws = Math.max(LEAST_DRAWS, Math.min(drawsFor(rowsOf(x)), Math.floor(MOST_LOOKS / lags.length)));
  const all: Float64Array[] = [];
  const most = seen.reduce((a, b) => Math.max(a, b));
  const largest: number[] = [];
  let above = 0;
  for (let k = 0; k < draws && (k < LEAST_DRAWS || above < ENOUGH); k++) {
    for (const evidence of draw(k)) {
      all.push(evidence);
      largest.push(evidence.reduce((a, b) => Math.max(a, b)));
      if (largest[largest.length - 1] >= most) above++;
    }
  }
  return {
    lags: lags.map((_, at) => ({
      logP: logAmong(
        seen[at],
        all.map((evidence) => evidence[at]),
        LEAST_IN_TIME,
      ),
      familyLogP: logAmong(seen[at], largest, LEAST_IN_TIME),
      evidence: seen[at],
    })),
    logP: logAmong(most, largest, LEAST_IN_TIME),
    inflation: inflationOf(x, y),
  };
}

function segmentsOf({ series }: TimeColumn): Segments {
  return series.segments;
}

function rowsOf(column: TimeColumn): number {
  return column.kind === "number" ? column.series.n : column.series.levels.places.length;
}

/**
 * The rows of every segment that are so far apart, in stretches.
 *
 * @param times when each row is, ascending within a segment: rows that were left out leave gaps; undefined where there are none
 */
export function rowsBeside(segments: Segments, lag: number, times?: Uint32Array): RowsBeside[] {
  const stretches: RowsBeside[] = [];
  for (let s = 0; s + 1 < segments.length; s++) {
    const [from, to] = [segments[s], segments[s + 1]];
    if (times !== undefined) {
      stretches.push(...meetings(times, from, to, lag));
      continue;
    }
    const rows = to - from - Math.abs(lag);
    if (rows > 0) stretches.push([from + Math.max(0, -lag), from + Math.max(0, lag), rows]);
  }
  return stretches;
}

/** Rows of a segment with gaps whose times are so far apart. */
function meetings(times: Uint32Array, from: number, to: number, lag: number): RowsBeside[] {
  const stretches: [x: number, y: number, rows: number][] = [];
  let y = from;
  for (let x = from; x < to; x++) {
    while (y < to && times[y] < times[x] + lag) y++;
    if (y === to) break;
    if (times[y] !== times[x] + lag) continue;
    const last = stretches[stretches.length - 1];
    if (last !== undefined && last[0] + last[2] === x && last[1] + last[2] === y) last[2]++;
    else stretches.push([x, y, 1]);
  }
  return stretches;
}

/** Evidence at every lag of two columns, and of the two with either replaced by a surrogate. */
interface EvidenceAt {
  seen: Float64Array;
  draw: (k: number) => Float64Array[];
}

function evidenceAt(x: TimeColumn, y: TimeColumn, stretches: readonly RowsBeside[][]): EvidenceAt {
  if (x.kind === "number" && y.kind === "number") {
    const { n } = x.series;
    const at = (a: Waves, b: Waves) => {
      const factors = inflations(a.model, b.model, n);
      return Float64Array.from(stretches, (rows) => {
        const values = waveEvidenceBeside(a.values, b.values, rows, factors);
        const noise = waveEvidenceBeside(a.noise, b.noise, rows);
        const larger = Math.max(values, noise);
        return larger + Math.log((Math.exp(values - larger) + Math.exp(noise - larger)) / 2);
      });
    };
    const [a, b] = [wavesOf(x.series.itself), wavesOf(y.series.itself)];
    return {
      seen: at(a, b),
      draw: (k) => [at(wavesOf(x.series.surrogate(k)), b), at(a, wavesOf(y.series.surrogate(k)))],
    };
  }
  if (x.kind === "levels" && y.kind === "levels") {
    const at = (a: CodedColumn, b: CodedColumn) =>
      Float64Array.from(stretches, (rows) => halfChiSquareBeside(a, b, rows));
    const [a, b] = [chainOf(x.series), chainOf(y.series)];
    return {
      seen: at(x.series.levels, y.series.levels),
      draw: (k) => [at(a(stream(0, 134, k)), y.series.levels), at(x.series.levels, b(stream(0, 134, k)))],
    };
  }
  if (x.kind === "levels" && y.kind === "number") {
    return besideNumbers(x.series, y.series, stretches, inflationOf(x, y));
  }
  const mirrored = stretches.map((rows) => rows.map(([a, b, n]): RowsBeside => [b, a, n]));
  if (x.kind === "number" && y.kind === "levels") {
    return besideNumbers(y.series, x.series, mirrored, inflationOf(x, y));
  }
  throw new Error("A column is numbers or levels.");
}

interface Waves {
  values: WaveColumn;
  noise: WaveColumn;
  model: Autoregression;
}

function wavesOf({ ranks, noise, model }: SeriesRanks): Waves {
  return { values: waveColumn(ranks), noise: waveColumn(noise), model };
}

/** χ² of the table of some rows, halved. */
function halfChiSquareBeside(x: CodedColumn, y: CodedColumn, stretches: readonly RowsBeside[]): number {
  const table = new Float64Array(x.distinct * y.distinct);
  const [rows, columns] = [new Float64Array(x.distinct), new Float64Array(y.distinct)];
  let n = 0;
  for (const [fromX, fromY, count] of stretches) {
    for (let k = 0; k < count; k++) {
      const [i, j] = [x.places[fromX + k], y.places[fromY + k]];
      table[i * y.distinct + j]++;
      rows[i]++;
      columns[j]++;
    }
    n += count;
  }
  let sum = 0;
  for (let i = 0; i < x.distinct; i++) {
    for (let j = 0; j < y.distinct; j++) {
      const count = table[i * y.distinct + j];
      if (count > 0) sum += (count * count) / (rows[i] * columns[j]);
    }
  }
  return (n * (sum - 1)) / 2;
}

/** Levels beside numbers at every lag: how far the means of the levels are apart, in the values and in what the past leaves of them. */
function besideNumbers(
  { levels }: LevelSeries,
  numbers: (TimeColumn & { kind: "number" })["series"],
  stretches: readonly RowsBeside[][],
  inflation: number,
): EvidenceAt {
  const scores = (ranks: Uint32Array): Float64Array => normalScoresOf(Float64Array.from(ranks));
  const between = (values: Float64Array, rows: readonly RowsBeside[]): number => {
    const [sums, counts] = [new Float64Array(levels.distinct), new Float64Array(levels.distinct)];
    for (const [fromLevels, fromNumbers, count] of rows) {
      for (let k = 0; k < count; k++) {
        const level = levels.places[fromLevels + k];
        sums[level] += values[fromNumbers + k];
        counts[level]++;
      }
    }
    return (
      sums.reduce((total, sum, level) => total + (counts[level] > 0 ? sum ** 2 / counts[level] : 0), 0) / 2
    );
  };
  const at = ({ ranks, noise }: SeriesRanks) => {
    const [ofValues, ofNoise] = [scores(ranks), scores(noise)];
    return Float64Array.from(stretches, (rows) =>
      Math.max(between(ofValues, rows) / inflation, between(ofNoise, rows)),
    );
  };
  return { seen: at(numbers.itself), draw: (k) => [at(numbers.surrogate(k))] };
}
