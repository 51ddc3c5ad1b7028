/**
 * Columns at the edge of the doubles. Sums, differences and squares of numbers near 1.8e308 or 1e-308 leave the range
 * of doubles; multiplied by a power of two, which changes no digit, they do not.
 */

/** Largest exponents of two of the values for which an operation stays well within the range of doubles. */
export const REACH = {
  /** For differences. */
  differences: 1000,
  /** For sums over all rows. */
  sums: 900,
  /** For sums of squares and of products. */
  squares: 400,
} as const;

/** Columns in another unit. */
export interface InReach {
  /** The columns times 2^exponent. */
  columns: Float64Array[];
  exponent: number;
}

/**
 * Columns in a common unit in which their largest value is neither above 2^reach nor below 2^−reach: the columns
 * themselves if they are, as nearly all are. Large ones come down no further than they must, so that the digits of far
 * smaller ones beside them are kept; small ones come up to 1.
 *
 * @param columns finite numbers, NaN where missing
 */
export function withinReach(columns: readonly Float64Array[], reach: number): InReach {
  const exponent = missingExponent(columns, reach);
  return exponent === 0
    ? { columns: [...columns], exponent }
    : { columns: columns.map((column) => timesPowerOfTwo(column, exponent)), exponent };
}

/** The exponent of two that brings the columns into reach; 0 if they are. */
export function missingExponent(columns: readonly ArrayLike<number>[], reach: number): number {
  let largest = 0;
  for (const column of columns) {
    for (let row = 0; row < column.length; row++) {
      const size = Math.abs(column[row]);
      if (size > largest) largest = size;
    }
  }
  if (largest === 0) return 0;
  const exponent = exponentOf(largest);
  if (exponent > reach) return reach - exponent;
  return exponent < -reach ? -exponent : 0;
}

/** ⌊log₂⌋ of a positive number, or one less. */
function exponentOf(value: number): number {
  // Subnormal numbers are made normal first, or their logarithm would be one of few digits.
  return value < 2 ** -1022 ? Math.floor(Math.log2(value * 2 ** 100)) - 100 : Math.floor(Math.log2(value));
}

/** value · 2^exponent. Exact, but for what falls below the smallest double. */
export function scaled(value: number, exponent: number): number {
  // Powers beyond 2^±1000 would not be doubles themselves.
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

function timesPowerOfTwo(column: Float64Array, exponent: number): Float64Array {
  const half = Math.trunc(exponent / 2);
  const [a, b] = [2 ** half, 2 ** (exponent - half)];
  return column.map((value) => value * a * b);
}
