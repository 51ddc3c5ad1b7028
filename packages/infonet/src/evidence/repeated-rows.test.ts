import { describe, expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { evalTable, HAS_TABLES } from "../testing/eval-tables.js";
import { draws, permutation } from "../testing/random.js";
import { distinctRows, distinctRowsBeside } from "./repeated-rows.js";

type Numbers = readonly number[];

const { normal, uniform } = draws(71);
const column = (n: number, cell = normal): number[] => Array.from({ length: n }, () => cell());
const correlated = (x: Numbers, rho: number): number[] =>
  x.map((value) => rho * value + Math.sqrt(1 - rho * rho) * normal());
const rounded = (x: Numbers, step: number): number[] => x.map((value) => Math.round(value / step));
const times = (x: Numbers, count: number): number[] => Array.from({ length: count }, () => x).flat();
const coded = (x: Numbers) => codeColumn(Float64Array.from(x));
const found = (x: Numbers, y: Numbers) => distinctRows(coded(x), coded(y));
/** Copies that are told of; 0 for none. */
const copies = (x: Numbers, y: Numbers): number => x.length - (found(x, y)?.rows.length ?? x.length);

describe("rows written more than once", () => {
  test.each([
    [2, 0],
    [3, 0],
    [2, 0.9],
    [3, 0.9],
    [2, 0.99],
    [3, 0.99],
  ])("all of them, %i times, correlation %f", (count, rho) => {
    const x = column(200);
    const y = correlated(x, rho);
    expect(copies(times(x, count), times(y, count))).toBe(200 * (count - 1));
  });

  test.each([10, 30, 50, 60])("%i of 500", (count) => {
    for (const rho of [0, 0.9]) {
      const x = column(500);
      const y = correlated(x, rho);
      expect(copies([...x, ...x.slice(0, count)], [...y, ...y.slice(0, count)])).toBe(count);
    }
  });

  test("also where single columns are tied now and then", () => {
    const [x, y] = [rounded(column(300), 0.01), rounded(column(300), 0.01)];
    expect(copies(times(x, 2), times(y, 2))).toBeGreaterThanOrEqual(300);
  });

  test("are given by their first rows, in whatever order the rows stand", () => {
    const x = times(column(60), 2);
    const y = times(column(60), 2);
    const order = permutation(4, 120);
    const of = (values: Numbers): number[] => Array.from(order, (row) => values[row]);
    const { rows, positions } = found(of(x), of(y))!;
    expect(rows).toHaveLength(60);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    for (const [row, position] of positions.entries()) {
      expect(of(x)[rows[position]]).toBe(of(x)[row]);
      expect(of(y)[rows[position]]).toBe(of(y)[row]);
      expect(rows[position]).toBeLessThanOrEqual(row);
    }
  });

  test("exchanging and mirroring the columns and monotone maps change nothing", () => {
    for (const count of [4, 8, 30]) {
      const x = column(300);
      const y = correlated(x, 0.8);
      const [a, b] = [
        [...x, ...x.slice(0, count)],
        [...y, ...y.slice(0, count)],
      ];
      const told = copies(a, b);
      expect(copies(b, a)).toBe(told);
      expect(
        copies(
          a.map((value) => -value),
          b,
        ),
      ).toBe(told);
      expect(
        copies(
          a,
          b.map((value) => -value),
        ),
      ).toBe(told);
      expect(
        copies(
          a.map(Math.exp),
          b.map((value) => value ** 3),
        ),
      ).toBe(told);
    }
  });
});

describe("no rows are repeated", () => {
  test("where no column is tied", () => {
    expect(found(column(500), column(500))).toBeUndefined();
    expect(found(column(500), rounded(column(500), 0.5))).toBeUndefined();
  });

  test.each([0.3, 0.1, 0.03, 0.01, 0.003])(
    "where numbers are rounded to %f, whatever the dependence",
    (step) => {
      for (const rho of [0, 0.5, 0.9, 0.99, 0.999, 1]) {
        for (const n of [100, 500, 3000]) {
          for (let draw = 0; draw < 5; draw++) {
            const x = column(n);
            const y = correlated(x, rho);
            expect(copies(rounded(x, step), rounded(y, step)), `rho ${rho} n ${n}`).toBe(0);
          }
        }
      }
    },
  );

  const FUNCTIONS: Record<string, (x: number) => number> = {
    copy: (x) => x,
    square: (x) => x * x,
    bow: Math.abs,
    exponential: Math.exp,
    wave: (x) => Math.sin(3 * x),
    steps: (x) => Math.round(10 * x),
  };
  test.each(Object.entries(FUNCTIONS))("where y is a %s of a rounded x", (_, map) => {
    for (const step of [0.3, 0.1, 0.03, 0.01, 0.003]) {
      for (let draw = 0; draw < 10; draw++) {
        const x = rounded(column(400), step).map((value) => value * step);
        expect(copies(x, x.map(map)), `step ${step}`).toBe(0);
        expect(copies(x.map(map), x), `step ${step}`).toBe(0);
      }
    }
  });

  test("among small integers, counts with many small values, and zeros that meet", () => {
    const whole = (below: number) => () => Math.floor(below * uniform());
    const counts = () => Math.floor(Math.exp(2 * normal()));
    const zeros = () => (uniform() < 0.2 ? 0 : normal());
    for (let draw = 0; draw < 20; draw++) {
      for (const cell of [whole(10), whole(100), counts, zeros]) {
        expect(copies(column(300, cell), column(300, cell))).toBe(0);
      }
      const shared = column(300, zeros);
      expect(
        copies(
          shared,
          shared.map((value) => (value === 0 ? 0 : normal())),
        ),
      ).toBe(0);
    }
  });
});

describe.runIf(HAS_TABLES)("real tables", () => {
  const told = (table: string, x: string, y: string): number => {
    const columns = evalTable(table);
    return copies(columns.get(x) as number[], columns.get(y) as number[]);
  };

  test("patients and mixes that were measured more than once, days without trade", () => {
    expect(told("heart", "age", "year")).toBe(69);
    expect(told("concrete", "cement", "fine_aggregate")).toBe(631);
    expect(told("eu-stocks", "DAX", "FTSE")).toBeGreaterThan(20);
  });

  test("diamonds measured to a hundredth are not repeated, nor are cars", () => {
    expect(told("diamonds", "x", "y")).toBe(0);
    expect(told("diamonds", "carat", "price")).toBe(0);
    expect(told("mtcars", "mpg", "disp")).toBe(0);
  });
});

test("several curves, and closed ones, are not copies, however often their points come again", () => {
  for (let k = 0; k < 20; k++) {
    const x = column(400, () => Math.floor(101 * uniform()));
    const crossed = x.map((value) => (uniform() < 0.5 ? value : 100 - value));
    expect(copies(x, crossed)).toBe(0);
    const angles = column(1000, () => 2 * Math.PI * uniform());
    expect(copies(rounded(angles.map(Math.cos), 0.02), rounded(angles.map(Math.sin), 0.02))).toBe(0);
  }
});

test("rows written many times are copies too, and said to be many", () => {
  const [x, y] = [column(200), column(200)];
  for (const [count, often] of [
    [2, false],
    [4, false],
    [5, true],
    [10, true],
  ] as const) {
    const repeated = found(times(x, count), times(y, count));
    expect(repeated?.rows).toHaveLength(200);
    expect(repeated?.often).toBe(often);
  }
});

describe("rows of levels beside a number", () => {
  const beside = (levels: Numbers, number: Numbers): number =>
    number.length - (distinctRowsBeside(coded(levels), coded(number))?.rows.length ?? number.length);
  const levelsOf = (x: Numbers, share: (value: number) => number): number[] =>
    x.map((value) => (uniform() < share(value) ? 1 : 0));

  test.each([2, 3, 4, 5])("all of them written %i times, independent or not", (count) => {
    for (const slope of [0, 2]) {
      const x = column(200);
      const levels = levelsOf(x, (value) => 1 / (1 + Math.exp(-slope * value)));
      expect(beside(times(levels, count), times(x, count))).toBe(200 * (count - 1));
    }
  });

  test.each([150, 300])("%i of 500", (count) => {
    const x = column(500);
    const levels = levelsOf(x, () => 0.5);
    expect(beside([...levels, ...levels.slice(0, count)], [...x, ...x.slice(0, count)])).toBe(count);
  });

  test("are not seen in a number that is rounded, whatever its levels follow", () => {
    for (const step of [0.02, 0.1, 0.5]) {
      for (const share of [
        () => 0.5,
        (v: number) => 1 / (1 + Math.exp(-2 * v)),
        (v: number) => (v > 0 ? 1 : 0),
      ]) {
        const x = rounded(column(600), step);
        expect(
          beside(
            levelsOf(x, (value) => share(step * value)),
            x,
          ),
        ).toBe(0);
      }
    }
  });

  test.each([4, 12, 50])("nor in a year of %i rows each, whose levels are periods of some years", (count) => {
    const years = times(
      Array.from({ length: 60 }, (_, k) => 1960 + k),
      count,
    );
    for (const period of [2, 4, 10]) {
      expect(
        beside(
          years.map((year) => Math.floor(year / period)),
          years,
        ),
      ).toBe(0);
    }
  });

  test("nor in a number that stands for the level, such as the size of a town beside its name", () => {
    const towns = times(
      Array.from({ length: 80 }, (_, k) => k),
      3,
    );
    const sizes = column(80);
    expect(
      beside(
        towns,
        towns.map((town) => sizes[town]),
      ),
    ).toBe(0);
  });

  test("nor in a code that tells the level, which comes as often as it comes", () => {
    const codes = column(600, () => Math.floor(200 * uniform()));
    expect(
      beside(
        codes.map((code) => (code * 7919) % 3),
        codes,
      ),
    ).toBe(0);
  });

  test("the order of the rows and of the levels means nothing", () => {
    const [x, levels] = [column(100), column(100, () => Math.floor(3 * uniform()))];
    const order = permutation(5, 200);
    const of = (values: Numbers): number[] => Array.from(order, (row) => times(values, 2)[row]);
    expect(beside(of(levels), of(x))).toBe(100);
    expect(
      beside(
        of(levels).map((level) => 2 - level),
        of(x).map((value) => -value),
      ),
    ).toBe(100);
  });
});
