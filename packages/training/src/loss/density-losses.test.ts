import { beforeAll, expect, test } from "vitest";
import { COMPONENTS, type Components } from "../network/density-head.js";
import { np, startJax, type Tensor } from "../runtime/jax.js";
import { createBatch } from "../stream/index.js";
import { densityLosses } from "./density-losses.js";

beforeAll(() => startJax("cpu"));

const number = async (x: Tensor): Promise<number> => ((await x.data()) as Float32Array)[0];

/** The normal copula as one component, for a batch of so many. */
function normalCopula(rho: number, batch: number): Components {
  const all = (value: number): Tensor =>
    np.array(Array.from({ length: batch }, () => new Array<number>(COMPONENTS).fill(value)));
  return {
    logWeight: all(-Math.log(COMPONENTS)),
    centreX: all(0),
    centreY: all(0),
    slope: all(rho),
    logWidth: all(0),
    logRest: all(0.5 * Math.log(1 - rho * rho)),
  };
}

/** Points of the normal law with the exact log ratio and slopes of its copula. */
function labels(rho: number) {
  const det = 1 - rho * rho;
  const points = [-2, -1, -0.4, 0.2, 0.9, 1.8].flatMap((x) =>
    [-1, 0, 1].map((e) => [x, rho * x + e * Math.sqrt(det)]),
  );
  const ratios = points.map(
    ([x, y]) => -0.5 * Math.log(det) - (rho * rho * (x * x + y * y) - 2 * rho * x * y) / (2 * det),
  );
  const slopes = points.map(([x, y]) => [(rho * y - rho * rho * x) / det, (rho * x - rho * rho * y) / det]);
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  return {
    mean,
    tensors: () => ({
      scores: np.array([points]),
      ratios: np.array([ratios]),
      slopes: np.array([slopes]),
      sloped: np.array([1]),
    }),
  };
}

test("the exact density has no error, and minus its mean log ratio as its likelihood", async () => {
  const { mean, tensors } = labels(0.8);
  const exact = densityLosses(normalCopula(0.8, 1), tensors());
  expect(await number(exact.likelihood)).toBeCloseTo(-mean, 4);
  expect(await number(exact.copula)).toBeCloseTo(-mean, 4);
  expect(await number(exact.ratio)).toBeCloseTo(0, 6);
  expect(await number(exact.slope)).toBeCloseTo(0, 6);
});

test("another density has errors; without slopes of the law that of the slopes is not counted", async () => {
  const { mean, tensors } = labels(0.8);
  const wrong = densityLosses(normalCopula(0.5, 1), tensors());
  expect(await number(wrong.likelihood)).toBeGreaterThan(-mean + 0.05);
  expect(await number(wrong.ratio)).toBeGreaterThan(0.01);
  expect(await number(wrong.slope)).toBeGreaterThan(0.01);
  const blind = densityLosses(normalCopula(0.5, 1), { ...tensors(), sloped: np.array([0]) });
  expect(await number(blind.slope)).toBe(0);
});

test("the stream's log ratios and slopes go with its points: independence fits independent examples alone", async () => {
  const points = 32;
  const size = 12;
  const batch = createBatch(4, 0, size, { densityPoints: points });
  const losses = densityLosses(normalCopula(0, size), {
    scores: np.array(batch.scores).reshape([size, points, 2]),
    ratios: np.array(batch.ratios).reshape([size, points]),
    slopes: np.array(batch.slopes).reshape([size, points, 2]),
    sloped: np.array(batch.sloped),
  });
  expect(await number(losses.copula)).toBeCloseTo(0, 5);
  expect(await number(losses.ratio)).toBeGreaterThan(0.2);
  expect(batch.sloped.some((flag) => flag === 0)).toBe(true);
  expect(batch.sloped.some((flag) => flag === 1)).toBe(true);
});
