import { expect, test } from "vitest";
import type { MutualInformation, PairResult } from "../types.js";
import { assembleMatrix, plannedPairs } from "./matrix.js";

/** What is said of two columns of numbers. */
const NUMBERS: Pick<MutualInformation, "kinds" | "entropies" | "normalized"> = {
  kinds: ["number", "number"],
  entropies: [undefined, undefined],
  normalized: undefined,
};

test("all pairs once, or those with the target, target first", () => {
  expect(plannedPairs(["a", "b", "c"], undefined)).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
  expect(plannedPairs(["a", "b", "c"], "b")).toEqual([
    [1, 0],
    [1, 2],
  ]);
  expect(plannedPairs([], undefined)).toEqual([]);
  expect(() => plannedPairs(["a", "b"], "z")).toThrow('target is "z"; the columns are "a", "b".');
});

test("columns that are made of each other are no pairs", () => {
  const names = ["a", "b", "c", "d"];
  expect(
    plannedPairs(names, undefined, [
      ["a", "c"],
      ["c", "d"],
    ]),
  ).toEqual([
    [0, 1],
    [0, 3],
    [1, 2],
    [1, 3],
  ]);
  expect(plannedPairs(names, "c", [["a", "c", "d"]])).toEqual([[2, 1]]);
  expect(() => plannedPairs(names, undefined, [["a", "z"]])).toThrow(
    'related names "z", which is no column; name columns that are passed.',
  );
});

test("more pairs than memory holds are refused before they are listed, but not those with a target", () => {
  const names = Array.from({ length: 100_000 }, (_, k) => `c${k}`);
  expect(() => plannedPairs(names, undefined)).toThrow(
    "100000 columns have 4999950000 pairs; at most 5000000 are held at once: name a target, or pass fewer columns.",
  );
  expect(plannedPairs(names, "c7")).toHaveLength(99_999);
});

test("strongest first, errors last, pairs that were not reached left out; get() takes either order", () => {
  const result = (mi: number): PairResult => ({
    mi,
    interval: [mi, mi],
    pValue: undefined,
    n: 9,
    ...NUMBERS,
    warnings: [],
  });
  const head = { units: "nats" as const, seed: 0, model: "m", columns: ["a", "b", "c", "d"] };
  const pairs = plannedPairs(head.columns, undefined);
  const matrix = assembleMatrix(head, pairs, [
    result(0.1),
    { error: "why", code: "constant" },
    result(0.5),
    undefined,
    result(0.3),
    result(0),
  ]);
  expect(matrix.pairs.map(({ x, y }) => x + y)).toEqual(["ad", "bd", "ab", "cd", "ac"]);
  expect(matrix.get("d", "a")).toBe(matrix.pairs[0]);
  expect(matrix.get("a", "d")).toBe(matrix.pairs[0]);
  expect(matrix.get("b", "c")).toBeUndefined();
  expect(matrix.get("a", "a")).toBeUndefined();
  expect(matrix.get("a", "z")).toBeUndefined();
});

test("q-values are over the pairs that have a p-value", () => {
  const result = (mi: number, pValue: number): PairResult => ({
    mi,
    interval: [0, 1],
    pValue,
    n: 9,
    ...NUMBERS,
    warnings: [],
  });
  const head = { units: "nats" as const, seed: 0, model: "m", columns: ["a", "b", "c"] };
  const matrix = assembleMatrix(head, plannedPairs(head.columns, undefined), [
    result(0.1, 0.04),
    { error: "why", code: "constant" },
    result(0.5, 0.001),
  ]);
  const cell = (x: string, y: string) => matrix.get(x, y) as { qValue?: number };
  expect(cell("b", "c").qValue).toBeCloseTo(0.002, 12);
  expect(cell("a", "b").qValue).toBeCloseTo(0.04, 12);
  expect(cell("a", "c").qValue).toBeUndefined();
});

test("a matrix can be posted and printed: its own properties are data", () => {
  const head = { units: "nats" as const, seed: 0, model: "m", columns: ["a", "b"] };
  const cell = { mi: 1, interval: [0, 2] as [number, number], pValue: 0.5, n: 9, ...NUMBERS, warnings: [] };
  const matrix = assembleMatrix(head, [[0, 1]], [cell]);
  const data = { ...head, pairs: [{ x: "a", y: "b", ...cell, qValue: 0.5 }] };
  expect(structuredClone(matrix)).toEqual(data);
  expect(JSON.parse(JSON.stringify(matrix))).toMatchObject({ ...head, pairs: [{ x: "a", y: "b", mi: 1 }] });
});
