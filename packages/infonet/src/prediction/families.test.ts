import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { bestFamily, FAMILY, familiesFor, type Worth } from "./families.js";

const { normal } = draws(3);
const column = (n: number, value: (row: number) => number = normal): Float64Array =>
  Float64Array.from({ length: n }, (_, row) => value(row));
const worthOf = (x: Float64Array[], y: Float64Array[]): Worth[] =>
  familiesFor({ x, y, seed: 1 }).map(
    (family) => FAMILY.run({ ...family, x, y, seed: 1 }, undefined as never) as Worth,
  );

test("two columns, or few rows, are looked at as they are", () => {
  expect(familiesFor({ x: [column(500)], y: [column(500)], seed: 1 })).toEqual([]);
  expect(familiesFor({ x: [column(99), column(99)], y: [column(99)], seed: 1 })).toEqual([]);
  expect(familiesFor({ x: [column(100), column(100)], y: [column(100)], seed: 1 }).at(-1)?.linear).toBe(true);
});

test("sums of columns need no nonlinear functions, their product needs some of the second degree", () => {
  const x = [column(1500), column(1500)];
  const sum = column(1500, (row) => x[0][row] + x[1][row] + normal());
  const product = column(1500, (row) => x[0][row] * x[1][row] + 0.5 * normal());
  expect(bestFamily(worthOf(x, [sum]))).toBeUndefined();
  expect(bestFamily(worthOf(x, [product]))?.kind.degree).toBeGreaterThanOrEqual(2);
});

test("a family must be worth more than the linear functions, and more than simpler ones", () => {
  const kind = (degree: 1 | 2 | 3) => ({ degree, ridge: 1e-3 });
  const linear = { kind: kind(1), linear: true, score: 1, count: 1 };
  const [second, third] = ([2, 3] as const).map((degree) => ({
    ...linear,
    kind: kind(degree),
    linear: false,
  }));
  expect(bestFamily([])).toBeUndefined();
  expect(bestFamily([{ ...third, score: 1.02 }, linear])).toBeUndefined();
  expect(bestFamily([{ ...third, score: 1.03 }, { ...second, score: 1.03 }, linear])?.kind.degree).toBe(2);
  expect(bestFamily([{ ...third, score: 1.04 }, { ...second, score: 1.03 }, linear])?.kind.degree).toBe(3);
});
