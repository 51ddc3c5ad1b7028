/** Worker threads that each have the network: a pool that cannot leave a call without an answer. */

import { Piscina } from "piscina";
import type { Task, Threads } from "../engine/task.js";
import { disposedError, reasonOf } from "../errors.js";
import { lostError, unpackError } from "./errors.js";
import { posted, type WorkerAnswer, type WorkerSetup, type WorkerTask } from "./messages.js";
import { NativeGate } from "./native-gate.js";
import type { ThreadOptions } from "./types.js";

/**
 * The pool is given up when no thread answers for so many ticks in a row, five minutes. A task takes some seconds at most; a tick
 * is short beside that, so that a process that was stopped for hours counts one of them.
 */
const TICK = 10_000;
const MOST_TICKS = 30;
/** Milliseconds that the end of the threads is waited for. Only one that hangs in native code takes longer. */
const MOST_WAIT = 5000;
/**
 * Memory for what a thread makes and soon lets go. A task makes some MB a pair: with little room for them threads would spend their
 * time on collecting garbage, each helped by threads of the engine that keep the cores from the others.
 */
const YOUNG_MB = 192;
/** Milliseconds between two looks whether threads can be ended. */
const LOOK = 5;

/** Threads that take tasks until they are closed or one of them fails. */
export class WorkerPool implements Threads {
  readonly parallel: number;
  readonly #piscina: Piscina;
  readonly #onEnd: () => void;
  readonly #gate = new NativeGate();
  /** Refuses the tasks that are under way. */
  readonly #pending = new Set<(reason: Error) => void>();
  #end: { reason: Error; closed: Promise<void> } | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #silentTicks = 0;

  constructor({ threads, model, onEnd }: ThreadOptions) {
    this.parallel = threads;
    this.#onEnd = onEnd;
    this.#piscina = new Piscina({
      filename: new URL("./worker.js", import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      // A thread that waits for its next task in Atomics.wait goes on with nothing else: one that never gets a task would never
      // have loaded what it begins with, and could never be ended.
      atomics: "disabled",
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      // The next task lies with the worker while it works on one: fetched only then, it would keep the worker waiting
      // for a main thread that has no core of its own.
      concurrentTasksPerWorker: 2,
      workerData: { model: model?.href, gate: this.#gate.memory } satisfies WorkerSetup,
    });
    // A thread that fails between tasks; unheard, the event would end the process.
    this.#piscina.on("error", (error: unknown) => this.#lose(reasonOf(error)));
    watchExit(this);
  }

  /**
   * Has a task done.
   *
   * @throws as the task does in its thread; InfoNetError "worker" if a thread ends or hangs, "disposed" if the pool is
   *   closed: then all tasks under way are refused
   */
  run<Input, Output>({ name }: Task<Input, Output>, input: Input): Promise<Output> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        reject(this.#end.reason);
        return;
      }
      this.#pending.add(reject);
      this.#watch ??= setInterval(() => this.#tick(), TICK);
      const answered = this.#piscina.run({ name, input: posted(input) } satisfies WorkerTask);
      answered.then(
        (answer: WorkerAnswer) => {
          this.#silentTicks = 0;
          this.#settle(reject);
          if ("output" in answer) {
            resolve(answer.output as Output);
            return;
          }
          const error = unpackError(answer.failure);
          reject(error);
          // Threads keep what they could not open. The next pool tries again.
          if (answer.closed) this.#finish(error);
        },
        (error: unknown) => this.#lose(reasonOf(error)),
      );
    });
  }

  /** Ends the threads, hanging ones too. Tasks under way throw InfoNetError "disposed". */
  close(): Promise<void> {
    this.#finish(disposedError());
    return this.#end!.closed;
  }

  #settle(reject: (reason: Error) => void): void {
    this.#pending.delete(reject);
    if (this.#pending.size > 0) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#silentTicks = 0;
  }

  #tick(): void {
    this.#silentTicks++;
    if (this.#silentTicks >= MOST_TICKS) this.#lose(`no answer for ${(TICK * MOST_TICKS) / 60_000} minutes`);
  }

  #lose(reason: string): void {
    this.#finish(lostError(reason));
  }

  #finish(reason: Error): void {
    if (this.#end !== undefined) return;
    this.#end = { reason, closed: this.#endThreads() };
    for (const reject of [...this.#pending]) {
      this.#settle(reject);
      reject(reason);
    }
    this.#onEnd();
  }

  /** Ends the threads once they can be ended. Resolves before that if one stays in native code for long. */
  async #endThreads(): Promise<void> {
    this.#gate.close();
    const end = this.#whenReady().then(() => this.#piscina.destroy());
    const ended = end.finally(() => unwatchExit(this));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        for (const thread of this.#piscina.threads) thread.unref();
        resolve();
      }, MOST_WAIT);
    });
    await Promise.race([ended, patience]).finally(() => clearTimeout(timer));
  }

  async #whenReady(): Promise<void> {
    while (!this.#gate.mayEnd(this.#threadIds())) {
      await new Promise<void>((resolve) => {
        // A thread that never gets there keeps nobody waiting.
        setTimeout(resolve, LOOK).unref();
      });
    }
  }

  /** Of those that have not ended: threads that are lost are replaced, and may be starting still. */
  #threadIds(): number[] {
    return this.#piscina.threads.map(({ threadId }) => threadId).filter((id) => id >= 0);
  }

  /** The program ends the process, maybe amid a call, and with it the threads. */
  onExit(): void {
    this.#gate.close();
    this.#gate.waitUntilEnd(this.#threadIds(), MOST_WAIT);
  }
}

/** Those whose threads have not ended. One listener serves all. */
const pools = new Set<WorkerPool>();

function onExit(): void {
  for (const pool of pools) pool.onExit();
}

function watchExit(pool: WorkerPool): void {
  if (pools.size === 0) process.on("exit", onExit);
  pools.add(pool);
}

function unwatchExit(pool: WorkerPool): void {
  pools.delete(pool);
  if (pools.size === 0) process.off("exit", onExit);
}
