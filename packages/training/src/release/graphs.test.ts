/** The graphs that ship, against the validation of the trainer and each other. */
import { join } from "jax-onnx";
import proto from "onnx-proto";
import { beforeAll, expect, test } from "vitest";
import { COPULA_DENSITY } from "../architecture/index.js";
import { encodeWeights } from "../model/weights.js";
import { COMPONENT_NUMBERS, COMPONENTS } from "../network/density-head.js";
import { initialParameters } from "../network/parameters.js";
import { startJax } from "../runtime/jax.js";
import { floats, openSession, tensor } from "../runtime/onnx-runtime.js";
import { compileValidation } from "../step/compile.js";
import { type Batch, createBatch } from "../stream/index.js";
import { batchShapes, FEATURE_INPUTS, type StreamArray } from "../stream/inputs.js";
import { compileInference, compileInputGradient, compileValues } from "./graphs.js";

const BATCH = 2;
const CONFIG = COPULA_DENSITY.defaults;
const specs = COPULA_DENSITY.parameters(CONFIG);
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
  const batch = createBatch(5, 0, BATCH, COPULA_DENSITY.examples(CONFIG));
  const shapes = Object.entries(COPULA_DENSITY.inputs(CONFIG, BATCH)) as [StreamArray, number[]][];
  const batchFeeds = Object.fromEntries(shapes.map(([name, shape]) => [name, tensor(batch[name], shape)]));
  const validation = await openSession(compileValidation(COPULA_DENSITY, CONFIG, BATCH).bytes);
  const expected = floats(
    (await validation.run({ theta: tensor(theta, [theta.length]), ...batchFeeds })).quantiles,
  );
  for (const size of [1, BATCH]) {
    const session = await openSession(join(compileInference(COPULA_DENSITY, CONFIG, size).bytes, weights));
    const { quantiles, mixture } = await session.run(featureFeeds(batch, size));
    expect(mixture.type).toBe("float32");
    expect(mixture.dims).toEqual([size, COMPONENTS * COMPONENT_NUMBERS]);
    for (const [i, value] of floats(quantiles).entries()) expect(value).toBeCloseTo(expected[i], 5);
  }
});

test("the graph of values gives the whole graph's quantiles and nothing else, with fewer nodes", async () => {
  const batch = createBatch(6, 0, BATCH);
  for (const size of [1, BATCH]) {
    const [whole, values] = [
      compileInference(COPULA_DENSITY, CONFIG, size),
      compileValues(COPULA_DENSITY, CONFIG, size),
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

/** Names of a graph's inputs, and of the parameters that its nodes read. */
function read(bytes: Uint8Array) {
  const graph = proto.onnx.ModelProto.decode(bytes).graph;
  const parameters = new Set(specs.map(({ name }) => name));
  const used = new Set((graph?.node ?? []).flatMap(({ input }) => input ?? []));
  return {
    inputs: (graph?.input ?? []).map(({ name }) => name ?? "").filter((name) => !parameters.has(name)),
    parameters: [...used].filter((name) => parameters.has(name)),
  };
}

test("every graph reads the features; only the whole one has anything of the density", () => {
  const [whole, values, gradient] = [compileInference, compileValues, compileInputGradient].map((compile) =>
    read(compile(COPULA_DENSITY, CONFIG, 1).bytes),
  );
  for (const { inputs } of [whole, values, gradient])
    expect([...inputs].sort()).toEqual([...FEATURE_INPUTS].sort());
  const tower = specs.map(({ name }) => name).filter((name) => /^(tower|density)/.test(name));
  expect(tower.length).toBeGreaterThan(30);
  for (const name of tower) {
    expect(whole.parameters, name).toContain(name);
    expect(values.parameters, name).not.toContain(name);
    expect(gradient.parameters, name).not.toContain(name);
  }
});
