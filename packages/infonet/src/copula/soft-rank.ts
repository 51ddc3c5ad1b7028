/**
 * Soft ranks: Blondel, Teboul, Berthet & Djolonga, "Fast Differentiable Sorting and Ranking" (ICML 2020). Ranks are
 * the vertex of the permutahedron (the convex hull of all orders of 1 … n) that is largest along x; with a
 * regulariser, the point of it that is closest to x/ε. Exact, O(n log n), as is the derivative.
 */

import { describe, InfoNetError } from "../errors.js";
import { finiteNumber, invalidOption, oneOf, readOptions, type TableOf } from "../input/options.js";
import { type BlockRule, poolViolators } from "../numerics/isotonic.js";
import { order } from "../numerics/order.js";
import { missingExponent, REACH, scaled } from "../numerics/reach.js";

/** How a soft rank is told from a hard one. */
export interface SoftRankOptions {
  /**
   * Strength ε > 0, in the units of x: neighbours that are closer than ε are pooled. Towards 0 the ranks are the
   * hard ones, towards ∞ all are equal.
   */
  regularization: number;
  /**
   * `"quadratic"` (default) projects by Euclidean distance: the ranks sum to n(n+1)/2, and their limit for ε → ∞ is
   * the mean rank (n+1)/2. `"entropic"` projects e^(x/ε) by relative entropy and takes the logarithm: the
   * exponentials of the ranks keep their sum, and the limit is ln mean e^k, k = 1 … n.
   */
  kind?: "quadratic" | "entropic" | undefined;
}

const OPTIONS = {
  regularization: finiteNumber((value) => value > 0, "a finite number above 0", undefined),
  kind: oneOf(["quadratic", "entropic"], "quadratic"),
} satisfies TableOf<SoftRankOptions>;

/** Soft ranks, and what their derivative needs. */
export interface SoftRanks {
  /** Ranks, ascending, within 1 … n; length n. */
  ranks: Float64Array;
  /** Indices that sort x, and with it the ranks, in ascending order. */
  sorted: Uint32Array;
  /**
   * Vector–Jacobian product: the derivative by x of Σ cotangent · rank. Length n.
   *
   * @throws InfoNetError "unequal-lengths" if the cotangent has another length
   */
  vjp(cotangent: ArrayLike<number>): Float64Array;
}

/**
 * Soft ranks of a sample, the smallest value first.
 *
 * @param x finite numbers, length n; equal values get equal ranks
 * @returns ranks, length n
 * @throws InfoNetError "not-a-number" if x is no array of numbers, "not-finite" if a value is not finite,
 *   "invalid-option" if an option is not one of those above
 */
export function softRank(x: ArrayLike<number>, options: SoftRankOptions): Float64Array {
  return softRankVjp(x, options).ranks;
}

/**
 * Soft ranks together with their vector–Jacobian product. They are piecewise smooth in x: linear (quadratic kind) as
 * long as no two pools merge and none parts.
 *
 * @param x finite numbers, length n
 * @throws InfoNetError as {@link softRank}
 */
export function softRankVjp(x: ArrayLike<number>, options: SoftRankOptions): SoftRanks {
  if (typeof x !== "object" || x === null || !Number.isSafeInteger(x.length)) {
    throw new InfoNetError("not-a-number", `x is ${describe(x)}; pass an array of numbers.`);
  }
  const values = new Float64Array(x.length);
  for (let row = 0; row < values.length; row++) {
    const value = x[row];
    if (!Number.isFinite(value)) {
      const code = typeof value === "number" ? "not-finite" : "not-a-number";
      throw new InfoNetError(code, `x has ${describe(value)} at row ${row}; pass finite numbers only.`);
    }
    values[row] = value;
  }
  return softRankOfSorted(values, order(values), options);
}

/**
 * The same where the order is known. O(n).
 *
 * @param values finite numbers, which is not checked
 * @param sorted indices that sort the values in ascending order
 * @throws InfoNetError "invalid-option"
 */
export function softRankOfSorted(
  values: Float64Array,
  sorted: Uint32Array,
  options: SoftRankOptions,
): SoftRanks {
  const { regularization, kind } = readOptions(options, OPTIONS);
  if (regularization === undefined) {
    throw invalidOption("regularization", regularization, OPTIONS.regularization.remedy);
  }
  const n = values.length;
  const rule = kind === "entropic" ? new EntropicRule() : new QuadraticRule();
  // Isotonic regression wants falling sequences: entry i is the i-th largest value, whose hard rank is n − i.
  const falling = new Float64Array(n);
  const exponent = commonExponent([values[sorted[0]], values[sorted[n - 1]]], regularization);
  for (let i = 0; i < n; i++) falling[i] = values[sorted[n - 1 - i]];
  if (exponent !== 0) for (let i = 0; i < n; i++) falling[i] = scaled(falling[i], exponent);
  // Where ε is nothing beside the values, the least of doubles does what it does.
  rule.prepare(falling, Math.max(scaled(regularization, exponent), Number.MIN_VALUE));
  const starts = poolViolators(n, rule);
  const ranks = new Float64Array(n);
  for (let b = 0; b + 1 < starts.length; b++) {
    const [from, to] = [starts[b], starts[b + 1]];
    for (let i = from; i < to; i++) ranks[sorted[n - 1 - i]] = rule.rank(from, i);
  }
  return {
    ranks,
    sorted,
    vjp(cotangent) {
      if (cotangent.length !== n) {
        throw new InfoNetError(
          "unequal-lengths",
          `the cotangent has ${cotangent.length} values; give ${n}, one a rank.`,
        );
      }
      return pullRanks({ sorted, starts, rule, regularization }, cotangent);
    },
  };
}

