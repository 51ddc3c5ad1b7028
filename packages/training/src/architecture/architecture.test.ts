import { expect, test } from "vitest";
import { ARCHITECTURE_NAMES, architectureNamed, COPULA_TRANSFORMER, PERCEIVER } from "./index.js";

test("an architecture is found by its name; without one it is the copula transformer", () => {
  expect(ARCHITECTURE_NAMES.map((name) => architectureNamed(name).name)).toEqual(ARCHITECTURE_NAMES);
  expect(architectureNamed()).toBe(COPULA_TRANSFORMER);
  expect(() => architectureNamed("percever")).toThrow(
    /"percever"; give one of copula-transformer, copula-density, perceiver/,
  );
});

test("the copula transformer's estimate is the squared median, with the outer quantiles as interval", () => {
  const quantiles = Float32Array.of(-0.5, 0, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 1.5);
  expect(COPULA_TRANSFORMER.estimate(quantiles)).toEqual({ mi: 0.25, interval: [0, 2.25] });
});

test("the perceiver's estimate is the bound, never negative, without an interval", () => {
  expect(PERCEIVER.estimate(Float32Array.of(0.75))).toEqual({ mi: 0.75 });
  expect(PERCEIVER.estimate(Float32Array.of(-0.25))).toEqual({ mi: 0 });
});
