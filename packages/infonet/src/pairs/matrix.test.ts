import { expect, test } from "vitest";
import type { MutualInformation, PairResult } from "../types.js";
import { assembleMatrix, mergeMatrices, plannedPairs } from "./matrix.js";

/** What is said of two columns of numbers. */
const NUMBERS: Pick<MutualInformation, "kinds" | "entropies" | "normalized"> = {
  kinds: ["number", "number"],
  entropies: [undefined, undefined],
  normalized: undefined,
};

test("all pairs once, or those with the target, target first", () => {
  expect(plannedPairs(["a", "b", "c"], {})).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
  expect(plannedPairs(["a", "b", "c"], { target: "b" })).toEqual([
    [1, 0],
    [1, 2],
  ]);
  expect(plannedPairs([], {})).toEqual([]);
  expect(() => plannedPairs(["a", "b"], { target: "z" })).toThrow('target is "z"; the columns are "a", "b".');
});

test("several targets: every pair that has one of them, once, target by target", () => {
  const names = ["a", "b", "c", "d"];
  expect(plannedPairs(names, { target: ["c", "a", "c"] })).toEqual([
    [2, 0],
    [2, 1],
    [2, 3],
    [0, 1],
    [0, 3],
  ]);
  expect(plannedPairs(names, { target: ["b"] })).toEqual(plannedPairs(names, { target: "b" }));
  expect(plannedPairs(names, { target: names })).toEqual(plannedPairs(names, {}));
  expect(() => plannedPairs(names, { target: ["a", "z"] })).toThrow('target is "z"; the columns are "a",');
});

test("pairs by their names, in their order, each once", () => {
  const names = ["a", "b", "c"];
  const pairs = [
    ["c", "a"],
    ["a", "b"],
    ["a", "c"],
  ] as const;
  expect(plannedPairs(names, { pairs })).toEqual([
    [2, 0],
    [0, 1],
  ]);
  expect(plannedPairs(names, { pairs: [] })).toEqual([]);
  expect(() => plannedPairs(names, { pairs: [["a", "z"]] })).toThrow('pairs is "z"; the columns are "a",');
  expect(() => plannedPairs(names, { pairs: [["b", "b"]] })).toThrow(
    'pairs has "b" with itself; name two columns.',
  );
  expect(() => plannedPairs(names, { pairs, target: "a" })).toThrow(
    "target and pairs are both given; pass one of them.",
  );
});

test("columns that are made of each other are no pairs", () => {
  const names = ["a", "b", "c", "d"];
  expect(
    plannedPairs(names, {
      related: [
        ["a", "c"],
        ["c", "d"],
      ],
    }),
  ).toEqual([
    [0, 1],
    [0, 3],
    [1, 2],
    [1, 3],
  ]);
  expect(plannedPairs(names, { target: "c", related: [["a", "c", "d"]] })).toEqual([[2, 1]]);
  expect(() => plannedPairs(names, { related: [["a", "z"]] })).toThrow(
    'related names "z", which is no column; name columns that are passed.',
  );
});

test("more pairs than memory holds are refused before they are listed, but not those with a target", () => {
  const names = Array.from({ length: 100_000 }, (_, k) => `c${k}`);
  expect(() => plannedPairs(names, {})).toThrow(
    "100000 columns have 4999950000 pairs; at most 5000000 are held at once: name a target, or pass fewer columns.",
  );
  expect(plannedPairs(names, { target: "c7" })).toHaveLength(99_999);
  expect(() => plannedPairs(names, { target: names.slice(0, 51) })).toThrow(
    "100000 columns have 5098674 pairs with the targets; at most 5000000 are held at once: name fewer targets, or pass fewer columns.",
  );
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
  const pairs = plannedPairs(head.columns, {});
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
  const matrix = assembleMatrix(head, plannedPairs(head.columns, {}), [
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

test("parts of a matrix put together are the matrix", () => {
  const head = { units: "nats" as const, seed: 3, model: "m", columns: ["a", "b", "c", "d", "e"] };
  const pairs = plannedPairs(head.columns, {});
  const results = pairs.map(
    (_, k): PairResult =>
      k === 4
        ? { error: "why", code: "constant" }
        : { mi: (k % 3) / 10, interval: [0, 1], pValue: ((k * 7) % 10) / 20, n: 9, ...NUMBERS, warnings: [] },
  );
  const whole = assembleMatrix(head, pairs, results);
  const part = (holds: (k: number) => boolean) =>
    assembleMatrix(
      head,
      pairs.filter((_, k) => holds(k)),
      results.filter((_, k) => holds(k)),
    );
  const merged = mergeMatrices([part((k) => k % 2 === 1), part((k) => k % 2 === 0), part((k) => k < 3)]);
  expect(merged).toEqual(whole);
  expect(merged.get("e", "a")).toEqual(whole.get("a", "e"));
  const screened = (pairs: number, below: number) => ({
    ...part((k) => k < 2),
    screened: { pairs, threshold: 0.01, below },
  });
  expect(mergeMatrices([screened(4, 0.1), screened(5, 0.2)]).screened).toEqual({
    pairs: 9,
    threshold: 0.01,
    below: 0.2,
  });
  expect(() => mergeMatrices([])).toThrow("parts is an empty list; pass at least one matrix.");
  expect(() => mergeMatrices([whole, { ...whole, seed: 4 }])).toThrow(
    "parts differ in their seed (3 and 4); merge matrices of one table, estimated in one way.",
  );
});
