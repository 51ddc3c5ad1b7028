import { beforeAll, describe, expect, test } from "vitest";
import { COPULA_DENSITY } from "../architecture/index.js";
import { densityLosses } from "../loss/density-losses.js";
import { grad, np, startJax, type Tensor } from "../runtime/jax.js";
import { createBatch } from "../stream/batch.js";
import { batchShapes, FEATURE_INPUTS, type StreamArray } from "../stream/inputs.js";
import { PLAIN_DENSITY, SMALL_DENSITY } from "../testing/checkpoints.js";
import { type CopulaDensityConfig, copulaDensity, copulaDensityParameters } from "./copula-density.js";
import { COMPONENT_NUMBERS, COMPONENTS, unpacked } from "./density-head.js";
import { initialParameters, parameterCount, splitParameters, viewParameters } from "./parameters.js";
import { MEDIAN, QUANTILE_LEVELS } from "./trunk.js";

beforeAll(() => startJax());

const BATCH = 3;

/** The network's outputs for examples of the stream, from initial weights. */
function forward(config: CopulaDensityConfig, first = 0, levels?: number) {
  const specs = copulaDensityParameters(config);
  const batch = createBatch(4, first, BATCH, { densityPoints: 1 });
  if (levels !== undefined) batch.levels.fill(levels);
  const shapes = batchShapes(BATCH);
  const [counts, local, spectrum, n, own, normal] = ([...FEATURE_INPUTS, "normal"] as const).map((name) =>
    np.array(batch[name]).reshape(shapes[name]),
  );
  const p = viewParameters(specs, np.array(initialParameters(specs, 1)));
  return copulaDensity(config, p, { counts, local, spectrum, n, levels: own, normal });
}

/** Quantiles and the mixture's numbers. */
async function answer(config: CopulaDensityConfig, first?: number, levels?: number) {
  const { quantiles, mixture } = forward(config, first, levels);
  expect(quantiles.shape).toEqual([BATCH, QUANTILE_LEVELS.length]);
  expect(mixture.shape).toEqual([BATCH, COMPONENTS, COMPONENT_NUMBERS]);
  return {
    quantiles: (await quantiles.data()) as Float32Array,
    mixture: (await mixture.data()) as Float32Array,
  };
}

test("the default sizes are those of the released weights", () => {
  const names = (config: CopulaDensityConfig): string[] =>
    copulaDensityParameters(config).map(({ name }) => name);
  expect(parameterCount(copulaDensityParameters(COPULA_DENSITY.defaults))).toBe(1_393_330);
  expect(QUANTILE_LEVELS[MEDIAN]).toBe(0.5);
  expect(names(PLAIN_DENSITY).some((name) => /^(merge|coarse|split)/.test(name))).toBe(false);
  // The order in which checkpoints hold them.
  const parts = names(SMALL_DENSITY).map((name) => name.replace(/(\d|\.).*$/, ""));
  expect(parts.filter((part, k) => part !== parts[k - 1])).toEqual([
    ...["embed", "position", "size", "block", "merge", "coarse", "split"],
    ...["levels", "value", "tower", "density", "normal", "value"],
  ]);
});

test.each([
  ["plain", PLAIN_DENSITY],
  ["with merged tokens", SMALL_DENSITY],
])("quantiles never fall, whatever the weights; weights of components sum to one: %s", async (_, config) => {
  const { quantiles, mixture } = await answer(config);
  for (let at = 0; at < quantiles.length; at++) {
    if (at % QUANTILE_LEVELS.length > 0) expect(quantiles[at]).toBeGreaterThanOrEqual(quantiles[at - 1]);
  }
  expect([...quantiles, ...mixture].every(Number.isFinite)).toBe(true);
  for (let slot = 0; slot < BATCH; slot++) {
    let sum = 0;
    for (let k = 0; k < COMPONENTS; k++)
      sum += Math.exp(mixture[(slot * COMPONENTS + k) * COMPONENT_NUMBERS]);
    expect(sum).toBeCloseTo(1, 4);
  }
});

