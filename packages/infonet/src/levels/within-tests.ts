/** Tests of independence within strata: levels beside a number, and two numbers. */

import { rowsOfLevels } from "../counts/index.js";
import { logCombined } from "../inference/combination.js";
import { logPermuted } from "../inference/permutation-tail.js";
import { type Codes, renumbered } from "../input/variables.js";
import { logBetaTail } from "../numerics/beta.js";
import { cholesky, solveLower } from "../numerics/cholesky.js";
import { logGammaTail } from "../numerics/gamma.js";
import { normalQuantile } from "../numerics/normal.js";
import { order } from "../numerics/order.js";
import { fixedStream } from "../numerics/random.js";

/** Up to so many rows the evidence is looked up among permutations within the strata. */
const PERMUTED_ROWS = 3000;
const STREAM = 0x5be0cd19;
const ROUNDING = 1e-9;
/** Functions of a place within its stratum: a trend, and waves. */
const FUNCTIONS: readonly ((place: number) => number)[] = [
  normalQuantile,
  ...[2, 3].map((j) => (place: number) => Math.cos(j * Math.PI * place)),
];
/** Weights: of what the levels have in common in all strata, and of all that they differ by in each, function by function. */
const COMMON = 0.5;
const CELLS = [0.3, 0.14, 0.06];
/** Levels of which a common order is asked, at most. */
const MOST_COMMON = 40;

/**
 * ln of the p-value of a dependence of a number on levels within strata: what the levels have in common over the strata (van Elteren
 * 1960, for any number of levels) and analyses of variance of all cells, for normal scores and waves of the places within the strata.
 *
 * @param places in (0, 1) of the number within the strata
 */
export function logLevelsWithin(levels: Codes, places: Float64Array, strata: Codes): number {
  // In the order of the places: that of the rows must not reach the permutations.
  const rows = rowsOfLevels(strata)
    .map((own) => order(Float64Array.from(own, (row) => places[row])).map((k) => own[k]))
    .filter((own) => own.some((row) => levels.codes[row] !== levels.codes[own[0]]))
    .filter((own) => places[own[0]] !== places[own[own.length - 1]])
    .sort((a, b) => a.length - b.length || inOrder(levels, a, b));
  const n = rows.reduce((sum, { length }) => sum + length, 0);
  if (n === 0) return 0;
  const test = new LevelsWithin(levels, places, rows);
  const seen = test.evidence() - ROUNDING;
  if (n > PERMUTED_ROWS) return Math.min(0, -seen);
  const { uniform } = fixedStream(STREAM);
  const draw = (): number => {
    test.shuffle(uniform);
    return test.evidence();
  };
  return logPermuted(seen, draw, Number.NEGATIVE_INFINITY);
}

/** An order of two strata of as many rows that names do not change: by where their levels come again. */
function inOrder({ codes }: Codes, a: Uint32Array, b: Uint32Array): number {
  const [first, second] = [a, b].map((rows) => renumbered(rows.map((row) => codes[row])).codes);
  const at = first.findIndex((level, k) => level !== second[k]);
  return at < 0 ? 0 : first[at] - second[at];
}

class LevelsWithin {
  /** Level of every row, stratum after stratum. */
  readonly #levels: Uint32Array;
  readonly #starts: number[] = [0];
  /** Values of the functions less their means in the stratum, and Σ of their squares. */
  readonly #values: Float64Array[];
  readonly #totals: number[];
  readonly #between: number;
  readonly #within: number;
  readonly #common: { lower: Float64Array; rank: number } | undefined;
  readonly #width: number;

