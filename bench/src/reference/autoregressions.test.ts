import { Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { correlatedSeries, linearSystem, linearTransfer } from "./autoregressions.js";

const correlationOf = (x: Float64Array, y: Float64Array): number => {
  const dot = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, t) => sum + value * b[t], 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
};

test("correlated series have their correlation and their persistence", () => {
  const n = 100_000;
  const [x, y] = correlatedSeries(new Random(1, 1), 0.5, n, 0.4);
  // Four standard errors of n (1 − φ²) / (1 + φ²) independent rows.
  expect(Math.abs(correlationOf(x, y) - 0.4)).toBeLessThan(4 / Math.sqrt(0.6 * n));
  expect(Math.abs(correlationOf(x.slice(1), x.slice(0, -1)) - 0.5)).toBeLessThan(4 / Math.sqrt(n));
});

test("the transfer entropy of a linear system is that of its partial correlation", () => {
  const n = 200_000;
  const law = { a: 0.5, b: 0.4, c: 0.6 };
  const [x, y] = linearSystem(new Random(1, 2), law, n);
  const [now, source, past] = [y.slice(1), x.slice(0, -1), y.slice(0, -1)];
  const [r, p, q] = [correlationOf(now, source), correlationOf(now, past), correlationOf(source, past)];
  const partial = (r - p * q) / Math.sqrt((1 - p * p) * (1 - q * q));
  expect(linearTransfer(law)).toBeCloseTo(-0.5 * Math.log1p(-(partial ** 2)), 2);
  expect(linearTransfer({ ...law, c: 0 })).toBe(0);
});
