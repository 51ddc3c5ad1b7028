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

// By a quadrature with twenty times as many nodes on another grid.
test.each([
  [0.05, 2.590625],
  [0.1, 1.994006],
  [1, 0.429872],
])("the information of a parabola with noise %f is %f nats", (s, expected) => {
  expect(parabolaInformation(s)).toBeCloseTo(expected, 5);
});

test.each([
  [0.1, -8.344],
  [1, -0.45343],
])("its derivative by the noise at %f is %f", (s, expected) => {
  expect(movingParabola(s).truth / expected).toBeCloseTo(1, 3);
});
