import { expect, test } from "vitest";
import type { BatchRunner } from "../network/runner.js";
import { runBatches, type Sample } from "./batches.js";

function* samples(sizes: number[]): Generator<Sample> {
  for (const [index, size] of sizes.entries()) yield { index, perm: new Uint32Array(size) };
}

/** A runner whose "quantile" is the sample's size, and which notes what it was given. */
function runner(parallel: number) {
  const batches: number[][] = [];
  let busy = 0;
  let most = 0;
  const instance: BatchRunner = {
    parallel,
    async run(perms) {
      batches.push(perms.map(({ length }) => length));
      most = Math.max(most, ++busy);
      await new Promise((resolve) => setTimeout(resolve, (perms.length * 7) % 5));
      busy--;
      return Float32Array.from(perms, ({ length }) => length);
    },
    close: async () => {},
  };
  return { instance, batches, most: () => most };
}

async function collect(sizes: number[], parallel: number, signal?: AbortSignal) {
  const { instance, batches, most } = runner(parallel);
  const results: number[] = [];
  await runBatches(samples(sizes), instance, {
    largestBatch: 4,
    signal,
    onBatch: (indices, quantiles) => {
      indices.forEach((index, k) => {
        results[index] = quantiles[k];
      });
    },
  });
  return { results, batches, most: most() };
}

test("every sample gets its own result, in batches that the number of threads does not change", async () => {
  const sizes = Array.from({ length: 21 }, (_, k) => 10 + k);
  const one = await collect(sizes, 1);
  const many = await collect(sizes, 3);
  expect(one.results).toEqual(sizes);
  expect(many.results).toEqual(sizes);
  expect(many.batches).toEqual(one.batches);
  expect(one.batches.map(({ length }) => length)).toEqual([4, 4, 4, 4, 4, 1]);
  expect(one.most).toBe(1);
  expect(many.most).toBeGreaterThan(2);
  expect(many.most).toBeLessThanOrEqual(6);
});

test("batches of long samples are short", async () => {
  const long = 3_000_000;
  const { batches, results } = await collect([long, long, 10, 10], 1);
  expect(results).toEqual([long, long, 10, 10]);
  expect(batches).toEqual([[long], [long, 10, 10]]);
});

test("nothing to do is no error, and an abort ends after the batches under way", async () => {
  expect((await collect([], 2)).results).toEqual([]);
  expect((await collect([1, 2, 3], 2, AbortSignal.abort())).results).toEqual([]);
});

test("a failing runner or sample rejects", async () => {
  const broken: BatchRunner = {
    parallel: 2,
    run: () => Promise.reject(new Error("broken")),
    close: async () => {},
  };
  const options = { largestBatch: 2, onBatch: () => {} };
  await expect(runBatches(samples([1, 2, 3]), broken, options)).rejects.toThrow("broken");
  // biome-ignore lint/correctness/useYield: it fails before the first sample.
  const failing = (function* (): Generator<Sample> {
    throw new Error("bad sample");
  })();
  await expect(runBatches(failing, runner(2).instance, options)).rejects.toThrow("bad sample");
});
