import { expect, test } from "vitest";
import { type Reading, readQuantiles, resultWarnings } from "../inference/reading.js";
import type { Manifest } from "../network/manifest.js";
import { assembleMatrix, plannedPairs } from "./matrix.js";

const manifest = {
  quantiles: [0.05, 0.25, 0.5, 0.95],
  range: { n: [32, 10_000], ceiling: 8 },
} as Manifest;
const reading = (changes: Partial<Reading>): Reading => ({
  ...{ manifest, null: undefined, calibration: undefined, levels: undefined, rows: undefined, units: "nats" },
  ...changes,
});
const ranks = { n: 900, waves: 4, xi: 2, neighbours: 3 };
const facts = { n: 900, used: 500, ranks, warnings: [] };

test("quantiles of the root are squared; what is below zero is none", () => {
  const result = readQuantiles([0.25, 0.4, 0.5, 1], { ...facts, used: 900 }, reading({}));
  expect(result).toEqual({ mi: 0.25, interval: [0.0625, 1], pValue: undefined, n: 900, warnings: [] });
  const none = readQuantiles([-1, -0.5, -0.25, 0.5], facts, reading({}));
  expect([none.mi, ...none.interval]).toEqual([0, 0, 0.25]);
});

test("in bits everything is divided by ln 2", () => {
  const { mi, interval } = readQuantiles([0.25, 0.4, 0.5, 1], facts, reading({ units: "bits" }));
  expect(mi).toBeCloseTo(0.25 / Math.LN2, 14);
  expect(interval[0]).toBeCloseTo(0.0625 / Math.LN2, 14);
  expect(interval[1]).toBeCloseTo(1 / Math.LN2, 14);
});

test("interval and p-value rest on the rows used, the root as it is, and the evidence of all ranks", () => {
  const asked: unknown[] = [];
  const tables = {
    calibration: {
      interval: (...given: number[]) => {
        asked.push(given);
        return [0.1, 2];
      },
    },
    null: {
      pValue: (...given: unknown[]) => {
        asked.push(given);
        return 0.125;
      },
    },
  } as unknown as Partial<Reading>;
  const result = readQuantiles([-1, -0.5, -0.25, 0.5], facts, reading(tables));
  expect(asked).toEqual([
    [-1, -0.25, 0.5, 500],
    [-0.25, 500, ranks],
  ]);
  expect(result.interval[0]).toBeCloseTo(0.01, 14);
  expect(result.interval[1]).toBe(4);
  expect([result.pValue, result.n]).toEqual([0.125, 900]);
});

test("warnings of the data come first, then those of the size, then that of the ceiling", () => {
  const warnings = [{ code: "missing", message: "gaps" }] as const;
  const told = resultWarnings({ n: 20, used: 20, warnings: [...warnings] }, 1.5, { manifest, units: "nats" });
  expect(told.map(({ code }) => code)).toEqual(["missing", "extrapolated", "near-ceiling"]);
  // ln 20 − 1.5 is 1.4957: half a nat more is what 20 rows can tell.
  expect(told[2].message).toBe(
    'the estimate is close to what 20 samples can tell (about 2.0 nats); read it as "at least".',
  );
  const ceiling = Math.log(500) - 1.5;
  const codes = (nats: number) =>
    resultWarnings({ n: 500, used: 500, warnings: [] }, nats, { manifest, units: "nats" }).map(
      ({ code }) => code,
    );
  expect([codes(ceiling), codes(ceiling - 1e-9)]).toEqual([["near-ceiling"], []]);
});

test("of an unknown target the first ten columns are named", () => {
  const names = Array.from({ length: 11 }, (_, k) => `c${k}`);
  const list = names.slice(0, 10).map((name) => `"${name}"`);
  expect(() => plannedPairs(names.slice(0, 10), { target: "z" })).toThrow(
    `the columns are ${list.join(", ")}.`,
  );
  expect(() => plannedPairs(names, { target: "z" })).toThrow(`the columns are ${list.join(", ")}, ….`);
  expect(plannedPairs(["a", "b"], { target: "a" })).toEqual([[0, 1]]);
});

test("cells of nothing but errors, and of information below zero, stand where they belong", () => {
  const head = { units: "nats" as const, seed: 0, model: "m", columns: ["a", "b", "c"] };
  const estimate = {
    interval: [0, 1] as [number, number],
    pValue: 0.5,
    n: 9,
    kinds: ["number", "levels"] as ["number", "levels"],
    entropies: [undefined, 2] as [undefined, number],
    normalized: 0,
    warnings: [],
  };
  const matrix = assembleMatrix(
    head,
    [
      [2, 0],
      [2, 1],
    ],
    [
      { error: "why", code: "constant" },
      { mi: 0, ...estimate },
    ],
  );
  expect(matrix.pairs.map(({ x, y, error }) => [x, y, error])).toEqual([
    ["c", "b", undefined],
    ["c", "a", "why"],
  ]);
  expect("qValue" in matrix.pairs[1]).toBe(false);
  expect(matrix.pairs[0]).toMatchObject({ mi: 0, qValue: 0.5 });
  expect(matrix.get("a", "c")).toBe(matrix.pairs[1]);
  expect([matrix.get("a", "z"), matrix.get("z", "a"), matrix.get("a", "b")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
