import { expect, test } from "vitest";
import { GRID } from "../features/index.js";
import { TableCopula } from "./conditional-distribution.js";

/** Copula of Farlie, Gumbel and Morgenstern: F(u | v) = u + θ u (1 − u)(1 − 2v). */
const THETA = 0.9;
const centre = (k: number): number => (k + 0.5) / GRID;
const table = Float32Array.from({ length: GRID * GRID }, (_, k) =>
  Math.log(1 + THETA * (1 - 2 * centre(k % GRID)) * (1 - 2 * centre(Math.floor(k / GRID)))),
);
const copula = new TableCopula(table);

test("conditional distributions of a copula in closed form", () => {
  for (const u of [0.03, 0.2, 0.5, 0.77, 0.99]) {
    for (const v of [0.05, 0.31, 0.5, 0.9]) {
      const exact = u + THETA * u * (1 - u) * (1 - 2 * v);
      expect(copula.u.at(u, v)).toBeCloseTo(exact, 3);
      expect(copula.v.at(u, v)).toBeCloseTo(exact, 3);
    }
  }
});

test("they rise from 0 to 1, whatever the table", () => {
  const rough = new TableCopula(Float32Array.from({ length: GRID * GRID }, (_, k) => 3 * Math.sin(k * k)));
  for (const given of [0, 0.2, 0.99, 1]) {
    expect(rough.u.at(0, given)).toBeCloseTo(0, 12);
    expect(rough.u.at(1, given)).toBeCloseTo(1, 12);
    let previous = 0;
    for (let u = 0; u <= 1; u += 0.013) {
      const value = rough.v.at(u, given);
      expect(value).toBeGreaterThanOrEqual(previous);
      previous = value;
    }
  }
});
