/** The sample behind the golden values: the same numbers, to the last bit, as in make.py. */

/** Rows of the golden sample. */
export const ROWS = 300;

/** Lehmer's generator; sums and products alone, so that any language gives the same doubles. */
export function goldenSample(seed = 1): {
  x1: Float64Array;
  x2: Float64Array;
  y1: Float64Array;
  y2: Float64Array;
  labels: Uint8Array;
  levels: Uint8Array;
} {
  let state = seed;
  const uniform = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const bell = (): Float64Array =>
    Float64Array.from({ length: ROWS }, () => uniform() + uniform() + uniform() - 1.5);
  const [a, b, c, d] = [bell(), bell(), bell(), bell()];
  const level = (value: number): number => (value < -0.3 ? 0 : value < 0.3 ? 1 : 2);
  return {
    x1: a,
    x2: c.map((value, row) => value + 0.5 * a[row]),
    y1: a.map((value, row) => 0.6 * value + 0.8 * b[row]),
    y2: c.map((value, row) => 0.5 * value * value - d[row]),
    labels: Uint8Array.from(a, (value, row) => level(value + 0.3 * d[row])),
    levels: Uint8Array.from(b, (value, row) => level(value + 0.5 * a[row])),
  };
}

/** Columns side by side, row-major. */
export function matrix(...columns: Float64Array[]): { data: Float64Array; width: number } {
  const width = columns.length;
  const data = new Float64Array(width * columns[0].length);
  for (const [index, column] of columns.entries()) {
    for (const [row, value] of column.entries()) data[row * width + index] = value;
  }
  return { data, width };
}
