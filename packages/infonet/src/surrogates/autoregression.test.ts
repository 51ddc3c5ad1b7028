import { describe, expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { autocorrelations, autoregression, coloured, oneSegment, whitened } from "./autoregression.js";

/** A Gaussian autoregression with mean 0. */
function series(seed: number, n: number, coefficients: readonly number[]): Float64Array {
  const { normal } = draws(seed);
  const values = new Float64Array(n + 200);
  for (let t = 0; t < values.length; t++) {
    values[t] = coefficients.reduce((sum, a, j) => sum + a * (values[t - 1 - j] ?? 0), normal());
  }
  return values.slice(200);
}

describe("autoregression", () => {
  test.each([
    { law: [0.6], order: 1 },
    { law: [0.5, -0.7], order: 2 },
    { law: [0, 0, 0.8], order: 3 },
  ])("finds the coefficients $law", ({ law, order }) => {
    const n = 20_000;
    const model = autoregression(series(1, n, law), oneSegment(n));
    expect(model.order).toBe(order);
    law.forEach((a, j) => {
      // Four standard errors: each is below 1/√n.
      expect(Math.abs(model.coefficients[order][j] - a)).toBeLessThan(4 / Math.sqrt(n));
    });
  });

  test("independent values have none", () => {
    expect(autoregression(series(2, 5000, []), oneSegment(5000)).order).toBe(0);
  });

  test("what it leaves makes the series again, in every segment", () => {
    const values = series(3, 400, [0.5, -0.3]);
    const segments = Uint32Array.of(0, 150, 151, 400);
    const model = autoregression(values, segments);
    const again = coloured(whitened(values, segments, model), segments, model);
    again.forEach((value, t) => {
      expect(value).toBeCloseTo(values[t], 9);
    });
  });

  test("short series look less persistent than they are, which is taken off", () => {
    const [count, n] = [300, 60];
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const values = series(10 + k, n, [0.8]);
      const mean = values.reduce((a, b) => a + b) / n;
      const { coefficients } = autoregression(
        values.map((value) => value - mean),
        oneSegment(n),
      );
      sum += coefficients[1]?.[0] ?? 0;
    }
    // Uncorrected it is 0.8 − 3.4/60 = 0.743; the standard error of the mean is √(0.36/60/300) = 0.0045.
    expect(Math.abs(sum / count - 0.8)).toBeLessThan(0.02);
  });

  test("autocorrelations are those of the closed form", () => {
    const n = 20_000;
    const model = autoregression(series(4, n, [0.9]), oneSegment(n));
    const phi = model.coefficients[1][0];
    autocorrelations(model, 100).forEach((value, lag) => {
      expect(value).toBeCloseTo(phi ** lag, 9);
    });
  });
});
