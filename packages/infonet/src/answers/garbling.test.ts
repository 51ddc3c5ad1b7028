import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { drawnToGarbling } from "./garbling.js";
import { informationOf, uniqueInformation } from "./unique-information.js";

const CHANNEL = [
  [0.7, 0.2, 0.1],
  [0.1, 0.6, 0.3],
  [0.2, 0.2, 0.6],
];
const OTHER = { width: 3, cells: Float64Array.of(0.2, 0.1, 0.05, 0.05, 0.1, 0.15, 0.05, 0.05, 0.25) };
/** Σ P(y, x') K(x | x'). */
const GARBLED = {
  width: 3,
  cells: Float64Array.from({ length: 9 }, (_, cell) =>
    CHANNEL.reduce((sum, to, from) => sum + OTHER.cells[3 * Math.floor(cell / 3) + from] * to[cell % 3], 0),
  ),
};

test("a garbling stays what it is", () => {
  const { cells } = drawnToGarbling(GARBLED, OTHER, 1e6);
  for (const [k, p] of cells.entries()) expect(Math.abs(p - GARBLED.cells[k])).toBeLessThan(1e-4);
});

test("counts of a copy are drawn to what tells little of its own", () => {
  const { uniform } = draws(41);
  const n = 500;
  const sums = (cells: Float64Array, y: number): number =>
    cells.subarray(3 * y, 3 * y + 3).reduce((a, b) => a + b);
  let [asCounted, asDrawn] = [0, 0];
  for (let draw = 0; draw < 20; draw++) {
    const counted = { width: 3, cells: new Float64Array(9) };
    for (let row = 0; row < n; row++) {
      let [left, cell] = [uniform(), 0];
      while (cell < 8 && left >= OTHER.cells[cell]) left -= OTHER.cells[cell++];
      counted.cells[cell] += 1 / n;
    }
    // Tables of the same rows have the same sums by target.
    const beside = {
      width: 3,
      cells: OTHER.cells.map((p, k) => {
        const y = Math.floor(k / 3);
        return (p * sums(counted.cells, y)) / sums(OTHER.cells, y);
      }),
    };
    asCounted += uniqueInformation(counted, beside);
    asDrawn += uniqueInformation(drawnToGarbling(counted, beside, n), beside);
  }
  expect(asDrawn).toBeLessThan(0.4 * asCounted);
});

test("what tells something else is kept, the more so the more rows", () => {
  // The target in two bits: each column tells one of them.
  const high = { width: 2, cells: Float64Array.of(0.25, 0, 0.25, 0, 0, 0.25, 0, 0.25) };
  const low = { width: 2, cells: Float64Array.of(0.25, 0, 0, 0.25, 0.25, 0, 0, 0.25) };
  const [few, many] = [40, 4000].map((n) => informationOf(drawnToGarbling(low, high, n)));
  expect(many).toBeGreaterThan(0.99 * Math.LN2);
  expect(few).toBeLessThan(many);
  expect(few).toBeGreaterThan(0.8 * Math.LN2);
});
