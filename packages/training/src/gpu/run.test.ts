/** What train.py finds in a run's folder, and what becomes of that which it leaves there. */
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import proto from "onnx-proto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { COPULA_DENSITY, PERCEIVER } from "../architecture/index.js";
import { loadCheckpoint, type RunRecord, saveCheckpoint } from "../loop/checkpoint.js";
import { readExported } from "../model/weights.js";
import { inheritParameters, parameterCount } from "../network/parameters.js";
import { DEFAULT_ADAMW } from "../optimize/adamw.js";
import { DEFAULT_SCHEDULE } from "../optimize/schedule.js";
import { exportModel } from "../release/export-model.js";
import { startJax } from "../runtime/jax.js";
import { SCHEDULE, STATE } from "../step/step.js";
import { PLAIN_DENSITY } from "../testing/checkpoints.js";
import { collectGpuRun } from "./collect.js";
import { prepareGpuRun } from "./prepare.js";
import type { GpuResult, GpuRun } from "./run.js";

const NETWORK = PLAIN_DENSITY;
const SPECS = COPULA_DENSITY.parameters(NETWORK);
const COUNT = parameterCount(SPECS);
const EARLIER: RunRecord = {
  seed: 7,
  batch: 64,
  architecture: "copula-density",
  network: NETWORK,
  optimizer: { ...DEFAULT_ADAMW, orthogonal: true },
  schedule: { ...DEFAULT_SCHEDULE, peakRate: 1e-3 },
  step: 40,
  seen: 2560,
  minutes: 3,
  plannedMinutes: 3,
  validation: { pinball: 0.5 },
};

/** A state whose vectors all differ. */
const someState = (): Float32Array[] =>
  STATE.map((_, k) => Float32Array.from({ length: COUNT }, (_, i) => Math.sin(i + k)));

/** Names and shapes of a graph's inputs or outputs. */
function described(values: proto.onnx.IValueInfoProto[]): [string, number[]][] {
  return values.map(({ name, type }) => [
    name!,
    (type?.tensorType?.shape?.dim ?? []).map(({ dimValue }) => Number(dimValue)),
  ]);
}

async function vector(...path: string[]): Promise<Float32Array> {
  const bytes = await readFile(join(...path));
  return new Float32Array(new Uint8Array(bytes).buffer);
}

let folder: string;
let out: string;
beforeAll(() => startJax());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gpu-"));
  out = await mkdtemp(join(tmpdir(), "gpu-out-"));
});

test("prepare writes graphs, state and a run.json that describe each other", async () => {
  const options = { batch: 6, seed: 3, peakRate: 2e-3, warmup: 30, network: NETWORK };
  const returned = await prepareGpuRun(folder, options);
  const run: GpuRun = JSON.parse(await readFile(join(folder, "run.json"), "utf8"));
  expect(run).toEqual(returned);
  expect(run.record).toMatchObject({ seed: 3, batch: 6, step: 0, seen: 0, network: NETWORK });
  expect(run.record.schedule).toEqual({ ...DEFAULT_SCHEDULE, peakRate: 2e-3, warmup: 30 });
  expect(run.parameters).toBe(COUNT);
  expect(run.examples).toEqual(COPULA_DENSITY.examples(NETWORK));
  const floats = run.arrays.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  expect(run.bytes).toBe(4 * floats.reduce((a, b) => a + b) + 1);

  const arrays = (batch: number) => run.arrays.map(({ name, shape }) => [name, [batch, ...shape]]);
  const step = proto.onnx.ModelProto.decode(await readFile(join(folder, "step.onnx")));
  expect(described(step.graph!.input!)).toEqual([
    ...run.state.map((name) => [name, [COUNT]]),
    ...SCHEDULE.map((name) => [name, []]),
    ...arrays(6),
  ]);
  expect(described(step.graph!.output!).slice(0, 4)).toEqual(
    run.state.map((name) => [`next_${name}`, [COUNT]]),
  );

  const { batch, answer, levels } = run.validation;
  const validation = proto.onnx.ModelProto.decode(await readFile(join(folder, "validation.onnx")));
  expect(described(validation.graph!.input!)).toEqual([["theta", [COUNT]], ...arrays(batch)]);
  expect(described(validation.graph!.output!)[0]).toEqual([answer, [batch, levels.length]]);

  const [theta, m, v, average] = await Promise.all(
    run.state.map((name) => vector(folder, "start", `${name}.bin`)),
  );
  expect(theta).toHaveLength(COUNT);
  expect(average).toEqual(theta);
  expect([m, v]).toEqual([new Float32Array(COUNT), new Float32Array(COUNT)]);
});

