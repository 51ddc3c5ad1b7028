import { describe, expect, test } from "vitest";
import { column, estimated, tableOf } from "../testing/samples.js";
import {
  isEstimated,
  isFailed,
  matrixResult,
  NOT_REACHED,
  NOT_REACHED_OR_SCREENED,
  pairsOf,
} from "./result.js";

const head = { units: "nats", seed: 7, model: "m" } as const;
const table = tableOf([column("a", [1, 2]), column("b", [1, 2]), column("c", [1, 2])], {
  names: ["a", "id", "b", "c"],
  unusable: [{ name: "id", reason: "looks like an identifier" }],
});

describe("pairsOf", () => {
  test("lists every pair once, or those with targets, target by target", () => {
    expect([...pairsOf(["a", "b", "c"])]).toEqual([
      ["a", "b"],
      ["a", "c"],
      ["b", "c"],
    ]);
    expect([...pairsOf(["a", "b", "c"], ["b"])]).toEqual([
      ["b", "a"],
      ["b", "c"],
    ]);
    expect([...pairsOf(["a", "b", "c", "d"], ["c", "a"])].map((pair) => pair.join(""))).toEqual([
      "ca",
      "cb",
      "cd",
      "ab",
      "ad",
    ]);
  });
});

describe("matrixResult", () => {
  test("has every pair of the table once, those without a number last and with a reason", () => {
    const pairs = [estimated("b", "a", 0.5), estimated("a", "c", 0.2)];
    const result = matrixResult(table, { ...head, pairs });
    expect(result).toMatchObject({ file: "data.csv", ...head });
    expect(result.pairs.slice(0, 2)).toEqual(pairs);
    expect(result.pairs.slice(2)).toEqual([
      { x: "a", y: "id", error: "id looks like an identifier" },
      { x: "id", y: "b", error: "id looks like an identifier" },
      { x: "id", y: "c", error: "id looks like an identifier" },
      { x: "b", y: "c", error: NOT_REACHED },
    ]);
    expect(result.pairs.filter(isEstimated)).toHaveLength(2);
    expect(result.pairs.filter(isFailed)).toHaveLength(4);
  });

  test("does not list what was screened out, unless it may not have been reached", () => {
    const pairs = [estimated("b", "a", 0.5), estimated("a", "c", 0.2)];
    const screened = { pairs: 1, threshold: 0.01, below: 0.1 };
    const result = matrixResult(table, { ...head, pairs, screened });
    expect(result.screened).toEqual(screened);
    expect(result.pairs.slice(2).map(({ x, y }) => [x, y])).toEqual([
      ["a", "id"],
      ["id", "b"],
      ["id", "c"],
    ]);
    const cut = matrixResult(table, { ...head, pairs, screened }, true);
    expect(cut.pairs.at(-1)).toEqual({ x: "b", y: "c", error: NOT_REACHED_OR_SCREENED });
  });

  test("has only the pairs with the target", () => {
    const pairs = [estimated("a", "b", 0.5), estimated("c", "a", 0.2)];
    expect(
      matrixResult({ ...table, targets: ["a"] }, { ...head, pairs }).pairs.map(({ x, y }) => [x, y]),
    ).toEqual([
      ["a", "b"],
      ["c", "a"],
      ["a", "id"],
    ]);
  });
});
