import { expect, test } from "vitest";
import {
  differentialEntropy,
  integral,
  normalDensity,
  normalEntropy,
  normalMean,
  shareEntropy,
} from "./quadrature.js";

test("integrals and means with closed forms", () => {
  expect(integral(0, Math.PI, 2000, Math.sin)).toBeCloseTo(2, 6);
  expect(normalMean(() => 1)).toBeCloseTo(1, 12);
  expect(normalMean((z) => z ** 4)).toBeCloseTo(3, 10);
  expect(normalMean((z) => Number(z > 0))).toBeCloseTo(0.5, 12);
});

test("entropies with closed forms", () => {
  expect(differentialEntropy(-9, 9, 2000, (x) => normalDensity(x, 1, 0.4))).toBeCloseTo(
    normalEntropy(0.4),
    10,
  );
  expect(differentialEntropy(0, 3, 100, () => 1 / 3)).toBeCloseTo(Math.log(3), 12);
  expect(shareEntropy([0.5, 0.5, 0])).toBeCloseTo(Math.LN2, 14);
});
