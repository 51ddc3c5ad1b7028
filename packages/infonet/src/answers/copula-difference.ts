/**
 * Whether two columns depend on each other in the same way in all groups of rows: covariances of slow waves of the ranks within each group,
 * and how far they lie apart, beside what they do when the rows of all groups are dealt to groups at random. Ranks within a group know
 * nothing of its own scale and place, so that these may differ; so may the shares of levels.
 */

import { codeColumn } from "../copula/index.js";
import type { Task } from "../engine/task.js";
import { logPermuted } from "../inference/permutation-tail.js";
import { centred, standardized } from "../numerics/moments.js";
import { order } from "../numerics/order.js";
import { shuffled, streamOf } from "../numerics/random.js";
import { allRows, appended, pick } from "../numerics/rows.js";
import {
  drawnCounts,
  groupedCounts,
  oddsEvidence,
  placesOf,
  withoutInteraction,
} from "./table-difference.js";

/** Slow waves of a number, and levels of a category, whose products are looked at. */
const WAVES = 4;
const MOST_LEVELS = 4;
/** Rows that a level has in every group at least; without them, nothing is said of it. */
const FEWEST_ROWS = 5;
/** Permutations at most. */
const PERMUTATIONS = 999;
/** No seed of the user's moves a p-value. */
const STREAM = 0x2b7e;

/** A column, the rows of the groups one after the other, none missing. */
export interface GroupedColumn {
  values: Float64Array;
  /** The levels of a category, the most frequent first; undefined of a number. */
  levels: readonly number[] | undefined;
}

/** Two columns, and how many rows each group has. */
interface GroupedPair {
  x: GroupedColumn;
  y: GroupedColumn;
  sizes: readonly number[];
}

/** p-values of pairs depending on each other in the same way in all groups. A column that is in several pairs is ranked once. */
export const COPULA_DIFFERENCES: Task<{ pairs: readonly GroupedPair[] }, number[]> = {
  name: "copula-differences",
  run({ pairs }) {
    const known = new Map<GroupedColumn, Waves>();
    return pairs.map((pair) =>
      copulaDifference(pair, (column) => {
        const found = known.get(column) ?? wavesOf(column.values, pair.sizes);
        known.set(column, found);
        return found;
      }),
    );
  },
};

function copulaDifference({ x, y, sizes }: GroupedPair, waves: (column: GroupedColumn) => Waves): number {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const random = streamOf(STREAM, n);
  const least = Math.log(Number.MIN_VALUE);
  if (x.levels !== undefined && y.levels !== undefined) {
    const counted = groupedCounts(placesOf(x.values, x.levels), placesOf(y.values, y.levels), sizes);
    const expected = withoutInteraction(counted);
    const draw = (): number => oddsEvidence(drawnCounts(expected, counted.shape, sizes, random));
    return Math.exp(logPermuted(oddsEvidence(counted), draw, least, PERMUTATIONS));
  }
  const compared =
    x.levels === undefined && y.levels === undefined
      ? { influences: influences(waves(x), waves(y)), sizes }
      : x.levels === undefined
        ? withinLevels(y, x, sizes)
        : withinLevels(x, y, sizes);
  const kept = compared.sizes.reduce((sum, size) => sum + size, 0);
  const products = byRows(compared.influences, kept);
  if (products.weights.length === 0) return 1;
  const seen = apart(products, allRows(kept), compared.sizes);
  const draw = (): number => apart(products, shuffled(kept, random), compared.sizes);
  return Math.exp(logPermuted(seen, draw, least, PERMUTATIONS));
}

/** Slow cosines of the ranks of a number within each group. */
interface Waves {
  /** Each less its mean in every group. */
  values: Float64Array[];
  /** Shares of the row's group that are lower, half of the equal ones counted. */
  shares: Float64Array;
  /** All rows in the order of their shares. */
  ascending: Uint32Array;
  /** Where the rows of each group begin and end. */
  groups: readonly [from: number, to: number][];
}

/** @param weights of the rows; by default all alike */
function wavesOf(numbers: Float64Array, sizes: readonly number[], weights?: Float64Array): Waves {
  const values = Array.from({ length: WAVES }, () => new Float64Array(numbers.length));
  const shares = new Float64Array(numbers.length);
  const groups = stretches(sizes);
  for (const [from, to] of groups) {
    const own = lowerShares(numbers.subarray(from, to), weights?.subarray(from, to));
    shares.set(own, from);
    for (const [k, column] of values.entries()) {
      const raw = own.map((u) => wave(k + 1, u));
      column.set(weights === undefined ? centred(raw) : raw, from);
    }
  }
  return { values, shares, ascending: order(shares), groups };
}

