import { expect, test } from "vitest";
import { project } from "../numerics/linear.js";
import { stream } from "../numerics/random.js";
import { distance, farthest } from "../testing/goodness-of-fit.js";
import { draws } from "../testing/random.js";
import { direction, pairPermutation, projectable, sliceRandom, standardizedColumns } from "./projections.js";

test("directions have length 1, and in three dimensions every coordinate is uniform (Archimedes)", () => {
  const random = stream(1);
  const count = 3000;
  const all = Array.from({ length: count }, () => direction(3, random));
  for (const vector of all) expect(Math.hypot(...vector)).toBeCloseTo(1, 14);
  for (const axis of [0, 1, 2]) {
    expect(distance(all.map((vector) => (vector[axis] + 1) / 2))).toBeLessThan(farthest(count));
  }
  expect(Math.abs(direction(1, random)[0])).toBe(1);
});

test("a slice is the same wherever it is asked for, and another one for another number or seed", () => {
  const of = (seed: number, slice: number) => direction(4, sliceRandom(seed, slice));
  expect(of(1, 7)).toEqual(of(1, 7));
  expect(of(1, 8)).not.toEqual(of(1, 7));
  expect(of(2, 7)).not.toEqual(of(1, 7));
});

test("columns are standardised; constants come to 0", () => {
  const [one, two, constant] = standardizedColumns([
    Float64Array.of(1, 3),
    Float64Array.of(-1e300, 0, 1e300),
    Float64Array.of(4, 4),
  ]);
  expect(one).toEqual(Float64Array.of(-1, 1));
  expect([...two].map((v) => v / Math.sqrt(1.5))).toEqual([-1, 0, 1].map((v) => expect.closeTo(v, 14)));
  expect(constant).toEqual(Float64Array.of(0, 0));
});

test("sums of columns at the edge of the doubles are doubles", () => {
  const columns = projectable([Float64Array.of(1.5e308, -1), Float64Array.of(1.5e308, 1.7e308)]);
  expect(project(columns, [1, 1]).every(Number.isFinite)).toBe(true);
  expect(columns[1][0]).toBe(columns[0][0]);
  const near = [Float64Array.of(1, 2)];
  expect(projectable(near)[0]).toBe(near[0]);
});

test("a pair has one permutation whatever its orientation, and none where a side is constant", () => {
  const { normal } = draws(3);
  const x = Float64Array.from({ length: 60 }, normal);
  const y = x.map((value) => value + normal());
  const perm = pairPermutation(x, y, 1)!;
  expect([...perm].sort((a, b) => a - b)).toEqual([...perm.keys()]);
  const turned = (column: Float64Array) => column.map((value) => -value);
  for (const [a, b] of [
    [y, x],
    [turned(x), y],
    [x, turned(y)],
    [turned(y), turned(x)],
  ]) {
    expect(pairPermutation(a, b, 1)).toEqual(perm);
  }
  // Perfect agreement: one of the diagonals.
  const line = [...pairPermutation(x, x.map(Math.exp), 1)!];
  expect([line, line.toReversed()]).toContainEqual([...perm.keys()]);
  expect(
    pairPermutation(
      x,
      x.map(() => 2),
      1,
    ),
  ).toBeUndefined();
  expect(
    pairPermutation(
      x.map(() => 2),
      x,
      1,
    ),
  ).toBeUndefined();
});
