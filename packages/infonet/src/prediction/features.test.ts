import { expect, test } from "vitest";
import { cholesky, solveLower, solveUpper } from "../numerics/cholesky.js";
import { correlation } from "../numerics/moments.js";
import { stream } from "../numerics/random.js";
import { allRows } from "../numerics/rows.js";
import { draws } from "../testing/random.js";
import { crossProducts } from "./canonical.js";
import { affordable, expand, type FeatureKind, type Features, monomials } from "./features.js";

const n = 600;
const { normal } = draws(12);
const noise = () => Float64Array.from({ length: n }, normal);
const [a, b, c] = [noise(), noise(), noise()];
const of = (columns: Float64Array[], kind: Partial<FeatureKind>): Features =>
  expand(columns, { degree: 1, ridge: 1e-3, ...kind }, stream(1));
const column = ({ values, count }: Features, k: number): Float64Array =>
  Float64Array.from({ length: values.length / count }, (_, row) => values[row * count + k]);

test("there are as many products up to a degree as ways to choose with repetition: (w + d choose d) − 1", () => {
  const choose = (from: number, k: number): number => (k === 0 ? 1 : (choose(from - 1, k - 1) * from) / k);
  for (const width of [1, 2, 5, 12]) {
    for (const degree of [1, 2, 3]) expect(monomials(width, degree)).toBe(choose(width + degree, degree) - 1);
  }
  for (const degree of [1, 2, 3] as const) {
    expect(of([a, b, c], { degree }).count).toBe(monomials(3, degree));
  }
});

test("the products themselves, each once, with mean 0 and deviation 1", () => {
  const features = of([a, b], { degree: 3, farthest: 1e6 });
  const powers = [
    [1, 0],
    [0, 1],
    [2, 0],
    [3, 0],
    [2, 1],
    [1, 1],
    [1, 2],
    [0, 2],
    [0, 3],
  ];
  expect(features.count).toBe(powers.length);
  powers.forEach(([i, j], k) => {
    const found = column(features, k);
    const product = a.map((value, row) => value ** i * b[row] ** j);
    expect(correlation(found, product), `a^${i} b^${j}`).toBeCloseTo(1, 12);
    expect(found.reduce((sum, v) => sum + v, 0) / n).toBeCloseTo(0, 12);
    expect(found.reduce((sum, v) => sum + v * v, 0) / n).toBeCloseTo(1, 12);
  });
});

test("rows far out are pulled in to four deviations, or to as many as told", () => {
  for (const [given, farthest] of [
    [undefined, 4],
    [2, 2],
  ] as const) {
    const found = column(of([a], { degree: 3, farthest: given }), 2);
    const free = column(of([a], { degree: 3, farthest: 1e6 }), 2);
    expect(Math.max(...free)).toBeGreaterThan(4);
    found.forEach((value, row) => {
      expect(value).toBe(Math.max(-farthest, Math.min(farthest, free[row])));
    });
  }
});

test("constants are left out, and the others stand side by side", () => {
  const features = of([a, new Float64Array(n).fill(3), b], { farthest: 8 });
  expect(features.count).toBe(2);
  expect(features.values).toHaveLength(2 * n);
  expect(correlation(column(features, 0), a)).toBeCloseTo(1, 12);
  expect(correlation(column(features, 1), b)).toBeCloseTo(1, 12);
});

test("bumps are highest at a row of their own and fall with the distance: one for twelve rows, eighty at most", () => {
  expect(of([a, b], { bumps: 1 }).count).toBe(2 + n / 12);
  expect(expand([a.subarray(0, 35)], { degree: 1, bumps: 1, ridge: 1 }, stream(1)).count).toBe(1 + 2);
  const long = Float64Array.from({ length: 1200 }, normal);
  expect(of([long], { bumps: 1 }).count).toBe(1 + 80);
  const features = of([a, b], { bumps: 0.7 });
  const centres = new Set<number>();
  for (let k = 2; k < features.count; k++) {
    const bump = column(features, k);
    const top = bump.indexOf(Math.max(...bump));
    centres.add(top);
    const expected = a.map((v, row) =>
      Math.exp(-((v - a[top]) ** 2 + (b[row] - b[top]) ** 2) / (2 * 0.7 ** 2 * 2)),
    );
    // Pulled in, the top of a rare bump is lower, but never another row's.
    expect(correlation(bump, expected)).toBeGreaterThan(0.9);
  }
  expect(centres.size).toBeGreaterThan(0.9 * (n / 12));
});

