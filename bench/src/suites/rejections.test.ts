import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Random } from "@infonet/training/evaluate";
import type { Column, InfoNet, PairResult } from "infonet";
import { expect, test } from "vitest";
import { Journal } from "../journal.js";
import { HYPPO_LAWS } from "./hyppo-laws.js";
import { OWN, type Plan, rejections, shareOf, streamOf, together } from "./rejections.js";
import type { Context } from "./suite.js";

const signal = new AbortController().signal;

/** Calls its first number the p-value, refuses pairs where that is negative, and stops after some calls. */
function net(calls: number): Pick<InfoNet, "estimateMany"> {
  let left = calls;
  return {
    estimateMany: async (pairs) => {
      if (--left < 0) throw new Error("stopped");
      return pairs.map(([x]) => {
        const pValue = (x as Float64Array)[0];
        return (pValue < 0 ? { error: "no", code: "constant" } : { pValue }) as unknown as PairResult;
      });
    },
  };
}

async function context(file: string, calls: number): Promise<Context> {
  const journal = await Journal.open(file, 0, "w", signal);
  const tell = (): void => undefined;
  return { journal, tell, signal, seed: 3, quick: true, net: net(calls) } as unknown as Context;
}

const column = (value: number): Column => Float64Array.of(value);

const plan: Plan = {
  label: "uniform",
  stream: streamOf(1, 2),
  draws: 600,
  n: 1,
  levels: [0.5, 0.1],
  draw: (rng: Random) => {
    const p = rng.uniform();
    // A tenth is refused: the rest have p-values as before.
    return { x: column(p > 0.9 ? -1 : p), y: column(0), others: { same: p } };
  },
};

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), "rejections-"));

test("shares are those of the p-values, refused samples are not rejected, and other tests see the same draws", async () => {
  const tallies = await rejections(await context(join(await folder(), "j.json"), Infinity), plan);
  expect(tallies.draws).toBe(600);
  expect(Math.abs(shareOf(tallies, OWN) - 0.5)).toBeLessThan(0.07);
  expect(tallies.tests.same.rejected).toEqual(tallies.tests[OWN].rejected);
  expect(tallies.refused).toBeGreaterThan(30);
  expect(tallies.refused).toBeLessThan(95);
  expect(tallies.tests[OWN].largest).toBeLessThanOrEqual(0.9);
  expect(tallies.tests.same.largest).toBeGreaterThan(0.98);
});

test("a run that was stopped goes on with the draws that are left", async () => {
  const [whole, broken] = [join(await folder(), "j.json"), join(await folder(), "j.json")];
  const wanted = await rejections(await context(whole, Infinity), plan);
  await expect(rejections(await context(broken, 2), plan)).rejects.toThrow("stopped");
  // Three pieces of at most 250 samples: one is left.
  expect(await rejections(await context(broken, 1), plan)).toEqual(wanted);
});

test("pieces add up", () => {
  const piece = (draws: number, rejected: number[], largest: number) => ({
    ...{ draws, refused: 1 },
    tests: { a: { rejected, largest } },
  });
  expect(together([piece(10, [3, 1], 0.7), piece(5, [2, 0], 0.9)])).toEqual({
    ...{ draws: 15, refused: 2 },
    tests: { a: { rejected: [5, 1], largest: 0.9 } },
  });
});

test("streams of cases are apart, and a random stream can be as far", () => {
  // The shapes' numbers end below the first part.
  expect(streamOf(1, 0)).toBeGreaterThan(((400 * 10 + 9) * 10 + 9) * 10_007 + 500);
  expect(streamOf(1, 1) - streamOf(1, 0)).toBeGreaterThan(4000);
  expect(streamOf(2, 0)).toBeGreaterThan(streamOf(1, 300 + HYPPO_LAWS.length));
  expect(streamOf(9, 999)).toBeLessThan(2 ** 53);
});
