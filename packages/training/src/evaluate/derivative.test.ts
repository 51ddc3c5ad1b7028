import { expect, test } from "vitest";
import { movingNormal, movingParabola, parabolaInformation, scoreDerivatives } from "./derivative.js";
import type { Sample } from "./family.js";

test("the exact derivatives of the mean log ratio of a normal law have the truth as their mean", async () => {
  const rho = 0.9;
  // ∂ log c / ∂y of the bivariate normal law.
  const exact = async (samples: readonly Sample[]) =>
    samples.map(({ x, y }) => ({
      dx: [],
      dy: y.map((value, i) => (rho * x[i] - value * rho * rho) / (1 - rho * rho) / x.length),
    }));
  const [score] = await scoreDerivatives([movingNormal(rho)], exact, { n: 4000, draws: 10, seed: 1 });
  expect(score).toMatchObject({ n: 4000, draws: 10, truth: rho / (1 - rho * rho) });
  expect(score.scatter).toBeGreaterThan(0);
  expect(score.scatter).toBeLessThan(0.2);
  expect(Math.abs(score.mean - 1)).toBeLessThan(0.05);
});

test("the information of a noisy parabola is the square's entropy over the noise's where there is little noise", () => {
  // Entropy of χ² with one degree of freedom.
  const entropy = 0.7837571104739337;
  const noise = (s: number): number => 0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(s);
  expect(Math.abs(parabolaInformation(0.05) - (entropy - noise(0.05)))).toBeLessThan(0.1);
  // Below what a normal variable of the same variance would carry.
  for (const s of [0.1, 1, 5]) {
    expect(parabolaInformation(s)).toBeGreaterThan(0);
    expect(parabolaInformation(s)).toBeLessThan(0.5 * Math.log1p(2 / s ** 2));
  }
});

test("the derivative by the noise is negative, and that of little noise nearly −1/s", () => {
  expect(movingParabola(0.1).truth / -10).toBeGreaterThan(0.8);
  expect(movingParabola(0.1).truth / -10).toBeLessThan(1);
  const difference = (parabolaInformation(1.05) - parabolaInformation(0.95)) / 0.1;
  expect(movingParabola(1).truth).toBeCloseTo(difference, 2);
});