/** Share of the rows that are nearer to the middle. */
function share(columns: readonly Float64Array[]): Float64Array {
  const distances = columns[0].map((_, row) => columns.reduce((sum, values) => sum + values[row] ** 2, 0));
  return distances.map(
    (distance) => (distances.filter((other) => other < distance).length + 0.5) / distances.length,
  );
}

test("radii: waves of the distance from the middle, as many as asked for", () => {
  const features = of([a, b, c], { radii: 6 });
  expect(features.count).toBe(3 + 6);
  const outward = share([a, b, c]);
  for (let k = 1; k <= 6; k++) {
    const wave = outward.map((place) => Math.cos(k * Math.PI * place));
    expect(correlation(column(features, 2 + k), wave), `wave ${k}`).toBeCloseTo(1, 12);
  }
});

test("turns: every column times every wave, 96 at most", () => {
  const features = of([a, b], { turns: 5, farthest: 1e6 });
  expect(features.count).toBe(2 + 5 * 2);
  const outward = share([a, b]);
  for (let k = 1; k <= 5; k++) {
    [a, b].forEach((values, c) => {
      const turned = values.map((value, row) => value * Math.cos(k * Math.PI * outward[row]));
      expect(correlation(column(features, 2 * k + c), turned), `wave ${k}`).toBeCloseTo(1, 12);
    });
  }
  const many = Array.from({ length: 10 }, noise);
  expect(of(many, { turns: 16 }).count).toBe(10 + 9 * 10);
  expect(of([a, b], { turns: 2, radii: 4 }).count).toBe(2 + 2 * 2 + 4);
});

test("a plane turned the more the farther out is linear in turns, and not in products", () => {
  const outward = share([a, b]);
  const turned = a.map((value, row) => {
    const angle = 2 * Math.PI * outward[row];
    return Math.cos(angle) * value - Math.sin(angle) * b[row];
  });
  const told = (kind: Partial<FeatureKind>): number => {
    const { values, count } = of([a, b], { farthest: 1e6, ...kind });
    const features = { values, count };
    const wanted = { values: turned, count: 1 };
    const all = allRows(n);
    const lower = cholesky(crossProducts(features, features, all), count, 1e-6 * n);
    const weights = crossProducts(features, wanted, all);
    solveLower(lower, count, weights, 1);
    solveUpper(lower, count, weights, 1);
    const fitted = turned.map((_, row) =>
      weights.reduce((sum, weight, k) => sum + weight * values[row * count + k], 0),
    );
    return correlation(fitted, turned) ** 2;
  };
  expect(told({ turns: 16 })).toBeGreaterThan(0.98);
  expect(told({ degree: 3 })).toBeLessThan(0.8);
});

test("products of columns are held to seventy: degree 3 up to five columns, 2 up to ten, narrow bumps up to six", () => {
  const kind = { degree: 3, bumps: 1, ridge: 1e-3 } as const;
  const got = (width: number) => {
    const { degree, bumps } = affordable(kind, width);
    return [degree, bumps];
  };
  expect([1, 5, 6, 7, 10, 11].map(got)).toEqual([
    [3, 0.5],
    [3, 0.5],
    [2, 0.5],
    [2, 1],
    [2, 1],
    [1, 1],
  ]);
  expect(affordable({ degree: 1, ridge: 1 }, 2)).toEqual({ degree: 1, bumps: undefined, ridge: 1 });
});
