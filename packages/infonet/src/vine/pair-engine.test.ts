import { expect, test } from "vitest";
import type { PairModel } from "../engine/model.js";
import { type PairEngine, sideBySide } from "./pair-engine.js";

/** An engine that keeps the sizes of the samples of every call. */
function engineOf() {
  const runs: number[][] = [];
  const engine = {
    model: undefined as unknown as PairModel,
    workers: undefined as never,
    densities: async (perms) => {
      runs.push(perms.map(({ length }) => length));
      return perms.map(({ length }) => ({ quantiles: Float32Array.of(length) }));
    },
  } satisfies PairEngine as PairEngine;
  return { engine, runs };
}

const perm = (n: number) => new Uint32Array(n);
const later = (turns: number): Promise<void> =>
  turns === 0 ? Promise.resolve() : Promise.resolve().then(() => later(turns - 1));

test("works share runs, in the order of the works whichever asks first; each has its own answers", async () => {
  const asked = async (waits: readonly number[]) => {
    const { engine, runs } = engineOf();
    const works = waits.map((turns, k) => async (shared: PairEngine) => {
      const answers: number[] = [];
      for (const round of [0, 1]) {
        await later(turns);
        const own = [perm(10 * k + round), perm(10 * k + round + 2)];
        answers.push(...(await shared.densities(own)).map(({ quantiles }) => quantiles[0]));
      }
      return answers;
    });
    return { answers: await sideBySide<number[][]>(engine, works), runs };
  };
  const one = await asked([0, 0, 0, 0]);
  expect(one.answers[3]).toEqual([30, 32, 31, 33]);
  expect(one.runs[0]).toEqual([0, 2, 10, 12, 20, 22, 30, 32]);
  for (const waits of [
    [9, 3, 0, 5],
    [0, 7, 1, 2],
  ]) {
    expect(await asked(waits)).toEqual(one);
  }
});

test("works that have ended are not waited for; what fails, fails for all that asked", async () => {
  const { engine, runs } = engineOf();
  const found = await sideBySide<[number, number]>(engine, [
    async () => 1,
    async (shared) => (await shared.densities([perm(3)]))[0].quantiles[0],
  ]);
  expect(found).toEqual([1, 3]);
  expect(runs).toEqual([[3]]);
  const broken: PairEngine = { ...engine, densities: () => Promise.reject(new Error("lost")) };
  const ask = (shared: PairEngine) => shared.densities([perm(3)]);
  await expect(sideBySide(broken, [ask, ask])).rejects.toThrow("lost");
});

test("works that a work is divided into share runs with each other, and with the works beside it", async () => {
  const { engine, runs } = engineOf();
  await sideBySide<unknown[]>(engine, [
    async (shared) => {
      await sideBySide<unknown[]>(shared, [
        (inner) => inner.densities([perm(1)]),
        async (inner) => {
          await inner.densities([perm(2)]);
          await inner.densities([perm(3)]);
        },
      ]);
      await shared.densities([perm(5)]);
    },
    async (shared) => {
      await shared.densities([perm(6)]);
      await shared.densities([perm(7)]);
    },
  ]);
  expect(runs).toEqual([[1, 2, 6], [3, 7], [5]]);
});