const wave = (k: number, u: number): number => Math.SQRT2 * Math.cos(Math.PI * k * u);
const slope = (k: number, u: number): number => -Math.SQRT2 * Math.PI * k * Math.sin(Math.PI * k * u);

/** Where the rows of each group begin and end. */
function stretches(sizes: readonly number[]): [number, number][] {
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return [at - size, at];
  });
}

/** Shares of the weight of values that are lower, half of the equal ones counted. */
function lowerShares(values: Float64Array, weights: Float64Array | undefined): Float64Array {
  const { places, distinct } = codeColumn(values);
  const sums = new Float64Array(distinct);
  let total = 0;
  for (const [row, place] of places.entries()) {
    const weight = weights?.[row] ?? 1;
    sums[place] += weight;
    total += weight;
  }
  let below = 0;
  const lower = sums.map((sum) => {
    below += sum;
    return (below - sum / 2) / total;
  });
  return Float64Array.from(places, (place) => lower[place]);
}

/** A product of two functions, row by row, and how much it counts: slower waves more, levels all alike. */
interface Influence {
  values: Float64Array;
  weight: number;
}

/** Influences of the rows that can be compared, group by group. */
interface Compared {
  influences: Influence[];
  sizes: readonly number[];
}

/**
 * Products of the slowest waves of two numbers, and what follows from ranks being those of the groups themselves: the influence of a row on
 * the covariance. The covariance of ranks varies less than that of values with the same law (Hoeffding's projection; Rüschendorf 1976); with the
 * products alone, groups at random would lie farther apart than groups do.
 */
function influences(f: Waves, g: Waves): Influence[] {
  return f.values.flatMap((one, j) =>
    g.values.map((other, k) => {
      const [own, others] = [throughRanks(f, j, other), throughRanks(g, k, one)];
      const values = one.map((value, row) => value * other[row] + own[row] + others[row]);
      return { values, weight: 1 / ((1 + j) * (1 + k)) };
    }),
  );
}

/**
 * What a row does to the mean product of its group by moving the ranks of the rows above it: mean of φ′(U) ψ over those that are higher, half of
 * those that are as high, less the mean of that in the group. Where groups do not differ, it is the same function of the share in all of them, so
 * all rows tell of it: learnt from one group alone, its errors would be taken for a part of what rows vary by.
 *
 * @param other ψ by row, times the weight of the row
 */
function throughRanks({ shares, ascending, groups }: Waves, j: number, other: Float64Array): Float64Array {
  const found = new Float64Array(shares.length);
  const n = shares.length;
  let above = 0;
  for (let to = n; to > 0; ) {
    const u = shares[ascending[to - 1]];
    let [from, own] = [to, 0];
    for (; from > 0 && shares[ascending[from - 1]] === u; from--) own += other[ascending[from - 1]];
    own *= slope(j + 1, u);
    for (let at = from; at < to; at++) found[ascending[at]] = (above + own / 2) / n;
    above += own;
    to = from;
  }
  for (const [from, to] of groups) found.set(centred(found.subarray(from, to)), from);
  return found;
}

/**
 * The same of levels beside a number. Rows are weighted so that levels have the same shares in all groups: what a level says of the number may
 * be the same though it is more frequent in one of them. A row's influence is then what it is beyond the mean of its level.
 *
 * @returns of the rows of levels that all groups have, and how many these are in each group
 */
