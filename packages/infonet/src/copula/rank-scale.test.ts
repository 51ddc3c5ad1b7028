import { describe, expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { codeColumn } from "./column.js";
import { rankScale } from "./rank-scale.js";
import { rankColumn } from "./ranks.js";

const ranksOf = (x: Float64Array): Uint32Array => rankColumn(codeColumn(x), 0).ranks;
const scale = (x: Float64Array): Float64Array => rankScale(x, ranksOf(x)).positions;
const normals = (seed: number, n: number): Float64Array => {
  const { normal } = draws(seed);
  return Float64Array.from({ length: n }, normal);
};

const n = 2000;
const normal = normals(1, n);
const SHAPES: [string, Float64Array][] = [
  ["normal", normal],
  ["in other units", normal.map((v) => 5 - 1e-7 * v)],
  ["log-normal", normal.map((v) => Math.exp(3 * v))],
  ["Cauchy", normals(2, n).map((v, i) => v / normal[i])],
  ["of two scales", normal.map((v, i) => (i % 2 === 0 ? v : 1000 + 1e-4 * v))],
  ["rounded", normal.map((v) => Math.round(20 * v) / 20)],
  ["with a large atom", normal.map((v) => Math.max(v, 0.3))],
  ["of three categories", normal.map((v) => Math.round(v / 1.2))],
];

describe.each(SHAPES)("a column %s", (_, x) => {
  test("lies where its ranks lie, about one apart everywhere", () => {
    const positions = scale(x);
    const ranks = ranksOf(x);
    const off = positions.map((position, i) => Math.abs(position - ranks[i] - 1));
    // Between knots √n rows apart hard ranks wander by the square root of that.
    expect(Math.max(...off)).toBeLessThan(Math.sqrt(n) / 2);
    expect(off.reduce((a, b) => a + b, 0) / n).toBeLessThan(4);
    expect(Math.min(...positions)).toBeGreaterThan(0.49);
    expect(Math.max(...positions)).toBeLessThan(n + 0.51);
    const gaps = positions.slice().sort();
    for (let from = 0; from + 100 < n; from += 100) {
      expect(Math.abs(gaps[from + 100] - gaps[from] - 100)).toBeLessThan(50);
    }
  });

  test("keeps the order of different values; equal ones are spread over the ranks they share", () => {
    const positions = scale(x);
    const sorted = [...x.keys()].sort((i, j) => x[i] - x[j]);
    const sums = new Map<number, [sum: number, count: number]>();
    for (const i of sorted) {
      const [sum, count] = sums.get(x[i]) ?? [0, 0];
      sums.set(x[i], [sum + positions[i], count + 1]);
    }
    const middles = [...sums.values()].map(([sum, count]) => sum / count);
    for (let g = 1; g < middles.length; g++) expect(middles[g]).toBeGreaterThan(middles[g - 1]);
  });
});

test("linear maps of a column change nothing, falling ones mirror it", () => {
  for (const [, x] of SHAPES.filter(([name]) => name !== "in other units")) {
    const positions = scale(x);
    const moved = scale(x.map((v) => 7 + 4 * v));
    const mirrored = scale(x.map((v) => -v));
    for (let i = 0; i < n; i++) expect(moved[i]).toBeCloseTo(positions[i], 6);
    // With ties the knots of a column and its mirror image may lie in neighbouring groups.
    if (new Set(x).size < n) continue;
    for (let i = 0; i < n; i++) expect(mirrored[i]).toBeCloseTo(n + 1 - positions[i], 6);
  }
});

test.each([10, 60, 300])("the derivative is that of finite differences, n = %i", (rows) => {
  const x = normals(3, rows);
  const weights = normals(4, rows);
  const ranks = ranksOf(x);
  const value = (z: Float64Array): number =>
    rankScale(z, ranks).positions.reduce((sum, position, i) => sum + position * weights[i], 0);
  const gradient = rankScale(x, ranks).vjp(weights);
  const h = 1e-7;
  for (let i = 0; i < rows; i++) {
    const at = (step: number): Float64Array => x.map((v, k) => (k === i ? v + step : v));
    const expected = (value(at(h)) - value(at(-h))) / (2 * h);
    expect(Math.abs(gradient[i] - expected)).toBeLessThan(1e-5 * Math.max(10, Math.abs(expected)));
  }
  expect(gradient.filter((g) => g !== 0).length).toBeGreaterThan(rows / 2);
  // The positions do not change when all of x moves, or is stretched.
  const along = (direction: Float64Array): number =>
    gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
  const size = Math.hypot(...gradient) * Math.sqrt(rows);
  expect(Math.abs(along(x.map(() => 1)))).toBeLessThan(1e-12 * size);
  expect(Math.abs(along(x))).toBeLessThan(1e-12 * size);
});

test("columns of the largest numbers are scaled like others; the smallest have no finite slope, which is told", () => {
  const x = normals(5, 300);
  const ranks = ranksOf(x);
  const expected = rankScale(x, ranks);
  const cotangent = normals(6, 300);
  for (const factor of [2 ** 1021, 2 ** 1000, 2 ** -900]) {
    const scaled = rankScale(
      x.map((v) => v * factor),
      ranks,
    );
    for (let i = 0; i < 300; i++) expect(scaled.positions[i]).toBeCloseTo(expected.positions[i], 9);
    expect(scaled.steepest * factor).toBeCloseTo(expected.steepest, 6);
    const [slopes, reference] = [scaled.vjp(cotangent), expected.vjp(cotangent)];
    for (let i = 0; i < 300; i++) expect(slopes[i] * factor).toBeCloseTo(reference[i], 6);
  }
  const tiny = x.map((v) => v * 2 ** -1060);
  expect(rankScale(tiny, ranksOf(tiny)).steepest).toBe(Infinity);
});

test("ten squares: knots at ranks 0, 2, 4, 5, 7 and 9, lines between them", () => {
  const squares = Float64Array.from({ length: 10 }, (_, k) => k * k);
  const ranks = Uint32Array.from(squares.keys());
  const { positions, sorted, steepest, vjp } = rankScale(squares, ranks);
  const expected = [1, 1 + 2 / 4, 3, 3 + (2 * 5) / 12, 5, 6, 6 + (2 * 11) / 24, 8, 8 + (2 * 15) / 32, 10];
  for (const [k, position] of expected.entries()) expect(positions[k]).toBeCloseTo(position, 12);
  expect([...sorted]).toEqual([...ranks]);
  expect(steepest).toBe(0.5);
  const slopes = vjp([0, 8, 0, 0, 0, 0, 0, 0, 0, 0]);
  // Half a rank a unit at row 1, a quarter of the way between the knots at rows 0 and 2.
  expect([...slopes]).toEqual([-3, 4, -1, 0, 0, 0, 0, 0, 0, 0]);
});

test("rows in another order have their positions in that order, and are sorted", () => {
  const x = normals(8, 40);
  const [straight, ranks] = [rankScale(x, ranksOf(x)), ranksOf(x)];
  expect([...straight.sorted].map((row) => ranks[row])).toEqual([...x.keys()]);
  const turned = x.slice().reverse();
  expect([...rankScale(turned, ranksOf(turned)).positions]).toEqual([...straight.positions].reverse());
});

test("a group of equal values as large as a cell has the middle of its ranks, others lie on their line", () => {
  // Of eight rows a cell has four: the five ones are a knot, and so are the outermost ranks.
  const x = Float64Array.of(1, 1, 1, 1, 1, 2, 3, 3);
  const { positions, sorted, vjp } = rankScale(x, Uint32Array.from(x.keys()));
  expect([...sorted]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const middle = positions.slice(0, 5).reduce((a, b) => a + b) / 5;
  expect(middle).toBeCloseTo(3, 12);
  expect(positions[2]).toBe(3);
  expect(positions[0] + positions[4]).toBeCloseTo(6, 12);
  for (let k = 0; k < 5; k++) expect(Math.abs(positions[k] - 1 - k)).toBeLessThan(0.5);
  expect(positions[5]).toBe(6);
  expect(positions[6] + positions[7]).toBeCloseTo(15, 12);
  expect([...vjp([1, 2, 3, 4, 5, 6, 7, 8])].reduce((a, b) => a + b)).toBeCloseTo(0, 12);
  // Random gaps, but the same ones always.
  expect(positions[0]).toBeCloseTo(0.5004325741009334, 12);
  expect(positions[1]).toBeCloseTo(2.176821849597473, 12);
});

test("on both sides of a gap of more than a quarter of a cell's width there are knots", () => {
  const rows = 900;
  // Between the knots at ranks 423 and 476 a gap makes up more than a quarter from 17 on.
  const off = (gap: number): number[] => {
    const x = Float64Array.from({ length: rows }, (_, k) => k + (k < 465 ? 0 : gap));
    const { positions } = rankScale(x, Uint32Array.from(x.keys()));
    return [423, 464, 465, 476].map((k) => Math.abs(positions[k] - k - 1));
  };
  expect(off(17)).toEqual([0, 0, 0, 0]);
  // The lines go from knot to knot in their order.
  const x = Float64Array.from({ length: rows }, (_, k) => k + (k < 465 ? 0 : 17));
  const { positions } = rankScale(x, Uint32Array.from(x.keys()));
  expect(Math.max(...positions.map((position, k) => Math.abs(position - k - 1)))).toBeLessThan(1e-9);
  const [, below, above] = off(16);
  expect(below).toBeCloseTo(41 * (1 - 53 / 69), 9);
  expect(above).toBeCloseTo(11 * (1 - 53 / 69), 9);
});

test("as many equal values as a cell has rows are a knot, one fewer are none", () => {
  const rows = 900;
  // The ranks from 424 to 475 hold no knot; below them the column is steeper than above.
  const middleOf = (size: number): number => {
    const x = Float64Array.from({ length: rows }, (_, k) => {
      if (k < 430) return 3 * k;
      return 1290 + 0.5 * Math.max(0, k - 429 - size);
    });
    const { positions } = rankScale(x, Uint32Array.from(x.keys()));
    return positions.slice(430, 430 + size).reduce((sum, position) => sum + position, 0) / size;
  };
  expect(middleOf(30)).toBeCloseTo(430 + 15.5, 9);
  expect(Math.abs(middleOf(29) - 445)).toBeGreaterThan(1);
});

test("positions of tied values may overtake others: rows are sorted by them, and derivatives stay with their rows", () => {
  const { normal: draw } = draws(11);
  const x = Float64Array.from({ length: 400 }, () => Math.round(12 * draw()) / 12);
  const ranks = ranksOf(x);
  const { positions, sorted, vjp } = rankScale(x, ranks);
  expect([...sorted].sort((a, b) => a - b)).toEqual([...x.keys()]);
  for (let k = 1; k < sorted.length; k++) {
    expect(positions[sorted[k]]).toBeGreaterThanOrEqual(positions[sorted[k - 1]]);
  }
  expect([...sorted].some((row, k) => ranks[row] !== k)).toBe(true);
  // Moving or stretching the column changes nothing.
  const gradient = vjp(normals(12, 400));
  const along = (direction: Float64Array) => gradient.reduce((sum, g, row) => sum + g * direction[row], 0);
  const size = Math.hypot(...gradient);
  expect(size).toBeGreaterThan(1);
  expect(Math.abs(along(x.map(() => 1)))).toBeLessThan(1e-10 * size);
  expect(Math.abs(along(x))).toBeLessThan(1e-10 * size);
});

test("a column whose knots are further apart than the largest number is scaled like others", () => {
  const unit = Float64Array.of(-1, -0.8, 0.6, 1);
  const ranks = Uint32Array.of(0, 1, 2, 3);
  const { positions, steepest, vjp } = rankScale(
    unit.map((v) => v * 1.7e308),
    ranks,
  );
  // Four rows have knots at their ends alone.
  for (const [row, position] of [1, 1.3, 3.4, 4].entries()) expect(positions[row]).toBeCloseTo(position, 12);
  expect(steepest * 1.7e308).toBeCloseTo(1.5, 12);
  const slopes = vjp([0, 1, 0, 0]);
  for (const [row, slope] of [-1.35, 1.5, 0, -0.15].entries())
    expect(slopes[row] * 1.7e308).toBeCloseTo(slope, 12);
});
