import { expect, test } from "vitest";
import { Random } from "../prior/random.js";
import { correlatedNormal, nineCopulas, student, studentEntropy } from "./copulas.js";
import {
  additiveUniform,
  checkerboard,
  gammaExponential,
  normalOf,
  smoothedUniformOf,
  zigzagOf,
} from "./families.js";
import { type Family, noiseFloor } from "./family.js";
import { digamma, logGamma } from "./special.js";

test("special functions at known points", () => {
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
  expect(logGamma(1)).toBeCloseTo(0, 12);
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 11);
  expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 12);
  expect(digamma(0.5)).toBeCloseTo(-0.5772156649015329 - 2 * Math.LN2, 12);
});

/** Mean and standard error of the exact log ratio over a sample. */
function floorOf(family: Family, n: number): [number, number] {
  const sample = family.sample(new Random(1, 0), n);
  const mean = noiseFloor(family, sample);
  let square = 0;
  for (let i = 0; i < n; i++) square += (family.logRatio!(sample.x[i], sample.y[i]) - mean) ** 2;
  return [mean, Math.sqrt(square) / n];
}

const copulas = nineCopulas();
const all = [
  ...copulas,
  student("Cauchy", 0, 1),
  gammaExponential(0.5),
  gammaExponential(1.9),
  normalOf(3),
  correlatedNormal("weak", 0.1),
];

test.each(all.map((family) => [family.name, family] as const))(
  "%s: sample, density and truth belong together",
  (_, family) => {
    const [mean, error] = floorOf(family, 30_000);
    expect(Math.abs(mean - family.truth)).toBeLessThan(4 * error + 2e-4);
  },
);

test("truths are those that papers print", () => {
  // The published ones of copulas are integrals over a grid, a little low (0.3351 for the Gaussian's 0.3367).
  const printed = { "Clayton 3": 0.6346, "Gumbel 2.5": 0.5601, "Joe 3": 0.4752, "Frank 5": 0.2579 };
  for (const [name, value] of Object.entries(printed)) {
    expect(Math.abs(copulas.find((c) => c.name === name)!.truth - value), name).toBeLessThan(0.003);
  }
  expect(student("", 0, 1).truth).toBeCloseTo(0.2242, 4);
  expect(2 * studentEntropy(2, 2) - studentEntropy(4, 2)).toBeCloseTo(0.1931, 4);
  expect(additiveUniform(0.1).truth).toBeCloseTo(1.7094, 4);
  expect(additiveUniform(0.75).truth).toBeCloseTo(0.3333, 4);
});

test("families of a given truth have the noise that it needs", () => {
  // Their spread around the curve, from the sample itself.
  const residual = (family: Family, curve: (x: number) => number): number => {
    const { x, y } = family.sample(new Random(2, 0), 50_000);
    let square = 0;
    for (let i = 0; i < x.length; i++) square += (y[i] - curve(x[i])) ** 2;
    return Math.sqrt(square / x.length);
  };
  // ε − ln 2ε = 3 at ε = 0.0255; a uniform on ±ε has deviation ε/√3.
  expect(residual(smoothedUniformOf(3), (x) => x)).toBeCloseTo(0.0255 / Math.sqrt(3), 3);
  // For small σ, I ≈ 0 − ½ ln(2πe) − ln σ: σ = e^(−3 − 1.4189) and a little more for the edges.
  const sigma = residual(zigzagOf(3), (x) => 1 - Math.abs(2 * ((3 * x) % 1) - 1));
  expect(sigma / Math.exp(-3 - 0.5 * Math.log(2 * Math.PI * Math.E))).toBeCloseTo(1.02, 1);
});

test("a checkerboard fills eight of its sixteen cells evenly, and has uniform marginals", () => {
  const n = 16_000;
  const { x, y } = checkerboard().sample(new Random(1, 0), n);
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const cell = `${Math.floor(4 * x[i])} ${Math.floor(4 * y[i])}`;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  expect(counts.size).toBe(8);
  for (const [cell, count] of counts) {
    const [column, row] = cell.split(" ").map(Number);
    expect((column + row) % 2).toBe(0);
    expect(Math.abs(count - n / 8)).toBeLessThan(5 * Math.sqrt(n / 8));
  }
  expect(checkerboard().truth).toBeCloseTo(Math.log(2), 12);
});
