import { Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { censoredInformation, levelLaws, mixedLaws, poissonInformation, tableLaws } from "./kind-laws.js";

test("the information of Poissonisation is what quadrature has given before", () => {
  expect(poissonInformation(0)).toBeCloseTo(0.3012, 3);
  expect(poissonInformation(0.15)).toBeCloseTo(0.2298, 3);
  expect(poissonInformation(0.3)).toBeCloseTo(0.1757, 3);
});

test("a normal pair censored nowhere is the pair, everywhere it is nothing", () => {
  const whole = -0.5 * Math.log1p(-0.64);
  expect(censoredInformation(0.8, -8)).toBeCloseTo(whole, 4);
  expect(censoredInformation(0.8, 8)).toBeCloseTo(0, 4);
  // At the median an atom and half of the values: more than the sign alone tells.
  const half = censoredInformation(0.8, 0);
  expect(half).toBeGreaterThan(0.3);
  expect(half).toBeLessThan(whole);
});

test("every law has a sample of its size, of two columns that vary", () => {
  for (const { name, n, draw } of [...tableLaws(), ...levelLaws(), ...mixedLaws()]) {
    const { x, y, truth } = draw(new Random(3, 1));
    expect([x.length, y.length], name).toEqual([n, n]);
    expect(truth, name).toBeGreaterThanOrEqual(0);
    expect(new Set(x).size > 1 && new Set(y).size > 1, name).toBe(true);
  }
});
