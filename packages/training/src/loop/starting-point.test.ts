import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COPULA_DENSITY } from "../architecture/index.js";
import { writeModelFile } from "../model/files.js";
import { encodeWeights } from "../model/weights.js";
import { linearSpecs } from "../network/blocks.js";
import { parameterCount, splitParameters } from "../network/parameters.js";
import { QUANTILE_LEVELS, type TrunkConfig, trunkParameters } from "../network/trunk.js";
import { SMALL_DENSITY, untrained } from "../testing/checkpoints.js";
import { saveCheckpoint } from "./checkpoint.js";
import { startingPoint } from "./starting-point.js";

const OPTIONS = { minutes: 1, seed: 3, batch: 8 };
const SPECS = COPULA_DENSITY.parameters(SMALL_DENSITY);
const { tower: _, ...TRUNK } = SMALL_DENSITY;

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "starting-point-"));

/** The folder of a run, its averaged weights all of one value. */
async function runOf(value: number, name?: string): Promise<string> {
  const folder = await newFolder();
  const { record, state } = untrained(name);
  const average = new Float32Array(state[0].length).fill(value);
  await saveCheckpoint(folder, { record, state: [...state.slice(0, 3), average] });
  return folder;
}

/** An exported model with a critic's table in the place of a density, all weights of one value. */
async function modelWithTable(
  value: number,
  change: { format?: number; name?: string } = {},
  config: TrunkConfig = TRUNK,
  specs = trunkParameters(config, linearSpecs("critic", config.width, 64)),
): Promise<string> {
  const folder = await newFolder();
  const theta = new Float32Array(parameterCount(specs)).fill(value);
  const graph = (file: string) => [{ file, sha256: "0".repeat(64), batch: 1 }];
  const document = {
    format: 1,
    name: "copula-transformer",
    parameters: theta.length,
    quantiles: QUANTILE_LEVELS,
    range: { n: [8, 10_000], ceiling: 8 },
    config,
    training: { steps: 7 },
    files: {
      weights: await writeModelFile(folder, "weights.onnx", encodeWeights(specs, theta)),
      [change.format === 2 ? "densities" : "graphs"]: graph("graph-1.onnx"),
      values: graph("values-1.onnx"),
    },
    ...change,
  };
  await writeFile(join(folder, "model.json"), JSON.stringify(document));
  return folder;
}

test("a run starts from the averaged weights of another", async () => {
  const { record, state } = await startingPoint({ ...OPTIONS, init: await runOf(0.25), inheritedRate: 0.5 });
  expect(record).toMatchObject({ architecture: "copula-density", network: SMALL_DENSITY, step: 0, seed: 3 });
  expect(new Set(state[0])).toEqual(new Set([0.25]));
  expect(new Set(state[1])).toEqual(new Set([0]));
  // Nothing came from another architecture.
  expect(record.optimizer.gentle).toBeUndefined();
});

test("a part of the network learns alone: the rest is held as it was", async () => {
  const { record } = await startingPoint({ ...OPTIONS, init: await runOf(0.25), only: "density" });
  const { share, names } = record.optimizer.gentle!;
  expect(share).toBe(0);
  expect(names).toEqual(expect.arrayContaining(["embed.weight", "value.levels.weight", "levels.bias"]));
  expect(names.filter((name) => /^(tower|density|normal)/.test(name))).toEqual([]);
  await expect(startingPoint({ ...OPTIONS, only: "density" })).rejects.toThrow(
    /^only is density, but the rest has not learnt anything yet; give init$/,
  );
  await expect(startingPoint({ ...OPTIONS, init: await runOf(0.25), only: "values" })).rejects.toThrow(
    /^only is "values", but of copula-density its parts are density, normal$/,
  );
});

test("a run takes the architecture of the weights unless told otherwise", async () => {
  const init = await runOf(0.5, "perceiver");
  const { record } = await startingPoint({ ...OPTIONS, init });
  expect(record.architecture).toBe("perceiver");
  await expect(startingPoint({ ...OPTIONS, init, architecture: "copula-density" })).rejects.toThrow(
    /^init gives the weights of a perceiver, but the architecture is copula-density; leave one of them out$/,
  );
});

test("a run starts from a model of an earlier format: what both have is taken by its name, the rest begins anew", async () => {
  const init = await modelWithTable(0.25);
  const { record, state } = await startingPoint({ ...OPTIONS, init, inheritedRate: 0.3 });
  const network = { ...TRUNK, tower: COPULA_DENSITY.defaults.tower };
  expect(record).toMatchObject({ architecture: "copula-density", network });
  const parts = splitParameters(COPULA_DENSITY.parameters(network), state[0]);
  const taken = parts.filter(({ data }) => data.every((value) => value === 0.25)).map(({ name }) => name);
  const trunk = trunkParameters(TRUNK, []).map(({ name }) => name);
  expect([...taken].sort()).toEqual([...trunk].sort());
  // What was taken learns at a share of the rate.
  expect(record.optimizer.gentle).toEqual({ share: 0.3, names: taken });
  expect(parts.map(({ name }) => name).filter((name) => !taken.includes(name))).toEqual(
    expect.arrayContaining(["levels.weight", "value.levels.weight", "tower0.up.weight", "density.weight"]),
  );
  expect((await startingPoint({ ...OPTIONS, init })).record.optimizer.gentle).toBeUndefined();
});

test("no other architecture does, nor from a model of a format that nobody knows", async () => {
  const start = startingPoint({ ...OPTIONS, init: await modelWithTable(1), architecture: "perceiver" });
  await expect(start).rejects.toThrow(
    /^init gives the weights of a copula-transformer, but the architecture is perceiver; leave one of them out$/,
  );
  const future = startingPoint({ ...OPTIONS, init: await modelWithTable(1, { format: 3 }) });
  await expect(future).rejects.toThrow(/format is 3; it must be 2/);
});

test("a model that lacks parameters of its own architecture is refused by name", async () => {
  const config = { ...TRUNK, tower: SMALL_DENSITY.tower };
  const init = await modelWithTable(1, { format: 2, name: "copula-density" }, config);
  await expect(startingPoint({ ...OPTIONS, init })).rejects.toThrow(
    /has no levels\.weight of shape \[3,8\]; export the model again$/,
  );
  expect(SPECS.some(({ name }) => name === "levels.weight")).toBe(true);
});

test("of a part that learns alone, what the model lacks begins anew", async () => {
  const old = SPECS.filter(({ name }) => !name.startsWith("normal"));
  const init = await modelWithTable(0.25, { format: 2, name: "copula-density" }, SMALL_DENSITY, old);
  await expect(startingPoint({ ...OPTIONS, init })).rejects.toThrow(/has no normal\.first\.weight of shape/);
  const { record, state } = await startingPoint({ ...OPTIONS, init, only: "normal" });
  const parts = splitParameters(SPECS, state[0]);
  const held = parts.filter(({ data }) => data.every((value) => value === 0.25)).map(({ name }) => name);
  expect(held).toEqual(old.map(({ name }) => name));
  expect(record.optimizer.gentle).toEqual({ share: 0, names: held });
});
