import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cases } from "./testing/cases/index.js";
import { runCase } from "./testing/differential.js";
import { setupJax } from "./testing/jax-setup.js";

const tolerance = 1e-4;
let comparisons = 0;
let worst = { name: "", error: 0 };

beforeAll(() => setupJax("cpu"));

describe("ONNX Runtime and jax-js agree on", () => {
  for (const [i, c] of cases.entries()) {
    test(c.name, async () => {
      for (const { error, results } of await runCase(c, i + 1)) {
        comparisons += results;
        if (error > worst.error) worst = { name: c.name, error };
        expect(error).toBeLessThan(tolerance);
      }
    });
  }
});

afterAll(() => {
  expect(cases.length).toBeGreaterThanOrEqual(100);
  console.log(
    `differential: ${cases.length} functions, ${comparisons} results, worst relative error ${worst.error.toExponential(1)} (${worst.name})`,
  );
});
