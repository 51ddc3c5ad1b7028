/** The shipped derivative of the median by the features: against jax-js, and as files of a model. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { encodeInitializers, join } from "jax-onnx";
import { beforeAll, expect, test } from "vitest";
import { exportModel } from "./export.js";
import { addGradientGraphs, gradientGraphs } from "./gradient-graphs.js";
import { compileInference, compileInputGradient, DIFFERENTIATED } from "./graphs.js";
import { FEATURE_INPUTS } from "./inputs.js";
import { np, startJax, type Tensor, valueAndGrad } from "./jax.js";
import type { RunRecord } from "./loop/checkpoint.js";
import { DEFAULT_SCHEDULE } from "./loop/schedule.js";
import {
  type CopulaTransformerConfig,
  copulaTransformer,
  copulaTransformerParameters,
  QUANTILE_LEVELS,
} from "./network/copula-transformer.js";
import { initialParameters, splitParameters, viewParameters } from "./network/parameters.js";
import { DEFAULT_ADAMW } from "./optimizer.js";
import { openReleased } from "./released.js";
import { floats, openSession, tensor } from "./session.js";
import { batchShapes, STATE } from "./step.js";
import { type Batch, createBatch } from "./stream/index.js";

beforeAll(() => startJax());

const SMALL: CopulaTransformerConfig = { width: 16, blocks: 1, heads: 2, expansion: 2, valueWidth: 16 };
const COARSE = { ...SMALL, coarse: { width: 24, blocks: 1, heads: 2 } };
const BATCH = 2;
const shapes = batchShapes(BATCH);
const median = QUANTILE_LEVELS.indexOf(0.5);

/** Features of examples; empty bins of the spectrum, where its square root has no slope, hold a little. */
function features(seed: number): Batch {
  const batch = createBatch(seed, 0, BATCH);
  for (let k = 0; k < batch.spectrum.length; k++) batch.spectrum[k] += 1e-4;
  return batch;
}

const feedsOf = (batch: Batch) =>
  Object.fromEntries(FEATURE_INPUTS.map((name) => [name, tensor(batch[name], shapes[name])]));

const weightsOf = (config: CopulaTransformerConfig, theta: Float32Array): Uint8Array =>
  encodeInitializers(
    splitParameters(copulaTransformerParameters(config), theta).map((p) => ({ ...p, shape: [...p.shape] })),
  );

test.each([
  ["plain", SMALL],
  ["with merged tokens", COARSE],
])(
  "the derivatives of a network, %s, agree with jax-js, the median with the inference",
  async (_, config) => {
    const specs = copulaTransformerParameters(config);
    const theta = initialParameters(specs, 1);
    const batch = features(3);
    const session = await openSession(
      join(compileInputGradient(config, BATCH).bytes, weightsOf(config, theta)),
    );
    const outputs = await session.run(feedsOf(batch));

    const inference = await openSession(
      join(compileInference(config, BATCH).bytes, weightsOf(config, theta)),
    );
    const quantiles = floats((await inference.run(feedsOf(batch))).quantiles);
    for (let slot = 0; slot < BATCH; slot++) {
      const expected = quantiles[slot * QUANTILE_LEVELS.length + median];
      expect(floats(outputs.median)[slot]).toBeCloseTo(expected, 5);
    }

    await startJax("cpu");
    const total = (counts: Tensor, local: Tensor, spectrum: Tensor, n: Tensor): Tensor => {
      const p = viewParameters(specs, np.array(theta));
      const { quantiles: rows, critic } = copulaTransformer(config, p, { counts, local, spectrum, n });
      critic.dispose();
      return rows.slice([0, BATCH], [median, median + 1]).sum();
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
  const theta = initialParameters(copulaTransformerParameters(COARSE), 2);
  const session = await openSession(
    join(compileInputGradient(COARSE, BATCH).bytes, weightsOf(COARSE, theta)),
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

test("the export writes them; added to a model that has none they are the same, beside what else it has", async () => {
  const folder = await mkdtemp(joinPath(tmpdir(), "model-"));
  const theta = initialParameters(copulaTransformerParameters(COARSE), 1);
  const record: RunRecord = {
    seed: 1,
    batch: 8,
    network: COARSE,
    optimizer: DEFAULT_ADAMW,
    schedule: DEFAULT_SCHEDULE,
    step: 1,
    seen: 8,
    minutes: 1,
    plannedMinutes: 1,
    validation: {},
  };
  await exportModel({ record, state: STATE.map(() => theta) }, folder, [8, 10_000]);
  const path = joinPath(folder, "model.json");
  const exported = await readFile(path, "utf8");
  const model = JSON.parse(exported) as {
    files: { gradients?: { batch: number; file: string }[]; null?: object };
  };
  expect(model.files.gradients?.map(({ batch }) => batch)).toEqual([1, 16]);
  const bytes = await Promise.all(model.files.gradients!.map(({ file }) => readFile(joinPath(folder, file))));
  for (const [k, graph] of gradientGraphs(COARSE).entries()) {
    expect(bytes[k].equals(graph.bytes)).toBe(true);
    // Graphs are small because they hold no weights.
    expect(graph.bytes.length).toBeLessThan(100_000);
  }

  // The scripts that add tables leave them in.
  const released = await openReleased(folder);
  await released.add("calibration", { made: "up" });
  await released.add("null", { made: "up" });
  await released.close();
  const { files } = JSON.parse(await readFile(path, "utf8")) as { files: object };
  expect(files).toMatchObject(model.files);
  expect(Object.keys(files)).toEqual([...Object.keys(model.files), "calibration", "null"]);

  for (const { file } of model.files.gradients!) await rm(joinPath(folder, file));
  const older = structuredClone(model);
  delete older.files.gradients;
  older.files.null = { file: "null.json", sha256: "0" };
  await writeFile(path, JSON.stringify(older));
  await addGradientGraphs(folder);
  const added = JSON.parse(await readFile(path, "utf8")) as typeof model;
  expect(added).toEqual({ ...older, files: { ...older.files, gradients: model.files.gradients } });
  for (const [k, { file }] of model.files.gradients!.entries()) {
    expect((await readFile(joinPath(folder, file))).equals(bytes[k])).toBe(true);
  }
});
