import { expect, test } from "vitest";
import type { Column } from "../types.js";
import { SharedColumns } from "./shared-columns.js";

/** A column that counts how often its rows are read. */
function watched(values: readonly unknown[]): { column: Column; reads: () => number } {
  let reads = 0;
  const column = new Proxy(values, {
    get(target, key) {
      if (key === "0") reads++;
      return Reflect.get(target, key);
    },
  });
  return { column: column as unknown as Column, reads: () => reads };
}

test("an array is read once for all its pairs, under every name", () => {
  const { column, reads } = watched([3, 1, 1]);
  const shared = new SharedColumns(5);
  const [x, y] = [shared.prepare("x", column), shared.prepare("y", column)];
  expect([x.name, y.name]).toEqual(["x", "y"]);
  expect(y.column).toBe(x.column);
  expect(reads()).toBe(1);
  expect([...x.column.coded.places]).toEqual([1, 0, 0]);
  expect(shared.prepare("z", [7, 8]).column).not.toBe(x.column);
});

test("ties are put in the order of the seed", () => {
  const tied = Array.from({ length: 30 }, (_, row) => row % 2);
  const ranksOf = (seed: number) => new SharedColumns(seed).prepare("x", tied).column.ranked(undefined).ranks;
  expect(ranksOf(1)).toEqual(ranksOf(1));
  expect(ranksOf(1)).not.toEqual(ranksOf(2));
});

test("an array that cannot be read is refused under the name it is asked for by, and read once a name", () => {
  const { column, reads } = watched([1, "two"]);
  const shared = new SharedColumns(0);
  for (const name of ["x", "y"]) {
    expect(() => shared.prepare(name, column)).toThrow(
      expect.objectContaining({
        code: "not-a-number",
        message: expect.stringMatching(`^${name} has "two" at row 1;`),
      }),
    );
  }
  expect(reads()).toBe(2);
  for (const name of ["x", "y"])
    expect(() => shared.prepare(name, column)).toThrow(`${name} has "two" at row 1;`);
  expect(reads()).toBe(2);
});

test("other errors are the caller's, and nothing is kept of them", () => {
  let fails = true;
  const column = {
    length: 2,
    get 0() {
      if (fails) throw new Error("no such page");
      return 1;
    },
    1: 2,
  } as unknown as Column;
  const shared = new SharedColumns(0);
  expect(() => shared.prepare("x", column)).toThrow("no such page");
  fails = false;
  expect([...shared.prepare("x", column).column.coded.places]).toEqual([0, 1]);
});
