import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random, type Sample } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { Journal } from "./journal.js";
import { journaled, kdeMethod, ksgMethod, type Method, mineMethod } from "./methods.js";

const signal = new AbortController().signal;

function sample(seed: number, n: number, correlation: number): Sample {
  const rng = new Random(seed, 0);
  const x = Float64Array.from({ length: n }, () => rng.normal());
  return { x, y: x.map((v) => correlation * v + Math.sqrt(1 - correlation ** 2) * rng.normal()) };
}

test.each([ksgMethod, kdeMethod, mineMethod(100, 1, signal)].map((method) => [method.name, method] as const))(
  "%s tells strong from weak",
  async (_, { estimate }) => {
    const [strong, weak] = await estimate([sample(1, 500, 0.9), sample(2, 500, 0.1)]);
    expect(strong.mi).toBeGreaterThan(0.5);
    expect(weak.mi).toBeLessThan(0.15);
  },
);

test("a run that is stopped and goes on gives the numbers of one that is not", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "methods-")), "x.json");
  const samples = Array.from({ length: 7 }, (_, k) => sample(k, 10 + k, 0));
  let left = Infinity;
  const method: Method = {
    name: "length",
    chunk: 3,
    estimate: async (part) => {
      if (--left < 0) throw new Error("stopped");
      return part.map(({ x }) => ({ mi: x.length }));
    },
  };
  const run = async () => {
    const journal = await Journal.open(file, 0, "w", signal);
    const estimator = journaled(method, { journal, label: "l", tell: () => undefined });
    return [await estimator(samples), await estimator(samples.slice(0, 2))];
  };
  left = 2;
  await expect(run()).rejects.toThrow("stopped");
  left = 2;
  const [seven, two] = await run();
  expect(seven.map(({ mi }) => mi)).toEqual([10, 11, 12, 13, 14, 15, 16]);
  expect(two.map(({ mi }) => mi)).toEqual([10, 11]);
  left = 0;
  expect(await run()).toEqual([seven, two]);
});
