/**
 * Spearman's rank correlation of the rows where both columns have a value (ties share their mean rank), or
 * `undefined` if a column is constant there.
 */
export function rankCorrelation(
  x: Float64Array,
  y: Float64Array,
  rows: readonly number[],
): number | undefined {
  const a = meanRanks(x, rows);
  const b = meanRanks(y, rows);
  const middle = (rows.length - 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - middle) * (b[i] - middle);
    aa += (a[i] - middle) ** 2;
    bb += (b[i] - middle) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : undefined;
}

function meanRanks(values: Float64Array, rows: readonly number[]): Float64Array {
  const order = rows.map((_, position) => position).sort((i, j) => values[rows[i]] - values[rows[j]]);
  const ranks = new Float64Array(rows.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[rows[order[end]]] === values[rows[order[start]]]) end++;
    for (let k = start; k < end; k++) ranks[order[k]] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}

/** Row numbers in which both columns have a value. */
export function completeRows(x: Float64Array, y: Float64Array): number[] {
  const rows: number[] = [];
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i]) && !Number.isNaN(y[i])) rows.push(i);
  return rows;
}
