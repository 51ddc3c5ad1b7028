/** Followed uphill, the gradient raises the true mutual information, which other estimators measure. */

import { expect, test } from "vitest";
import { ksg } from "../classical/index.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const clip = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

test.each(["estimate", "critic"] as const)("a correlation rises, through the %s", async (through) => {
  const n = 800;
  const pair = (rho: number, seed: number): [Float64Array, Float64Array, Float64Array] => {
    const { normal } = draws(seed);
    const x = Float64Array.from({ length: n }, normal);
    const noise = x.map(() => normal());
    return [x, x.map((v, i) => rho * v + Math.sqrt(1 - rho ** 2) * noise[i]), noise];
  };
  let theta = Math.atanh(0.3);
  const before = ksg(...(pair(0.3, 1).slice(0, 2) as [Float64Array, Float64Array]));
  for (let step = 0; step < 50; step++) {
    const rho = Math.tanh(theta);
    // Fresh noise at every step, as in the training of a generator.
    const [x, y, noise] = pair(rho, 100 + step);
    const { dy } = await net.gradient(x, y, { through, seed: step });
    const byRho = dy.reduce((sum, d, i) => sum + d * (x[i] - (rho / Math.sqrt(1 - rho ** 2)) * noise[i]), 0);
    theta += 0.05 * clip(byRho * (1 - rho ** 2), 2);
  }
  const rho = Math.tanh(theta);
  expect(normalInformation(rho)).toBeGreaterThan(normalInformation(0.3) + 0.15);
  const [x, y] = pair(rho, 2);
  expect(ksg(x, y)).toBeGreaterThan(before + 0.1);
});

test("free values of y find to x, through the critic", async () => {
  const n = 300;
  const { normal } = draws(1);
  const x = Float64Array.from({ length: n }, normal);
  let y = x.map((v) => 0.3 * v + normal());
  const before = ksg(x, y);
  for (let step = 0; step < 40; step++) {
    const { dy } = await net.gradient(x, y, { through: "critic", seed: step });
    y = y.map((v, i) => v + 0.05 * clip(n * dy[i], 2));
  }
  expect(before).toBeLessThan(0.2);
  expect(ksg(x, y)).toBeGreaterThan(before + 0.4);
});

test("free values of y find to x through the estimate too, less far: soon they please the estimate alone", async () => {
  const n = 300;
  const { normal } = draws(1);
  const x = Float64Array.from({ length: n }, normal);
  let y = x.map((v) => 0.3 * v + normal());
  const before = ksg(x, y);
  for (let step = 0; step < 12; step++) {
    const { dy } = await net.gradient(x, y, { through: "estimate", regularization: 20, seed: step });
    y = y.map((v, i) => v + 0.02 * clip(n * dy[i], 2));
  }
  expect(ksg(x, y)).toBeGreaterThan(before + 0.1);
});

test("downhill a dependence is undone: a column loses what it tells about another", async () => {
  const n = 400;
  const { normal } = draws(5);
  const x = Float64Array.from({ length: n }, normal);
  const rest = x.map(() => normal());
  // z = y − w·x should be free of x, which it is at w = 0.8.
  const y = x.map((v, i) => 0.8 * v + 0.6 * rest[i]);
  let w = 0;
  for (let step = 0; step < 40; step++) {
    const z = y.map((v, i) => v - w * x[i]);
    const { dy } = await net.gradient(x, z, { through: "critic", seed: step });
    w -=
      0.1 *
      clip(
        dy.reduce((sum, d, i) => sum - d * x[i], 0),
        1,
      );
  }
  expect(Math.abs(w - 0.8)).toBeLessThan(0.1);
});
