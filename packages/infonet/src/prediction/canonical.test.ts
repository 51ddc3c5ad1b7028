import { expect, test } from "vitest";
import { inverse } from "../copula/index.js";
import { correlation } from "../numerics/moments.js";
import { rankScores } from "../numerics/normal-scores.js";
import { order } from "../numerics/order.js";
import { stream } from "../numerics/random.js";
import { draws } from "../testing/random.js";
import { canonicalVariates } from "./canonical.js";
import { expand, type FeatureKind } from "./features.js";

const n = 2000;
const fold = Uint8Array.from({ length: n }, (_, row) => row % 5);
const column = (make: (row: number) => number): Float64Array =>
  Float64Array.from({ length: n }, (_, k) => make(k));
const variates = (x: Float64Array[], y: Float64Array[], kind: FeatureKind, independent: boolean) => {
  const random = stream(1);
  const [fx, fy] = [expand(x, kind, random), expand(y, kind, random)];
  const settings = { ridge: kind.ridge, folds: 5, most: Math.min(x.length, y.length), independent };
  return canonicalVariates(fx, fy, fold, settings, random);
};
const LINEAR: FeatureKind = { degree: 1, ridge: 1e-6 };
const SMOOTH: FeatureKind = { degree: 2, bumps: 0.5, ridge: 1e-3 };

test("linear variates find the direction and the correlation, and no more pairs than there are", () => {
  const { normal } = draws(1);
  const [a, b, c, d, e] = Array.from({ length: 5 }, () => column(normal));
  const common = column((k) => (a[k] + b[k]) / Math.SQRT2);
  const x = [a, b, c];
  const y = [column((k) => 0.8 * common[k] + 0.6 * d[k]), e];
  const found = variates(x, y, LINEAR, false);
  expect(found.x).toHaveLength(1);
  expect(Math.abs(correlation(found.x[0], common))).toBeGreaterThan(0.99);
  expect(Math.abs(correlation(found.x[0], found.y[0]))).toBeCloseTo(0.8, 1);
  expect(found.optimism).toBeLessThan(0.02);
});

test("independent variables have none, linear or not", () => {
  const { normal } = draws(2);
  const side = () => Array.from({ length: 3 }, () => column(normal));
  const [x, y] = [side(), side()];
  expect(variates(x, y, LINEAR, false).x).toHaveLength(0);
  expect(variates(x, y, SMOOTH, true).x).toHaveLength(0);
});

test("a common scale, which no correlation shows, is one nonlinear pair: the radius", () => {
  const { normal } = draws(3);
  const scale = column(() => Math.exp(0.8 * normal()));
  const raw = () => Array.from({ length: 2 }, () => column((k) => scale[k] * normal()));
  const [rawX, rawY] = [raw(), raw()];
  const [x, y] = [rawX, rawY].map((side) => side.map((values) => rankScores(inverse(order(values)))));
  expect(variates(x, y, LINEAR, false).x).toHaveLength(0);
  const found = variates(x, y, SMOOTH, true);
  expect(found.x).toHaveLength(1);
  const radius = column((k) => Math.log(Math.hypot(rawX[0][k], rawX[1][k])));
  expect(Math.abs(correlation(found.x[0], radius))).toBeGreaterThan(0.5);
});

test("with as many columns as rows, chance correlations are not taken for pairs", () => {
  const { normal } = draws(4);
  const rows = 60;
  const side = () => Array.from({ length: 60 }, () => Float64Array.from({ length: rows }, normal));
  const random = stream(2);
  const [fx, fy] = [expand(side(), LINEAR, random), expand(side(), LINEAR, random)];
  const settings = { ridge: 1e-6, folds: 5, most: 60, independent: false };
  const found = canonicalVariates(fx, fy, fold.subarray(0, rows), settings, random);
  expect(found.x).toHaveLength(0);
});
