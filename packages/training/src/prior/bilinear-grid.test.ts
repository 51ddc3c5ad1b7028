import { expect, test } from "vitest";
import { BilinearGrid } from "./bilinear-grid.js";
import { hill } from "./hills.js";
import { Random } from "./random.js";

const N = 4096;
const x = new Float64Array(N);
const y = new Float64Array(N);
const out = new Float64Array(N);

/** Height at `at` of the tent of mass one over [left, left + 2]. */
const tent = (left: number, at: number): number => Math.max(0, 1 - Math.abs(at - left - 1));

test("has the log ratio of the sum over all tents, written out", () => {
  const rng = new Random(1);
  const [columns, rows] = [5, 3];
  const weights = Float64Array.from({ length: columns * rows }, () => rng.gamma(0.5) + 1e-3);
  const grid = new BilinearGrid("grid", columns, rows, weights);
  grid.sample(rng, x, y, 200);
  grid.logRatio(x, y, 200, out);
  const total = weights.reduce((sum, w) => sum + w, 0);
  for (let k = 0; k < 200; k++) {
    let [joint, alongX, alongY] = [0, 0, 0];
    weights.forEach((w, at) => {
      const [px, py] = [tent(at % columns, x[k]), tent(Math.floor(at / columns), y[k])];
      joint += (w / total) * px * py;
      alongX += (w / total) * px;
      alongY += (w / total) * py;
    });
    expect(out[k]).toBeCloseTo(Math.log(joint / (alongX * alongY)), 9);
  }
});

test("is independent where the weights are products, and impossible outside", () => {
  const rng = new Random(2);
  const [across, up] = [rng.dirichlet(6), rng.dirichlet(4)];
  const weights = Float64Array.from({ length: 24 }, (_, at) => across[at % 6] * up[Math.floor(at / 6)]);
  const grid = new BilinearGrid("grid", 6, 4, weights);
  grid.stratified(rng, x, y, N);
  grid.logRatio(x, y, N, out);
  for (const ratio of out) expect(Math.abs(ratio)).toBeLessThan(1e-9);
  grid.logRatio(Float64Array.of(-0.1, 7.5, 1), Float64Array.of(1, 1, 5.1), 3, out);
  expect([...out.subarray(0, 3)]).toEqual([-Infinity, -Infinity, -Infinity]);
});

test("draws tents: mean at the top, variance a sixth", () => {
  const rng = new Random(3);
  const single = new BilinearGrid("grid", 1, 1, Float64Array.of(2));
  for (const draw of ["sample", "stratified"] as const) {
    single[draw](rng, x, y, N);
    for (const values of [x, y]) {
      const mean = values.reduce((sum, v) => sum + v, 0) / N;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / N;
      expect(Math.abs(mean - 1), draw).toBeLessThan(5 * Math.sqrt(1 / 6 / N));
      expect(Math.abs(variance - 1 / 6), draw).toBeLessThan(0.015);
    }
  }
});

test("draws hills of weak and of strong dependence, leaning either way", () => {
  let [weak, strong, rising] = [0, 0, 0];
  const hills = 200;
  for (let k = 0; k < hills; k++) {
    const rng = new Random(4, k);
    const drawn = hill(rng, "hills");
    drawn.stratified(rng, x, y, N);
    drawn.logRatio(x, y, N, out);
    const mi = out.reduce((sum, ratio) => sum + ratio, 0) / N;
    if (mi < 0.05) weak++;
    if (mi > 0.5) strong++;
    const [mx, my] = [x, y].map((values) => values.reduce((sum, v) => sum + v, 0) / N);
    if (x.reduce((sum, v, j) => sum + (v - mx) * (y[j] - my), 0) > 0) rising++;
  }
  expect(weak).toBeGreaterThan(hills / 10);
  expect(strong).toBeGreaterThan(hills / 10);
  expect(Math.abs(rising - hills / 2)).toBeLessThan(4 * Math.sqrt(hills / 4));
});
