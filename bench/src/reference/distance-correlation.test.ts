import { Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { distanceCorrelation } from "./distance-correlation.js";

const draw = (seed: number, length: number): Float64Array => {
  const rng = new Random(seed, 0);
  return Float64Array.from({ length }, () => rng.normal());
};

test("is one for a line, whatever its slope, and zero for a constant", () => {
  const x = { data: draw(1, 60), width: 1 };
  expect(distanceCorrelation(x, { data: x.data.map((v) => 3 - 2 * v), width: 1 })).toBeCloseTo(1, 12);
  expect(distanceCorrelation(x, { data: new Float64Array(60), width: 1 })).toBe(0);
});

test("two points by hand", () => {
  // Centred distances of two points are ∓½ of their distance: any two pairs are perfectly correlated.
  expect(distanceCorrelation({ data: [0, 1], width: 1 }, { data: [5, 9], width: 1 })).toBeCloseTo(1, 12);
});

test("has its limit for the bivariate normal", () => {
  // Székely, Rizzo & Bakirov 2007, theorem 7: ρ = ½ gives a square of 0.2062 (with arcsines).
  const rho = 0.5;
  const square =
    (rho * Math.asin(rho) +
      Math.sqrt(1 - rho * rho) -
      rho * Math.asin(rho / 2) -
      Math.sqrt(4 - rho * rho) +
      1) /
    (1 + Math.PI / 3 - Math.sqrt(3));
  const x = draw(2, 3000);
  const y = draw(3, 3000).map((z, i) => rho * x[i] + Math.sqrt(1 - rho * rho) * z);
  const found = distanceCorrelation({ data: x, width: 1 }, { data: y, width: 1 });
  expect(Math.abs(found - Math.sqrt(square))).toBeLessThan(0.04);
});

test("rotations of either variable change nothing", () => {
  const x = { data: draw(4, 120), width: 2 };
  const y = { data: draw(5, 60).map((z, i) => z + x.data[2 * i] ** 2), width: 1 };
  const [c, s] = [Math.cos(1), Math.sin(1)];
  const turned = Float64Array.from({ length: 120 }, (_, k) => {
    const [a, b] = [x.data[k - (k % 2)], x.data[k - (k % 2) + 1]];
    return k % 2 === 0 ? c * a - s * b : s * a + c * b;
  });
  expect(distanceCorrelation({ data: turned, width: 2 }, y)).toBeCloseTo(distanceCorrelation(x, y), 10);
});
