/** Some rows of a row-major table. */
export function rowsOf(table: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const picked = new Float32Array(rows.length * width);
  for (const [k, row] of rows.entries()) {
    picked.set(table.subarray(row * width, (row + 1) * width), k * width);
  }
  return picked;
}
