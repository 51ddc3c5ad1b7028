import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COPULA_DENSITY, COPULA_TRANSFORMER } from "../architecture/index.js";
import { parameterCount, splitParameters } from "../network/parameters.js";
import { saveCheckpoint } from "./checkpoint.js";
import { startingPoint } from "./starting-point.js";

const SMALL = { width: 16, blocks: 1, heads: 2, expansion: 2, valueWidth: 16 };
const OPTIONS = { minutes: 1, seed: 3, batch: 8 };

/** The folder of a run of the released architecture, its averaged weights all of one value. */
async function runOf(value: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "starting-point-"));
  const point = await startingPoint({ ...OPTIONS, network: SMALL });
  const average = new Float32Array(parameterCount(COPULA_TRANSFORMER.parameters(SMALL))).fill(value);
  await saveCheckpoint(folder, { ...point, state: [...point.state.slice(0, 3), average] });
  return folder;
}

test("a run starts from the averaged weights of another", async () => {
  const { record, state } = await startingPoint({ ...OPTIONS, init: await runOf(0.25) });
  expect(record).toMatchObject({ architecture: "copula-transformer", network: SMALL, step: 0, seed: 3 });
  expect(new Set(state[0])).toEqual(new Set([0.25]));
  expect(new Set(state[1])).toEqual(new Set([0]));
});

test("the density starts from a critic's network: what both have is taken, its head begins anew", async () => {
  const init = await runOf(0.25);
  const { record, state } = await startingPoint({ ...OPTIONS, init, architecture: "copula-density" });
  expect(record).toMatchObject({ architecture: "copula-density", network: SMALL });
  const parts = splitParameters(COPULA_DENSITY.parameters(SMALL), state[0]);
  const known = new Set(COPULA_TRANSFORMER.parameters(SMALL).map(({ name }) => name));
  const taken = parts.filter(({ data }) => data.every((value) => value === 0.25)).map(({ name }) => name);
  expect(taken).toEqual(parts.map(({ name }) => name).filter((name) => known.has(name)));
  expect(parts.map(({ name }) => name).filter((name) => !known.has(name))).toContain("density.weight");
});

test("no other architecture does", async () => {
  const start = startingPoint({ ...OPTIONS, init: await runOf(1), architecture: "perceiver" });
  await expect(start).rejects.toThrow(
    /^init gives the weights of a copula-transformer, but the architecture is perceiver; leave one of them out$/,
  );
});
