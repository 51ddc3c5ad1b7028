import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { architectureNamed, COPULA_DENSITY } from "../architecture/index.js";
import { DEFAULT_ADAMW } from "../optimize/adamw.js";
import { DEFAULT_SCHEDULE } from "../optimize/schedule.js";
import { loadCheckpoint, type RunRecord, saveCheckpoint } from "./checkpoint.js";

const record: RunRecord = {
  seed: 3,
  batch: 64,
  architecture: COPULA_DENSITY.name,
  network: COPULA_DENSITY.defaults,
  optimizer: DEFAULT_ADAMW,
  schedule: DEFAULT_SCHEDULE,
  step: 12,
  seen: 768,
  minutes: 0.1 + 0.2,
  plannedMinutes: 90,
  validation: { mae: 0.03 },
};
const state = [0, 1, 2, 3].map((k) => Float32Array.of(k + 0.1, -1e-30 * k, Number.NaN, 3));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "checkpoint-"));
});

test("what was saved is read back bit for bit", async () => {
  await saveCheckpoint(folder, { record, state });
  await saveCheckpoint(folder, { record: { ...record, step: 13 }, state });
  const loaded = await loadCheckpoint(folder);
  expect(loaded.record).toEqual({ ...record, step: 13 });
  const bits = (v: Float32Array): number[] => [...new Uint32Array(v.buffer, v.byteOffset, v.length)];
  expect(loaded.state.map(bits)).toEqual(state.map(bits));
});

test("a checkpoint that names no architecture is of one that is not trained", async () => {
  const { architecture, ...unnamed } = record;
  expect(architecture).toBe("copula-density");
  await saveCheckpoint(folder, { record: unnamed as RunRecord, state });
  const loaded = (await loadCheckpoint(folder)).record;
  expect(() => architectureNamed(loaded.architecture)).toThrow(
    /^architecture is "copula-transformer"; give one of copula-density, perceiver$/,
  );
});

test("a folder without a checkpoint, a damaged file and a foreign one are refused by name", async () => {
  await expect(loadCheckpoint(folder)).rejects.toThrow(/holds no checkpoint\.bin/);
  await saveCheckpoint(folder, { record, state });
  const path = join(folder, "checkpoint.bin");
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length - 4));
  await expect(loadCheckpoint(folder)).rejects.toThrow(/damaged/);
  await writeFile(path, "something else entirely");
  await expect(loadCheckpoint(folder)).rejects.toThrow(/not a checkpoint/);
});
