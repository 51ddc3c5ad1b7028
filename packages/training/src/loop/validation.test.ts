import { expect, test } from "vitest";
import { ValidationScore } from "./validation.js";

test("losses are means over batches, the error is a mean over examples", () => {
  const score = new ValidationScore();
  score.add({ total: 1 }, [{ mi: 0.5 }, { mi: 0 }], Float32Array.of(0.25, 0));
  score.add({ total: 2 }, [{ mi: 1 }, { mi: 1 }], Float32Array.of(1.25, 1.5));
  expect(score.result()).toEqual({ total: 1.5, mae: 0.25 });
});

test("coverage counts the ends of the interval in", () => {
  const score = new ValidationScore();
  const interval = [0.25, 0.75] as const;
  const estimates = Array.from({ length: 4 }, () => ({ mi: 0.5, interval }));
  score.add({}, estimates, Float32Array.of(0.25, 0.75, 0.125, 1));
  expect(score.result().coverage).toBe(0.5);
});
