import { describe, expect, test } from "vitest";
import { inTime } from "./in-time.js";
import { readTimeStep } from "./time-step.js";
import type { Table, TableColumn } from "./types.js";

const column = (name: string, values: number[], more: Partial<TableColumn> = {}): TableColumn => ({
  ...{ name, kind: "number", missing: 0 },
  values: Float64Array.from(values),
  ...more,
});

function stepped(
  times: number[],
  step: string,
  more: Partial<Table> = {},
  kind: TableColumn["kind"] = "date",
) {
  const rows = times.length;
  const own = column(
    "a",
    times.map((_, k) => k),
  );
  const time = column("t", times, { kind });
  const table: Table = {
    file: "t.csv",
    rows,
    names: ["a"],
    columns: [own],
    time,
    unusable: [],
    notes: [],
    ...more,
  };
  return inTime(table, { time: "t", step: readTimeStep("--step", step) });
}
const values = ({ columns }: Table): number[] => [...columns[0].values];
const day = 86400;

describe("rows at equal steps", () => {
  test("steps without a row miss their values, and rows that share a step count once", () => {
    const table = stepped([0, day, 1.1 * day, 4 * day, 5.2 * day], "1d");
    expect(values(table)).toEqual([0, 1, Number.NaN, Number.NaN, 3, 4]);
    expect(table.inTime).toMatchObject({ grid: "1d", step: day });
    expect(table.notes).toEqual([
      "1 row within a step of 1d of another one left out",
      "2 steps of 1d without a row",
    ]);
    expect(table.columns[0].missing).toBe(2);
  });

  test("months are those of the calendar", () => {
    const times = [0, 1, 2, 5].map((month) => Date.UTC(2020, month) / 1000);
    expect(values(stepped(times, "1mo"))).toEqual([0, 1, 2, Number.NaN, Number.NaN, 3]);
  });

  test("every cluster begins anew", () => {
    const cluster = column("c", [0, 0, 1, 1], { levels: ["x", "y"] });
    const table = stepped([0, 2, 7, 8], "1", { cluster }, "number");
    expect(values(table)).toEqual([0, Number.NaN, 1, 2, 3]);
    expect([...(table.cluster?.values ?? [])]).toEqual([0, 0, 0, 1, 1]);
  });

  test("steps that are far too short are refused", () => {
    expect(() => stepped([0, day, 2 * day], "1s")).toThrow("far shorter than the steps");
  });
});
