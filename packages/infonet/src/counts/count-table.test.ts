import { expect, test } from "vitest";
import { codesOf, tableOfCounts } from "../testing/count-tables.js";
import { countTable, pearsonSum, weightedTable } from "./count-table.js";

test("counts levels and the cells that occur", () => {
  const table = countTable(codesOf([0, 1, 0, 0, 2]), codesOf([5, 6, 5, 6, 6]));
  expect(table.n).toBe(5);
  expect([...table.rows]).toEqual([3, 1, 1]);
  expect([...table.columns]).toEqual([2, 3]);
  const cells = [...table.cells.count].map((count, k) => [table.cells.x[k], table.cells.y[k], count]);
  expect(cells).toEqual([
    [0, 0, 2],
    [0, 1, 1],
    [1, 1, 1],
    [2, 1, 1],
  ]);
});

test("rows that stand for several count as often", () => {
  const [x, y, weights] = [
    [0, 1, 0, 0, 2],
    [5, 6, 5, 6, 6],
    [3, 1, 2, 4, 1],
  ];
  const written = (values: number[]) =>
    values.flatMap((value, row) => new Array<number>(weights[row]).fill(value));
  const sorted = ({ cells, ...margins }: ReturnType<typeof countTable>) => ({
    ...margins,
    cells: Array.from(cells.count, (count, k) => [cells.x[k], cells.y[k], count]).sort(),
  });
  expect(sorted(weightedTable(codesOf(x), codesOf(y), Float64Array.from(weights)))).toEqual(
    sorted(countTable(codesOf(written(x)), codesOf(written(y)))),
  );
});

test("Pearson's sum is 1 for a table of products, and the smaller number of levels for an identity", () => {
  expect(
    pearsonSum(
      tableOfCounts([
        [2, 4],
        [3, 6],
      ]),
    ),
  ).toBeCloseTo(1, 11);
  expect(
    pearsonSum(
      tableOfCounts([
        [4, 0, 0],
        [0, 3, 0],
        [0, 0, 9],
      ]),
    ),
  ).toBeCloseTo(3, 11);
});