test("numbers are packed component after component, in the order of the library", async () => {
  const { mixture, quantiles } = forward(SMALL_DENSITY);
  quantiles.dispose();
  const { logWeight, centreX, centreY, slope, logWidth, logRest } = unpacked(mixture.ref);
  const columns = [logWeight, centreX, centreY, slope, logWidth, logRest];
  const each = await Promise.all(columns.map(async (column) => (await column.ref.data()) as Float32Array));
  const row = (await mixture.data()) as Float32Array;
  for (const [k, column] of each.entries()) {
    expect(Float32Array.from(column, (_, at) => row[at * COMPONENT_NUMBERS + k])).toEqual(column);
  }
});

test("an example's answer does not hang on the others of its batch", async () => {
  const [from0, from1] = [await answer(PLAIN_DENSITY), await answer(PLAIN_DENSITY, 1)];
  for (const name of ["quantiles", "mixture"] as const) {
    const size = from0[name].length / BATCH;
    for (let k = 0; k < 2 * size; k++) expect(from1[name][k]).toBeCloseTo(from0[name][size + k], 4);
  }
});

test("the number of levels counts, for quantiles and density", async () => {
  const [none, some] = [await answer(SMALL_DENSITY, 0, 0), await answer(SMALL_DENSITY, 0, 30)];
  expect(some.quantiles).not.toEqual(none.quantiles);
  expect(some.mixture).not.toEqual(none.mixture);
});

describe("the tower", () => {
  /** Largest derivative of a loss by the values of each parameter. */
  async function derivatives(loss: "density" | "quantiles"): Promise<Map<string, number>> {
    const specs = copulaDensityParameters(SMALL_DENSITY);
    const batch = createBatch(4, 0, BATCH, COPULA_DENSITY.examples(SMALL_DENSITY));
    const shapes = COPULA_DENSITY.inputs(SMALL_DENSITY, BATCH);
    const array = (name: StreamArray): Tensor => np.array(batch[name]).reshape(shapes[name]!);
    const objective = (theta: Tensor): Tensor => {
      const [counts, local, spectrum, n, levels, normal] = ([...FEATURE_INPUTS, "normal"] as const).map(
        array,
      );
      const features = { counts, local, spectrum, n, levels, normal };
      const { quantiles, mixture } = copulaDensity(SMALL_DENSITY, viewParameters(specs, theta), features);
      if (loss === "quantiles") {
        mixture.dispose();
        return np.square(quantiles).sum();
      }
      quantiles.dispose();
      const [scores, ratios, slopes, sloped] = (["scores", "ratios", "slopes", "sloped"] as const).map(array);
      const { likelihood, copula, ratio, slope } = densityLosses(unpacked(mixture), {
        scores,
        ratios,
        slopes,
        sloped,
      });
      return likelihood.add(copula).add(ratio).add(slope);
    };
    const gradient = (await grad(objective)(np.array(initialParameters(specs, 1))).data()) as Float32Array;
    return new Map(
      splitParameters(specs, gradient).map(({ name, data }) => [name, Math.max(...data.map(Math.abs))]),
    );
  }
  const own = (name: string): boolean => /^(tower|density|normal|split)/.test(name);

  test("learns from the density's losses, and the trunk does not", async () => {
    for (const [name, largest] of await derivatives("density")) {
      if (own(name)) expect(largest, name).toBeGreaterThan(0);
      else expect(largest, name).toBe(0);
    }
  });

  test("learns nothing from the quantiles' loss, of which the trunk does", async () => {
    for (const [name, largest] of await derivatives("quantiles")) {
      if (own(name)) expect(largest, name).toBe(0);
      else if (/^(embed|block0.up|coarse0.up|levels|value)/.test(name))
        expect(largest, name).toBeGreaterThan(0);
    }
  });
});
