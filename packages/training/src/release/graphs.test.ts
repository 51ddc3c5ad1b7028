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
import { compileDensities, compileInputGradient, compileValues, TOWER_INPUTS } from "./graphs.js";

const BATCH = 2;
const CONFIG = COPULA_DENSITY.defaults;
const specs = COPULA_DENSITY.parameters(CONFIG);
const theta = initialParameters(specs, 1);

beforeAll(() => startJax());

const weights = encodeWeights(specs, theta);

/** Some arrays of the first examples of a batch as inputs of a shipped graph. */
function feedsOf(batch: Batch, size: number, names: readonly (keyof ReturnType<typeof batchShapes>)[]) {
  const own = batchShapes(size);
  return Object.fromEntries(
    names.map((name) => {
      const length = own[name].reduce((a, b) => a * b, 1);
      return [name, tensor(batch[name].slice(0, length), own[name])];
    }),
  );
}

/** What values and densities say of the first examples of a batch. */
async function answers(batch: Batch, size: number) {
  const sessions = await Promise.all(
    [compileValues, compileDensities].map((compile) =>
      openSession(join(compile(COPULA_DENSITY, CONFIG, size).bytes, weights)),
    ),
  );
  const { quantiles, tokens } = await sessions[0].run(feedsOf(batch, size, FEATURE_INPUTS));
  const read = feedsOf(batch, size, ["counts", "local", "spectrum", "n", "normal"]);
  const { mixture } = await sessions[1].run({ ...read, tokens, quantiles });
  return { quantiles, tokens, mixture };
}

test("values and densities with their weights appended give what the trainer's network gives, at any batch size", async () => {
  const batch = createBatch(5, 0, BATCH, COPULA_DENSITY.examples(CONFIG));
  const shapes = Object.entries(COPULA_DENSITY.inputs(CONFIG, BATCH)) as [StreamArray, number[]][];
  const batchFeeds = Object.fromEntries(shapes.map(([name, shape]) => [name, tensor(batch[name], shape)]));
  const validation = await openSession(compileValidation(COPULA_DENSITY, CONFIG, BATCH).bytes);
  const expected = floats(
    (await validation.run({ theta: tensor(theta, [theta.length]), ...batchFeeds })).quantiles,
  );
  const whole = await answers(batch, BATCH);
  for (const size of [1, BATCH]) {
    const { quantiles, tokens, mixture } = await answers(batch, size);
    expect([tokens.type, tokens.dims]).toEqual(["float32", [size, 64, CONFIG.width]]);
    expect([mixture.type, mixture.dims]).toEqual(["float32", [size, COMPONENTS * COMPONENT_NUMBERS]]);
    for (const [i, value] of floats(quantiles).entries()) expect(value).toBeCloseTo(expected[i], 5);
    for (const [i, value] of floats(mixture).entries())
      expect(value).toBeCloseTo(floats(whole.mixture)[i], 4);
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

test("values and derivatives have nothing of the tower, and densities nothing else", () => {
  const [values, densities, gradient] = [compileValues, compileDensities, compileInputGradient].map(
    (compile) => read(compile(COPULA_DENSITY, CONFIG, 1).bytes),
  );
  for (const { inputs } of [values, gradient]) expect([...inputs].sort()).toEqual([...FEATURE_INPUTS].sort());
  expect([...densities.inputs].sort()).toEqual([...TOWER_INPUTS].sort());
  for (const { name } of specs) {
    const ofTower = /^(tower|density|normal)/.test(name);
    expect(densities.parameters.includes(name), name).toBe(ofTower);
    // Only the tokens that the tower reads pass the split.
    expect(values.parameters.includes(name), name).toBe(!ofTower);
    expect(gradient.parameters.includes(name), name).toBe(!ofTower && !name.startsWith("split"));
  }
});
