/** Slopes of a critic that is too smooth come out as those of the law. */

import { describe, expect, test } from "vitest";
import type { ScoreDerivatives } from "../density/index.js";
import { normalScoresOf } from "../numerics/normal-scores.js";
import { draws, normalPair } from "../testing/random.js";
import { matchScores } from "./score-matching.js";

/** A critic that says nothing. */
const silent = (n: number): ScoreDerivatives => {
  const [logDensity, u, v, laplacian] = [0, 1, 2, 3].map(() => new Float64Array(n));
  return { logDensity, u, v, laplacian };
};

/** The field of a normal copula at scores, `size` times as large as it is. */
function normalCritic(s: Float64Array, t: Float64Array, rho: number, size: number): ScoreDerivatives {
  const rest = 1 - rho * rho;
  const slope = (a: number, b: number) => (size * (rho * b - rho * rho * a)) / rest;
  return {
    logDensity: new Float64Array(s.length),
    u: s.map((a, k) => slope(a, t[k])),
    v: s.map((a, k) => slope(t[k], a)),
    laplacian: s.map(() => (-2 * size * rho * rho) / rest),
  };
}

describe("of normal columns the score is that of the normal copula with their own correlation", () => {
  test.each([
    [0.02, 0],
    [0.5, 0],
    [-0.9, 0.3],
    [0.99, 2],
  ])("correlation %f, a critic %f times as large as the law", (rho, size) => {
    const [s, t] = normalPair(3, 800, rho).map(normalScoresOf);
    const square = s.reduce((sum, a) => sum + a * a, 0);
    const own = s.reduce((sum, a, k) => sum + a * t[k], 0) / square;
    const critic = size === 0 ? silent(s.length) : normalCritic(s, t, own, size);
    const { u, v } = matchScores(s, t, critic);
    const exact = normalCritic(s, t, own, 1);
    for (let k = 0; k < s.length; k++) {
      expect(u[k]).toBeCloseTo(exact.u[k] * (s.length / square), 6);
      expect(v[k]).toBeCloseTo(exact.v[k] * (s.length / square), 6);
    }
  });
});

describe("a field that no normal copula has grows or shrinks to nearly its size", () => {
  // Half of the rows are of a normal copula with correlation ρ, half of one with −ρ: the marginals are normal, and with z = st
  // ln c = ln cosh(ρz / (1 − ρ²)) − ρ²(s² + t²) / 2(1 − ρ²) + constant.
  const n = 20_000;
  const rho = 0.9;
  const rest = 1 - rho * rho;
  const { normal, uniform } = draws(8);
  const x = Float64Array.from({ length: n }, normal);
  const y = x.map((a) => (uniform() < 0.5 ? rho : -rho) * a + Math.sqrt(rest) * normal());
  const [s, t] = [x, y].map(normalScoresOf);
  const sharp = rho / rest;
  const slope = (a: number, b: number) => sharp * b * Math.tanh(sharp * a * b) - rho * sharp * a;
  const bend = (a: number, b: number) => (sharp * b) ** 2 / Math.cosh(sharp * a * b) ** 2 - rho * sharp;
  const critic = (size: number): ScoreDerivatives => ({
    logDensity: new Float64Array(n),
    u: s.map((a, k) => size * slope(a, t[k])),
    v: s.map((a, k) => size * slope(t[k], a)),
    laplacian: s.map((a, k) => size * (bend(a, t[k]) + bend(t[k], a))),
  });

  test.each([0.4, 0.8, 1, 1.5])("from %f of it", (size) => {
    const { u, v } = matchScores(s, t, critic(size));
    let [along, square] = [0, 0];
    for (let k = 0; k < n; k++) {
      const [a, b] = [slope(s[k], t[k]), slope(t[k], s[k])];
      along += u[k] * a + v[k] * b;
      square += a * a + b * b;
    }
    // The power of the multiple is 0.85.
    expect(Math.abs(along / square - size ** 0.15)).toBeLessThan(0.03);
  });
});
