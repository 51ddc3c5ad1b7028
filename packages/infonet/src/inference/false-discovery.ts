/**
 * q-values: the smallest false discovery rate at which each test counts as a discovery (Benjamini & Hochberg
 * 1995, their adjusted p-values). Valid for independent and for positively dependent tests.
 *
 * @param pValues in any order
 * @returns q-values in the same order, each at least its p-value and at most 1
 */
export function qValues(pValues: ArrayLike<number>): Float64Array {
  const m = pValues.length;
  const order = Uint32Array.from({ length: m }, (_, k) => k).sort((a, b) => pValues[a] - pValues[b]);
  const q = new Float64Array(m);
  let least = 1;
  for (let rank = m; rank >= 1; rank--) {
    const k = order[rank - 1];
    least = Math.min(least, Math.max(pValues[k], (pValues[k] * m) / rank));
    q[k] = least;
  }
  return q;
}
