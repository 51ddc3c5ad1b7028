import { expect, test } from "vitest";
import { inverse } from "../copula/index.js";
import { correlation } from "../numerics/moments.js";
import { rankScores } from "../numerics/normal-scores.js";
import { order } from "../numerics/order.js";
import { draws } from "../testing/random.js";
import { BASIS, type Basis, type Columns, type FoundBasis, orthogonal, residual } from "./basis.js";
import { bestFamily, FAMILY, familiesFor, type Worth } from "./families.js";

const n = 800;
/** A basis of both variables; it is found without the network. */
function found(name: FoundBasis, x: Columns, y: Columns): Basis | undefined {
  const both = { x: x.scores, y: y.scores, seed: 1 };
  const family = bestFamily(
    familiesFor(both).map((one) => FAMILY.run({ ...one, ...both }, undefined as never) as Worth),
  );
  return BASIS.run({ name, x, y, family, settings: { seed: 1, most: 64 } }, undefined as never) as
    | Basis
    | undefined;
}
const { normal } = draws(8);
const noise = (): Float64Array => Float64Array.from({ length: n }, normal);
/** Σ weight · column. */
const mixed = (columns: readonly Float64Array[], ...weights: number[]): Float64Array =>
  columns[0].map((_, row) => columns.reduce((sum, column, k) => sum + weights[k] * column[row], 0));
/** Columns as their normal scores, which have one variance. */
const side = (letter: "x" | "y", columns: Float64Array[]): Columns => ({
  letter,
  index: [...columns.keys()],
  scores: columns.map((column) => rankScores(inverse(order(column)))),
});
const labels = (coordinates: Basis["x"]) => coordinates.map(({ label }) => label);
const squares = (column: Float64Array): number => column.reduce((sum, v) => sum + v * v, 0);

/** Columns of X and of Y with correlations of 0.9 (x2, y0), 0.6 (x0, y2) and 0.3 (x1, y1). */
function threePairs(): [Columns, Columns] {
  const x = [noise(), noise(), noise()];
  const y = [
    mixed([x[2], noise()], 0.9, Math.sqrt(1 - 0.81)),
    mixed([x[1], noise()], 0.3, Math.sqrt(1 - 0.09)),
    mixed([x[0], noise()], 0.6, 0.8),
  ];
  return [side("x", x), side("y", y)];
}

/** Share of a column's variance that coordinates determine linearly. */
const determined = (column: Float64Array, coordinates: Basis["x"]): number =>
  1 -
  squares(residual(column, orthogonal(coordinates.map(({ values }) => values)))) /
    squares(residual(column, []));

test("principal components are uncorrelated, their variances in the ratio of 1 + r and 1 − r, and span the columns", () => {
  const a = noise();
  const x = side("x", [a, mixed([a, noise()], 0.8, 0.6)]);
  const basis = found("whitened", x, side("y", [noise()]))!;
  expect(basis).toMatchObject({ name: "whitened", optimism: 0 });
  expect(labels(basis.x).sort()).toEqual(["p1", "p2"]);
  expect(labels(basis.y)).toEqual(["q1"]);
  const [first, second] = [1, 2].map((k) => basis.x.find(({ label }) => label === `p${k}`)!.values);
  expect(correlation(first, second)).toBeCloseTo(0, 10);
  const r = correlation(x.scores[0], x.scores[1]);
  expect(squares(first) / squares(second)).toBeCloseTo((1 + r) / (1 - r), 8);
  for (const column of x.scores) expect(determined(column, basis.x)).toBeCloseTo(1, 10);
});

test("canonical variates, then what they leave, are as many as the columns and determine them", () => {
  const [x, y] = threePairs();
  const turned = [mixed(x.scores, 1, 1, 1), mixed(x.scores, 1, -1, 0), mixed(x.scores, 1, 1, -2)];
  const wide = side("x", turned);
  const basis = found("canonical", wide, y)!;
  expect(basis.name).toBe("canonical");
  expect(labels(basis.x).slice(0, 2)).toEqual(["f1", "f2"]);
  expect(labels(basis.y).slice(0, 2)).toEqual(["g1", "g2"]);
  expect([basis.x.length, basis.y.length]).toEqual([3, 3]);
  for (const column of wide.scores) expect(determined(column, basis.x)).toBeCloseTo(1, 10);
  for (const column of y.scores) expect(determined(column, basis.y)).toBeCloseTo(1, 10);
  // The first pair is the strongest of the true ones, however the columns mix them.
  expect(Math.abs(correlation(basis.x[0].values, x.scores[2]))).toBeGreaterThan(0.98);
  expect(Math.abs(correlation(basis.x[0].values, basis.y[0].values))).toBeGreaterThan(0.85);
});

test("one pair among three columns a side: the rest is uncorrelated with it", () => {
  const [a, b, c] = [noise(), noise(), noise()];
  const y = [noise(), mixed([a, noise()], 0.8, 0.6), noise()];
  const basis = found("canonical", side("x", [a, b, c]), side("y", y))!;
  expect(labels(basis.x)[0]).toBe("f1");
  expect(labels(basis.x).slice(1).sort()).toEqual(["x1 | f", "x2 | f"]);
  expect(labels(basis.y).slice(1).sort()).toEqual(["y0 | g", "y2 | g"]);
  for (const { values } of basis.x.slice(1))
    expect(correlation(values, basis.x[0].values)).toBeCloseTo(0, 10);
});

test("there are none of independent variables, nor nonlinear ones of two columns or few rows", () => {
  const independent = [side("x", [noise(), noise()]), side("y", [noise(), noise()])] as const;
  expect(found("canonical", ...independent)).toBeUndefined();
  expect(found("nonlinear", ...independent)).toBeUndefined();
  const a = noise();
  expect(found("nonlinear", side("x", [a]), side("y", [a.map(Math.abs)]))).toBeUndefined();
  const few = (given: Columns) => ({ ...given, scores: given.scores.map((v) => v.subarray(0, 99)) });
  const [x, y] = threePairs().map(few);
  expect(found("nonlinear", x, y)).toBeUndefined();
});

test("a square of a column that no line shows is a nonlinear variate", () => {
  const [a, b] = [noise(), noise()];
  const x = side("x", [a, b]);
  const y = side("y", [mixed([a.map((v) => (v * v - 1) / Math.SQRT2), noise()], 0.95, 0.3)]);
  expect(found("canonical", x, y)).toBeUndefined();
  const basis = found("nonlinear", x, y)!;
  expect(basis.name).toBe("nonlinear");
  expect([basis.x[0].label, basis.y[0].label]).toEqual(["f1", "g1"]);
  expect(
    Math.abs(
      correlation(
        basis.x[0].values,
        a.map((v) => v * v),
      ),
    ),
  ).toBeGreaterThan(0.85);
  expect([basis.x.length, basis.y.length]).toEqual([2, 1]);
});
