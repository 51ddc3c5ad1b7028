import { describe, expect, test } from "vitest";
import { correlation } from "../numerics/moments.js";
import { draws } from "../testing/random.js";
import { type Basis, type Columns, givenBasis, orthogonal, remainder, residual } from "./basis.js";

const n = 800;
const SETTINGS = { seed: 1, most: 64 };
const { normal } = draws(7);
const noise = (): Float64Array => Float64Array.from({ length: n }, normal);
/** Σ weight · column. */
const mixed = (columns: readonly Float64Array[], ...weights: number[]): Float64Array =>
  columns[0].map((_, row) => columns.reduce((sum, column, k) => sum + weights[k] * column[row], 0));
const side = (letter: "x" | "y", scores: Float64Array[], index = [...scores.keys()]): Columns => ({
  letter,
  index,
  scores,
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
  return [side("x", x, [1, 4, 6]), side("y", y)];
}

describe("what is left of a column", () => {
  test("is orthogonal to the others and has mean 0, whether these are orthogonal or not", () => {
    const [a, b, e] = [noise(), noise(), noise()];
    const others = [a, mixed([a, b], 3, 0.1)];
    const left = residual(
      mixed([a, b, e], 2, -1, 0.5).map((v) => v + 5),
      orthogonal(others),
    );
    expect(left.reduce((sum, v) => sum + v, 0) / n).toBeCloseTo(0, 12);
    for (const other of others) expect(correlation(left, other)).toBeCloseTo(0, 10);
    // The same whatever columns the space is given by.
    residual(e, orthogonal([a, b])).forEach((v, row) => {
      expect(left[row]).toBeCloseTo(0.5 * v, 10);
    });
  });

  test("is nothing of a column that the others determine, and the centred column where there are none", () => {
    const [a, b] = [noise(), noise()];
    expect(squares(residual(mixed([a, b], 2, -3), orthogonal([a, b])))).toBeLessThan(1e-20 * n);
    const mean = a.reduce((sum, v) => sum + v, 0) / n;
    expect(residual(a, [])).toEqual(a.map((v) => v - mean));
    expect(residual(a, orthogonal([new Float64Array(n).fill(4)]))).toEqual(residual(a, []));
  });

  test("of a variable are as many columns fewer as there are variates, those that these determine", () => {
    const [a, b, c] = [noise(), noise(), noise()];
    const x = side("x", [a, b, c, mixed([a, b], 1, 1)], [0, 2, 3, 7]);
    const [one, two] = [remainder(x, [b], "f"), remainder(x, [b, a], "f")];
    // Of b nothing is left; a is left in x0 and x7 alike, of which the one with more of it stays.
    expect(one).toHaveLength(3);
    expect(labels(one)).toContain("x3 | f");
    expect(labels(one)).not.toContain("x2 | f");
    expect(labels(two)).toHaveLength(2);
    expect(labels(two)).toContain("x3 | f");
    for (const { values } of one) expect(correlation(values, b)).toBeCloseTo(0, 10);
    expect(remainder(x, [a, b, c, noise(), noise()], "f")).toEqual([]);
  });

  test("of a variable leaves out what the others tell best, not the smallest, and keeps the order of the columns", () => {
    const [a, b, c, e, variate] = [noise(), noise(), noise(), noise(), noise()];
    const x = side("x", [mixed([a], 0.5), b, mixed([c], 2), mixed([c, e], 1.9, 0.1)]);
    expect(labels(remainder(x, [variate], "f"))).toEqual(["x0 | f", "x1 | f", "x2 | f"]);
  });
});

describe("the columns as given", () => {
  test("the most correlated pair innermost, then the next of those left", () => {
    const [x, y] = threePairs();
    const basis = givenBasis(x, y, SETTINGS);
    expect(basis).toMatchObject({ name: "given", optimism: 0, sure: false });
    expect(labels(basis.x)).toEqual(["x6", "x1", "x4"]);
    expect(labels(basis.y)).toEqual(["y0", "y2", "y1"]);
    expect(basis.x[0].values).toBe(x.scores[2]);
  });

  test("squares that are correlated count as much", () => {
    const [a, b, sign] = [noise(), noise(), noise().map(Math.sign)];
    const basis = givenBasis(
      side("x", [b, a]),
      side("y", [noise(), a.map((v, row) => v * sign[row])]),
      SETTINGS,
    );
    expect([labels(basis.x), labels(basis.y)]).toEqual([
      ["x1", "x0"],
      ["y1", "y0"],
    ]);
  });

  test("a pair that is known to share most comes first, though others are more correlated", () => {
    const [x, y] = threePairs();
    const basis = givenBasis(x, y, SETTINGS, { i: 1, j: 1 });
    expect(basis.sure).toBe(true);
    expect(labels(basis.x)).toEqual(["x4", "x6", "x1"]);
    expect(labels(basis.y)).toEqual(["y1", "y0", "y2"]);
  });

  test("columns without a partner follow by their strongest tie", () => {
    const [x, y] = threePairs();
    const basis = givenBasis(side("x", [x.scores[1], x.scores[0]]), y, SETTINGS);
    expect([labels(basis.x), labels(basis.y).slice(0, 2)]).toEqual([
      ["x1", "x0"],
      ["y2", "y1"],
    ]);
    expect(basis.y).toHaveLength(3);
    // Likewise where X is the longer one.
    const turned = givenBasis(x, side("y", [y.scores[1], y.scores[2]]), SETTINGS);
    expect([labels(turned.x), labels(turned.y)]).toEqual([
      ["x1", "x4", "x6"],
      ["y1", "y0"],
    ]);
  });

  test("of equally correlated pairs the first", () => {
    const a = noise();
    const basis = givenBasis(side("x", [a, a]), side("y", [a, a]), SETTINGS);
    expect([labels(basis.x), labels(basis.y)]).toEqual([
      ["x0", "x1"],
      ["y0", "y1"],
    ]);
  });

  test("of more columns than are wanted, those stay that chance cannot explain, and two at least", () => {
    const [x, y] = threePairs();
    const many = (given: Columns, letter: "x" | "y") =>
      side(letter, [...given.scores, ...Array.from({ length: 7 }, noise)]);
    const [wide, other] = [many(x, "x"), many(y, "y")];
    const basis = givenBasis(wide, other, { seed: 1, most: 9 });
    expect([labels(basis.x), labels(basis.y)]).toEqual([
      ["x2", "x0", "x1"],
      ["y0", "y2", "y1"],
    ]);
    expect(labels(givenBasis(wide, other, { seed: 1, most: 1 }).x)).toEqual(["x2"]);
    const independent = side("y", Array.from({ length: 10 }, noise));
    expect(givenBasis(wide, independent, { seed: 1, most: 9 }).y).toHaveLength(2);
  });
});
