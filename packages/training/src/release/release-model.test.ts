/** The release as a whole, in the calling thread: wherever it is interrupted, it ends with the same bytes. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkCalibration, checkLevels, checkNull, checkRows, readManifest } from "infonet/internal/release";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { runnableArchitecture } from "../architecture/index.js";
import type { Checkpoint } from "../loop/checkpoint.js";
import { parameterCount } from "../network/parameters.js";
import { startJax } from "../runtime/jax.js";
import { untrained } from "../testing/checkpoints.js";
import { earlierTables } from "./earlier-tables.js";
import { exportModel } from "./export-model.js";
import { RELEASE_STEPS, type ReleaseOptions, type ReleaseStep, releaseModel } from "./release-model.js";

const CHECKPOINT = untrained();
const OPTIONS: ReleaseOptions = {
  // Two pieces of the calibration, three sizes of the null table.
  calibration: { draws: 1100, seed: 3 },
  heads: { draws: 6, calibrationDraws: 4, epochs: 2, seed: 5 },
  null: { draws: 1000, seed: 4, sizes: [8, 20, 60] },
  workers: 0,
  threads: 0,
};

/** The files of a folder by name. */
const bytesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "base64")]),
  );

let parent: string;
let out: string;
let partial: string;
/** What a release gives that nobody interrupts, and what was in its folder after each step. */
let expected: Record<string, string>;
let afterSteps: string;

beforeAll(async () => {
  await startJax();
  const folder = await mkdtemp(join(tmpdir(), "release-"));
  afterSteps = join(folder, "after steps");
  await releaseModel(CHECKPOINT, join(folder, "model"), OPTIONS);
  expected = bytesOf(join(folder, "model"));
  expect(readdirSync(folder)).toEqual(["model"]);
}, 120_000);

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "release-"));
  out = join(parent, "model");
  partial = `${out}.partial`;
});

/** Runs until a line is told or a step is done; gives the steps that were done. */
async function interrupted(when: { told?: RegExp; step?: ReleaseStep }): Promise<ReleaseStep[]> {
  const stop = new AbortController();
  const done: ReleaseStep[] = [];
  const running = releaseModel(CHECKPOINT, out, {
    ...OPTIONS,
    signal: stop.signal,
    tell: (line) => {
      if (when.told?.test(line)) stop.abort(new Error("interrupted"));
    },
    onStep: (step) => {
      done.push(step);
      if (step === when.step) stop.abort(new Error("interrupted"));
    },
  });
  await expect(running).rejects.toThrow("interrupted");
  return done;
}

const text = (file: string): string => Buffer.from(expected[file], "base64").toString();

test("a release has all parts, as the library checks them", async () => {
  const { files, name } = await readManifest(async (file) => Buffer.from(text(file)));
  expect(name).toBe("copula-density");
  expect(Object.keys(files)).toEqual([
    "weights",
    "values",
    "densities",
    "gradients",
    "null",
    "calibration",
    "levels",
    "rows",
  ]);
  expect(checkNull(JSON.parse(text("null.json"))).n).toEqual([8, 20, 60]);
  // 1100 draws, rounded up to whole batches of 16.
  expect(checkCalibration(JSON.parse(text("calibration.json"))).draws).toBe(1104);
  for (const { weights, head } of [
    checkLevels(JSON.parse(text("levels.json"))),
    checkRows(JSON.parse(text("rows.json"))),
  ]) {
    expect([weights, head.draws]).toEqual([files.weights.sha256, 6]);
  }
});

