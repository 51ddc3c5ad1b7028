/** Missing values: how columns mark them, and the rows without any. */

/** Place, or code, of a missing value; a column of doubles has NaN for it. */
export const MISSING = 0xffffffff;

/** Rows in which no column misses its value, ascending; none without columns. All columns are of one length. O(n). */
export function completeRows(columns: ReadonlyArray<Float64Array | Uint32Array>): Uint32Array {
  const n = columns[0]?.length ?? 0;
  const gaps = new Uint8Array(n);
  for (const column of columns) {
    if (column instanceof Uint32Array) {
      for (let row = 0; row < n; row++) if (column[row] === MISSING) gaps[row] = 1;
    } else {
      for (let row = 0; row < n; row++) if (Number.isNaN(column[row])) gaps[row] = 1;
    }
  }
  const rows = new Uint32Array(n);
  let count = 0;
  for (let row = 0; row < n; row++) if (gaps[row] === 0) rows[count++] = row;
  return rows.subarray(0, count);
}
