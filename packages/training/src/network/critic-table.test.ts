import { deposit, GRID } from "infonet/copula";
import { beforeAll, expect, test } from "vitest";
import { Random } from "../prior/random.js";
import { np, startJax, type Tensor } from "../runtime/jax.js";
import { blur, blurMatrix, resampleMass, sampleMass } from "./critic-table.js";

beforeAll(() => startJax());

const uniforms = (seed: number, count: number): Float32Array => {
  const rng = new Random(seed);
  return Float32Array.from({ length: count }, () => rng.uniform());
};
const values = async (x: Tensor): Promise<Float32Array> => (await x.data()) as Float32Array;
const sum = (x: Float32Array): number => x.reduce((a, b) => a + b, 0);

function expectClose(actual: Float32Array, expected: ArrayLike<number>, digits = 6): void {
  expect(actual).toHaveLength(expected.length);
  for (const [k, value] of actual.entries()) expect(value).toBeCloseTo(expected[k], digits);
}

/** A table read at (u, v) by bilinear interpolation, constant beyond the outermost centres. */
function read(table: Float32Array, size: number, u: number, v: number): number {
  const along = (position: number): [number, number] => {
    const place = Math.min(size - 1, Math.max(0, position * size - 0.5));
    const cell = Math.min(size - 2, Math.floor(place));
    return [cell, place - cell];
  };
  const [i, f] = along(u);
  const [j, g] = along(v);
  const row = (k: number): number => (1 - f) * table[k * size + i] + f * table[k * size + i + 1];
  return (1 - g) * row(j) + g * row(j + 1);
}

test("the mass of a sample is the histogram of the stream", async () => {
  const count = 50;
  const points = uniforms(1, 2 * count);
  points.set([1e-4, 0.9999, 0.9999, 0.5]);
  const expected = new Float32Array(GRID * GRID);
  for (let k = 0; k < count; k++) deposit(expected, 0, points[2 * k], points[2 * k + 1], 1 / count);
  expectClose(await values(sampleMass(np.array(points).reshape([1, count, 2]), GRID)), expected);
});

test("its inner product with a table is the mean of the table read at the points, at any size", async () => {
  const [size, count] = [5, 40];
  const points = uniforms(2, 2 * 2 * count);
  const table = uniforms(3, size * size);
  const mass = await values(sampleMass(np.array(points).reshape([2, count, 2]), size));
  for (const example of [0, 1]) {
    let mean = 0;
    for (let k = 0; k < count; k++) {
      const at = 2 * (example * count + k);
      mean += read(table, size, points[at], points[at + 1]) / count;
    }
    const own = mass.subarray(example * size * size, (example + 1) * size * size);
    expect(sum(own.map((m, cell) => m * table[cell]))).toBeCloseTo(mean, 5);
  }
});

test.each([5, 12, 16])(
  "mass moved to a table of %i cells an axis reads it at the old centres",
  async (size) => {
    const from = 8;
    const mass = uniforms(4, from * from);
    const table = uniforms(5, size * size);
    const moved = await values(resampleMass(np.array(mass).reshape([1, from, from]), size));
    let expected = 0;
    for (let j = 0; j < from; j++) {
      for (let i = 0; i < from; i++) {
        expected += mass[j * from + i] * read(table, size, (i + 0.5) / from, (j + 0.5) / from);
      }
    }
    expect(sum(moved.map((m, cell) => m * table[cell]))).toBeCloseTo(expected, 4);
    expect(sum(moved)).toBeCloseTo(sum(mass), 4);
  },
);

test("a blurred table is the average with weights of a Gaussian kernel on both axes", async () => {
  const size = 9;
  const table = uniforms(6, size * size);
  const kernel = blurMatrix(size, 1.2);
  const expected = Array.from({ length: size * size }, (_, at) => {
    const [j, i] = [Math.floor(at / size), at % size];
    let total = 0;
    for (let b = 0; b < size; b++) {
      for (let a = 0; a < size; a++) total += kernel[j][b] * kernel[i][a] * table[b * size + a];
    }
    return total;
  });
  const array = np.array(table).reshape([1, size, size]);
  expectClose(await values(blur(array.ref, 1.2)), expected, 5);
  expectClose(await values(blur(array, 0)), table);
});

test("the kernel falls off as a Gaussian, is banded, and leaves constants as they are", () => {
  const kernel = blurMatrix(20, 1);
  for (const row of kernel) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  expect(kernel[10][11] / kernel[10][10]).toBeCloseTo(Math.exp(-0.5), 12);
  expect(kernel[10][13] / kernel[10][10]).toBeCloseTo(Math.exp(-4.5), 12);
  expect(kernel[10][14]).toBe(0);
});
