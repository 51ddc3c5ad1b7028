/** Levels beside a number where rows are few: the evidence among that of permutations. */

import { type CodedColumn, tieStarts } from "../copula/index.js";
import { logCombined } from "../inference/combination.js";
import { logBetaTail } from "../numerics/beta.js";
import { logGamma } from "../numerics/gamma.js";
import { fixedStream } from "../numerics/random.js";
import { allRows } from "../numerics/rows.js";

/** Levels beside a number, as they are tested. */
export interface Groups {
  levels: CodedColumn;
  number: CodedColumn;
  /** Rows of every level. */
  counts: Uint32Array;
  /** Orthonormal functions of the number, by its places. */
  scores: readonly Float64Array[];
  /** Weight of each of them. */
  shares: readonly number[];
  /** Share of the variance of each that lies between the levels. */
  explained: readonly number[];
  /** Functions whose evidence has a tail without gaps in permutations, from which it is read; none where it is not to be. */
  tail: readonly number[];
}

/** Permutations at most, and how many of them show as much before the rest are not needed (Besag & Clifford 1991). */
const PERMUTATIONS = 1999;
const ENOUGH = 100;
/** The least share of permutations that a p-value is counted as. */
export const LEAST_SHARE = 1 / (PERMUTATIONS + 1);
/** Permutations from whose evidence the tail is read. */
const TAIL = 100;

/**
 * The share of permutations that show at least as much. Where none does, the tail of their evidence, which is about exponential,
 * goes on beyond it (Knijnenburg et al. 2009), that of functions in which no single row may make a leap: these are asked only how far beyond the
 * last permutation it is, so the p-value holds. But no p-value is below the probability of the table that was seen. The stream is fixed, and the rows are those of the number's order, in the one of its two directions that
 * its ties name: neither names, nor the order of the rows, nor a mirrored number change the result.
 */
export function groupPermutations(groups: Groups): number {
  const { levels, number, counts, scores, shares, explained, tail } = groups;
  const n = levels.places.length;
  const tails = tailsOf(levels.distinct - 1, n - levels.distinct);
  const evidence = (explainedShares: ArrayLike<number>, functions: readonly number[]): number =>
    -logCombined(
      functions.map((k) => tails(explainedShares[k])),
      functions.map((k) => shares[k]),
    );
  const every = [...shares.keys()];
  const smooth = tail.length === every.length;
  const seen = evidence(explained, every) - ROUNDING;
  const sizes = [...counts].sort((a, b) => a - b);
  const starts = tieStarts(number);
  const mirrored = mirroredTies(starts);
  const values = scores.map((score) => inOrder(score, starts, mirrored));
  const order = allRows(n);
  const { uniform } = fixedStream(STREAM);
  const drawn = new Float64Array(scores.length);
  const all: number[] = [];
  const inTail = smooth ? all : [];
  let above = 0;
  while (all.length < PERMUTATIONS && above < ENOUGH) {
    drawShares({ sizes, values, order, uniform }, drawn);
    const value = evidence(drawn, every);
    all.push(value);
    if (!smooth && tail.length > 0) inTail.push(evidence(drawn, tail));
    if (value >= seen) above++;
  }
  if (above >= ENOUGH) return above / all.length;
  const p = (above + 1) / (all.length + 1);
  if (above > 0 || tail.length === 0) return p;
  const log = logTail(inTail, smooth ? seen : evidence(explained, tail) - ROUNDING);
  return Math.min(p, Math.max(Math.exp(log), Math.exp(logTableProbability(groups))));
}

const STREAM = 0x3c6ef372;
/** What two orders of the same additions may differ by. */
const ROUNDING = 1e-9;

/** Values of the rows in the order of the number, or from its end. */
function inOrder(score: Float64Array, starts: Uint32Array, mirrored: boolean): Float64Array {
  const values = new Float64Array(starts[score.length]);
  for (let place = 0; place < score.length; place++) {
    values.fill(score[place], starts[place], starts[place + 1]);
  }
  return mirrored ? values.reverse() : values;
}

