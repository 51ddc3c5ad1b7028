/**
 * An endless stream of training batches, made ahead of time by worker threads. Example number i depends on
 * the seed and i alone, so the stream is the same for any number of workers and resumes at any position.
 */

import { Worker } from "node:worker_threads";
import { type Batch, fillBatch } from "./batch.js";
import type { ExampleOptions } from "./example.js";
import { batchBytes, viewBatch } from "./layout.js";
import type { WorkerReply, WorkerSetup, WorkerTask } from "./messages.js";
import { workerUrl } from "./worker-url.js";

/** Options of {@link openStream}. */
export interface StreamOptions extends ExampleOptions {
  /** Seed of the stream, up to 64 bits. */
  seed: number | bigint;
  /** Examples a batch. */
  batch: number;
  /** Worker threads; 0 makes batches in the calling thread when they are asked for. Default 1. */
  workers?: number;
  /** Number of the first example: the `position` of an earlier stream to go on from. Default 0. */
  start?: number;
  /** Batches made ahead, at most. Default 8. */
  lookAhead?: number;
}

/** A running stream. */
export interface BatchStream extends AsyncIterable<Batch> {
  /** Number of the example that the next batch starts with. */
  readonly position: number;
  /** Milliseconds that `next` has waited for the generator, in all. */
  readonly waited: number;
  /** The next batch, in order. One call at a time. Rejects when a worker failed or the stream is closed. */
  next(): Promise<Batch>;
  /** Stops the workers. */
  close(): Promise<void>;
}

interface Thread {
  worker: Worker;
  tasks: number;
}

class ThreadedStream implements BatchStream {
  waited = 0;
  position: number;
  private readonly batch: number;
  private readonly lookAhead: number;
  private readonly options: ExampleOptions;
  private readonly seed: number | bigint;
  private readonly bytes: number;
  private readonly threads: Thread[];
  private readonly ready = new Map<number, ArrayBuffer>();
  private readonly free: ArrayBuffer[] = [];
  private unassigned: number;
  private inFlight = 0;
  private failure?: Error;
  private wake?: () => void;

  constructor(options: StreamOptions) {
    const { seed, batch, workers = 1, start = 0, lookAhead = 8, ...example } = options;
    for (const [name, value, least] of [
      ["batch", batch, 1],
      ["workers", workers, 0],
      ["start", start, 0],
      ["lookAhead", lookAhead, 1],
    ] as const) {
      if (!Number.isSafeInteger(value) || value < least) {
        throw new RangeError(`${name} is ${value}; it must be an integer, ${least} or more`);
      }
    }
    this.seed = seed;
    this.batch = batch;
    this.options = example;
    this.bytes = batchBytes(batch, example);
    this.lookAhead = lookAhead;
    this.position = start;
    this.unassigned = start;
    const workerData: WorkerSetup = { seed, batch, options: example };
    this.threads = Array.from({ length: workers }, () => this.startThread(workerData));
    if (workers > 0) {
      for (let k = 0; k < lookAhead; k++) this.assign(new ArrayBuffer(this.bytes));
    }
  }

  private startThread(workerData: WorkerSetup): Thread {
    const thread = { worker: new Worker(workerUrl, { workerData }), tasks: 0 };
    const { worker } = thread;
    // Only a pending next() keeps the process alive, not work done ahead.
    worker.unref();
    worker.on("message", (reply: WorkerReply) => {
      thread.tasks--;
      this.inFlight--;
      if ("error" in reply) this.fail(new Error(`batch at example ${reply.first}: ${reply.error}`));
      else this.ready.set(reply.first, reply.buffer);
      this.wake?.();
    });
    worker.on("error", (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", (code) => this.fail(new Error(`a generator thread ended with exit code ${code}`)));
    return thread;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake?.();
  }

  /** Queues the next batch at the least busy worker; its buffer changes hands. */
  private assign(buffer: ArrayBuffer): void {
    const thread = this.threads.reduce((least, other) => (other.tasks < least.tasks ? other : least));
    const task: WorkerTask = { first: this.unassigned, buffer };
    this.unassigned += this.batch;
    this.inFlight++;
    thread.tasks++;
    thread.worker.postMessage(task, [buffer]);
  }

  private deliver(buffer: ArrayBuffer): Batch {
    const first = this.position;
    this.position += this.batch;
    let held: ArrayBuffer | undefined = buffer;
    const release = (): void => {
      const returned = held;
      held = undefined;
      if (returned === undefined || this.failure !== undefined) return;
      if (this.threads.length === 0) this.free.push(returned);
      else if (this.inFlight + this.ready.size < this.lookAhead) this.assign(returned);
    };
    return { ...viewBatch(buffer, this.batch, this.options), first, size: this.batch, release };
  }

  async next(): Promise<Batch> {
    if (this.failure !== undefined) throw this.failure;
    if (this.wake !== undefined) throw new Error("next() was called while an earlier call still waits");
    if (this.threads.length === 0) return this.makeHere();
    if (!this.ready.has(this.position)) await this.arrival();
    const buffer = this.ready.get(this.position);
    if (buffer === undefined) throw this.failure ?? new Error("the stream is closed");
    this.ready.delete(this.position);
    return this.deliver(buffer);
  }

  private makeHere(): Batch {
    const begin = performance.now();
    const buffer = this.free.pop() ?? new ArrayBuffer(this.bytes);
    fillBatch(this.seed, this.position, this.batch, buffer, this.options);
    this.waited += performance.now() - begin;
    return this.deliver(buffer);
  }

  private async arrival(): Promise<void> {
    const begin = performance.now();
    // A caller that releases no batches has all buffers; it gets another one.
    if (this.position >= this.unassigned) this.assign(new ArrayBuffer(this.bytes));
    for (const { worker } of this.threads) worker.ref();
    while (!this.ready.has(this.position) && this.failure === undefined) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.wake = undefined;
    for (const { worker } of this.threads) worker.unref();
    this.waited += performance.now() - begin;
    if (this.failure !== undefined && !this.ready.has(this.position)) throw this.failure;
  }

  async close(): Promise<void> {
    this.fail(new Error("the stream is closed"));
    this.ready.clear();
    this.free.length = 0;
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    try {
      for (;;) yield await this.next();
    } finally {
      await this.close();
    }
  }
}

/** Opens the stream of batches of a seed. Release every batch when done with it, and close the stream. */
export function openStream(options: StreamOptions): BatchStream {
  return new ThreadedStream(options);
}
