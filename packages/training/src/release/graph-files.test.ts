/** The graphs as files of a model: what the export writes, and what is written anew. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tablesOf } from "infonet/internal/release";
import { beforeAll, expect, test } from "vitest";
import { COPULA_DENSITY } from "../architecture/index.js";
import { enterFiles } from "../model/document.js";
import { startJax } from "../runtime/jax.js";
import { SMALL_DENSITY, untrained } from "../testing/checkpoints.js";
import { exportModel } from "./export-model.js";
import { GRAPH_FAMILIES, type GraphFamily, graphFiles, writeGraphs } from "./graph-files.js";
import { openQuantileModel } from "./quantile-model.js";
import { addTable } from "./tables.js";

/** The parts of model.json that are looked at. */
interface Model {
  files: Partial<Record<GraphFamily, { batch: number; file: string; sha256: string }[]>> & { null?: object };
}

let folder: string;
let path: string;
let exported: Model;
const readModel = async (): Promise<Model> => JSON.parse(await readFile(path, "utf8"));

beforeAll(async () => {
  await startJax();
  folder = await mkdtemp(join(tmpdir(), "model-"));
  path = join(folder, "model.json");
  await exportModel(untrained(), folder, [8, 10_000]);
  exported = await readModel();
});

test.each(GRAPH_FAMILIES)("the export writes the %s", async (family) => {
  expect(exported.files[family]?.map(({ batch }) => batch)).toEqual([1, 4, 16]);
  for (const { entry, bytes } of graphFiles(family, COPULA_DENSITY, SMALL_DENSITY)) {
    expect(exported.files[family]).toContainEqual(entry);
    expect((await readFile(join(folder, entry.file))).equals(bytes)).toBe(true);
    // Graphs are small because they hold no weights.
    expect(bytes.length).toBeLessThan(100_000);
  }
});

test("what adds tables leaves the graphs in", async () => {
  const released = await openQuantileModel(folder);
  const head = { weights: released.weights, draws: 1, seed: 1, n: [8, 9] };
  const row = [1, 2];
  const calibration = { ...head, median: row, low: [row, row], high: [row, row] };
  const statistics = tablesOf(() => [row, row]);
  await addTable(folder, "calibration", calibration);
  await addTable(folder, "null", { ...head, tail: [0.5, 0.1], ...statistics });
  await expect(addTable(folder, "calibration", { ...calibration, low: [row] })).rejects.toThrow(
    /calibration\.json: low is a list of 1; it must be a list of 2/,
  );
  await released.close();
  const { files } = await readModel();
  expect(files).toMatchObject(exported.files);
  expect(Object.keys(files)).toEqual([...Object.keys(exported.files), "calibration", "null"]);
});

test("what the library would refuse is not written", async () => {
  const before = await readFile(path, "utf8");
  const weights = { file: "../weights.onnx", sha256: "0".repeat(64) };
  await expect(enterFiles(folder, { weights })).rejects.toMatchObject({ code: "model" });
  expect(await readFile(path, "utf8")).toBe(before);
});

test("a model that lacks graphs is refused, and gets the same ones as the export's, beside what else it has", async () => {
  const older = structuredClone(exported);
  for (const family of ["values", "gradients"] as const) {
    for (const { file } of exported.files[family]!) await rm(join(folder, file));
    delete older.files[family];
  }
  older.files.null = { file: "null.json", sha256: "0".repeat(64) };
  await writeFile(path, JSON.stringify(older));
  await expect(openQuantileModel(folder)).rejects.toThrow(
    /files\.values is missing; it must be a list of graphs of values \(`npm run graphs` adds them\)/,
  );
  await writeGraphs(folder);
  expect(await readModel()).toEqual({ ...exported, files: { ...exported.files, null: older.files.null } });
  for (const family of GRAPH_FAMILIES) {
    for (const { entry, bytes } of graphFiles(family, COPULA_DENSITY, SMALL_DENSITY)) {
      expect((await readFile(join(folder, entry.file))).equals(bytes)).toBe(true);
    }
  }
});
