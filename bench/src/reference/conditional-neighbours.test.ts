import { Random } from "@infonet/training/evaluate";
import { ksg } from "infonet/classical";
import { expect, test } from "vitest";
import { conditionalNeighbours } from "./conditional-neighbours.js";

const column = (n: number, value: (row: number) => number): Float64Array =>
  Float64Array.from({ length: n }, (_, row) => value(row));
const scaled = (values: Float64Array): Float64Array => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  return values.map((v) => v / deviation);
};

test("given nothing, numbers: Kraskov's estimate but for the point on the edge of the box", () => {
  const rng = new Random(1, 1);
  const x = scaled(column(600, () => rng.normal()));
  const y = scaled(column(600, (row) => 0.8 * x[row] + 0.6 * rng.normal()));
  // Kraskov counts the points inside the box, and one more; here the one on its edge is counted with either side.
  const own = conditionalNeighbours([x], [y], []);
  expect(Math.abs(own - ksg(x, y, { k: 7 }))).toBeLessThan(0.08);
  expect(Math.abs(own - 0.511)).toBeLessThan(0.12);
});

test("given a common cause of numbers little is left, given an independent column everything", () => {
  const rng = new Random(2, 1);
  const [z, other] = [column(1000, () => rng.normal()), column(1000, () => rng.normal())];
  const x = column(1000, (row) => z[row] + 0.5 * rng.normal());
  const y = column(1000, (row) => z[row] + 0.5 * rng.normal());
  expect(conditionalNeighbours([x], [y], [z])).toBeLessThan(0.08);
  expect(conditionalNeighbours([x], [y], [other])).toBeGreaterThan(0.3);
});

test("texts are counted as a table is", () => {
  const rng = new Random(3, 1);
  const bits = () => Array.from({ length: 400 }, () => (rng.chance(0.5) ? "a" : "b"));
  const [x, y] = [bits(), bits()];
  const z = x.map((name, row) => (name === y[row] ? "same" : "other"));
  expect(Math.abs(conditionalNeighbours([x], [y], [z]) - Math.LN2)).toBeLessThan(0.02);
  expect(conditionalNeighbours([x], [y], [])).toBeLessThan(0.02);
  expect(Math.abs(conditionalNeighbours([x, y], [z], []) - Math.LN2)).toBeLessThan(0.02);
});

test("units and names change nothing", () => {
  const rng = new Random(4, 1);
  const x = column(200, () => rng.normal());
  const names = Array.from(x, (v) => (v > 0 ? "up" : "down"));
  const others = names.map((name) => `${name.length}`);
  const y = column(200, (row) => x[row] + rng.normal());
  const value = conditionalNeighbours([x], [y], [names]);
  const again = conditionalNeighbours([x.map((v) => 1024 * v)], [y], [others]);
  expect(again).toBeCloseTo(value, 12);
});
