import { beforeAll, expect, test } from "vitest";
import { np, startJax } from "../runtime/jax.js";
import { createBatch } from "../stream/batch.js";
import { batchShapes, FEATURE_INPUTS } from "../stream/inputs.js";
import {
  type CopulaTransformerConfig,
  copulaTransformer,
  copulaTransformerParameters,
  DEFAULT_CONFIG,
  MEDIAN,
  QUANTILE_LEVELS,
} from "./copula-transformer.js";
import { initialParameters, parameterCount, viewParameters } from "./parameters.js";

beforeAll(() => startJax());

const SMALL: CopulaTransformerConfig = { width: 16, blocks: 1, heads: 2, expansion: 2, valueWidth: 16 };
const BATCH = 3;

/** Quantiles and critic of examples of the stream, from initial weights. */
async function answer(config: CopulaTransformerConfig, first = 0) {
  const specs = copulaTransformerParameters(config);
  const batch = createBatch(4, first, BATCH);
  const shapes = batchShapes(BATCH);
  const [counts, local, spectrum, n] = FEATURE_INPUTS.map((name) =>
    np.array(batch[name]).reshape(shapes[name]),
  );
  const p = viewParameters(specs, np.array(initialParameters(specs, 1)));
  const { quantiles, critic } = copulaTransformer(config, p, { counts, local, spectrum, n });
  expect(quantiles.shape).toEqual([BATCH, QUANTILE_LEVELS.length]);
  expect(critic.shape).toEqual([BATCH, 64, 64]);
  return {
    quantiles: (await quantiles.data()) as Float32Array,
    critic: (await critic.data()) as Float32Array,
  };
}

test("the default sizes are those of the released weights", () => {
  expect(parameterCount(copulaTransformerParameters(DEFAULT_CONFIG))).toBe(1_188_937);
  expect(QUANTILE_LEVELS[MEDIAN]).toBe(0.5);
  expect(copulaTransformerParameters(SMALL).some(({ name }) => /^(merge|coarse|split)/.test(name))).toBe(
    false,
  );
});

test.each([
  ["plain", SMALL],
  ["with merged tokens", { ...SMALL, coarse: { width: 24, blocks: 1, heads: 2 } }],
])("quantiles never fall, whatever the weights: %s", async (_, config) => {
  const { quantiles, critic } = await answer(config);
  for (let at = 0; at < quantiles.length; at++) {
    if (at % QUANTILE_LEVELS.length > 0) expect(quantiles[at]).toBeGreaterThanOrEqual(quantiles[at - 1]);
  }
  expect([...quantiles, ...critic].every(Number.isFinite)).toBe(true);
});

test("an example's answer does not hang on the others of its batch", async () => {
  const [from0, from1] = [await answer(SMALL), await answer(SMALL, 1)];
  const levels = QUANTILE_LEVELS.length;
  for (let k = 0; k < 2 * levels; k++) {
    expect(from1.quantiles[k]).toBeCloseTo(from0.quantiles[levels + k], 5);
  }
});