test("exported weights start with a fresh optimiser, a checkpoint with its own; both count on", async () => {
  const state = someState();
  await saveCheckpoint(out, { record: EARLIER, state });
  const exported = await mkdtemp(join(tmpdir(), "gpu-model-"));
  await exportModel({ record: EARLIER, state }, exported, [32, 10_000]);
  const behind = { step: 40, seen: 2560, minutes: 3 };

  const fresh = await prepareGpuRun(folder, { batch: 4, init: exported, seed: 9 });
  expect(fresh.record).toMatchObject({ ...behind, seed: 9, batch: 4, network: NETWORK });
  expect(fresh.step).toBe(0);
  expect(await vector(folder, "start", "theta.bin")).toEqual(state[STATE.indexOf("average")]);
  expect(await vector(folder, "start", "m.bin")).toEqual(new Float32Array(COUNT));

  const resumed = await prepareGpuRun(folder, { batch: 4, resume: out });
  expect(resumed.record).toMatchObject({ ...behind, seed: 7, batch: 4, schedule: EARLIER.schedule });
  expect(resumed.step).toBe(40);
  for (const [k, name] of STATE.entries()) {
    expect(await vector(folder, "start", `${name}.bin`)).toEqual(state[k]);
  }
});

test("what no GPU run can start from is refused", async () => {
  const both = prepareGpuRun(folder, { batch: 4, init: "a", resume: "b" });
  await expect(both).rejects.toThrow(/init is a and resume is b; leave one of them out/);
  const record = { ...EARLIER, architecture: "perceiver", network: PERCEIVER.defaults };
  await saveCheckpoint(out, { record, state: someState() });
  await expect(prepareGpuRun(folder, { batch: 4, resume: out })).rejects.toThrow(/trained a perceiver/);
});

test("collect makes a checkpoint of a result, and its averaged weights are exported", async () => {
  await saveCheckpoint(out, { record: EARLIER, state: someState() });
  const run = await prepareGpuRun(folder, { batch: 4, resume: out, seed: 11 });
  await expect(collectGpuRun(folder, out)).rejects.toThrow(/holds no record\.json; run gpu\/train\.py/);

  const state = STATE.map((_, k) => Float32Array.from({ length: COUNT }, (_, i) => Math.cos(i - k)));
  const result = join(folder, "result");
  const done: GpuResult = { step: 100, made: 200, used: 400, seconds: 30, validation: { pinball: 0.25 } };
  await mkdir(result);
  for (const [k, name] of STATE.entries()) await writeFile(join(result, `${name}.bin`), state[k]);
  await writeFile(join(result, "record.json"), JSON.stringify(done));
  const collected = join(folder, "collected");
  const record = await collectGpuRun(folder, collected);
  expect(record).toEqual({
    ...run.record,
    step: 140,
    seen: 2760,
    minutes: 3.5,
    plannedMinutes: 3.5,
    validation: { pinball: 0.25 },
  });
  const checkpoint = await loadCheckpoint(collected);
  expect(checkpoint).toEqual({ record, state });

  const exported = join(folder, "model");
  await exportModel(checkpoint, exported, [32, 10_000]);
  const { parameters, training } = await readExported(exported);
  const { theta } = inheritParameters(SPECS, new Float32Array(COUNT), parameters);
  expect(theta).toEqual(state[STATE.indexOf("average")]);
  expect(training).toMatchObject({ steps: 140, distributions: 2760, minutes: 3.5 });

  await writeFile(join(result, "m.bin"), state[1].subarray(1));
  await expect(collectGpuRun(folder, collected)).rejects.toThrow(
    /m\.bin has \d+ bytes, .*copy the result again/,
  );
});
