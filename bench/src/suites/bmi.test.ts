import { Random } from "@infonet/training/evaluate";
import { gaussian } from "infonet/classical";
import { expect, test } from "vitest";
import type { Cells } from "../reference/conditional-neighbours.js";
import { distanceKernel, gaussianKernel, hsic, permutationTest } from "../reference/hsic.js";
import { denseInformation, normalCdf, studentInformation, TASKS } from "./bmi-tasks.js";
import { CONDITIONAL_LAWS, drawConditional } from "./conditional-laws.js";
import { areaUnderCurve, drawRelation } from "./independence-high.js";
import type { Side } from "./sides.js";
import { drawAlternative, VECTOR_ALTERNATIVES } from "./vector-alternatives.js";

test("forty tasks with the truths of the benchmark", () => {
  expect(TASKS).toHaveLength(40);
  expect(new Set(TASKS.map(({ name }) => name)).size).toBe(40);
  const truths = (part: string) => TASKS.filter(({ name }) => name.includes(part)).map(({ truth }) => truth);
  expect(truths("dense").map((v) => v.toFixed(3))).toEqual(["0.294", "0.413", "0.593", "1.292", "1.624"]);
  expect(TASKS.filter(({ group }) => group === "spiral")).toHaveLength(6);
  expect(studentInformation(2, 1)).toBeCloseTo(0.4319, 4);
  expect(studentInformation(5, 3)).toBeCloseTo(0.2985, 4);
  expect(denseInformation(1)).toBeCloseTo(-0.5 * Math.log(0.75), 12);
});

test("normal tasks have the information of their sample correlations", () => {
  for (const task of TASKS.filter(({ group, name }) => group === "normal" && !/25|50/.test(name))) {
    const [x, y] = task.draw(4000, new Random(3, 1));
    // Standard error about √(I/n): 0.016 at most.
    expect(Math.abs(gaussian(x, y, { normalScores: false }) - task.truth), task.name).toBeLessThan(0.07);
  }
});

test("a spiral turns planes and keeps norms, so that its square radius is that of the pairs", () => {
  const plain = TASKS.find(({ name }) => name === "3v3 two pairs")!;
  const turned = TASKS.find(({ name }) => name === "3v3 spiral of two pairs")!;
  const [[a, b], [c, d]] = [plain.draw(50, new Random(5, 2)), turned.draw(50, new Random(5, 2))];
  const square = (data: Float64Array, row: number) =>
    data.subarray(3 * row, 3 * row + 3).reduce((sum, v) => sum + v * v, 0);
  for (let row = 0; row < 50; row++) {
    expect(square(c.data, row)).toBeCloseTo(square(a.data, row), 10);
    expect(square(d.data, row)).toBeCloseTo(square(b.data, row), 10);
    expect(c.data[3 * row + 2]).toBe(a.data[3 * row + 2]);
    expect(d.data[3 * row]).toBe(b.data[3 * row]);
  }
});

test("the normal distribution function", () => {
  expect(normalCdf(0)).toBe(0.5);
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
  expect(normalCdf(-3)).toBeCloseTo(0.0013498980316301, 14);
  expect(normalCdf(40)).toBe(1);
});

test("the area under the curve counts pairs", () => {
  expect(areaUnderCurve([3, 2], [1, 2])).toBe(0.875);
  expect(areaUnderCurve([1], [1])).toBe(0.5);
});

test("relation 1 makes every coordinate of Y as correlated with the sum as with each other", () => {
  const [x, y] = drawRelation(1, 4000, 4, new Random(1, 1));
  let [own, cross] = [0, 0];
  for (let i = 0; i < 4000; i++) {
    const sum = x.data.subarray(4 * i, 4 * i + 4).reduce((a, b) => a + b, 0) / 2;
    own += (sum * y.data[4 * i]) / 4000;
    cross += (y.data[4 * i] * y.data[4 * i + 1]) / 4000;
  }
  expect(own).toBeCloseTo(Math.SQRT1_2, 1);
  expect(cross).toBeCloseTo(0.5, 1);
});

