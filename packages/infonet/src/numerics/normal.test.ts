import { expect, test } from "vitest";
import { logNormalDensity, normalDistribution, normalQuantile } from "./normal.js";

/** Of mpmath 1.3: −√2 · erfinv(1 − 2p) of the double p in 60 to 1500 digits, rounded to the nearest double. */
const REFERENCE: readonly (readonly [p: number, quantile: number])[] = [
  // The far tail: e⁻²⁵ = 1.39e-11 and below.
  [5e-324, -38.467405617144344],
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-20, -9.262340089798407],
  [1e-12, -7.034483825301132],
  [1.3887943864964021e-11, -6.657904643501103],
  // The tail: up to 0.075.
  [1e-10, -6.361340902404057],
  [0.001, -3.0902323061678136],
  [0.025, -1.9599639845400543],
  [0.074, -1.4466320671589785],
  // The centre.
  [0.075, -1.439531470938456],
  [0.0750001, -1.4395307645017297],
  [0.1, -1.2815515655446004],
  [0.25, -0.6744897501960817],
  [0.3, -0.5244005127080408],
  [0.49, -0.025068908258711057],
  [0.7, 0.5244005127080407],
  [0.925, 1.4395314709384561],
  // The other tail.
  [0.975, 1.9599639845400538],
  [0.999999, 4.753424308817087],
];

test.each(REFERENCE)("Φ⁻¹(%d) is that of mpmath to 1e-15 of its size", (p, quantile) => {
  expect(Math.abs(normalQuantile(p) / quantile - 1)).toBeLessThan(1e-15);
});

test("half of the mass lies on either side, in the same distance to the last bit", () => {
  expect(normalQuantile(0.5)).toBe(0);
  // 1 − p is exact for these.
  for (let k = 1; k < 512; k++) expect(normalQuantile(1 - k / 1024)).toBe(-normalQuantile(k / 1024));
});

test("larger probabilities have larger quantiles, across the seams of the formulas too", () => {
  for (const seam of [Math.exp(-25), 0.075, 0.925]) {
    for (let k = -50; k < 50; k++) {
      const [p, next] = [seam * (1 + k * 1e-12), seam * (1 + (k + 1) * 1e-12)];
      expect(normalQuantile(next)).toBeGreaterThan(normalQuantile(p));
    }
  }
});

test("Φ is the inverse of Φ⁻¹ to 3e-10, rises, and is mirrored about ½", () => {
  for (const [p, quantile] of REFERENCE) {
    expect(Math.abs(normalDistribution(quantile) - p)).toBeLessThan(3e-10);
    expect(Math.abs(normalDistribution(-quantile) - (1 - p))).toBeLessThan(3e-10);
  }
  let before = 0;
  for (let z = -9; z <= 9; z += 0.003) {
    const value = normalDistribution(z);
    expect(value).toBeGreaterThanOrEqual(before);
    before = value;
  }
  expect([normalDistribution(-Infinity), normalDistribution(0), normalDistribution(Infinity)]).toEqual([
    0, 0.5, 1,
  ]);
});

test("the density is the slope of Φ", () => {
  for (const z of [-4.2, -1, 0, 0.5, 3]) {
    const h = 1e-3;
    const slope = (normalDistribution(z + h) - normalDistribution(z - h)) / (2 * h);
    expect(Math.exp(logNormalDensity(z))).toBeCloseTo(slope, 6);
  }
});
