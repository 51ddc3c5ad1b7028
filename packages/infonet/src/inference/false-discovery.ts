/**
 * q-values: the smallest false discovery rate at which each test counts as a discovery (Benjamini & Hochberg
 * 1995, their adjusted p-values). Valid for independent and for positively dependent tests.
 *
 * @param pValues in any order
 * @param others tests beside these whose p-values are taken to be 1
 * @returns q-values in the same order, each at least its p-value and at most 1
 */
export function qValues(pValues: ArrayLike<number>, others = 0): Float64Array {
  const tests = pValues.length;
  const m = tests + others;
  const order = Uint32Array.from({ length: tests }, (_, k) => k).sort((a, b) => pValues[a] - pValues[b]);
  const q = new Float64Array(tests);
  let least = 1;
  for (let rank = tests; rank >= 1; rank--) {
    const k = order[rank - 1];
    least = Math.min(least, Math.max(pValues[k], (pValues[k] * m) / rank));
    q[k] = least;
  }
  return q;
}
