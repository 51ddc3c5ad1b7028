/** Slopes of a critic that is too smooth come out as those of the law. */

import { describe, expect, test } from "vitest";
import type { ScoreDerivatives } from "../density/index.js";
import { order } from "../numerics/order.js";
import { draws, normalPair } from "../testing/random.js";
import { ScoreColumn } from "./score-column.js";
import { matchScores } from "./score-matching.js";

/** Columns by their scores. */
function scored(columns: readonly Float64Array[]): [ScoreColumn, ScoreColumn] {
  const [a, b] = columns.map((column) => {
    const ranks = new Uint32Array(column.length);
    for (const [rank, row] of order(column).entries()) ranks[row] = rank;
    return new ScoreColumn(ranks);
  });
  return [a, b];
}

/** A critic by its slopes and their own slopes at scores. */
function criticAt(
  [s, t]: readonly Float64Array[],
  slope: (a: number, b: number) => number,
  bend: (a: number, b: number) => number,
): ScoreDerivatives {
  return {
    logDensity: new Float64Array(s.length),
    u: s.map((a, k) => slope(a, t[k])),
    v: s.map((a, k) => slope(t[k], a)),
    bendU: s.map((a, k) => bend(a, t[k])),
    bendV: s.map((a, k) => bend(t[k], a)),
  };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, k) => sum + value * b[k], 0);

describe("of normal columns the score is that of the normal copula with their own correlation", () => {
  test.each([
    [0.02, 0],
    [0.5, 0],
    [-0.9, 0.3],
    [0.99, 2],
  ])("correlation %f, a critic %f times as large as the law", (rho, size) => {
    const columns = scored(normalPair(3, 800, rho));
    const [s, t] = columns.map(({ scores }) => scores);
    const square = dot(s, s);
    const own = dot(s, t) / square;
    const rest = 1 - own * own;
    const exact = (a: number, b: number) => (own * b - own * own * a) / rest;
    const derivatives = criticAt(
      [s, t],
      (a, b) => size * exact(a, b),
      () => (-size * own * own) / rest,
    );
    const { x, y } = matchScores({ columns, derivatives, nats: 0 });
    const [byS, byT] = [s.map((a, k) => exact(a, t[k])), t.map((b, k) => exact(b, s[k]))];
    const along = (dot(x, byS) + dot(y, byT)) / (dot(byS, byS) + dot(byT, byT));
    expect(Math.abs((along * square) / s.length - 1)).toBeLessThan(0.02);
    const alike = along * Math.sqrt((dot(byS, byS) + dot(byT, byT)) / (dot(x, x) + dot(y, y)));
    expect(alike).toBeGreaterThan(0.97);
  });

  test("whatever the critic says, the product with the field of normal copulas is what Stein's identity asks for: 2ρ", () => {
    const { normal } = draws(31);
    const columns = scored(normalPair(6, 300, 0.7));
    const [s, t] = columns.map(({ scores }) => scores);
    const derivatives = criticAt([s, t], normal, normal);
    const { x, y, rho } = matchScores({ columns, derivatives, nats: 0.3 });
    const field = (a: Float64Array, b: Float64Array) => b.map((value, k) => value - rho * a[k]);
    expect((dot(x, field(s, t)) + dot(y, field(t, s))) / 300).toBeCloseTo(2 * rho, 9);
  });

  test("beside normal copulas is all of it less the score of the normal copula with the rows' own correlation", () => {
    const { normal } = draws(32);
    const columns = scored(normalPair(7, 300, 0.7));
    const [s, t] = columns.map(({ scores }) => scores);
    const critic = { columns, derivatives: criticAt([s, t], normal, normal), nats: 0.3 };
    const { x, rho } = matchScores(critic);
    const beside = matchScores(critic, false);
    const [{ deviation: unitS }, { deviation: unitT }] = columns;
    const score = columns[0].beside(
      s.map((a, k) => (rho * (t[k] / unitT - (rho * a) / unitS)) / (1 - rho ** 2)),
    );
    for (const [k, slope] of x.entries()) expect(slope - beside.x[k]).toBeCloseTo(score[k] / unitS, 9);
  });
});

