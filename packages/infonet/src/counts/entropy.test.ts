import { expect, test } from "vitest";
import { chaoWangJost, millerMadow, plugInEntropy } from "./entropy.js";

/** The formula as it is printed, its sum term by term. */
function printed(counts: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const [once, twice] = [1, 2].map((size) => counts.filter((count) => count === size).length);
  let seen = 0;
  for (const count of counts) for (let k = count; k < n; k++) seen += count / n / k;
  let a = 1;
  if (twice > 0) a = (2 * twice) / ((n - 1) * once + 2 * twice);
  else if (once > 0) a = 2 / ((n - 1) * (once - 1) + 2);
  if (once === 0 || a === 1) return seen;
  // Σ over r ≥ n of (1 − a)^(r − n + 1)/r.
  let tail = 0;
  for (let r = n, q = 1 - a; q > 1e-18; r++, q *= 1 - a) tail += q / r;
  return seen + (once / n) * tail;
}

test.each([
  [[1, 1]],
  [[1, 2]],
  [[3]],
  [[1]],
  [[1, 1, 1, 1, 1]],
  [[1, 1, 1, 2, 2, 5, 9]],
  [[1, 2, 2, 2, 2, 2, 2, 40]],
  [[1, 50, 50]],
  [[1, 1, 500]],
  [Array.from({ length: 300 }, (_, k) => 1 + (k % 7))],
  [Array.from({ length: 200 }, () => 1)],
])("Chao, Wang & Jost of %j is the printed formula", (counts) => {
  expect(chaoWangJost(Uint32Array.from(counts))).toBeCloseTo(printed(counts), 10);
});

test("the tail of the series is the same on both sides of where its form changes", () => {
  // (n − 1) a is 2 twice/once nearly: below and above 1.
  for (const twice of [48, 49, 50, 51, 52]) {
    const counts = [...Array(100).fill(1), ...Array(twice).fill(2), 1000];
    expect(chaoWangJost(Uint32Array.from(counts))).toBeCloseTo(printed(counts), 11);
  }
});

test("of ten million rows it is near the truth, and near its neighbours", () => {
  const counts = (once: number) => Uint32Array.from([...Array(once).fill(1), ...Array(1000).fill(10_000)]);
  const [a, b] = [chaoWangJost(counts(100)), chaoWangJost(counts(101))];
  expect(a).toBeGreaterThan(Math.log(1000));
  expect(b - a).toBeGreaterThan(0);
  expect(b - a).toBeLessThan(1e-5);
});

test("plug-in and Miller–Madow of a fair coin, and of a single level", () => {
  const coin = Uint32Array.of(50, 50);
  expect(plugInEntropy(coin)).toBeCloseTo(Math.LN2, 14);
  expect(millerMadow(coin)).toBeCloseTo(Math.LN2 + 1 / 200, 14);
  for (const entropy of [plugInEntropy, millerMadow, chaoWangJost])
    expect(entropy(Uint32Array.of(7))).toBe(0);
});

test("the order of the levels does not reach the last bit", () => {
  const counts = Uint32Array.from({ length: 40 }, (_, k) => 1 + ((k * k) % 23));
  for (const entropy of [plugInEntropy, millerMadow, chaoWangJost]) {
    expect(entropy(counts.slice().reverse())).toBe(entropy(counts));
  }
});
