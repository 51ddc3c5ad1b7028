import { expect, test } from "vitest";
import { uniformSum, uniformSumSlope } from "./uniform-information.js";

/** E[c ln c]/λ of Poisson's distribution, and its derivative by λ: E[(c + 1) ln(c + 1) − c ln c]/λ less itself over λ. */
function exact(lambda: number): { sum: number; slope: number } {
  const cLogC = (c: number): number => (c > 1 ? c * Math.log(c) : 0);
  const middle = Math.floor(lambda);
  let logTerm = -lambda;
  for (let c = 1; c <= middle; c++) logTerm += Math.log(lambda / c);
  let [sum, rise] = [0, 0];
  const reach = 12 * Math.sqrt(lambda) + 40;
  const add = (c: number, term: number): void => {
    sum += term * cLogC(c);
    rise += term * (cLogC(c + 1) - cLogC(c));
  };
  for (let [c, term] = [middle, Math.exp(logTerm)]; c < middle + reach; c++, term *= lambda / c) add(c, term);
  for (let [c, term] = [middle - 1, (Math.exp(logTerm) * middle) / lambda]; c > 0; term *= c / lambda, c--)
    add(c, term);
  return { sum: sum / lambda, slope: (rise - sum / lambda) / lambda };
}

test("at the entries of the table the sum is exact", () => {
  for (let k = -48; k < 28; k++) {
    const lambda = 2 ** (k / 4);
    expect(uniformSum(lambda) / exact(lambda).sum, `λ = ${lambda}`).toBeCloseTo(1, 9);
  }
});

test("between them, beyond them and in the series it is off by little, and so is the slope", () => {
  for (const lambda of [1e-6, 1e-4, 0.0003, 0.011, 0.9, 1.07, 5, 33, 90, 127.99, 128, 128.01, 400, 5000]) {
    const { sum, slope } = exact(lambda);
    expect(Math.abs(uniformSum(lambda) / sum - 1), `λ = ${lambda}`).toBeLessThan(lambda < 1 ? 2e-3 : 3e-5);
    expect(Math.abs(uniformSumSlope(lambda) / slope - 1), `slope, λ = ${lambda}`).toBeLessThan(6e-3);
  }
  for (const lambda of [128, 400, 5000]) {
    expect(Math.abs(uniformSum(lambda) - exact(lambda).sum)).toBeLessThan(2e-7);
    expect(Math.abs(uniformSumSlope(lambda) - exact(lambda).slope)).toBeLessThan(1e-8);
  }
});
