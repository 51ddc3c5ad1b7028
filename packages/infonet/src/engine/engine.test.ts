import { expect, test, vi } from "vitest";
import { AbortedError } from "../errors.js";
import { Engine } from "./engine.js";
import type { Model } from "./model.js";
import type { Task, Threads } from "./task.js";

/** A model of batches of four, whose network notes that it was released. */
function model() {
  const network = { dispose: vi.fn(async () => {}) };
  return { largestBatch: 4, network } as unknown as Model & {
    network: { dispose: ReturnType<typeof vi.fn> };
  };
}

/** Threads that note that they were closed. */
function threads(): Threads & { close: ReturnType<typeof vi.fn> } {
  return {
    parallel: 2,
    run: () => Promise.reject(new Error("nothing is run here")),
    close: vi.fn(async () => {}),
  };
}

const pause = async (): Promise<void> => {};
const TWICE: Task<number, number> = { name: "twice", run: (value) => 2 * value };

test("few pairs, one thread, or a platform without any: the calling thread does the work", async () => {
  const openThreads = vi.fn(async () => threads());
  const one = new Engine(model(), { threads: 1, openThreads, pause });
  expect(await one.workers(1000)).toBe(one.here);
  const several = new Engine(model(), { threads: 2, openThreads, pause });
  expect(await several.workers(4)).toBe(several.here);
  const none = new Engine(model(), { threads: 2, openThreads: undefined, pause });
  expect(await none.workers(1000)).toBe(none.here);
  expect(openThreads).not.toHaveBeenCalled();
  expect(none.here.parallel).toBe(1);
  expect(await none.here.run(TWICE, 21)).toBe(42);
});

test("threads are opened once for all calls, until they say that they take no more", async () => {
  const ends: (() => void)[] = [];
  const openThreads = vi.fn(async (onEnd: () => void) => {
    ends.push(onEnd);
    return threads();
  });
  const engine = new Engine(model(), { threads: 2, openThreads, pause });
  const first = await engine.workers(5);
  expect(first.parallel).toBe(2);
  expect(await engine.workers(500)).toBe(first);
  ends[0]();
  expect(await engine.workers(5)).not.toBe(first);
  expect(openThreads).toHaveBeenCalledTimes(2);
});

test("threads that could not be opened are asked for anew, and nothing is left to close", async () => {
  const openThreads = vi.fn(async () => threads());
  openThreads.mockRejectedValueOnce(new Error("no threads here"));
  const engine = new Engine(model(), { threads: 2, openThreads, pause });
  await expect(engine.workers(5)).rejects.toThrow("no threads here");
  expect((await engine.workers(5)).parallel).toBe(2);
  openThreads.mockRejectedValueOnce(new Error("no threads here"));
  const broken = new Engine(model(), { threads: 2, openThreads, pause });
  await expect(broken.workers(5)).rejects.toThrow();
  await broken.dispose();
});

test("dispose closes threads and network once, and ends calls at their next pause", async () => {
  const opened = threads();
  const released = model();
  const engine = new Engine(released, { threads: 2, openThreads: async () => opened, pause });
  await engine.workers(5);
  engine.mustBeAlive();
  const call = engine.call({}, "parts");
  call.expect(2);
  const error = await call
    .run(async () => {
      await call.advance(1);
      await Promise.all([engine.dispose(), engine.dispose()]);
      await call.advance(1);
    })
    .catch((e: unknown) => e);
  expect(error).toBeInstanceOf(AbortedError);
  expect((error as Error).message).toMatch(/^ended by dispose\(\) after 2 of 2 parts;/);
  expect(opened.close).toHaveBeenCalledTimes(1);
  expect(released.network.dispose).toHaveBeenCalledTimes(1);
  expect(() => engine.mustBeAlive()).toThrow(/was disposed of/);
});
