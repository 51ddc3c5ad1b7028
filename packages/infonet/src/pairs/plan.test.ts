import { describe, expect, test } from "vitest";
import { draws } from "../testing/random.js";
import type { Column } from "../types.js";
import { networkParts, planPair } from "./plan.js";
import { prepareColumn } from "./prepared.js";

const { uniform, normal } = draws(5);
const rows = <Value>(n: number, cell: (row: number) => Value): Value[] =>
  Array.from({ length: n }, (_, k) => cell(k));
const plan = (x: Column, y: Column, most = 10_000) =>
  planPair(prepareColumn("x", x), prepareColumn("y", y), most);

describe("the parts of a pair", () => {
  const n = 300;
  const number = rows(n, normal);
  const zeros = rows(n, (k) => (k % 3 === 0 ? 0 : normal()));
  const text = rows(n, (k) => "abcd"[(k * 7) % 4]);

  test("two numbers are one", () => {
    const { counts, levelsOfX, levelsOfY, numbers } = plan(number, rows(n, normal));
    expect([counts, levelsOfX, levelsOfY]).toEqual([undefined, undefined, undefined]);
    expect(numbers?.share).toBe(1);
    expect(numbers?.sample.levels).toBeUndefined();
  });

  test("two columns of levels are a table", () => {
    const parts = plan(
      text,
      rows(n, (k) => k % 3 === 0),
    );
    expect(networkParts(parts)).toEqual([]);
    expect(parts.counts?.n).toBe(n);
    expect(parts.kinds).toEqual(["levels", "levels"]);
  });

  test("levels beside a number are one, whichever comes first", () => {
    const first = plan(text, number);
    expect([first.counts, first.numbers, first.levelsOfY]).toEqual([undefined, undefined, undefined]);
    expect(first.levelsOfX?.sample.levels).toBe(4);
    expect(first.levelsOfX?.share).toBe(1);
    const second = plan(number, text);
    expect(second.levelsOfX).toBeUndefined();
    expect(second.levelsOfY?.sample.perm).toEqual(first.levelsOfX?.sample.perm);
    expect(second.levelsOfY?.pValue).toBe(first.levelsOfX?.pValue);
  });

  test("numbers with atoms beside numbers are levels beside a number, and the numbers that are left", () => {
    const parts = plan(zeros, number);
    expect(parts.kinds).toEqual(["mixture", "number"]);
    expect(parts.counts).toBeUndefined();
    expect(parts.levelsOfX).toMatchObject({ share: 1, sample: { levels: 2, n } });
    expect(parts.numbers).toMatchObject({ share: 2 / 3, sample: { n: 200 } });
    expect(parts.levelsOfY).toBeUndefined();
  });

  test("two columns with atoms have all four", () => {
    const other = rows(n, (k) => (k % 2 === 0 ? 0 : normal()));
    const parts = plan(zeros, other);
    expect(parts.counts).toMatchObject({
      n,
      rows: Uint32Array.of(100, 200),
      columns: Uint32Array.of(150, 150),
    });
    expect(parts.levelsOfX).toMatchObject({ share: 0.5, sample: { n: 150, levels: 2 } });
    expect(parts.levelsOfY).toMatchObject({ share: 2 / 3, sample: { n: 200, levels: 2 } });
    expect(parts.numbers).toMatchObject({ share: 1 / 3, sample: { n: 100 } });
  });

  test("levels beside numbers with atoms are a table, and levels beside the numbers that are left", () => {
    const parts = plan(text, zeros);
    expect(parts.counts).toMatchObject({ n, columns: Uint32Array.of(100, 200) });
    expect(parts.levelsOfX).toMatchObject({ share: 2 / 3, sample: { levels: 4 } });
    expect([parts.levelsOfY, parts.numbers]).toEqual([undefined, undefined]);
  });

  test("too few numbers are left out", () => {
    const few = rows(n, (k) => (k < 5 ? k + normal() : 0));
    const parts = plan(few, number);
    expect(parts.numbers).toBeUndefined();
    expect(parts.levelsOfX?.share).toBe(1);
  });
});

describe("very many levels", () => {
  test("beside a number cut it into stretches, and say so", () => {
    const names = rows(400, () => `n${Math.floor(200 * uniform())}`);
    const parts = plan(names, rows(400, normal));
    expect(networkParts(parts)).toEqual([]);
    expect(parts.counts?.columns).toEqual(Uint32Array.of(80, 80, 80, 80, 80));
    expect(parts.kinds).toEqual(["levels", "number"]);
    expect(parts.warnings).toEqual([
      {
        code: "many-levels",
        message: expect.stringMatching(/^x has \d+ levels in 400 rows; the numbers beside/),
      },
    ]);
  });

  test("most of which are in one row cannot be counted", () => {
    const names = rows(50, (k) => `n${k}`);
    for (const pair of [
      [names, rows(50, normal)],
      [rows(50, (k) => k % 2 === 0), names],
    ] as [Column, Column][]) {
      expect(() => plan(...pair)).toThrow(
        expect.objectContaining({
          code: "too-many-levels",
          message: expect.stringContaining("has 50 levels in 50 rows, 50 of them in one row each;"),
        }),
      );
    }
  });
});