/** Derivatives by the values, from those by their soft ranks. */
function pullRanks(
  {
    sorted,
    starts,
    rule,
    regularization,
  }: { sorted: Uint32Array; starts: Uint32Array; rule: SoftRankRule; regularization: number },
  cotangent: ArrayLike<number>,
): Float64Array {
  const n = sorted.length;
  const result = new Float64Array(n);
  for (let b = 0; b + 1 < starts.length; b++) {
    const from = starts[b];
    const to = starts[b + 1];
    // In a block the ranks are x/ε but for a common term, whose derivative is the block's weights.
    let common = 0;
    for (let i = from; i < to; i++) common += cotangent[sorted[n - 1 - i]];
    for (let i = from; i < to; i++) {
      const row = sorted[n - 1 - i];
      result[row] = (cotangent[row] - common * rule.weight(from, to, i)) / regularization;
    }
  }
  return result;
}

/**
 * The exponent of two that brings values and ε into reach together: the ranks depend on their ratio alone. Of values that
 * stand alone only differences are formed, and values are summed up where ε is about as large.
 */
function commonExponent(ends: readonly number[], regularization: number): number {
  const ofValues = missingExponent([ends], REACH.differences);
  const ofStrength = missingExponent([[regularization]], REACH.sums);
  return Math.min(ofValues, ofStrength);
}

/** A rule of pooling that also says what the soft ranks of a block are. */
interface SoftRankRule extends BlockRule {
  /** @param x falling values */
  prepare(x: Float64Array, regularization: number): void;
  /** Soft rank of entry i in the block at slot `from`. */
  rank(from: number, i: number): number;
  /** Share of entry i in the common term of its block [from, to). Sums to 1. */
  weight(from: number, to: number, i: number): number;
}

/**
 * Blocks take the mean of x − ε·w, where w is the hard rank. In the units of x nothing overflows however small ε
 * is, and a value that stands alone gets its hard rank exactly.
 */
class QuadraticRule implements SoftRankRule {
  #x: Float64Array = new Float64Array(0);
  #epsilon = 1;
  /** Entries of a block; sums of x, less its first value, and of w. */
  #count = new Float64Array(0);
  #sumX = new Float64Array(0);
  #sumW = new Float64Array(0);

  prepare(x: Float64Array, regularization: number): void {
    this.#x = x;
    this.#epsilon = regularization;
    this.#count = new Float64Array(x.length);
    this.#sumX = new Float64Array(x.length);
    this.#sumW = new Float64Array(x.length);
  }

  start(i: number): void {
    this.#count[i] = 1;
    this.#sumX[i] = 0;
    this.#sumW[i] = this.#x.length - i;
  }

  merge(left: number, right: number): void {
    this.#sumX[left] += this.#sumX[right] + this.#count[right] * (this.#x[right] - this.#x[left]);
    this.#sumW[left] += this.#sumW[right];
    this.#count[left] += this.#count[right];
  }

  falls(left: number, right: number): boolean {
    return this.#value(left) > this.#value(right);
  }

  #value(slot: number): number {
    return this.#x[slot] + (this.#sumX[slot] - this.#epsilon * this.#sumW[slot]) / this.#count[slot];
  }

  rank(from: number, i: number): number {
    const count = this.#count[from];
    const offset = this.#x[i] - this.#x[from] - this.#sumX[from] / count;
    return offset / this.#epsilon + this.#sumW[from] / count;
  }

  weight(from: number, to: number): number {
    return 1 / (to - from);
  }
}

/**
 * Blocks take ln Σ e^s − ln Σ e^w, with s = x/ε and w the hard rank. Only differences of s are formed, so that nothing
 * overflows however small ε is: values that are too far apart for it stand in different blocks.
 */
class EntropicRule implements SoftRankRule {
  #x: Float64Array = new Float64Array(0);
  #epsilon = 1;
  /** Of a block: logarithms of the sums of e^(s − s of the first entry) and of e^w. */
  #logS = new Float64Array(0);
  #logW = new Float64Array(0);

  prepare(x: Float64Array, regularization: number): void {
    this.#x = x;
    this.#epsilon = regularization;
    this.#logS = new Float64Array(x.length);
    this.#logW = new Float64Array(x.length);
  }

  start(i: number): void {
    this.#logS[i] = 0;
    this.#logW[i] = this.#x.length - i;
  }

  merge(left: number, right: number): void {
    this.#logS[left] = logAdd(this.#logS[left], this.#logS[right] + this.#above(right, left));
    this.#logW[left] = logAdd(this.#logW[left], this.#logW[right]);
  }

  falls(left: number, right: number): boolean {
    const [a, b] = [this.#logS[left] - this.#logW[left], this.#logS[right] - this.#logW[right]];
    return this.#above(left, right) > b - a;
  }

  rank(from: number, i: number): number {
    return this.#above(i, from) - this.#logS[from] + this.#logW[from];
  }

  weight(from: number, _to: number, i: number): number {
    return Math.exp(this.#above(i, from) - this.#logS[from]);
  }

  /** s of entry i less s of entry k. */
  #above(i: number, k: number): number {
    return (this.#x[i] - this.#x[k]) / this.#epsilon;
  }
}

/** ln(e^a + e^b). */
function logAdd(a: number, b: number): number {
  const top = Math.max(a, b);
  return top === -Infinity ? top : top + Math.log1p(Math.exp(Math.min(a, b) - top));
}
