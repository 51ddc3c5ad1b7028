import type { SideKind } from "infonet";
import { describe, expect, test } from "vitest";
import { column } from "../testing/samples.js";
import { type Axis, axisOf, bands, groups, isStepped, isTable } from "./axis.js";

const axis = (values: ArrayLike<number>, levels?: string[], kind?: SideKind): Axis => ({
  column: column("c", values, levels),
  sorted: Float64Array.from(values).sort(),
  kind,
});
const ages = Array.from({ length: 100 }, (_, k) => 20 + (k % 20));

describe("bands", () => {
  test("are one a category, as wide as it is frequent", () => {
    expect(bands(axis([0, 0, 0, 2], ["dry", "fog", "wet"]))).toEqual([
      { from: 0, to: 0.75, label: "dry" },
      { from: 0.75, to: 1, label: "wet" },
    ]);
  });

  test("are one a value where there are few, or where the values are levels", () => {
    expect(bands(axis([1, 1, 2, 3])).map(({ label }) => label)).toEqual(["1", "2", "3"]);
    expect(bands(axis(ages))).toHaveLength(5);
    expect(bands(axis(ages, undefined, "levels")).map(({ label }) => label)).toEqual(
      Array.from({ length: 20 }, (_, k) => String(20 + k)),
    );
  });

  test("are fifths else", () => {
    const parts = bands(axis(Array.from({ length: 100 }, (_, k) => k - 50)));
    expect(parts.map(({ to }) => to)).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    expect(parts[0].label).toBe("−50 to −31");
  });

  test("do not cut through equal values, and cover the axis without gaps", () => {
    const parts = bands(axis(Array.from({ length: 100 }, (_, k) => (k < 90 ? 0 : k))));
    expect(parts[0]).toEqual({ from: 0, to: 0.9, label: "0" });
    for (const [k, part] of parts.entries()) expect(part.from).toBe(k === 0 ? 0 : parts[k - 1].to);
    expect(parts.at(-1)?.to).toBe(1);
  });
});

test("groups are fifths of numbers, also where they are levels, and the categories themselves", () => {
  expect(groups(axis(ages, undefined, "levels")).map(({ label }) => label)).toEqual(
    [20, 24, 28, 32, 36].map((from) => `${from} to ${from + 3}`),
  );
  expect(groups(axis([0, 1, 1], ["a", "b"], "levels")).map(({ label }) => label)).toEqual(["a", "b"]);
});

test("isStepped is so for levels, for categories and for numbers with few values", () => {
  const many = Array.from({ length: 9 }, (_, k) => k);
  expect(isStepped(axis(many))).toBe(false);
  expect(isStepped(axis(many, undefined, "mixture"))).toBe(false);
  expect(isStepped(axis(many, undefined, "levels"))).toBe(true);
  expect(isStepped(axis(many.slice(1)))).toBe(true);
  expect(isStepped(axis(many, ["a"]))).toBe(true);
});

test("isTable is so for two columns of levels alone", () => {
  const of = (kind: SideKind) => axis(ages, undefined, kind);
  expect(isTable(of("levels"), of("levels"))).toBe(true);
  expect(isTable(of("levels"), of("number"))).toBe(false);
  expect(isTable(of("mixture"), of("levels"))).toBe(false);
});

test("axisOf orders the values of some rows", () => {
  expect(axisOf(column("c", [3, 1, 2]), [0, 2], "number").sorted).toEqual(Float64Array.of(2, 3));
});
