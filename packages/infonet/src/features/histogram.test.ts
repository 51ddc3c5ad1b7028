import { expect, test } from "vitest";
import { permutation } from "../testing/random.js";
import { copulaHistogram, deposit, GRID } from "./histogram.js";

/** The weights of a point by their definition: hats about the middles of the cells, positions kept between the outermost. */
function hats(position: number): Float64Array {
  const place = Math.min(Math.max(position * GRID - 0.5, 0), GRID - 1);
  return Float64Array.from({ length: GRID }, (_, cell) => Math.max(0, 1 - Math.abs(place - cell)));
}

function expectTable(table: ArrayLike<number>, expected: Float64Array): void {
  expect(Math.max(...expected.map((weight, at) => Math.abs(table[at] - weight)))).toBeLessThan(1e-5);
}

test("a point is spread by hats over four cells, at the border over fewer, and added to what is there", () => {
  const positions = [0.001, 0.5 / GRID, 1.2 / GRID, 0.31, 0.5, 1 - 1.3 / GRID, 1 - 0.5 / GRID, 0.9999];
  for (const u of positions) {
    for (const v of positions) {
      const table = new Float32Array(GRID * GRID + 2).fill(7);
      deposit(table, 1, u, v, 3);
      const [a, b] = [hats(u), hats(v)];
      const expected = Float64Array.from(
        { length: GRID * GRID },
        (_, at) => 7 + 3 * b[Math.floor(at / GRID)] * a[at % GRID],
      );
      expectTable(table.subarray(1), expected);
      expect([table[0], table[GRID * GRID + 1]]).toEqual([7, 7]);
    }
  }
});

test("the histogram is the sum of its points' weights, whatever was there and whichever size came before", () => {
  for (const n of [2, 9, 70, 9]) {
    const perm = permutation(n, n);
    const expected = new Float64Array(GRID * GRID);
    perm.forEach((rank, k) => {
      const [a, b] = [hats((k + 0.5) / n), hats((rank + 0.5) / n)];
      for (let at = 0; at < expected.length; at++) expected[at] += b[Math.floor(at / GRID)] * a[at % GRID];
    });
    const out = new Float32Array(GRID * GRID + 2).fill(7);
    copulaHistogram(perm, out, 1);
    expectTable(out.subarray(1), expected);
    expect([out[0], out[GRID * GRID + 1]]).toEqual([7, 7]);
  }
});