test("interrupted in and after every step it goes on where it was, and ends with the same bytes", async () => {
  const runs: [Parameters<typeof interrupted>[0], ReleaseStep[]][] = [
    [{ step: "export" }, ["export"]],
    [{ step: "graphs" }, ["graphs"]],
    [{ told: /^calibration: 1008 of 1104/ }, []],
    [{ step: "calibration" }, ["calibration"]],
    [{ told: /^epoch 1 of 2/ }, []],
    [{ step: "levels" }, ["levels"]],
    [{ step: "rows" }, ["rows"]],
    [{ told: /^null table: n 60: .*1 of 3/ }, []],
    [{ told: /^null table: n 20: .*2 of 3/ }, []],
    [{ step: "null table" }, ["null table"]],
  ];
  for (const [when, steps] of runs) {
    expect(await interrupted(when), JSON.stringify(when)).toEqual(steps);
    // Nothing that the library would take for a model, anywhere.
    expect(existsSync(out)).toBe(false);
    expect(existsSync(join(partial, "model", "model.json"))).toBe(false);
  }
  await cp(partial, afterSteps, { recursive: true });
  const done: ReleaseStep[] = [];
  await releaseModel(CHECKPOINT, out, { ...OPTIONS, onStep: (step) => done.push(step) });
  expect(done).toEqual([]);
  expect(bytesOf(out)).toEqual(expected);
  expect(readdirSync(parent)).toEqual(["model"]);
});

test.each(RELEASE_STEPS)("a file of the step %s that is damaged meanwhile is made again", async (step) => {
  await cp(afterSteps, partial, { recursive: true });
  const files: Record<ReleaseStep, string> = {
    export: "weights.onnx",
    graphs: "values-16.onnx",
    calibration: "calibration.json",
    levels: "levels.json",
    rows: "rows.json",
    "null table": "null.json",
  };
  await writeFile(join(partial, "model", files[step]), "half of");
  const done: ReleaseStep[] = [];
  await releaseModel(CHECKPOINT, out, { ...OPTIONS, onStep: (step) => done.push(step) });
  expect(done).toEqual([step]);
  expect(bytesOf(out)).toEqual(expected);
});

test("a model whose density alone differs keeps the tables; one whose estimates differ does not", async () => {
  await mkdir(out);
  for (const [file, bytes] of Object.entries(expected)) await writeFile(join(out, file), bytes, "base64");
  const specs = runnableArchitecture(CHECKPOINT.record.architecture).parameters(CHECKPOINT.record.network);
  const changed = (name: string): Checkpoint => {
    const state = CHECKPOINT.state.map((vector) => vector.slice());
    const at = specs.findIndex((spec) => spec.name === name);
    const place = parameterCount(specs.slice(0, at));
    for (const vector of state) vector[place] += 0.5;
    return { ...CHECKPOINT, state };
  };
  const density = await earlierTables(out, changed("density.weight"));
  expect(await earlierTables(out, changed("embed.weight"))).toBeUndefined();
  expect(await earlierTables(join(parent, "none"), CHECKPOINT)).toBeUndefined();
  expect(density).toBeDefined();
  const told: string[] = [];
  const kinds = ["calibration", "levels", "rows", "null"] as const;
  const earlier = kinds.map((kind) => text(`${kind}.json`));
  const { weights } = await releaseModel(changed("density.weight"), out, {
    ...OPTIONS,
    calibration: { draws: 16, seed: 9 },
    earlier: out,
    tell: (line) => told.push(line),
  });
  expect(told.filter((line) => /draws|sizes|epoch/.test(line))).toEqual([]);
  for (const [k, kind] of kinds.entries()) {
    const now = JSON.parse(readFileSync(join(out, `${kind}.json`), "utf8"));
    expect(now).toEqual({ ...JSON.parse(earlier[k]), weights });
  }
});

test("the earlier model stays whole until the new one takes its place, and leaves nothing behind", async () => {
  await exportModel(untrained(undefined, undefined, 2), out);
  await writeFile(join(out, "graph-4.onnx"), "of an earlier version");
  const before = bytesOf(out);
  await cp(afterSteps, partial, { recursive: true });
  await rm(join(partial, "model", "null.json"));
  await interrupted({ step: "null table" });
  expect(bytesOf(out)).toEqual(before);
  await releaseModel(CHECKPOINT, out, OPTIONS);
  expect(bytesOf(out)).toEqual(expected);
  expect(readdirSync(parent)).toEqual(["model"]);
});

