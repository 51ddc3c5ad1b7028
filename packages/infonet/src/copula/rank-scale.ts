/**
 * The rank scale: a column pulled onto the scale of its own ranks by a piecewise linear map through some of its order
 * statistics, so that neighbours are about one apart wherever they lie. Soft ranks need it: what they pool must not
 * depend on the units of a column, nor on where it is dense.
 */

import { fixedStream } from "../numerics/random.js";
import { missingExponent, REACH, scaled } from "../numerics/reach.js";

/** A column on its rank scale, and what the derivative needs. */
export interface RankScale {
  /** Positions, 1-based like ranks: about the hard rank. Length n. */
  positions: Float64Array;
  /** Rows in ascending order of their positions. */
  sorted: Uint32Array;
  /** Largest slope of the map, ranks a unit of the column; Infinity where values are too close for one. */
  steepest: number;
  /** Vector–Jacobian product: the derivative by the values of Σ cotangent · position. Length n. */
  vjp(cotangent: ArrayLike<number>): Float64Array;
}

/** Seed of the gaps between tied values; their order is in the ranks. */
const GAPS_SEED = 0x7165;

/**
 * Rows between two knots of the map, for a column of n rows: enough that a slope is known, few enough that the density
 * between two knots hardly changes.
 */
function rowsOfACell(n: number): number {
  return Math.max(4, Math.round(Math.sqrt(n)));
}

/** Hard ranks of the knots, ascending. Towards both ends, where densities fall off, they move closer together. */
function knotRanks(n: number): number[] {
  const most = rowsOfACell(n);
  const lower: number[] = [];
  for (let rank = 0; rank < n / 2; rank += Math.min(most, Math.max(2, rank >> 1))) lower.push(rank);
  return [...lower, ...lower.map((rank) => n - 1 - rank).reverse()];
}

/**
 * Pulls a column onto its rank scale.
 *
 * Between two knots the map is linear; at a knot the position is the hard rank, whatever the value. Values that occur
 * more than once are spread over the ranks they share, in the order of their ranks, at random gaps (the distributional
 * transform U = F(x−) + V·P(X = x), V stratified).
 *
 * @param column finite numbers, length n ≥ 2
 * @param ranks strict 0-based ranks of the values, ties in any order
 */
export function rankScale(column: ArrayLike<number>, ranks: Uint32Array): RankScale {
  const n = ranks.length;
  const { values, unit } = apart(column);
  const rows = new Uint32Array(n);
  for (let row = 0; row < n; row++) rows[ranks[row]] = row;
  const starts = tieGroups(values, rows);
  const knots = knotGroups(values, rows, starts);
  const spread = tieSpread(starts);

  const positions = new Float64Array(n);
  const slopes = new Float64Array(n);
  const shares = new Float64Array(n);
  const cells = new Uint32Array(n);
  let steepest = 0;
  for (let c = 0; c < knots.length; c++) {
    const firstA = starts[knots[c]];
    const lastA = starts[knots[c] + 1] - 1;
    for (let k = firstA; k <= lastA; k++) positions[rows[k]] = 1 + (firstA + lastA) / 2 + spread[k];
    if (c + 1 === knots.length) break;
    const firstB = starts[knots[c + 1]];
    const a = values[rows[lastA]];
    const width = values[rows[firstB]] - a;
    const slope = ((firstB - lastA) / width) * unit;
    steepest = Math.max(steepest, slope);
    for (let k = lastA + 1; k < firstB; k++) {
      const row = rows[k];
      const share = (values[row] - a) / width;
      cells[row] = c;
      slopes[row] = slope;
      shares[row] = share;
      positions[row] = 1 + lastA + share * (firstB - lastA) + spread[k];
    }
  }

  const map = { rows, starts, knots, cells, slopes, shares };
  return {
    positions,
    sorted: settle(rows.slice(), positions),
    steepest,
    vjp: (cotangent) => pullPositions(map, cotangent),
  };
}

/** Where the rows are on the map, and what it is there. */
interface PositionMap {
  /** Rows in ascending order, where the groups of equal values start among them, and the groups at the knots. */
  rows: Uint32Array;
  starts: Uint32Array;
  knots: readonly number[];
  /** For every row the cell it lies in, the slope there, and its share of the way through it; knots have a slope of zero. */
  cells: Uint32Array;
  slopes: Float64Array;
  shares: Float64Array;
}

