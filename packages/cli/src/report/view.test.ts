import { describe, expect, test } from "vitest";
import { column, estimated, resultOf, tableOf } from "../testing/samples.js";
import { discoveries, describe as inWords, strengthOf, viewOf } from "./view.js";

const table = tableOf(["a", "b", "c"].map((name) => column(name, [1, 2])));
const view = (...pValues: (number | undefined)[]) =>
  viewOf(resultOf(pValues.map((pValue) => estimated("a", "b", 0.5, { pValue }))), table);

describe("viewOf", () => {
  const seen = viewOf(
    resultOf([estimated("a", "b", 0.5), estimated("c", "a", 0.2), { x: "b", y: "c", error: "no" }]),
    table,
  );

  test("finds pairs in either order, with their rank", () => {
    expect(seen.cell("b", "a")?.mi).toBe(0.5);
    expect(seen.rank("a", "c")).toBe(1);
    expect(seen.rank("b", "c")).toBe(-1);
    expect(seen.cell("b", "c")).toBeUndefined();
    expect(seen.failed).toHaveLength(1);
    expect(seen.column("c").name).toBe("c");
  });

  test("knows whether the model has p-values", () => {
    expect(seen.hasP).toBe(false);
    expect(view(0.5).hasP).toBe(true);
  });

  test("measures strength from 0 to 1, 0 where there is no number", () => {
    expect(strengthOf(seen, seen.cell("a", "b"))).toBeCloseTo(Math.sqrt(1 - Math.exp(-1)), 12);
    expect(strengthOf(seen, undefined)).toBe(0);
  });
});

test("describe says all of a pair in one line", () => {
  const cell = estimated("a", "b", 0.5, { pValue: 0.0001 });
  expect(inWords(view(0.5), cell)).toBe("a × b: 0.500 nats (0.400 to 0.600), strength 0.80, p <0.001, n 100");
});

describe("discoveries", () => {
  test("are the pairs whose q-value is at most the rate", () => {
    const cells = [0.01, 0.05, 0.2].map((qValue) => estimated("a", "b", 0.5, { pValue: 0.01, qValue }));
    expect(discoveries(viewOf(resultOf(cells), table), 0.05)).toBe(2);
  });

  test("does not exist without p-values", () => {
    expect(discoveries(view(undefined), 0.05)).toBeUndefined();
  });
});
