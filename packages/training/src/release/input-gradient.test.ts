/** The shipped derivative of the median by the features, against jax-js. */
import { join } from "jax-onnx";
import { beforeAll, expect, test } from "vitest";
import { COPULA_DENSITY } from "../architecture/index.js";
import { encodeWeights } from "../model/weights.js";
import {
  type CopulaDensityConfig,
  copulaDensityParameters,
  copulaValues,
} from "../network/copula-density.js";
import { initialParameters, viewParameters } from "../network/parameters.js";
import { MEDIAN, QUANTILE_LEVELS } from "../network/trunk.js";
import { np, startJax, type Tensor, valueAndGrad } from "../runtime/jax.js";
import { floats, openSession, tensor } from "../runtime/onnx-runtime.js";
import { type Batch, createBatch } from "../stream/index.js";
import { batchShapes, FEATURE_INPUTS } from "../stream/inputs.js";
import { PLAIN_DENSITY, SMALL_DENSITY } from "../testing/checkpoints.js";
import { compileInputGradient, compileValues, DIFFERENTIATED } from "./graphs.js";

beforeAll(() => startJax());

const BATCH = 2;
const shapes = batchShapes(BATCH);

/** Features of examples; empty bins of the spectrum, where its square root has no slope, hold a little. */
function features(seed: number): Batch {
  const batch = createBatch(seed, 0, BATCH);
  for (let k = 0; k < batch.spectrum.length; k++) batch.spectrum[k] += 1e-4;
  batch.levels[0] = 12;
  return batch;
}

const feedsOf = (batch: Batch) =>
  Object.fromEntries(FEATURE_INPUTS.map((name) => [name, tensor(batch[name], shapes[name])]));

const weightsOf = (config: CopulaDensityConfig, theta: Float32Array): Uint8Array =>
  encodeWeights(copulaDensityParameters(config), theta);

test.each([
  ["plain", PLAIN_DENSITY],
  ["with merged tokens", SMALL_DENSITY],
])(
  "the derivatives of a network, %s, agree with jax-js, the median with the inference",
  async (_, config) => {
    const specs = copulaDensityParameters(config);
    const theta = initialParameters(specs, 1);
    const batch = features(3);
    const session = await openSession(
      join(compileInputGradient(COPULA_DENSITY, config, BATCH).bytes, weightsOf(config, theta)),
    );
    const outputs = await session.run(feedsOf(batch));

    const inference = await openSession(
      join(compileValues(COPULA_DENSITY, config, BATCH).bytes, weightsOf(config, theta)),
    );
    const quantiles = floats((await inference.run(feedsOf(batch))).quantiles);
    for (let slot = 0; slot < BATCH; slot++) {
      const expected = quantiles[slot * QUANTILE_LEVELS.length + MEDIAN];
      expect(floats(outputs.median)[slot]).toBeCloseTo(expected, 5);
    }

    await startJax("cpu");
    const total = (...[counts, local, spectrum, n, levels]: Tensor[]): Tensor => {
      const p = viewParameters(specs, np.array(theta));
      const features = { counts, local, spectrum, n, levels };
      const { quantiles: rows, tokens } = copulaValues(config, p, features);
      tokens.dispose();
      return rows.slice([0, BATCH], [MEDIAN, MEDIAN + 1]).sum();
    };
    const arrays = FEATURE_INPUTS.map((name) => np.array(batch[name]).reshape(shapes[name]));
    const both = valueAndGrad(total, { argnums: [0, 1, 2] }) as unknown as (
      ...inputs: Tensor[]
    ) => [Tensor, Tensor[]];
    const [sum, gradients] = both(...arrays);
    sum.dispose();
    await startJax();
    for (const [k, name] of DIFFERENTIATED.entries()) {
      const expected = (await gradients[k].data()) as Float32Array;
      const actual = floats(outputs[`d_${name}`]);
      const size = Math.hypot(...expected);
      expect(size).toBeGreaterThan(0);
      expect(Math.hypot(...expected.map((g, i) => g - actual[i])) / size).toBeLessThan(1e-5);
    }
  },
);

test("the derivatives of one example do not hang on the others of its batch", async () => {
  const theta = initialParameters(copulaDensityParameters(SMALL_DENSITY), 2);
  const session = await openSession(
    join(compileInputGradient(COPULA_DENSITY, SMALL_DENSITY, BATCH).bytes, weightsOf(SMALL_DENSITY, theta)),
  );
  const [first, second] = [features(4), features(5)];
  const mixed = { ...first };
  for (const name of FEATURE_INPUTS) {
    const half = first[name].length / 2;
    mixed[name] = Float32Array.from([...first[name].subarray(0, half), ...second[name].subarray(half)]);
  }
  const [a, b] = [await session.run(feedsOf(first)), await session.run(feedsOf(mixed))];
  for (const name of DIFFERENTIATED) {
    const [x, y] = [floats(a[`d_${name}`]), floats(b[`d_${name}`])];
    const half = x.length / 2;
    const largest = Math.max(...x.map(Math.abs));
    for (let k = 0; k < half; k++) expect(Math.abs(x[k] - y[k])).toBeLessThan(1e-6 * largest);
    expect(x.subarray(half)).not.toEqual(y.subarray(half));
  }
});
