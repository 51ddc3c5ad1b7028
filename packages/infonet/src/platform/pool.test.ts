import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InfoNetError } from "../errors.js";
import { packError } from "./errors.js";
import type { WorkerAnswer, WorkerBatch, WorkerSetup } from "./messages.js";
import { NativeGate } from "./native-gate.js";
import { WorkerPool } from "./pool.js";

/** What the threads do: a task waits until the test answers it. */
class FakePiscina extends EventEmitter {
  static instances: FakePiscina[] = [];
  readonly tasks: {
    batch: WorkerBatch;
    resolve: (answer: WorkerAnswer) => void;
    reject: (error: Error) => void;
  }[] = [];
  readonly threads = [
    { threadId: 1, unref: vi.fn() },
    { threadId: 2, unref: vi.fn() },
  ];
  destroy = vi.fn(async () => {
    for (const { reject } of this.tasks) reject(new Error("Terminating worker thread"));
  });
  constructor(readonly options: object) {
    super();
    FakePiscina.instances.push(this);
  }
  run(batch: WorkerBatch): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => this.tasks.push({ batch, resolve, reject }));
  }
}

// The mock is made before the class is there.
vi.mock("piscina", () => ({
  Piscina: function Piscina(options: object) {
    return new FakePiscina(options);
  },
}));

const perms = [Uint32Array.of(1, 0), Uint32Array.of(0, 2, 1)];
const onEnd = vi.fn();

/** @param busy whether its threads are in native code */
async function open(
  busy = false,
): Promise<{ pool: WorkerPool; piscina: FakePiscina; leave: (() => void)[] }> {
  const pool = new WorkerPool({ threads: 2, model: new URL("file:///model/"), onEnd });
  const piscina = FakePiscina.instances.at(-1)!;
  const leave = piscina.threads.map(({ threadId }) => arrive(piscina, threadId, busy));
  await Promise.resolve();
  return { pool, piscina, leave };
}

const exitListeners = process.listeners("exit").length;

/** A thread arrives at the gate. If it is to be busy, it goes into native code, until the function that is returned is called. */
function arrive({ options }: FakePiscina, threadId: number, busy: boolean): () => void {
  let leave = (): void => {};
  const inside = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const { gate } = (options as { workerData: WorkerSetup }).workerData;
  const pass = new NativeGate(gate).arrive(threadId);
  if (busy) void pass(() => inside);
  return leave;
}

beforeEach(() => {
  onEnd.mockClear();
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  expect(process.listeners("exit")).toHaveLength(exitListeners);
  vi.useRealTimers();
});

test("a batch goes to a thread as one array, and its quantiles come back", async () => {
  const { pool, piscina } = await open();
  expect(pool.parallel).toBe(2);
  expect(piscina.options).toMatchObject({ maxThreads: 2, workerData: { model: "file:///model/" } });
  expect(process.listeners("exit")).toHaveLength(exitListeners + 1);
  const result = pool.run(perms);
  expect(piscina.tasks[0].batch).toEqual({ points: Uint32Array.of(1, 0, 0, 2, 1), sizes: [2, 3] });
  piscina.tasks[0].resolve({ quantiles: Float32Array.of(1, 2) });
  expect(await result).toEqual(Float32Array.of(1, 2));
  await pool.close();
});

test("a thread's error arrives with its class, and the pool, which would give it again, is ended", async () => {
  const { pool, piscina } = await open();
  const [first, second] = [pool.run(perms), pool.run(perms)].map((run) =>
    run.catch((error: unknown) => error),
  );
  const error = new InfoNetError("model", "values-16.onnx is another one");
  piscina.tasks[0].resolve({ failure: packError(error) });
  for (const refused of [await first, await second]) {
    expect(refused).toBeInstanceOf(InfoNetError);
    expect(refused).toMatchObject({ code: "model", message: error.message });
  }
  expect(onEnd).toHaveBeenCalledTimes(1);
  expect(piscina.destroy).toHaveBeenCalledTimes(1);
  await expect(pool.run(perms)).rejects.toMatchObject({ code: "model" });
});

test("a thread that ends refuses all batches under way with the remedy", async () => {
  const { pool, piscina } = await open();
  const [first, second] = [pool.run(perms), pool.run(perms)].map((run) =>
    run.catch((error: unknown) => error),
  );
  piscina.tasks[1].reject(new Error("worker exited with code: 7"));
  for (const refused of [await first, await second]) {
    expect(refused).toBeInstanceOf(InfoNetError);
    expect(refused).toMatchObject({
      code: "worker",
      message: expect.stringMatching(
        /^a worker thread was lost \(worker exited with code: 7\); make the call again/,
      ),
    });
  }
  expect(onEnd).toHaveBeenCalledTimes(1);
  expect(piscina.destroy).toHaveBeenCalledTimes(1);
});

test("a thread that fails between batches does not end the process", async () => {
  const { pool, piscina } = await open();
  piscina.emit("error", new Error("out of memory"));
  expect(onEnd).toHaveBeenCalledTimes(1);
  await expect(pool.run(perms)).rejects.toThrow(/lost \(out of memory\)/);
});

test("threads that do not answer for five minutes are given up; any answer begins them anew", async () => {
  const { pool, piscina } = await open();
  const slow = [pool.run(perms), pool.run(perms), pool.run(perms)].map((run) =>
    run.catch((error: unknown) => error),
  );
  for (const task of piscina.tasks.slice(0, 2)) {
    await vi.advanceTimersByTimeAsync(290_000);
    task.resolve({ quantiles: Float32Array.of(1) });
  }
  expect(await slow[1]).toEqual(Float32Array.of(1));
  await vi.advanceTimersByTimeAsync(290_000);
  expect(piscina.destroy).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await slow[2]).toMatchObject({
    code: "worker",
    message: expect.stringMatching(/no answer for 5 minutes/),
  });
  expect(piscina.destroy).toHaveBeenCalledTimes(1);
});

test("close refuses the batches under way and those that come later, and ends the threads once", async () => {
  const { pool, piscina } = await open();
  const running = pool.run(perms).catch((error: unknown) => error);
  await Promise.all([pool.close(), pool.close()]);
  expect(await running).toMatchObject({ code: "disposed" });
  await expect(pool.run(perms)).rejects.toMatchObject({ code: "disposed" });
  expect(piscina.destroy).toHaveBeenCalledTimes(1);
  expect(onEnd).toHaveBeenCalledTimes(1);
});

test("threads are not ended while one is in native code", async () => {
  const { pool, piscina, leave } = await open(true);
  const closing = pool.close();
  await vi.advanceTimersByTimeAsync(4000);
  expect(piscina.destroy).not.toHaveBeenCalled();
  for (const go of leave) go();
  await vi.advanceTimersByTimeAsync(100);
  await closing;
  expect(piscina.destroy).toHaveBeenCalledTimes(1);
});

test("a thread that stays in native code is waited for for five seconds, and ended when it leaves", async () => {
  const { pool, piscina, leave } = await open(true);
  let closed = false;
  const closing = pool.close().then(() => {
    closed = true;
  });
  await vi.advanceTimersByTimeAsync(4999);
  expect(closed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await closing;
  for (const thread of piscina.threads) expect(thread.unref).toHaveBeenCalled();
  expect(piscina.destroy).not.toHaveBeenCalled();
  for (const go of leave) go();
  await vi.advanceTimersByTimeAsync(100);
  expect(piscina.destroy).toHaveBeenCalledTimes(1);
});
