import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Task } from "../engine/task.js";
import { InfoNetError } from "../errors.js";
import { packError } from "./errors.js";
import { posted, type WorkerAnswer, type WorkerSetup, type WorkerTask } from "./messages.js";
import { NativeGate } from "./native-gate.js";
import { WorkerPool } from "./pool.js";

/** What the threads do: a task waits until the test answers it. */
class FakePiscina extends EventEmitter {
  static instances: FakePiscina[] = [];
  readonly tasks: {
    task: WorkerTask;
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
  run(task: WorkerTask): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => this.tasks.push({ task, resolve, reject }));
  }
}

// The mock is made before the class is there.
vi.mock("piscina", () => ({
  Piscina: function Piscina(options: object) {
    return new FakePiscina(options);
  },
}));

/** A task that is never done here. */
const TASK: Task<unknown, unknown> = {
  name: "task",
  run: () => {
    throw new Error("it belongs to the threads");
  },
};
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

test("a task goes to a thread by its name, and what it gives comes back", async () => {
  const { pool, piscina } = await open();
  expect(pool.parallel).toBe(2);
  expect(piscina.options).toMatchObject({ maxThreads: 2, workerData: { model: "file:///model/" } });
  expect(process.listeners("exit")).toHaveLength(exitListeners + 1);
  const result = pool.run(TASK, { rows: Uint32Array.of(1, 0) });
  expect(piscina.tasks[0].task).toEqual({ name: "task", input: { rows: Uint32Array.of(1, 0) } });
  piscina.tasks[0].resolve({ output: Float32Array.of(1, 2) });
  expect(await result).toEqual(Float32Array.of(1, 2));
  await pool.close();
});

test("of a part of a buffer the part alone is posted", async () => {
  const whole = Float64Array.of(1, 2, 3, 4);
  const packed = posted({ list: [whole.subarray(1, 3)], whole, name: "x", none: undefined, number: 1 });
  expect(packed).toEqual({ list: [Float64Array.of(2, 3)], whole, name: "x", none: undefined, number: 1 });
  const { list, whole: same } = packed as { list: Float64Array[]; whole: Float64Array };
  expect(list[0].buffer.byteLength).toBe(16);
  expect(same).toBe(whole);
});

test("a task's error arrives with its class, and the threads go on", async () => {
  const { pool, piscina } = await open();
  const error = new InfoNetError("model", "model.json names no gradient graphs");
  const [first, second] = [pool.run(TASK, 1), pool.run(TASK, 1)];
  piscina.tasks[0].resolve({ failure: packError(error), closed: false });
  await expect(first).rejects.toMatchObject({ name: "InfoNetError", code: "model", message: error.message });
  piscina.tasks[1].resolve({ output: 2 });
  expect(await second).toBe(2);
  expect(onEnd).not.toHaveBeenCalled();
  await pool.close();
});

test("threads that cannot be opened say why, and the pool, which would say it again, is ended", async () => {
  const { pool, piscina } = await open();
  const [first, second] = [pool.run(TASK, 1), pool.run(TASK, 1)].map((run) =>
    run.catch((error: unknown) => error),
  );
  const error = new InfoNetError("model", "values-16.onnx is another one");
  piscina.tasks[0].resolve({ failure: packError(error), closed: true });
  for (const refused of [await first, await second]) {
    expect(refused).toBeInstanceOf(InfoNetError);
    expect(refused).toMatchObject({ code: "model", message: error.message });
  }
  expect(onEnd).toHaveBeenCalledTimes(1);
  expect(piscina.destroy).toHaveBeenCalledTimes(1);
  await expect(pool.run(TASK, 1)).rejects.toMatchObject({ code: "model" });
});

test("a thread that ends refuses all tasks under way with the remedy", async () => {
  const { pool, piscina } = await open();
  const [first, second] = [pool.run(TASK, 1), pool.run(TASK, 1)].map((run) =>
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

test("a thread that fails between tasks does not end the process", async () => {
  const { pool, piscina } = await open();
  piscina.emit("error", new Error("out of memory"));
  expect(onEnd).toHaveBeenCalledTimes(1);
  await expect(pool.run(TASK, 1)).rejects.toThrow(/lost \(out of memory\)/);
});

test("threads that do not answer for five minutes are given up; any answer begins them anew", async () => {
  const { pool, piscina } = await open();
  const slow = [pool.run(TASK, 1), pool.run(TASK, 1), pool.run(TASK, 1)].map((run) =>
    run.catch((error: unknown) => error),
  );
  for (const task of piscina.tasks.slice(0, 2)) {
    await vi.advanceTimersByTimeAsync(290_000);
    task.resolve({ output: Float32Array.of(1) });
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

test("close refuses the tasks under way and those that come later, and ends the threads once", async () => {
  const { pool, piscina } = await open();
  const running = pool.run(TASK, 1).catch((error: unknown) => error);
  await Promise.all([pool.close(), pool.close()]);
  expect(await running).toMatchObject({ code: "disposed" });
  await expect(pool.run(TASK, 1)).rejects.toMatchObject({ code: "disposed" });
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
