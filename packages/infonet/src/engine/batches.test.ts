import { expect, test } from "vitest";
import { type Batching, runBatches } from "./batches.js";
import type { Task, Workers } from "./task.js";

/** The sizes of the items of a batch are its results. */
const SIZES: Task<readonly number[], Float32Array> = {
  name: "sizes",
  run: (sizes) => Float32Array.from(sizes),
};
type Item = [index: number, size: number];
type Plan = Batching<Item, readonly number[], Float32Array>;

const plan = (largestBatch: number, onBatch: Plan["onBatch"] = () => {}): Plan => ({
  task: SIZES,
  largestBatch,
  points: ([, size]) => size,
  input: (batch) => batch.map(([, size]) => size),
  onBatch,
});

/** Workers that take different times, and note what they were given. */
function workers(parallel: number) {
  const batches: number[][] = [];
  let busy = 0;
  let most = 0;
  const instance: Workers = {
    parallel,
    async run(task, input) {
      const sizes = input as number[];
      batches.push([...sizes]);
      most = Math.max(most, ++busy);
      await new Promise((resolve) => setTimeout(resolve, (sizes.length * 7) % 5));
      busy--;
      return task.run(input, undefined as never);
    },
  };
  return { instance, batches, most: () => most };
}

async function collect(sizes: number[], parallel: number) {
  const { instance, batches, most } = workers(parallel);
  const results: number[] = [];
  const onBatch: Plan["onBatch"] = (items, output) => {
    for (const [k, [index]] of items.entries()) results[index] = output[k];
  };
  await runBatches(sizes.entries(), instance, plan(4, onBatch));
  return { results, batches, most: most() };
}

test("every item gets its own result, in batches that the number of threads does not change", async () => {
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

test("a batch has four million points at most, and as many as that; a longer item is one by itself", async () => {
  const half = 1 << 21;
  const { instance, batches } = workers(1);
  const sizes = [half, half, 1, half, half + 1, 3 * half, 2];
  await runBatches(sizes.entries(), instance, plan(8));
  expect(batches).toEqual([[half, half], [1, half], [half + 1], [3 * half], [2]]);
});

test("nothing to do is no error", async () => {
  expect((await collect([], 2)).results).toEqual([]);
});

test("workers or items that fail reject", async () => {
  const broken: Workers = { parallel: 2, run: () => Promise.reject(new Error("broken")) };
  await expect(runBatches([1, 2, 3].entries(), broken, plan(2))).rejects.toThrow("broken");
  // biome-ignore lint/correctness/useYield: it fails before the first item.
  const failing = (function* (): Generator<Item> {
    throw new Error("bad item");
  })();
  await expect(runBatches(failing, workers(2).instance, plan(2))).rejects.toThrow("bad item");
});

/** Items that note how far they were read, and workers that end their batches when they are told to. */
function held(parallel: number, count: number) {
  const state = { read: 0 };
  const items = (function* (): Generator<Item> {
    for (; state.read < count; ) yield [state.read++, 9];
  })();
  const waiting: (() => void)[] = [];
  const instance: Workers = {
    parallel,
    run: (task, input) =>
      new Promise((resolve) => {
        waiting.push(() => resolve(task.run(input, undefined as never)));
      }),
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { state, items, instance, waiting, settle };
}

test.each([
  [1, 1],
  [2, 4],
  [3, 6],
])(
  "with %i threads %i batches are under way, and no more items are read than they take",
  async (parallel, lanes) => {
    const { state, items, instance, waiting, settle } = held(parallel, 20);
    const done: number[] = [];
    const onBatch: Plan["onBatch"] = (batch) => void done.push(...batch.map(([index]) => index));
    const call = runBatches(items, instance, plan(2, onBatch));
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

test("after a batch that ends the call no more items are read, and those under way are told", async () => {
  const { state, items, instance, waiting, settle } = held(2, 20);
  const full = new Error("full");
  const told: number[] = [];
  const call = runBatches(
    items,
    instance,
    plan(1, ([[index]]) => {
      told.push(index);
      if (index === 0) throw full;
    }),
  );
  const failed = expect(call).rejects.toBe(full);
  await settle();
  waiting.shift()?.();
  await settle();
  while (waiting.length > 0) waiting.shift()?.();
  await failed;
  await settle();
  expect(told).toEqual([0, 1, 2, 3]);
  expect(state.read).toBe(4);
});
