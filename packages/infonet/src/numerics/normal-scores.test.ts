import { expect, test } from "vitest";
import { normalQuantile } from "./normal.js";
import { normalScoresOf, rankScores } from "./normal-scores.js";

test("scores of every size, also when more sizes than are kept were in use", () => {
  for (const n of [1, 2, 3, 4, 5, 6, 2, 1]) {
    expect([...rankScores(Uint32Array.from({ length: n }, (_, k) => k))]).toEqual(
      Array.from({ length: n }, (_, k) => normalQuantile((k + 0.5) / n)),
    );
  }
});

test("scores of numbers are those of their ranks", () => {
  expect(normalScoresOf(Float64Array.of(7, -1, 3))).toEqual(rankScores(Uint32Array.of(2, 0, 1)));
});
