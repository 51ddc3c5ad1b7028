/** The one runner: it holds a model and its threads, and every call does its work on it. */

import { disposedError } from "../errors.js";
import { LongCall, type LongCallOptions } from "../long-call.js";
import type { Model } from "./model.js";
import { DENSITIES, QUANTILES } from "./network-tasks.js";
import { callingThread, type Threads, type Workers } from "./task.js";

/** What an engine works with, beside its model. */
export interface EngineSettings {
  /** Worker threads; 1 computes on the calling thread. */
  threads: number;
  /** Starts the threads; undefined where there are none. `onEnd` is called when they take no more tasks. */
  openThreads?: (onEnd: () => void) => Promise<Threads>;
  /** Lets timers and messages have their turn. */
  pause: () => Promise<void>;
}

/** Rows of the sample that a new model is tried with. */
const WARM_ROWS = 16;

/** A model with those who work with it, until it is disposed of. */
export class Engine {
  readonly #settings: EngineSettings;
  /** The calling thread: for what is soon done. */
  readonly here: Workers;
  #threads: Promise<Threads> | undefined;
  #disposal: Promise<void> | undefined;

  constructor(
    readonly model: Model,
    settings: EngineSettings,
  ) {
    this.#settings = settings;
    this.here = callingThread(model.network);
  }

  /** @throws InfoNetError "disposed" */
  mustBeAlive(): void {
    if (this.#disposal !== undefined) throw disposedError();
  }

  /**
   * Begins a call of many parts.
   *
   * @param unit what it counts, in the plural
   */
  call(options: LongCallOptions, unit = "pairs"): LongCall {
    return new LongCall(options, unit, async () => {
      await this.#settings.pause();
      this.mustBeAlive();
    });
  }

  /**
   * Worker threads, if there shall be some and there is enough for them to do; else the calling thread.
   *
   * @param pairs how many the network will see, about
   * @throws InfoNetError "disposed": threads that are opened after the end would never be closed
   */
  workers(pairs: number): Promise<Workers> {
    if (this.#disposal !== undefined) return Promise.reject(disposedError());
    const { threads, openThreads } = this.#settings;
    if (threads === 1 || openThreads === undefined || pairs <= this.model.largestBatch) {
      return Promise.resolve(this.here);
    }
    // Threads that failed are of no more use; the next call opens others.
    const onEnd = (): void => {
      this.#threads = undefined;
    };
    this.#threads ??= openThreads(onEnd);
    this.#threads.catch(onEnd);
    return this.#threads;
  }

  /** Opens graphs and threads and has each run once, so that the first call takes no longer than the next. */
  async warmup(): Promise<void> {
    const { largestBatch } = this.model;
    const sample = { perm: Uint32Array.from({ length: WARM_ROWS }, (_, i) => i) };
    const batch = Array.from({ length: largestBatch }, () => sample);
    await this.here.run(DENSITIES, { samples: [sample] });
    const workers = await this.workers(Number.POSITIVE_INFINITY);
    // Tasks go to the thread that has the fewest: with as many as threads, every one has its own.
    await Promise.all(Array.from({ length: workers.parallel }, () => workers.run(QUANTILES, batch)));
  }

  /** Ends threads and network. Resolves when all is released, or after five seconds if a thread hangs. */
  dispose(): Promise<void> {
    this.#disposal ??= this.#release();
    return this.#disposal;
  }

  async #release(): Promise<void> {
    // Threads that could not be opened cannot be closed.
    const threads = this.#threads?.catch(() => undefined);
    await Promise.all([threads?.then((opened) => opened?.close()), this.model.network.dispose()]);
  }
}
