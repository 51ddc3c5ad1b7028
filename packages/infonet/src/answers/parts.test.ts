import { expect, test } from "vitest";
import { callingThread } from "../engine/task.js";
import type { Network } from "../network/network.js";
import { correlation } from "../numerics/moments.js";
import { draws, normalInformation } from "../testing/random.js";
import { answerColumns } from "./columns.js";
import { Explained } from "./explained.js";
import { FreedColumns } from "./freed.js";
import { strongestTogether } from "./together.js";

const N = 1500;
const noNetwork = undefined as unknown as Network;

function fork() {
  const { normal } = draws(11);
  const z = Float64Array.from({ length: N }, normal);
  const x = z.map((value) => 0.8 * value + 0.6 * normal());
  const y = z.map((value) => 0.6 * value + 0.8 * normal());
  return { x, y, z };
}

/** Information that the first three Hermite polynomials of two normal columns see: their correlations are ρ, ρ² and ρ³. */
const seen = (rho: number): number => [1, 2, 3].reduce((sum, k) => sum + normalInformation(rho ** k), 0);

test("explained: what Hermite polynomials see of normal columns, by themselves and given others", () => {
  const explained = new Explained(answerColumns(fork(), 0));
  // Two standard errors of the correlation, and the chance of nine pairs of functions: 9 / 2n.
  expect(Math.abs(explained.information(0, 1, []) - seen(0.48))).toBeLessThan(0.04);
  expect(Math.abs(explained.information(0, 2, []) - seen(0.8))).toBeLessThan(0.09);
  expect(explained.information(0, 1, [2])).toBeLessThan(0.15 * explained.information(0, 1, []));
  expect(explained.information(1, 2, [0])).toBeLessThan(explained.information(1, 2, []));
  expect(explained.information(1, 0, [2])).toBeCloseTo(explained.information(0, 1, [2]), 12);
});

test("freed: what a common cause tells is gone, its spread too; missing stays missing", async () => {
  const { normal } = draws(12);
  const { x, y, z } = fork();
  const scaled = z.map((value) => Math.exp(value) * normal());
  y[7] = Number.NaN;
  const freed = new FreedColumns(answerColumns({ x, y, z, scaled }, 0), callingThread(noNetwork), 0);
  const [[a], [b], [c]] = await freed.ofAll([0, 1, 3], [2]);
  expect(Number.isNaN(b[7])).toBe(true);
  b[7] = 0;
  // Three standard errors of a correlation.
  const chance = 3 / Math.sqrt(N);
  expect(Math.abs(correlation(a, b))).toBeLessThan(chance);
  expect(Math.abs(correlation(c.map(Math.abs), z))).toBeLessThan(chance);
  const sizes = scaled.map((value) => Math.log(Math.abs(value)));
  expect(correlation(sizes, z)).toBeGreaterThan(0.4);
});

test("together: a product is found among all pairs, and its p-value counts them", () => {
  const { normal } = draws(13);
  const columns = Array.from({ length: 6 }, () => [Float64Array.from({ length: 400 }, normal)]);
  const y = columns[1][0].map((value, row) => value * columns[4][0][row] + normal());
  const found = strongestTogether([y], columns);
  expect(found).toMatchObject({ a: 1, b: 4 });
  expect(found?.pValue).toBeLessThan(1e-6);
  let small = 0;
  for (let draw = 0; draw < 200; draw++) {
    const independent = Float64Array.from({ length: 400 }, normal);
    const p = strongestTogether([independent], columns)?.pValue as number;
    if (p <= 0.1) small++;
  }
  // 10 % at most: 30 of 200 are 2.4 standard errors above.
  expect(small).toBeLessThan(30);
  expect(strongestTogether([y], columns.slice(0, 1))).toBeUndefined();
  expect(strongestTogether([y], columns, 1)?.a).toBe(0);
});