test("a crash between the two renames, or before the last cleaning up, is mended", async () => {
  await cp(afterSteps, partial, { recursive: true });
  await mkdir(join(partial, "replaced"));
  await writeFile(join(partial, "replaced", "model.json"), "the earlier one");
  await releaseModel(CHECKPOINT, out, OPTIONS);
  expect(bytesOf(out)).toEqual(expected);
  expect(readdirSync(parent)).toEqual(["model"]);

  await cp(afterSteps, partial, { recursive: true });
  await rename(join(partial, "model"), join(parent, "gone"));
  await rm(join(parent, "gone"), { recursive: true });
  const done: ReleaseStep[] = [];
  await releaseModel(CHECKPOINT, out, { ...OPTIONS, onStep: (step) => done.push(step) });
  expect(done).toEqual([]);
  expect(bytesOf(out)).toEqual(expected);
  expect(readdirSync(parent)).toEqual(["model"]);
});

test("other weights and other settings than those of an unfinished release are refused by name", async () => {
  await cp(afterSteps, partial, { recursive: true });
  const before = readdirSync(partial, { recursive: true });
  await expect(releaseModel(untrained(undefined, undefined, 2), out, OPTIONS)).rejects.toThrow(
    /model\.partial holds an unfinished release with other weights, \w{12}… for \w{12}…; finish that one/,
  );
  const other = { ...OPTIONS, calibration: { draws: 1100, seed: 5 } };
  await expect(releaseModel(CHECKPOINT, out, other)).rejects.toThrow(
    /other settings of the calibration table, {"draws":1100,"seed":3} for {"draws":1100,"seed":5}; finish/,
  );
  expect(readdirSync(partial, { recursive: true })).toEqual(before);
});

test("the head of tables of counts is carried over, and checked", async () => {
  const counts = fileURLToPath(new URL("../../../infonet/model/counts.json", import.meta.url));
  await cp(afterSteps, partial, { recursive: true });
  const { files } = await releaseModel(CHECKPOINT, out, { ...OPTIONS, counts });
  expect(bytesOf(out)["counts.json"]).toBe(readFileSync(counts, "base64"));
  const manifest = await readManifest(async (file) => readFileSync(join(out, file)));
  expect(manifest.files.counts).toEqual(files.counts);

  await cp(afterSteps, partial, { recursive: true });
  await writeFile(join(parent, "other.json"), "{}");
  await expect(
    releaseModel(CHECKPOINT, out, { ...OPTIONS, counts: join(parent, "other.json") }),
  ).rejects.toThrow(/^counts\.json: seed is missing/);
});

test("a folder with anything but a model is not replaced, nor a folder of that name taken for a release", async () => {
  await mkdir(out);
  await writeFile(join(out, "thesis.tex"), "years of work");
  await expect(releaseModel(CHECKPOINT, out, OPTIONS)).rejects.toThrow(
    /model holds thesis\.tex, which is no file of a model; give a folder of the model's own/,
  );
  await rm(out, { recursive: true });
  await mkdir(partial);
  await writeFile(join(partial, "thesis.tex"), "years of work");
  await expect(releaseModel(CHECKPOINT, out, OPTIONS)).rejects.toThrow(
    /model\.partial holds thesis\.tex but no release\.json/,
  );
});

test("what cannot be released is refused before anything is written", async () => {
  await expect(releaseModel(untrained("perceiver"), out, OPTIONS)).rejects.toThrow(
    /^infonet cannot run a perceiver: it reads points/,
  );
  const few = { ...OPTIONS, null: { ...OPTIONS.null, draws: 999 } };
  await expect(releaseModel(CHECKPOINT, out, few)).rejects.toThrow(
    "the null table has 999 draws; its rarest probability needs 1000 at least",
  );
  expect(readdirSync(parent)).toEqual([]);
});
