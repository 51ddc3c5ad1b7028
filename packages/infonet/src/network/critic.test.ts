import { expect, test } from "vitest";
import { GRID } from "../features/index.js";
import { draws } from "../testing/random.js";
import { interpolate, logIntegral, normalizeCritic } from "./critic.js";

const centre = (k: number): number => (k + 0.5) / GRID;
const table = (f: (u: number, v: number) => number): Float32Array =>
  Float32Array.from({ length: GRID * GRID }, (_, k) => f(centre(k % GRID), centre(Math.floor(k / GRID))));

/** Copula of Farlie, Gumbel and Morgenstern: a density in closed form whose marginals are uniform. */
const density = (u: number, v: number): number => 1 + 0.9 * (1 - 2 * u) * (1 - 2 * v);

test("a copula density passes unchanged, whatever functions of one variable are added to its logarithm", () => {
  const exact = table((u, v) => Math.log(density(u, v)));
  const bent = table((u, v) => Math.log(density(u, v)) + 3 * Math.sin(9 * u) - 2 * v * v + 5);
  const normalized = normalizeCritic(bent);
  for (let k = 0; k < exact.length; k++) expect(Math.abs(normalized[k] - exact[k])).toBeLessThan(1e-5);
});

test("any critic gets uniform marginals", () => {
  const { normal } = draws(1);
  const normalized = normalizeCritic(table(() => 3 * normal()));
  for (let j = 0; j < GRID; j++) {
    let [row, column] = [0, 0];
    for (let i = 0; i < GRID; i++) {
      row += Math.exp(normalized[j * GRID + i]) / GRID;
      column += Math.exp(normalized[i * GRID + j]) / GRID;
    }
    expect(row).toBeCloseTo(1, 4);
    expect(column).toBeCloseTo(1, 4);
  }
  expect(logIntegral(normalized)).toBeCloseTo(0, 4);
});

test("extreme critics stay finite", () => {
  const sharp = normalizeCritic(table((u, v) => (Math.abs(u - v) < 0.01 ? 200 : -200)));
  expect(sharp.every(Number.isFinite)).toBe(true);
});

test("interpolation is exact for planes inside, and constant beyond the outer centres", () => {
  const plane = table((u, v) => 2 * u - 3 * v);
  expect(interpolate(plane, 0.3712, 0.8123)).toBeCloseTo(2 * 0.3712 - 3 * 0.8123, 5);
  expect(interpolate(plane, 0, 0)).toBeCloseTo(plane[0], 6);
  expect(interpolate(plane, 1, 1)).toBeCloseTo(plane[GRID * GRID - 1], 6);
});
