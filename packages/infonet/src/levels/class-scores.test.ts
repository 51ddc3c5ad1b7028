import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "../engine/engine.js";
import { codesOf } from "../testing/count-tables.js";
import { draws } from "../testing/random.js";
import { releasedEngine } from "../testing/released.js";
import { levelsBesideNumbers } from "./class-scores.js";

let engine: Engine;
beforeAll(async () => {
  engine = await releasedEngine();
});
afterAll(() => engine.dispose());

/** The p-value of two levels beside some columns. */
async function pValue(kinds: readonly number[], columns: readonly Float64Array[]): Promise<number> {
  const work = { engine, call: engine.call({}), seed: 1, warnings: [] };
  const one = codesOf(kinds.map(() => 0));
  const { logP } = await levelsBesideNumbers(work, codesOf([...kinds]), columns, one);
  return Math.exp(logP as number);
}

test("levels that two or three numbers decide: p-values far beyond the last permutation", async () => {
  for (const [n, width] of [
    [150, 2],
    [150, 3],
    [300, 2],
    [600, 3],
  ]) {
    const { normal } = draws(n + width);
    const columns = Array.from({ length: width }, () => Float64Array.from({ length: n }, normal));
    const kinds = Array.from(columns[0], (value, row) =>
      Number(value + columns[1][row] + 0.1 * normal() > 0),
    );
    expect(await pValue(kinds, columns), `${n} rows`).toBeLessThan(1e-6);
    const rare = Array.from(columns[0], (value, row) => Number(value + columns[1][row] > 2));
    expect(await pValue(rare, columns), `${n} rows, a rare level`).toBeLessThan(1e-6);
  }
});

test("independent numbers: the level holds", async () => {
  const { uniform, normal } = draws(9);
  const total = 400;
  const found: number[] = [];
  for (let round = 0; round < total; round++) {
    const share = [0.5, 0.08][round % 2];
    const columns = [0, 1].map(() => Float64Array.from({ length: 150 }, () => Math.round(4 * normal()) / 4));
    const kinds = Array.from(columns[0], () => Number(uniform() < share));
    found.push(await pValue(kinds, columns));
  }
  // Binomial bounds that chance passes once in ten thousand times.
  expect(found.filter((p) => p <= 0.05).length).toBeLessThan(37);
  expect(found.filter((p) => p <= 0.005).length).toBeLessThan(9);
  expect(found.filter((p) => p < 1 / 400).length).toBeLessThan(6);
});
