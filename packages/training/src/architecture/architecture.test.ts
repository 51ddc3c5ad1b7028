import { expect, test } from "vitest";
import { type StreamArray, slotSizes } from "../stream/inputs.js";
import { ARCHITECTURE_NAMES, architectureNamed, COPULA_DENSITY, PERCEIVER, RUNNABLE_NAMES } from "./index.js";

test("an architecture is found by its name; without one it is the released one", () => {
  expect(ARCHITECTURE_NAMES.map((name) => architectureNamed(name).name)).toEqual(ARCHITECTURE_NAMES);
  expect(architectureNamed()).toBe(COPULA_DENSITY);
  expect(RUNNABLE_NAMES).toEqual([COPULA_DENSITY.name]);
  expect(() => architectureNamed("percever")).toThrow(/"percever"; give one of copula-density, perceiver/);
});

test("the released network's estimate is the squared median, with the outer quantiles as interval", () => {
  const quantiles = Float32Array.of(-0.5, 0, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 1.5);
  expect(COPULA_DENSITY.estimate(quantiles)).toEqual({ mi: 0.25, interval: [0, 2.25] });
});

test("the perceiver's estimate is the bound, never negative, without an interval", () => {
  expect(PERCEIVER.estimate(Float32Array.of(0.75))).toEqual({ mi: 0.75 });
  expect(PERCEIVER.estimate(Float32Array.of(-0.25))).toEqual({ mi: 0 });
});

test.each(ARCHITECTURE_NAMES)(
  "the inputs of a %s are arrays that its examples have, in their order",
  (name) => {
    const architecture = architectureNamed(name);
    const sizes = slotSizes(architecture.examples(architecture.defaults));
    const inputs = Object.entries(architecture.inputs(architecture.defaults, 1));
    for (const [array, shape] of inputs) {
      expect(
        shape.reduce((a, b) => a * b, 1),
        array,
      ).toBe(sizes[array as StreamArray]);
    }
    const order = Object.keys(sizes);
    const places = inputs.map(([array]) => order.indexOf(array));
    if (name === COPULA_DENSITY.name) {
      expect(places).toEqual([...places].sort((a, b) => a - b));
      // Nothing is made that it does not train on.
      expect(places.length).toBe(Object.values(sizes).filter((size) => size > 0).length);
    }
  },
);
