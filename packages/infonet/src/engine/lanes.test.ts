import { expect, test } from "vitest";
import type { BatchRunner } from "../network/runner.js";
import { runBatches, type Sample } from "./batches.js";

/** Samples of these sizes, which note how far they were read. */
function counted(sizes: readonly number[]) {
  const state = { read: 0 };
  const samples = (function* (): Generator<Sample> {
    for (const [index, size] of sizes.entries()) {
      state.read++;
      // Nobody looks at the points.
      yield { index, perm: { length: size } as Uint32Array };
    }
  })();
  return { state, samples };
}

/** A runner that ends its batches when it is told to. */
function held(parallel: number) {
  const waiting: (() => void)[] = [];
  const runner: BatchRunner = {
    parallel,
    run: (perms) =>
      new Promise((resolve) => {
        waiting.push(() => resolve(Float32Array.from(perms, ({ length }) => length)));
      }),
    close: async () => {},
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { runner, waiting, settle };
}

test.each([
  [1, 1],
  [2, 4],
  [3, 6],
])(
  "with %i threads %i batches are under way, and no more samples are read than they take",
  async (parallel, lanes) => {
    const { state, samples } = counted(new Array(20).fill(9));
    const { runner, waiting, settle } = held(parallel);
    const done: number[] = [];
    const call = runBatches(samples, runner, {
      largestBatch: 2,
      onBatch: (indices) => void done.push(...indices),
    });
    await settle();
    expect(waiting).toHaveLength(lanes);
    expect(state.read).toBe(2 * lanes);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await settle();
    }
    await call;
    expect(done.sort((a, b) => a - b)).toEqual([...new Array(20).keys()]);
  },
);

test("a batch has four million points at most, and as many as that; a longer sample is one by itself", async () => {
  const half = 1 << 21;
  const { samples } = counted([half, half, 1, half, half + 1, 3 * half, 2]);
  const batches: number[][] = [];
  const runner: BatchRunner = {
    parallel: 1,
    run: async (perms) => {
      batches.push(perms.map(({ length }) => length));
      return new Float32Array(perms.length);
    },
    close: async () => {},
  };
  await runBatches(samples, runner, { largestBatch: 8, onBatch: () => {} });
  expect(batches).toEqual([[half, half], [1, half], [half + 1], [3 * half], [2]]);
});

test("after an abort what is under way is told, and nothing else is begun", async () => {
  const { state, samples } = counted(new Array(20).fill(9));
  const { runner, waiting, settle } = held(2);
  const controller = new AbortController();
  const done: number[] = [];
  const call = runBatches(samples, runner, {
    largestBatch: 1,
    signal: controller.signal,
    onBatch: (indices) => void done.push(...indices),
  });
  await settle();
  controller.abort();
  for (const end of waiting.splice(0)) end();
  await call;
  expect(done).toEqual([0, 1, 2, 3]);
  expect(state.read).toBe(4);
  expect(waiting).toHaveLength(0);
});

test("after a failure no more samples are read", async () => {
  const { state, samples } = counted(new Array(20).fill(9));
  const { runner, waiting, settle } = held(2);
  const full = new Error("full");
  const call = runBatches(samples, runner, {
    largestBatch: 1,
    onBatch: ([index]) => {
      if (index === 0) throw full;
    },
  });
  const failed = expect(call).rejects.toBe(full);
  await settle();
  waiting.shift()?.();
  await settle();
  while (waiting.length > 0) waiting.shift()?.();
  await failed;
  await settle();
  expect(state.read).toBe(4);
});
