import { expect, test } from "vitest";
import type { Manifest } from "../network/manifest.js";
import { resultWarnings } from "./result.js";

const manifest = { range: { n: [32, 10_000], ceiling: 8 } } as Manifest;
const codes = (n: number, used: number, nats: number): string[] =>
  resultWarnings({ n, used, warnings: [] }, nats, manifest).map(({ code }) => code);

test("sizes that a model was not trained with are told, and those it takes a choice of", () => {
  expect(codes(20, 20, 0.1)).toEqual(["extrapolated"]);
  expect(codes(50, 50, 0.1)).toEqual(["few-samples"]);
  expect(codes(500, 500, 0.1)).toEqual([]);
  expect(codes(20_000, 10_000, 0.1)).toEqual(["thinned"]);
});

test("near what n rows can tell, and near what the model can, an estimate is a lower bound", () => {
  expect(codes(500, 500, 5)).toEqual(["near-ceiling"]);
  expect(codes(10_000, 10_000, 7.6)).toEqual(["near-ceiling"]);
});