function withinLevels(levelled: GroupedColumn, number: GroupedColumn, all: readonly number[]): Compared {
  const counts = stretches(all).map(([from, to]) => countsOf(levelled.values.subarray(from, to)));
  const levels = (levelled.levels ?? []).filter((level) =>
    counts.every((own) => (own.get(level) ?? 0) >= FEWEST_ROWS),
  );
  if (levels.length < 2) return { influences: [], sizes: all };
  const placeOf = new Map(levels.map((level, place) => [level, place]));
  const kept = stretches(all).map(([from, to]) =>
    allRows(to - from)
      .map((row) => from + row)
      .filter((row) => placeOf.has(levelled.values[row])),
  );
  const sizes = kept.map(({ length }) => length);
  const rows = appended(kept);
  const places = Uint16Array.from(rows, (row) => placeOf.get(levelled.values[row]) as number);
  const pooled = levels.map(
    (level) => counts.reduce((sum, own) => sum + (own.get(level) as number), 0) / rows.length,
  );
  const weights = new Float64Array(rows.length);
  for (const [group, [from, to]] of stretches(sizes).entries()) {
    for (let row = from; row < to; row++) {
      const share = (counts[group].get(levels[places[row]]) as number) / sizes[group];
      weights[row] = pooled[places[row]] / share;
    }
  }
  const waves = wavesOf(pick(number.values, rows), sizes, weights);
  const found = levels.slice(0, MOST_LEVELS).flatMap((_, level) => {
    const deviation = Math.sqrt(pooled[level] * (1 - pooled[level]));
    const indicator = Float64Array.from(
      places,
      (place) => ((place === level ? 1 : 0) - pooled[level]) / deviation,
    );
    const weighted = indicator.map((value, row) => value * weights[row]);
    return waves.values.map((values, k): Influence => {
      const products = values.map((value, row) => value * indicator[row]);
      const through = throughRanks(waves, k, weighted);
      const own = products.map((value, row) => value + through[row]);
      return {
        values: beyondLevels(own, products, { places, weights, levels: levels.length, sizes }),
        weight: 1 / (1 + k),
      };
    });
  });
  return { influences: found, sizes };
}

function countsOf(values: Float64Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Of each row its weight times what it is beyond the mean of its level in its group, and the weighted mean of the products of its group. */
function beyondLevels(
  own: Float64Array,
  products: Float64Array,
  {
    places,
    weights,
    levels,
    sizes,
  }: { places: Uint16Array; weights: Float64Array; levels: number; sizes: readonly number[] },
): Float64Array {
  const found = new Float64Array(own.length);
  for (const [from, to] of stretches(sizes)) {
    const [sums, counts] = [new Float64Array(levels), new Float64Array(levels)];
    let middle = 0;
    for (let row = from; row < to; row++) {
      sums[places[row]] += own[row];
      counts[places[row]]++;
      middle += (weights[row] * products[row]) / (to - from);
    }
    for (let row = from; row < to; row++) {
      const place = places[row];
      found[row] = middle + weights[row] * (own[row] - sums[place] / counts[place]);
    }
  }
  return found;
}

/** Influences row by row, each less its mean and divided by its deviation, and how much each counts. */
interface Products {
  rows: Float64Array;
  weights: Float64Array;
}

/** Puts influences row by row, those that are constant left out. */
function byRows(influences: readonly Influence[], n: number): Products {
  const kept = influences.flatMap(({ values, weight }) => {
    const own = standardized(values);
    return own.some((value) => value !== 0) ? [{ own, weight }] : [];
  });
  const width = kept.length;
  const rows = new Float64Array(n * width);
  for (const [k, { own }] of kept.entries())
    for (let row = 0; row < n; row++) rows[row * width + k] = own[row];
  return { rows, weights: Float64Array.from(kept, ({ weight }) => weight) };
}

/**
 * How far the means of influences lie apart between groups, in nats: half of what would be χ² of each (Welch 1951: by the variances of the
 * groups, which weights may make unequal), times how much it counts.
 *
 * @param order the rows of all groups, group by group
 */
function apart({ rows, weights }: Products, order: Uint32Array, sizes: readonly number[]): number {
  const width = weights.length;
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  // Σ w, Σ w m and Σ w m² over groups, with w = n / variance and m the mean.
  const moments = [0, 1, 2].map(() => new Float64Array(width));
  let row = 0;
  for (const size of sizes) {
    sums.fill(0);
    squares.fill(0);
    for (const end = row + size; row < end; row++) {
      const from = order[row] * width;
      for (let k = 0; k < width; k++) {
        const value = rows[from + k];
        sums[k] += value;
        squares[k] += value * value;
      }
    }
    for (let k = 0; k < width; k++) {
      const middle = sums[k] / size;
      const precision = size / Math.max(squares[k] / size - middle * middle, LEAST_VARIANCE);
      moments[0][k] += precision;
      moments[1][k] += precision * middle;
      moments[2][k] += precision * middle * middle;
    }
  }
  let evidence = 0;
  for (let k = 0; k < width; k++) {
    evidence += weights[k] * (moments[2][k] - moments[1][k] ** 2 / moments[0][k]);
  }
  return evidence / 2;
}

/** Of a group, as a share of the variance of all rows. */
const LEAST_VARIANCE = 1e-3;
