import { expect } from "vitest";
import type { FloatArray, Pullback, SoftSample } from "../copula/soft-sample.js";
import { draws } from "./random.js";

/**
 * Asserts that the derivatives of features by the soft ranks are those of what the features are by definition, by
 * central differences, and that they are added to what is there.
 *
 * @param feature writes `size` features; its way back is what is tested
 * @param rows whose derivatives are looked at
 * @param step of the differences, ranks
 * @param tolerance of a derivative d, in 1 + |d|
 */
export function expectDerivatives(
  sample: SoftSample,
  feature: (sample: SoftSample, out: FloatArray, offset: number) => Pullback,
  byDefinition: (sample: SoftSample) => Float64Array,
  { size, rows, step, tolerance }: { size: number; rows: readonly number[]; step: number; tolerance: number },
): void {
  const n = sample.u.length;
  const { normal } = draws(8);
  const cotangent = Float64Array.from({ length: size + 2 }, normal);
  const gradient = { u: new Float64Array(n).fill(1), v: new Float64Array(n).fill(2) };
  feature(sample, new Float64Array(size), 0)(cotangent, 2, gradient);
  for (const row of rows) {
    for (const [axis, start] of [
      ["u", 1],
      ["v", 2],
    ] as const) {
      const at = (by: number): number => {
        const moved = { ...sample, [axis]: sample[axis].map((rank, k) => (k === row ? rank + by : rank)) };
        return byDefinition(moved).reduce((sum, value, k) => sum + value * cotangent[2 + k], 0);
      };
      const slope = (at(step) - at(-step)) / (2 * step);
      expect(Math.abs(gradient[axis][row] - start - slope)).toBeLessThan(tolerance * (1 + Math.abs(slope)));
    }
  }
}
