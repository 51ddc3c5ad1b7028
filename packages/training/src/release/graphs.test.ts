/** The graphs that ship, against the validation of the trainer and each other. */
import { join } from "jax-onnx";
import { beforeAll, expect, test } from "vitest";
import { COPULA_TRANSFORMER } from "../architecture/index.js";
import { encodeWeights } from "../model/weights.js";
import { copulaTransformerParameters, DEFAULT_CONFIG } from "../network/copula-transformer.js";
import { initialParameters } from "../network/parameters.js";
import { startJax } from "../runtime/jax.js";
import { floats, openSession, tensor } from "../runtime/onnx-runtime.js";
import { compileValidation } from "../step/compile.js";
import { type Batch, createBatch } from "../stream/index.js";
import { BATCH_INPUTS, batchShapes, FEATURE_INPUTS } from "../stream/inputs.js";
import { compileInference, compileValues } from "./graphs.js";

const BATCH = 2;
const specs = copulaTransformerParameters(DEFAULT_CONFIG);
const theta = initialParameters(specs, 1);

beforeAll(() => startJax());

const weights = encodeWeights(specs, theta);

/** The first examples of a batch as the inputs of a shipped graph. */
function featureFeeds(batch: Batch, size: number) {
  const own = batchShapes(size);
  return Object.fromEntries(
    FEATURE_INPUTS.map((name) => {
      const length = own[name].reduce((a, b) => a * b, 1);
      return [name, tensor(batch[name].slice(0, length), own[name])];
    }),
  );
}

test("inference with its weights appended gives the validation graph's quantiles, at any batch size", async () => {
  const batch = createBatch(5, 0, BATCH);
  const shapes = batchShapes(BATCH);
  const batchFeeds = Object.fromEntries(
    BATCH_INPUTS.map((name) => [name, tensor(batch[name], shapes[name])]),
  );
  const validation = await openSession(compileValidation(COPULA_TRANSFORMER, DEFAULT_CONFIG, BATCH).bytes);
  const expected = floats(
    (await validation.run({ theta: tensor(theta, [theta.length]), ...batchFeeds })).quantiles,
  );
  for (const size of [1, BATCH]) {
    const session = await openSession(
      join(compileInference(COPULA_TRANSFORMER, DEFAULT_CONFIG, size).bytes, weights),
    );
    const { quantiles, critic } = await session.run(featureFeeds(batch, size));
    expect(critic.dims).toEqual([size, 64, 64]);
    for (const [i, value] of floats(quantiles).entries()) expect(value).toBeCloseTo(expected[i], 5);
  }
});

test("the graph of values gives the whole graph's quantiles and nothing else, with fewer nodes", async () => {
  const batch = createBatch(6, 0, BATCH);
  for (const size of [1, BATCH]) {
    const [whole, values] = [
      compileInference(COPULA_TRANSFORMER, DEFAULT_CONFIG, size),
      compileValues(COPULA_TRANSFORMER, DEFAULT_CONFIG, size),
    ];
    const [expected, actual] = await Promise.all(
      [whole, values].map(async ({ bytes }) => {
        const session = await openSession(join(bytes, weights));
        return session.run(featureFeeds(batch, size));
      }),
    );
    expect(Object.keys(actual)).toEqual(["quantiles"]);
    for (const [i, value] of floats(actual.quantiles).entries()) {
      expect(value).toBeCloseTo(floats(expected.quantiles)[i], 6);
    }
    expect(values.bytes.length).toBeLessThan(whole.bytes.length);
  }
});
