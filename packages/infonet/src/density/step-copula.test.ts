import { expect, test } from "vitest";
import { StepCopula } from "./step-copula.js";

/** Three columns and two rows of cells; row v, column u. */
const COUNTS = Float64Array.of(10, 0, 30, 20, 40, 0);
const [U, V] = [Float64Array.of(30, 40, 30), Float64Array.of(40, 60)];

/** The density of a table of counts. */
const copula = (): StepCopula =>
  new StepCopula(
    { u: U, v: V },
    COUNTS.map((count, at) => (count * 100) / (U[at % 3] * V[Math.floor(at / 3)])),
  );

test("a cell says how many times as often as by chance its levels meet", () => {
  const at = (u: number, v: number) => Math.exp(copula().logDensity(u, v));
  expect(at(0.1, 0.1)).toBeCloseTo(1000 / (30 * 40), 10);
  expect(at(0.29, 0.9)).toBeCloseTo(2000 / (30 * 60), 10);
  expect(at(0.5, 0.39)).toBe(0);
  expect(at(0.95, 0.2)).toBeCloseTo(3000 / (30 * 40), 10);
  expect(copula().table(4)).toHaveLength(16);
  expect(copula().table(4)[0]).toBeCloseTo(copula().logDensity(0.125, 0.125), 6);
});

test("conditional distributions are those of the counts, and quantiles undo them", () => {
  const density = copula();
  expect(density.conditional(0.1, 0.4).v).toBeCloseTo(10 / 30, 12);
  expect(density.conditional(0.1, 0.7).v).toBeCloseTo(20 / 30, 12);
  expect(density.conditional(0.85, 0.2).u).toBeCloseTo(0.25 + 0.75 * 0.5, 12);
  for (const p of [0.1, 0.33, 0.5, 0.9]) {
    expect(density.conditional(0.2, density.quantile(p, 0.2)).v).toBeCloseTo(p, 12);
  }
  // Nothing of the middle column is in the first row.
  expect(density.quantile(0.01, 0.5)).toBeGreaterThanOrEqual(0.4);
});

test("whatever the density of the cells, the marginals are uniform", () => {
  const density = new StepCopula(
    { u: Float64Array.of(1, 2, 3), v: Float64Array.of(2, 1) },
    Float64Array.of(1, 5, 2, 4, 1, 9),
  );
  const cells = 1200;
  for (const u of [0.1, 0.3, 0.8]) {
    let sum = 0;
    for (let k = 0; k < cells; k++) sum += Math.exp(density.logDensity(u, (k + 0.5) / cells)) / cells;
    expect(sum).toBeCloseTo(1, 9);
  }
});

test("draws fall into the cells as often as the cells say, and are those of their seed", () => {
  const n = 20_000;
  const { u, v } = copula().sample(n, 3);
  const inside = u.reduce((count, value, k) => count + Number(value < 0.3 && v[k] > 0.4), 0);
  expect(Math.abs(inside / n - 0.2)).toBeLessThan(5 * Math.sqrt((0.2 * 0.8) / n));
  expect(u.some((value, k) => value > 0.3 && value < 0.7 && v[k] < 0.4)).toBe(false);
  expect(copula().sample(5, 3).u).toEqual(copula().sample(5, 3).u);
  expect(copula().sample(5, 4).u).not.toEqual(copula().sample(5, 3).u);
});
