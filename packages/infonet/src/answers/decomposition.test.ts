import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { partsOf, sharedPart } from "./decomposition.js";

const N = 2000;
const numbers = (value: (row: number) => number) => ({
  values: Float64Array.from({ length: N }, (_, row) => value(row)),
  levels: false,
});
const levels = (value: (row: number) => number) => ({ ...numbers(value), levels: true });

test("shared: all of it for two normal columns (Barrett 2015), none for the two halves of a pair", () => {
  const { normal, uniform } = draws(31);
  const [a, b] = [numbers(normal), numbers(normal)];
  const y = numbers((row) => a.values[row] + b.values[row] + normal());
  expect(sharedPart(y, a, b)).toBeGreaterThan(0.95);
  const [p, q] = [levels(() => Math.floor(2 * uniform())), levels(() => Math.floor(2 * uniform()))];
  const pair = levels((row) => 2 * p.values[row] + q.values[row]);
  expect(sharedPart(pair, p, q)).toBeLessThan(0.02);
  const copy = levels((row) => 1 - p.values[row]);
  expect(sharedPart(pair, p, copy)).toBeCloseTo(1, 3);
});

test("shared: a level and a number that tell of other classes share little, that tell of the same, much", () => {
  const { normal, uniform } = draws(32);
  const y = levels(() => Math.floor(3 * uniform()));
  const first = levels((row) => Number(y.values[row] === 0));
  const last = numbers((row) => (y.values[row] === 2 ? 4 : 0) + normal());
  const again = numbers((row) => (y.values[row] === 0 ? 4 : 0) + normal());
  expect(sharedPart(y, first, again)).toBeGreaterThan(0.95);
  expect(sharedPart(y, first, last)).toBeLessThan(0.7);
  expect(sharedPart(y, first, last)).toBeGreaterThan(0.2);
});

test("parts add up to what both tell, are never negative, and have what each tells", () => {
  const { uniform } = draws(33);
  for (let draw = 0; draw < 200; draw++) {
    const alone: [number, number] = [uniform(), uniform()];
    const both = 2 * uniform();
    const { unique, redundant, synergistic } = partsOf(alone, both, uniform());
    const all = unique[0] + unique[1] + redundant + synergistic;
    expect(all).toBeCloseTo(Math.max(both, ...alone), 12);
    for (const part of [...unique, redundant, synergistic]) expect(part).toBeGreaterThanOrEqual(-1e-12);
    for (const side of [0, 1] as const) expect(unique[side] + redundant).toBeCloseTo(alone[side], 12);
  }
});
