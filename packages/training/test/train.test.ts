/** The trainer as a whole, on its own build: it learns, it stops and saves, and it resumes bit for bit. */
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  COPULA_DENSITY,
  exportModel,
  inheritParameters,
  loadCheckpoint,
  readExported,
  STATE,
  startJax,
  train,
} from "@infonet/training";
import { beforeAll, expect, test } from "vitest";

const SMALL = {
  width: 16,
  blocks: 1,
  heads: 2,
  expansion: 2,
  valueWidth: 16,
  tower: { width: 16, blocks: 1, heads: 2 },
};
const options = {
  minutes: 60,
  seed: 5,
  batch: 8,
  threads: 1,
  workers: 1,
  network: SMALL,
  evaluateEvery: 30,
  validationBatches: 2,
};
const PERCEIVER = {
  points: 96,
  latents: 12,
  width: 32,
  blocks: 1,
  heads: 2,
  expansion: 2,
  table: 16,
  patch: 4,
  blur: 0.5,
};
const STEPS = 200;
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), "train-"));

beforeAll(() => startJax());

test("a run that was stopped and resumed ends in the very state of one that was not", async () => {
  const [whole, halved] = [await folder(), await folder()];
  await train({ ...options, out: whole, steps: 12 });
  const stop = new AbortController();
  await train({
    ...options,
    workers: 2,
    out: halved,
    steps: 12,
    signal: stop.signal,
    onStep: ({ step }) => {
      if (step === 5) stop.abort();
    },
  });
  expect((await loadCheckpoint(halved)).record.step).toBe(5);
  await train({ ...options, out: halved, resume: halved, steps: 12 });

  const [a, b] = [await loadCheckpoint(whole), await loadCheckpoint(halved)];
  expect(b.record.step).toBe(12);
  expect(b.record.seen).toBe(96);
  const bits = (v: Float32Array): Uint32Array => new Uint32Array(v.buffer, v.byteOffset, v.length);
  for (const [k, vector] of a.state.entries()) expect(bits(b.state[k])).toEqual(bits(vector));
  expect(b.record.validation).toEqual(a.record.validation);
});

/** Values of the training lines of a log. */
function logged(out: string): Record<string, number>[] {
  return readFileSync(join(out, "log.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { kind: string; values: Record<string, number> })
    .filter((line) => line.kind === "train")
    .map((line) => line.values);
}

test("a short run learns, and leaves a log and a picture", async () => {
  const out = await folder();
  await train({ ...options, out, steps: 150, peakRate: 5e-3 });
  const losses = logged(out).map(({ total }) => total);
  expect(losses).toHaveLength(3);
  expect(losses[2]).toBeLessThan(0.7 * losses[0]);
  expect(existsSync(join(out, "loss.svg"))).toBe(true);
  expect(readFileSync(join(out, "loss.svg"), "utf8")).toMatch(/^<svg[^>]+>.*<path/s);
});

test("a run can start from exported weights", async () => {
  const [first, exported, second] = [await folder(), await folder(), await folder()];
  await train({ ...options, out: first, steps: 5 });
  const checkpoint = await loadCheckpoint(first);
  await exportModel(checkpoint, exported, [32, 50_000]);
  const { network, parameters } = await readExported(exported);
  expect(network).toEqual(SMALL);
  const blank = checkpoint.state[0].map(() => 0);
  const { theta } = inheritParameters(COPULA_DENSITY.parameters(SMALL), blank, parameters);
  expect(theta).toEqual(checkpoint.state[STATE.indexOf("average")]);
  const stopped = AbortSignal.abort();
  await train({ ...options, out: second, init: exported, seed: 6, signal: stopped, orthogonal: false });
  const { record, state } = await loadCheckpoint(second);
  expect(state[0]).toEqual(theta);
  expect(record.network).toEqual(SMALL);
  expect(record.optimizer.orthogonal).toBe(false);
});

test("a short run of the perceiver learns, resumes, and is not exported", async () => {
  const [out, copy] = [await folder(), await folder()];
  const perceiver = { ...options, architecture: "perceiver", network: PERCEIVER, batch: 8 };
  await train({ ...perceiver, out, steps: STEPS, peakRate: 5e-3 });
  const bounds = logged(out).map(({ donskerVaradhan }) => -donskerVaradhan);
  // An ignorant critic has a bound of 0.
  expect(bounds[0]).toBeLessThan(0.15);
  expect(bounds[bounds.length - 1]).toBeGreaterThan(bounds[0] + 0.1);
  const checkpoint = await loadCheckpoint(out);
  expect(checkpoint.record).toMatchObject({ architecture: "perceiver", network: PERCEIVER });
  expect(Object.keys(checkpoint.record.validation)).toEqual(["total", "donskerVaradhan", "mae"]);
  // One panel: the only loss that this network has.
  expect(readFileSync(join(out, "loss.svg"), "utf8").match(/<svg/g)).toHaveLength(2);
  await expect(exportModel(checkpoint, copy, [32, 50_000])).rejects.toThrow(
    /^infonet cannot run a perceiver: it reads points .*; take a run of copula-density$/,
  );

  const record = await train({ ...options, out: copy, resume: out, steps: STEPS + 1 });
  expect(record.step).toBe(STEPS + 1);
  expect(record.architecture).toBe("perceiver");
});

test("weights of one architecture are not put into another", async () => {
  const init = await folder();
  await train({ ...options, out: init, signal: AbortSignal.abort() });
  const wrong = train({ ...options, architecture: "perceiver", init, out: await folder() });
  await expect(wrong).rejects.toThrow(
    "init gives the weights of a copula-density, but the architecture is perceiver; leave one of them out",
  );
});