/** Derivatives by the values, from those by the positions. */
function pullPositions(
  { rows, starts, knots, cells, slopes, shares }: PositionMap,
  cotangent: ArrayLike<number>,
): Float64Array {
  const n = rows.length;
  const result = new Float64Array(n);
  const byKnot = new Float64Array(knots.length);
  for (let row = 0; row < n; row++) {
    if (slopes[row] === 0) continue;
    const slope = cotangent[row] * slopes[row];
    result[row] += slope;
    byKnot[cells[row]] -= slope * (1 - shares[row]);
    byKnot[cells[row] + 1] -= slope * shares[row];
  }
  for (let c = 0; c < knots.length; c++) {
    const first = starts[knots[c]];
    const end = starts[knots[c] + 1];
    for (let k = first; k < end; k++) result[rows[k]] += byKnot[c] / (end - first);
  }
  return result;
}

/** A column in a unit in which the distance of any two values is finite: the column times `unit`. */
function apart(column: ArrayLike<number>): { values: ArrayLike<number>; unit: number } {
  const exponent = missingExponent([column], REACH.differences);
  // Very small values stay: derivatives by them overflow, whatever the unit, and the slope says so.
  if (exponent >= 0) return { values: column, unit: 1 };
  return { values: Float64Array.from(column, (value) => scaled(value, exponent)), unit: 2 ** exponent };
}

/** Where the ranks of every distinct value begin, ascending, and n at the end. */
function tieGroups(values: ArrayLike<number>, rows: Uint32Array): Uint32Array {
  const n = rows.length;
  const starts = new Uint32Array(n + 1);
  let groups = 0;
  for (let k = 0; k < n; k++) {
    if (k === 0 || values[rows[k]] !== values[rows[k - 1]]) starts[groups++] = k;
  }
  starts[groups] = n;
  return starts.subarray(0, groups + 1);
}

/** Share of a cell's width from which a gap is one between clusters, where the cell has so many values or more. */
const WIDE_GAP = 1 / 4;
const ENOUGH = 24;

/**
 * The groups of equal values at the knots, ascending: those that hold the knots' ranks, those as large as a cell, and
 * those on either side of a wide gap, across which no line should be drawn.
 */
function knotGroups(values: ArrayLike<number>, rows: Uint32Array, starts: Uint32Array): number[] {
  const n = rows.length;
  const groups = starts.length - 1;
  const large = rowsOfACell(n);
  const knots: number[] = [];
  const ranks = knotRanks(n);
  let next = 0;
  for (let g = 0; g < groups; g++) {
    const end = starts[g + 1];
    if (ranks[next] < end || end - starts[g] >= large) knots.push(g);
    while (ranks[next] < end) next++;
  }
  const chosen = new Set(knots);
  for (let c = 0; c + 1 < knots.length; c++) {
    if (knots[c + 1] - knots[c] < ENOUGH) continue;
    let here = values[rows[starts[knots[c]]]];
    const wide = WIDE_GAP * (values[rows[starts[knots[c + 1]]]] - here);
    for (let g = knots[c]; g < knots[c + 1]; g++) {
      const above = values[rows[starts[g + 1]]];
      if (above - here > wide) chosen.add(g).add(g + 1);
      here = above;
    }
  }
  return chosen.size === knots.length ? knots : [...chosen].sort((a, b) => a - b);
}

/**
 * Offset of every hard rank from the middle of its group: a random place in its own rank's share of the group's width,
 * symmetric about the middle, so that a column and its mirror image are spread alike.
 */
function tieSpread(starts: Uint32Array): Float64Array {
  const groups = starts.length - 1;
  const result = new Float64Array(starts[groups]);
  if (groups === result.length) return result;
  const { uniform } = fixedStream(GAPS_SEED);
  for (let g = 0; g < groups; g++) {
    const first = starts[g];
    const last = starts[g + 1] - 1;
    for (let k = 0; first + k < last - k; k++) {
      const offset = (last - first) / 2 - k - 0.5 + uniform();
      result[last - k] = offset;
      result[first + k] = -offset;
    }
  }
  return result;
}

/** Sorts rows by position in place, by insertion: but for a few tied ones they are in order. */
function settle(rows: Uint32Array, positions: Float64Array): Uint32Array {
  for (let k = 1; k < rows.length; k++) {
    const row = rows[k];
    const position = positions[row];
    let at = k;
    for (; at > 0 && positions[rows[at - 1]] > position; at--) rows[at] = rows[at - 1];
    rows[at] = row;
  }
  return rows;
}