test("HSIC: larger for a parabola than for independence, the same after a rotation", () => {
  const rng = new Random(2, 2);
  const x = { data: Float64Array.from({ length: 200 }, () => rng.normal()), width: 2 };
  const y = { data: Float64Array.from({ length: 100 }, (_, i) => x.data[2 * i] ** 2), width: 1 };
  const z = { data: Float64Array.from({ length: 100 }, () => rng.normal()), width: 1 };
  expect(hsic(x, y)).toBeGreaterThan(2 * hsic(x, z));
  const turned = {
    data: x.data.map((v, k) => (k % 2 === 0 ? -x.data[k + 1] : x.data[k - 1]) + 0 * v),
    width: 2,
  };
  expect(hsic(turned, y)).toBeCloseTo(hsic(x, y), 12);
  for (const kernel of [gaussianKernel, distanceKernel]) {
    const against = (other: typeof y) => permutationTest(kernel(x), kernel(other), 99, () => rng.uniform());
    expect(against(y).score).toBeGreaterThan(4);
    expect(against(y).pValue).toBe(0.01);
    expect(Math.abs(against(z).score)).toBeLessThan(4);
    expect(against(z).pValue).toBeGreaterThan(0.01);
  }
});

test.each(VECTOR_ALTERNATIVES)("$name: HSIC tells large samples from independent ones", (alternative) => {
  const rng = new Random(6, 1);
  const [x, y] = drawAlternative(alternative, 600, 2, rng);
  const { pValue } = permutationTest(gaussianKernel(x), gaussianKernel(y), 39, () => rng.uniform());
  expect(pValue).toBe(1 / 40);
  expect(y.data.every(Number.isFinite)).toBe(true);
});

test.each(CONDITIONAL_LAWS)("given others, $name: finite rows of the law's width", (law) => {
  const { x, y, z } = drawConditional(law, 200, new Random(7, 1));
  for (const side of [x, y, z]) {
    const { data, width } = "data" in side ? side : { data: side, width: 1 };
    // A list of columns of several kinds, or the cells themselves.
    const columns = Array.isArray(data) && typeof data[0] === "object" ? (data as Cells[]) : [data as Cells];
    for (const cells of columns) {
      expect(cells).toHaveLength(200 * width);
      expect(
        Array.from<number | string>(cells).every((v) => typeof v === "string" || Number.isFinite(v)),
      ).toBe(true);
      expect(new Set<number | string>(cells).size).toBeGreaterThan(1);
    }
  }
});

test("what X and Y share beyond linear terms of Z is their partial correlation", () => {
  const named = (name: string) => CONDITIONAL_LAWS.find((law) => law.name === name)!;
  const beyond = (name: string): number => {
    const { x, y, z } = drawConditional(named(name), 20_000, new Random(8, 1));
    const beyondZ = (side: Side): Float64Array =>
      (side as Float64Array).map((v, i) => v - (z as Float64Array)[i]);
    return correlation(beyondZ(x), beyondZ(y));
  };
  // Standard error 0.007.
  expect(Math.abs(beyond("linear, one column"))).toBeLessThan(0.03);
  expect(Math.abs(beyond("linear, correlation 0.15 beyond it") - 0.15)).toBeLessThan(0.03);
  const { x, z, noises } = drawConditional(named("linear, one column"), 50, new Random(8, 1));
  const noise = (x as Float64Array).map((value, row) => value - (z as Float64Array)[row]);
  noise.forEach((value, row) => {
    expect(noises?.[0][row]).toBeCloseTo(value, 12);
  });
});

function correlation(a: Float64Array, b: Float64Array): number {
  const [ab, aa, bb] = [
    [a, b],
    [a, a],
    [b, b],
  ].map(([p, q]) => p.reduce((sum, v, i) => sum + v * q[i], 0));
  return ab / Math.sqrt(aa * bb);
}
