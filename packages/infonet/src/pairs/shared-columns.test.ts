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
  const shared = new SharedColumns();
  const x = shared.prepare("x", column);
  const before = reads();
  const y = shared.prepare("y", column);
  expect([x.name, y.name]).toEqual(["x", "y"]);
  expect(y.coded).toBe(x.coded);
  expect(reads()).toBe(before);
  expect([...x.coded.places]).toEqual([1, 0, 0]);
  expect(shared.prepare("z", [7, 8]).coded).not.toBe(x.coded);
});

test("an array that cannot be read is refused under the name it is asked for by, and read once a name", () => {
  const { column, reads } = watched([1, "two"]);
  const shared = new SharedColumns();
  for (const name of ["x", "y"]) {
    expect(() => shared.prepare(name, column)).toThrow(
      expect.objectContaining({
        code: "not-a-number",
        message: expect.stringMatching(`^${name} has numbers and, at row 1, "two";`),
      }),
    );
  }
  expect(reads()).toBe(2);
  for (const name of ["x", "y"])
    expect(() => shared.prepare(name, column)).toThrow(`${name} has numbers and, at row 1, "two";`);
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
  const shared = new SharedColumns();
  expect(() => shared.prepare("x", column)).toThrow("no such page");
  fails = false;
  expect([...shared.prepare("x", column).coded.places]).toEqual([0, 1]);
});
