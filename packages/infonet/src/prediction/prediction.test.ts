import { expect, test } from "vitest";
import { correlation, standardized } from "../numerics/moments.js";
import { normalScoresOf } from "../numerics/normal-scores.js";
import { draws } from "../testing/random.js";
import { prediction, predictions } from "./prediction.js";

const n = 1000;
const { normal } = draws(11);
const noise = () => Float64Array.from({ length: n }, normal);
const [a, b, e] = [noise(), noise(), noise()];
const made = (value: (row: number) => number) => Float64Array.from({ length: n }, (_, row) => value(row));

/** Four standard errors of a correlation r, doubled as those of its square are 2r times as large. */
const tolerance = (share: number): number => (8 * Math.sqrt(share) * (1 - share)) / Math.sqrt(n);

test.each<[string, number, (row: number) => number]>([
  ["a plane", 0.8, (row) => Math.sqrt(0.5) * a[row] + Math.sqrt(0.3) * b[row]],
  ["a product", 0.8, (row) => Math.sqrt(0.8) * a[row] * b[row]],
  ["a parabola", 0.6, (row) => Math.sqrt(0.3) * (a[row] ** 2 - 1)],
])("%s with noise: what is explained is its share of the variance", (_, share, signal) => {
  const target = made((row) => signal(row) + Math.sqrt(1 - share) * e[row]);
  const found = prediction(target, [a, b], 1)!;
  expect(Math.abs(found.explained - share)).toBeLessThan(tolerance(share));
  expect(found.explained).toBe(correlation(found.values, target) ** 2);
  // 89 functions, the largest family, blur a signal of 0.6 in 800 rows to 1/√(1 + 89/800 · 0.4/0.6) = 0.966; far rows do too.
  expect(correlation(found.values, made(signal))).toBeGreaterThan(0.94);
});

test("a plane without noise is predicted row by row", () => {
  const plane = made((row) => 2 * a[row] - b[row]);
  const mean = plane.reduce((sum, v) => sum + v, 0) / n;
  const target = plane.map((v) => v - mean);
  const { values, explained } = prediction(target, [a, b], 1)!;
  expect(explained).toBeCloseTo(1, 10);
  // The ridge shrinks the coefficients by a millionth.
  const off = values.map((value, row) => Math.abs(value - target[row]));
  expect(Math.max(...off)).toBeLessThan(1e-4);
});

test("columns that tell nothing have no prediction, nor has a constant", () => {
  expect(prediction(e, [a, b], 1)).toBeUndefined();
  expect(prediction(new Float64Array(n), [a, b], 1)).toBeUndefined();
});

test("a row's own chance is not in its prediction: fifteen columns of noise explain nothing of sixty rows", () => {
  const rows = 60;
  const short = () => Float64Array.from({ length: rows }, normal);
  // Fitted and predicted at the same rows, they would explain a quarter.
  expect(prediction(short(), Array.from({ length: 15 }, short), 1)).toBeUndefined();
  // More functions than a quarter of the rows are not fitted at all.
  const columns = Array.from({ length: 16 }, short);
  expect(prediction(columns[0], columns, 1)).toBeUndefined();
});

test("a row's own value does not enter its prediction", () => {
  const target = made((row) => a[row] + e[row]);
  const other = target.map((value, row) => (row === 5 ? value + 3 : value));
  const [before, after] = [target, other].map((values) => prediction(values, [a], 1)!.values);
  expect(after[5]).toBe(before[5]);
  expect(after).not.toEqual(before);
});

test("the same seed has the same folds, another one others", () => {
  const target = made((row) => a[row] + e[row]);
  expect(prediction(target, [a], 1)).toEqual(prediction(target, [a], 1));
  expect(prediction(target, [a], 2)!.values).not.toEqual(prediction(target, [a], 1)!.values);
});

test("several targets at once are predicted as each by itself", () => {
  const targets = [
    made((row) => a[row] + 0.5 * e[row]),
    made((row) => a[row] * b[row] + 0.5 * e[row]),
    made((row) => b[row] ** 2 - 1 + 0.5 * e[row]),
    e,
  ];
  const found = predictions(targets, [a, b], 1);
  expect(found).toEqual(targets.map((target) => prediction(target, [a, b], 1)));
  expect(found.map((one) => one !== undefined)).toEqual([true, true, true, false]);
});

test("rows without a target are predicted by all that have one, which they change little", () => {
  const held = 400;
  const [la, lb] = [a, b].map((column) => Float64Array.from([...column, ...noise().subarray(0, held)]));
  const signal = la.map((value, row) => value * lb[row]);
  const target = made((row) => signal[row] + 0.3 * e[row]);
  const [found] = predictions([target], [la, lb], 1);
  expect(found!.values).toHaveLength(n + held);
  expect(correlation(found!.values.subarray(n), signal.subarray(n))).toBeGreaterThan(0.97);
  const [alone] = predictions([target], [a, b], 1);
  expect(found!.explained).toBeCloseTo(alone!.explained, 2);
  expect(correlation(found!.values.subarray(0, n), alone!.values)).toBeGreaterThan(0.99);
});

test("a relation that is plain in the columns as they are is found there", () => {
  const rows = 120;
  // Scores of a few rows with a gap in the middle close it.
  const raw = Float64Array.from(
    { length: rows },
    (_, row) => Math.sign(a[row]) * (3 + 0.3 * Math.abs(b[row])),
  );
  const values = standardized(raw);
  const target = standardized(raw.map((value, row) => value + 0.02 * e[row]));
  const scores = normalScoresOf(raw);
  const [blurred, plain] = [prediction(target, [scores], 1), prediction(target, [scores], 1, [values])].map(
    (found) => found!.explained,
  );
  expect(plain).toBeGreaterThan(0.998);
  expect(blurred).toBeLessThan(0.97);
});
