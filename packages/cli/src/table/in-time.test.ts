import { describe, expect, test } from "vitest";
import { inTime, type TimeOptions } from "./in-time.js";
import type { Table, TableColumn } from "./types.js";

const column = (name: string, values: number[], more: Partial<TableColumn> = {}): TableColumn => ({
  ...{ name, kind: "number", missing: 0 },
  values: Float64Array.from(values),
  ...more,
});
const table = (columns: TableColumn[], more: Partial<Table> = {}): Table => ({
  file: "t.csv",
  rows: columns[0].values.length,
  names: columns.map(({ name }) => name),
  ...{ columns, unusable: [], notes: [] },
  ...more,
});
const values = ({ columns }: Table): number[] => [...columns[0].values];
const made = (own: number[], more: Partial<Table>, options: TimeOptions): Table =>
  inTime(table([column("a", own)], more), options);

describe("rows in time", () => {
  test("are as they stand where nothing is said, or no more than that", () => {
    const plain = table([column("a", [3, 1, 2])]);
    expect(inTime(plain, {})).toBe(plain);
    expect(values(inTime(plain, { series: true }))).toEqual([3, 1, 2]);
    expect(inTime(plain, { series: true }).inTime).toEqual({});
  });

  test("are sorted by their times, within clusters; the usual step is told", () => {
    const time = column("t", [3, 1, 2, 1, 2, 3], { kind: "date" });
    const cluster = column("c", [0, 0, 0, 1, 1, 1], { levels: ["x", "y"] });
    const sorted = made([30, 10, 20, 11, 21, 31], { time, cluster }, { time: "t" });
    expect(values(sorted)).toEqual([10, 20, 30, 11, 21, 31]);
    expect(sorted.cluster?.values).toEqual(Float64Array.of(0, 0, 0, 1, 1, 1));
    expect(sorted.inTime).toMatchObject({ time: "t", step: 1, dates: true });
    expect(sorted.notes).toEqual([]);
  });

  test("tell of times that are missing, come again, or leave gaps", () => {
    const time = column("t", [0, 1, 2, 2, Number.NaN, 3, 7, 8, 8.5, 9]);
    const { notes, rows } = made([...Array(10).keys()], { time }, { time: "t" });
    expect(rows).toBe(9);
    expect(notes).toEqual([
      "1 row without a t left out",
      "t: 1 time come again; such rows follow each other as they stand",
      "t: 1 gap of more than a step; lags count rows, not time, unless --step says the step",
      "t: 2 of 7 steps differ from the usual one; lags count rows, not time, unless --step says the step",
    ]);
  });

  test("months are regular steps", () => {
    const time = column(
      "t",
      Array.from({ length: 24 }, (_, month) => Date.UTC(2020, month) / 1000),
    );
    expect(made([...Array(24).keys()], { time }, { time: "t" }).notes).toEqual([]);
  });

  test("changes are those within a cluster, and the first row has none", () => {
    const cluster = column("c", [0, 0, 1, 1], { levels: ["x", "y"] });
    const changed = made([1, 4, 10, 15], { cluster }, { diff: true });
    expect(values(changed)).toEqual([Number.NaN, 3, Number.NaN, 5]);
    expect(changed.columns[0].missing).toBe(2);
    expect(changed.inTime).toMatchObject({ diff: true });
  });

  test("a season is the mean of its phase; what is beyond it stays", () => {
    const own = Array.from({ length: 12 }, (_, k) => [5, -1, 2][k % 3] + (k === 4 ? 9 : 0));
    const calm = values(made(own, {}, { deseason: 3 }));
    const whole = own.reduce((a, b) => a + b) / 12;
    expect(calm.filter((_, k) => k % 3 !== 1)).toEqual(new Array(8).fill(whole));
    expect(calm[4] - calm[1]).toBeCloseTo(9, 12);
    expect(() => made(own, {}, { deseason: 7 })).toThrow("needs two periods at least");
  });

  test("categories stay as they are, and texts are no times", () => {
    const level = column("a", [0, 1, 0, 1], { levels: ["x", "y"] });
    expect(values(inTime(table([level]), { diff: true, deseason: 2 }))).toEqual([0, 1, 0, 1]);
    const time = column("t", [0, 1, 2, 3], { levels: ["a", "b", "c", "d"] });
    expect(() => made([1, 2, 3, 4], { time }, { time: "t" })).toThrow('--time names "t", which holds texts');
  });
});
