import { expect, test } from "vitest";
import { column, tableOf } from "../testing/samples.js";
import { writtenOut } from "./written-out.js";

test("every row is there as often as its counts say", () => {
  const table = tableOf([column("a", [1, Number.NaN, 3]), column("b", [0, 1, 0], ["x", "y"])], {
    counts: column("n", [2, 3, 0]),
    cluster: column("id", [7, 8, 9]),
  });
  const { rows, columns, counts, cluster } = writtenOut(table);
  expect({ rows, counts }).toEqual({ rows: 5, counts: undefined });
  expect([...columns[0].values]).toEqual([1, 1, Number.NaN, Number.NaN, Number.NaN]);
  expect(columns.map(({ missing }) => missing)).toEqual([3, 0]);
  expect([...columns[1].values]).toEqual([0, 0, 1, 1, 1]);
  expect([...cluster!.values]).toEqual([7, 7, 8, 8, 8]);
});

test("a table without counts stays as it is; one of too many rows is refused", () => {
  const table = tableOf([column("a", [1, 2])]);
  expect(writtenOut(table)).toBe(table);
  expect(() => writtenOut({ ...table, counts: column("n", [2e7, 1]) })).toThrow(
    "data.csv stands for 20000001 rows; a report draws at most 20000000: divide the counts",
  );
});
