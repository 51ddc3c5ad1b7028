import { Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { HYPPO_SIZES, HYPPO_TESTS, PUBLISHED_POWER } from "../published.js";
import { HYPPO_LAWS, hyppoSample, isOfSeventeen } from "./hyppo-laws.js";

const lawOf = (name: string) => {
  const law = HYPPO_LAWS.find((one) => one.name === name);
  if (law === undefined) throw new Error(`there is no law ${name}`);
  return law;
};

test("every law has its published power, and the reverse", () => {
  expect(HYPPO_LAWS.map(({ name }) => name)).toEqual(Object.keys(PUBLISHED_POWER));
  for (const power of Object.values(PUBLISHED_POWER)) {
    for (const test of HYPPO_TESTS) {
      expect(power[test]).toHaveLength(HYPPO_SIZES.length);
      expect(power[test].every((share) => share >= 0.02 && share <= 1)).toBe(true);
    }
  }
});

test("MGC's means over the seventeen are those that the goals of the project name", () => {
  const laws = Object.entries(PUBLISHED_POWER).filter(([name]) => isOfSeventeen(name));
  expect(laws).toHaveLength(17);
  const means = HYPPO_SIZES.map((_, s) => laws.reduce((sum, [, { MGC }]) => sum + MGC[s] / 17, 0));
  expect(means.map((mean) => mean.toFixed(3))).toEqual(["0.218", "0.535", "0.875"]);
});

// Mean and variance of x, of y, correlations of x and y and of x² and y²: of 400,000 rows from hyppo's own program
// (hyppo/tools/indep_sim.py, noise=True), NumPy 2.4.6, seed 3.
const MOMENTS: Readonly<Record<string, readonly number[]>> = {
  linear: [0.001, 0.334, 0.004, 1.331, 0.499, 0.162],
  exponential: [1.501, 0.753, 6.353, 126.441, 0.429, 0.371],
  cubic: [-0.001, 0.333, -21.623, 9069.09, 0.463, 0.306],
  joint_normal: [-0.002, 0.997, -0.001, 1.252, 0.448, 0.201],
  step: [0, 0.333, 0.502, 1.249, 0.389, 0.001],
  quadratic: [0, 0.333, 0.334, 0.338, 0.003, 0.405],
  w_shaped: [-0.001, 0.333, 0.472, 0.373, 0.001, -0.23],
  spiral: [-0.042, 4.192, 0.311, 4.201, -0.091, -0.059],
  uncorrelated_bernoulli: [0.5, 0.499, 0, 0.998, -0.002, 0.706],
  logarithmic: [0.001, 0.998, -1.274, 13.953, 0.001, -0.141],
  fourth_root: [0, 0.333, 0.801, 0.089, -0.002, 0.443],
  sin_four_pi: [-0.001, 0.334, 0.003, 1.502, -0.107, -0.003],
  sin_sixteen_pi: [0.001, 0.335, -0.002, 0.751, -0.023, -0.001],
  square: [-0.001, 0.336, -0.001, 0.333, -0.001, -0.27],
  two_parabolas: [0, 0.333, -0.001, 0.549, 0.001, 0.468],
  circle: [0.001, 0.66, 0, 0.5, 0.001, -0.504],
  ellipse: [0.006, 16.505, 0, 0.5, 0.001, -0.499],
  diamond: [0.001, 0.336, -0.001, 0.333, 0, -0.424],
  multiplicative_noise: [0, 1, 0, 1.006, 0.001, 0.499],
  multimodal_independence: [0, 1.111, 0, 1.11, 0.003, -0.001],
};

function moments(values: Float64Array): [mean: number, deviation: number] {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)];
}

function correlation(x: Float64Array, y: Float64Array): number {
  const [[meanOfX, ofX], [meanOfY, ofY]] = [moments(x), moments(y)];
  return x.reduce((sum, v, k) => sum + (v - meanOfX) * (y[k] - meanOfY), 0) / (x.length * ofX * ofY);
}

test.each(HYPPO_LAWS.map((law, l) => [law.name, law, l] as const))(
  "%s has the moments of hyppo's program",
  (name, law, l) => {
    const { x, y } = hyppoSample(law, 100_000, new Random(11, l));
    const square = (values: Float64Array): Float64Array => values.map((v) => v * v);
    const [meanOfX, ofX, meanOfY, ofY, linear, quadratic] = MOMENTS[name];
    // Standard errors of means are below 0.4 % of a deviation, those of the others a little larger.
    const [[foundX, spreadX], [foundY, spreadY]] = [moments(x), moments(y)];
    expect(Math.abs(foundX - meanOfX) / spreadX).toBeLessThan(0.016);
    expect(Math.abs(foundY - meanOfY) / spreadY).toBeLessThan(0.016);
    expect(Math.abs(spreadX ** 2 / ofX - 1)).toBeLessThan(0.04);
    expect(Math.abs(spreadY ** 2 / ofY - 1)).toBeLessThan(0.04);
    expect(Math.abs(correlation(x, y) - linear)).toBeLessThan(0.02);
    expect(Math.abs(correlation(square(x), square(y)) - quadratic)).toBeLessThan(0.03);
  },
);

test.each<[string, (x: number, y: number) => number]>([
  ["linear", (x, y) => y - x],
  ["cubic", (x, y) => y - 128 * (x - 1 / 3) ** 3 - 48 * (x - 1 / 3) ** 2 + 12 * (x - 1 / 3) ** 3],
  ["spiral", (x, y) => Math.sin(Math.PI * Math.hypot(x, y)) * Math.hypot(x, y) - y],
  ["two_parabolas", (x, y) => 2 * Math.abs(y) - x * x],
  ["circle", (x, y) => x * x + y * y - 1],
  ["ellipse", (x, y) => (x / 5) ** 2 + y * y - 1],
  ["sin_four_pi", (x, y) => Math.sin(4 * Math.PI * x) - y],
  ["sin_sixteen_pi", (x, y) => Math.sin(16 * Math.PI * x) - y],
  ["fourth_root", (x, y) => y ** 4 - Math.abs(x)],
  ["uncorrelated_bernoulli", (x, y) => Math.abs(y) - x],
])("without noise %s lies on its curve", (name, distance) => {
  const { x, y } = hyppoSample(lawOf(name), 200, new Random(5, 0), 0);
  for (let k = 0; k < 200; k++) expect(Math.abs(distance(x[k], y[k]))).toBeLessThan(1e-9);
});

test("without noise square and diamond are squares, turned by an eighth and a quarter of a half turn", () => {
  for (const [name, angle] of [
    ["square", -Math.PI / 8],
    ["diamond", -Math.PI / 4],
  ] as const) {
    const { x, y } = hyppoSample(lawOf(name), 2000, new Random(6, 0), 0);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const sides = [...x].flatMap((v, k) => [Math.abs(v * c - y[k] * s), Math.abs(v * s + y[k] * c)]);
    expect(Math.max(...sides)).toBeLessThanOrEqual(1 + 1e-12);
    expect(Math.max(...sides)).toBeGreaterThan(0.99);
  }
});