  constructor(levels: Codes, places: Float64Array, rows: readonly Uint32Array[]) {
    const n = rows.reduce((sum, { length }) => sum + length, 0);
    this.#levels = new Uint32Array(n);
    this.#values = FUNCTIONS.map(() => new Float64Array(n));
    this.#width = levels.distinct;
    let at = 0;
    let cells = 0;
    for (const own of rows) {
      FUNCTIONS.forEach((f, k) => {
        const values = Float64Array.from(own, (row) => f(places[row]));
        const mean = values.reduce((sum, value) => sum + value, 0) / own.length;
        this.#values[k].set(
          values.map((value) => value - mean),
          at,
        );
      });
      this.#levels.set(
        Uint32Array.from(own, (row) => levels.codes[row]),
        at,
      );
      cells += new Set(this.#levels.subarray(at, at + own.length)).size;
      at += own.length;
      this.#starts.push(at);
    }
    this.#totals = this.#values.map((values) => values.reduce((sum, value) => sum + value * value, 0));
    this.#between = cells - rows.length;
    this.#within = n - cells;
    this.#common = this.#width <= MOST_COMMON ? this.#covariance() : undefined;
  }

  /** The covariance of the sums of the first function over the levels, of all but the last. */
  #covariance(): { lower: Float64Array; rank: number } | undefined {
    const size = this.#width - 1;
    const matrix = new Float64Array(size * size);
    for (let s = 0; s + 1 < this.#starts.length; s++) {
      const [from, to] = [this.#starts[s], this.#starts[s + 1]];
      const counts = new Uint32Array(this.#width);
      let square = 0;
      for (let k = from; k < to; k++) {
        counts[this.#levels[k]]++;
        square += this.#values[0][k] ** 2;
      }
      const variance = square / (to - from - 1);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const shared = i === j ? counts[i] : 0;
          matrix[i * size + j] += variance * (shared - (counts[i] * counts[j]) / (to - from));
        }
      }
    }
    const mean =
      Array.from({ length: size }, (_, i) => matrix[i * size + i]).reduce((a, b) => a + b, 0) / size;
    if (mean === 0) return undefined;
    const lower = cholesky(matrix, size, 1e-9 * mean);
    const rank = Array.from({ length: size }, (_, i) => lower[i * size + i] ** 2).filter(
      (v) => v > 1e-6 * mean,
    );
    return { lower, rank: rank.length };
  }

  shuffle(uniform: () => number): void {
    const levels = this.#levels;
    for (let s = 0; s + 1 < this.#starts.length; s++) {
      const from = this.#starts[s];
      for (let k = this.#starts[s + 1] - 1; k > from; k--) {
        const other = from + Math.floor(uniform() * (k - from + 1));
        [levels[k], levels[other]] = [levels[other], levels[k]];
      }
    }
  }

  /** −ln of the combined p-value. */
  evidence(): number {
    const logs: number[] = [];
    const shares: number[] = [];
    const sums = FUNCTIONS.map(() => new Float64Array(this.#width));
    const counts = new Uint32Array(this.#width);
    const whole = new Float64Array(this.#width);
    const squares = FUNCTIONS.map(() => 0);
    for (let s = 0; s + 1 < this.#starts.length; s++) {
      const [from, to] = [this.#starts[s], this.#starts[s + 1]];
      for (let k = from; k < to; k++) {
        const level = this.#levels[k];
        counts[level]++;
        for (let f = 0; f < sums.length; f++) sums[f][level] += this.#values[f][k];
      }
      for (let k = from; k < to; k++) {
        const level = this.#levels[k];
        if (counts[level] === 0) continue;
        for (let f = 0; f < sums.length; f++) {
          squares[f] += sums[f][level] ** 2 / counts[level];
          if (f === 0) whole[level] += sums[f][level];
          sums[f][level] = 0;
        }
        counts[level] = 0;
      }
    }
    if (this.#common !== undefined) {
      const { lower, rank } = this.#common;
      const left = whole.slice(0, -1);
      solveLower(lower, left.length, left, 1);
      logs.push(logGammaTail(rank / 2, left.reduce((sum, value) => sum + value * value, 0) / 2));
      shares.push(COMMON);
    }
    if (this.#between > 0 && this.#within > 0) {
      squares.forEach((square, f) => {
        if (this.#totals[f] <= 0) return;
        const share = Math.min(1 - 1e-15, square / this.#totals[f]);
        logs.push(logBetaTail(share, this.#between / 2, this.#within / 2));
        shares.push(CELLS[f]);
      });
    }
    return logs.length === 0 ? 0 : -logCombined(logs, shares);
  }
}