/** Whether the ties of a column, read from its end, come before those read from its beginning. */
function mirroredTies(starts: Uint32Array): boolean {
  const last = starts.length - 1;
  for (let k = 0; k < last; k++) {
    const [first, other] = [starts[k + 1] - starts[k], starts[last - k] - starts[last - k - 1]];
    if (first !== other) return other < first;
  }
  return false;
}

interface Draw {
  /** Rows of the levels, ascending. */
  sizes: readonly number[];
  values: readonly Float64Array[];
  /** Rows in the order of the last draw. */
  order: Uint32Array;
  uniform: () => number;
}

/** Shares between levels in one more permutation. The rows of the largest level are those that are left, and all values sum to 0. */
function drawShares({ sizes, values, order, uniform }: Draw, shares: Float64Array): void {
  const n = order.length;
  const last = sizes.length - 1;
  shares.fill(0);
  const rest = new Float64Array(values.length);
  const sums = new Float64Array(values.length);
  let from = 0;
  for (let level = 0; level < last; level++) {
    sums.fill(0);
    for (const end = from + sizes[level]; from < end; from++) {
      const other = from + Math.floor(uniform() * (n - from));
      const row = order[other];
      order[other] = order[from];
      order[from] = row;
      for (let k = 0; k < sums.length; k++) sums[k] += values[k][row];
    }
    for (let k = 0; k < sums.length; k++) {
      shares[k] += sums[k] ** 2 / sizes[level] / n;
      rest[k] -= sums[k];
    }
  }
  for (let k = 0; k < rest.length; k++) shares[k] = Math.min(1, shares[k] + rest[k] ** 2 / sizes[last] / n);
}

const KNOTS = 128;
/** −ln of the unexplained share up to which the tail is tabulated, in expected values of the explained one, and at least. */
const FAR = 12;
const LEAST_FAR = 8;

/**
 * ln of the tail of a share between `between + 1` levels, tabulated by −ln(1 − share), in which it is nearly a straight line at its end.
 */
function tailsOf(between: number, within: number): (share: number) => number {
  const [a, b] = [between / 2, within / 2];
  const step = (FAR * -Math.log1p(-a / (a + b)) + LEAST_FAR / b) / KNOTS;
  const table = Float64Array.from({ length: KNOTS + 1 }, (_, k) => logBetaTail(-Math.expm1(-k * step), a, b));
  return (share) => {
    const at = -Math.log1p(-Math.min(share, 1 - 1e-15)) / step;
    const k = Math.min(KNOTS - 1, Math.floor(at));
    return table[k] + (at - k) * (table[k + 1] - table[k]);
  };
}

/** ln of the probability of evidence beyond that of all permutations, by its largest values. */
function logTail(all: number[], seen: number): number {
  const largest = all.sort((a, b) => b - a).slice(0, TAIL + 1);
  const from = largest[TAIL];
  const excess = largest.slice(0, TAIL).reduce((sum, value) => sum + value - from, 0) / TAIL;
  return Math.log(TAIL / (all.length + 1)) - (seen - from) / Math.max(excess, 1);
}

/** ln of the probability of the very table of levels by values, among all with its margins. */
function logTableProbability({ levels, number, counts }: Groups): number {
  const n = levels.places.length;
  const starts = tieStarts(number);
  const cells = new Map<number, number>();
  for (let row = 0; row < n; row++) {
    const cell = number.places[row] * counts.length + levels.places[row];
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  let sum = -logGamma(n + 1);
  for (const size of [...counts].sort((a, b) => a - b)) sum += logGamma(size + 1);
  for (let place = 0; place < number.distinct; place++)
    sum += logGamma(starts[place + 1] - starts[place] + 1);
  for (const count of cells.values()) sum -= logGamma(count + 1);
  return Math.min(0, sum);
}
