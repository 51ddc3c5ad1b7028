import { expect, test } from "vitest";
import { inverse } from "../copula/permutation.js";
import { order } from "../numerics/order.js";
import { draws, permutation } from "../testing/random.js";
import { NORMAL_NUMBERS, normalCopula } from "./normal-copula.js";

const of = (...perms: Uint32Array[]): number[] => {
  const out = new Float32Array(NORMAL_NUMBERS + 2).fill(7);
  normalCopula(perms, out, 1);
  expect([out[0], out[NORMAL_NUMBERS + 1]]).toEqual([7, 7]);
  return [...out.subarray(1, NORMAL_NUMBERS + 1)];
};
const rising = Uint32Array.from({ length: 50 }, (_, k) => k);

test("what rises has slope 1 and what falls −1; they leave next to nothing", () => {
  for (const [perm, sign] of [
    [rising, 1],
    [rising.toReversed(), -1],
  ] as const) {
    const [slope, rest] = of(perm);
    expect(slope).toBeCloseTo(sign, 6);
    expect(rest).toBeCloseTo(Math.log(3e-4), 5);
  }
});

test("slope and rest belong together; orders of ties count alike; one row tells nothing", () => {
  // What ranks leave is taken off after the mean of the orders; of correlations as small as these it is nothing.
  const [a, b] = [permutation(1, 400), permutation(2, 400)];
  const [[first], [second], [both, rest]] = [of(a), of(b), of(a, b)];
  expect(first).not.toBeCloseTo(second, 2);
  expect(both).toBeCloseTo((first + second) / 2, 6);
  expect(rest).toBeCloseTo(0.5 * Math.log(1 - both * both), 6);
  expect(of(Uint32Array.of(0))[0]).toBe(0);
});

/** The permutation of a sample. */
function sampled(n: number, law: (normal: () => number) => [number, number], seed: number): Uint32Array {
  const { normal } = draws(seed);
  const rows = Array.from({ length: n }, () => law(normal)).sort(([a], [b]) => a - b);
  return inverse(Uint32Array.from(order(Float64Array.from(rows, ([, y]) => y))));
}

test("what normal variables leave of each other is not what their ranks leave, which is a sixth more of it at 0.999", () => {
  for (const rho of [0.9, -0.99, 0.999]) {
    const law = (normal: () => number): [number, number] => {
      const x = normal();
      return [x, rho * x + Math.sqrt(1 - rho * rho) * normal()];
    };
    const left = Array.from({ length: 60 }, (_, seed) => Math.exp(2 * of(sampled(1000, law, 1 + seed))[1]));
    const mean = left.reduce((sum, value) => sum + value, 0) / left.length;
    // Three standard errors.
    expect(Math.abs(mean / (1 - rho * rho) - 1), `at ${rho}`).toBeLessThan(0.035);
  }
});

test("normal copulas owe both orders to chance, χ² with two and three degrees of freedom; others do not", () => {
  for (const rho of [0, 0.5, -0.7]) {
    const law = (normal: () => number): [number, number] => {
      const x = normal();
      return [x, rho * x + Math.sqrt(1 - rho * rho) * normal()];
    };
    const all = Array.from({ length: 300 }, (_, seed) => of(sampled(400, law, 1 + seed)));
    const mean = (k: number): number => all.reduce((sum, numbers) => sum + numbers[k], 0) / all.length;
    // Three standard errors and the rest of n = 400.
    expect(Math.abs(mean(2) - 2), `third at ${rho}`).toBeLessThan(0.6);
    expect(Math.abs(mean(3) - 3), `fourth at ${rho}`).toBeLessThan(0.8);
  }
  const skewed = sampled(
    400,
    (normal) => {
      const x = normal();
      return [x, x * x + normal()];
    },
    5,
  );
  expect(of(skewed)[2]).toBeGreaterThan(40);
  const spread = sampled(
    400,
    (normal) => {
      const x = normal();
      return [x, Math.exp((x * x) / 2) * normal()];
    },
    6,
  );
  expect(of(spread)[3]).toBeGreaterThan(20);
});
