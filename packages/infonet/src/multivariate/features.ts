/** Functions of several variables among which canonical variates are looked for. */

import { type Stream, shuffled } from "./random.js";

/** A family of functions of the columns of one variable. */
export interface FeatureKind {
  /** Bumps exp(−‖z − c‖²/(2 · width² · d)) around rows c, or none. */
  bumps?: number;
  /** Products of columns up to this degree. */
  degree: 1 | 2 | 3;
  /** Added to the diagonal of the correlation matrix of the functions. */
  ridge: number;
}

/** Values of functions, rows × count, row-major, each with mean 0 and deviation 1 before the farthest are pulled in. */
export interface Features {
  values: Float64Array;
  count: number;
}

const MOST_BUMPS = 80;
/** Rows a bump, at least. */
const ROWS_A_BUMP = 12;

/** Number of products of `width` columns up to a degree. */
export function monomials(width: number, degree: number): number {
  if (degree === 1) return width;
  const squares = width + (width * (width + 1)) / 2;
  return degree === 2 ? squares : squares + (width * (width + 1) * (width + 2)) / 6;
}

/**
 * The functions of a family at all rows.
 *
 * @param columns normal scores, or other columns with deviations of about 1
 */
export function expand(columns: readonly Float64Array[], kind: FeatureKind, random: Stream): Features {
  const n = columns[0].length;
  const list: Float64Array[] = [...columns];
  if (kind.degree > 1) list.push(...products(columns, kind.degree));
  if (kind.bumps !== undefined) list.push(...bumps(columns, kind.bumps, random));
  const kept = list.map(standardized).filter((column) => column !== undefined);
  const count = kept.length;
  const values = new Float64Array(n * count);
  kept.forEach((column, k) => {
    for (let row = 0; row < n; row++) values[row * count + k] = column[row];
  });
  return { values, count };
}

function products(columns: readonly Float64Array[], degree: number): Float64Array[] {
  const list: Float64Array[] = [];
  columns.forEach((a, i) => {
    for (let j = i; j < columns.length; j++) {
      const square = a.map((value, row) => value * columns[j][row]);
      list.push(square);
      if (degree < 3) continue;
      for (let k = j; k < columns.length; k++) list.push(square.map((v, row) => v * columns[k][row]));
    }
  });
  return list;
}

function bumps(columns: readonly Float64Array[], width: number, random: Stream): Float64Array[] {
  const n = columns[0].length;
  const d = columns.length;
  const count = Math.min(MOST_BUMPS, Math.floor(n / ROWS_A_BUMP));
  const centres = shuffled(n, random).subarray(0, count);
  const scale = -1 / (2 * width * width * d);
  return Array.from(centres, (centre) => {
    const squares = new Float64Array(n);
    for (const column of columns) {
      const at = column[centre];
      for (let row = 0; row < n; row++) squares[row] += (column[row] - at) ** 2;
    }
    return squares.map((square) => Math.exp(scale * square));
  });
}

/** Deviations beyond which a function does not grow: products have rows far out, which would rule the sums of squares. */
const FARTHEST = 4;

function standardized(column: Float64Array): Float64Array | undefined {
  const n = column.length;
  let sum = 0;
  for (const value of column) sum += value;
  const mean = sum / n;
  let square = 0;
  for (const value of column) square += (value - mean) ** 2;
  const deviation = Math.sqrt(square / n);
  if (deviation < 1e-9) return undefined;
  return column.map((value) => Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean) / deviation)));
}