describe("a field that no normal copula has", () => {
  // Half of the rows are of a normal copula with correlation ρ, half of one with −ρ: the marginals are normal, and with z = st
  // ln c = ln cosh(ρz / (1 − ρ²)) − ρ²(s² + t²) / 2(1 − ρ²) + constant.
  const n = 20_000;
  const rho = 0.9;
  const rest = 1 - rho * rho;
  const { normal, uniform } = draws(8);
  const first = Float64Array.from({ length: n }, normal);
  const second = first.map((a) => (uniform() < 0.5 ? rho : -rho) * a + Math.sqrt(rest) * normal());
  const columns = scored([first, second]);
  const [s, t] = columns.map(({ scores }) => scores);
  const sharp = rho / rest;
  const slope = (a: number, b: number) => sharp * b * Math.tanh(sharp * a * b) - rho * sharp * a;
  const bend = (a: number, b: number) => (sharp * b) ** 2 / Math.cosh(sharp * a * b) ** 2 - rho * sharp;

  /** Size of what comes out, where the estimate is above the mean log density of the rows. */
  function sizeOf(size: number, nats: number, above = 0): number {
    const derivatives = criticAt(
      [s, t],
      (a, b) => size * slope(a, b),
      (a, b) => size * bend(a, b),
    );
    derivatives.logDensity.fill(nats - above);
    const { x, y } = matchScores({ columns, derivatives, nats });
    const [byS, byT] = [s.map((a, k) => slope(a, t[k])), t.map((b, k) => slope(b, s[k]))];
    return (dot(x, byS) + dot(y, byT)) / (dot(byS, byS) + dot(byT, byT));
  }

  test.each([0.4, 0.8, 1, 1.5])("grows or shrinks to nearly its size, from %f of it", (size) => {
    // The power of the multiple is 0.67.
    expect(Math.abs(sizeOf(size, 2) - size ** 0.33)).toBeLessThan(0.03);
  });

  test("grows by what the estimate is above the mean log density", () => {
    expect(sizeOf(1, 2, 0.2) / sizeOf(1, 2)).toBeCloseTo(Math.exp(0.2), 3);
    expect(sizeOf(1, 2, -0.1) / sizeOf(1, 2)).toBeCloseTo(Math.exp(-0.1), 3);
    // What is further off is chance.
    expect(sizeOf(1, 2, 50)).toBe(sizeOf(1, 2, 1));
  });

  test("has its whole size where next to nothing is shared", () => {
    for (const size of [0.4, 0.8]) expect(Math.abs(sizeOf(size, 0) - 1)).toBeLessThan(0.06);
  });
});

test("a critic that sees next to nothing of a curve is brought to what the rows have of it", () => {
  // To first order in c, y = c (x² − 1) + noise has the ratio 1 + c (s² − 1) t in normal scores: slopes 2cst and c (s² − 1).
  const n = 20_000;
  const { normal } = draws(12);
  const first = Float64Array.from({ length: n }, normal);
  const second = first.map((a) => 0.1 * (a * a - 1) + normal());
  const columns = scored([first, second]);
  const [s, t] = columns.map(({ scores }) => scores);
  const curved = (size: number): ScoreDerivatives => ({
    logDensity: new Float64Array(n),
    u: s.map((a, k) => 2 * size * a * t[k]),
    v: s.map((a) => size * (a * a - 1)),
    bendU: t.map((b) => 2 * size * b),
    bendV: new Float64Array(n),
  });
  const flat = curved(0.05);
  const { x, y } = matchScores({ columns, derivatives: flat, nats: 0 });
  const multiple = (dot(x, flat.u) + dot(y, flat.v)) / (dot(flat.u, flat.u) + dot(flat.v, flat.v));
  expect(Math.abs(multiple / 2 - 1)).toBeLessThan(0.06);
});
