/** How calls that take long go: their progress, their ends before time, and what is finished by then. */

import { AbortedError, InfoNetError } from "./errors.js";
import type { Progress } from "./types.js";

/** How the user watches and ends a call. */
export interface LongCallOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** The signal was aborted. It does not leave the library: {@link LongCall.run} makes an AbortedError of it. */
class Stopped extends Error {
  constructor(readonly reason: unknown) {
    super("stopped");
  }
}

/** Counts what a call has done, tells it, and ends the call when it shall end. */
export class LongCall {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  readonly #unit: string;
  readonly #pause: () => Promise<void>;
  #done = 0;
  #told = 0;
  #total = 0;

  /**
   * @param unit what it counts, in the plural
   * @param pause lets timers and messages have their turn; throws InfoNetError "disposed" if one of them has disposed of
   *   the model
   */
  constructor({ signal, onProgress }: LongCallOptions, unit: string, pause: () => Promise<void>) {
    this.#signal = signal;
    this.#onProgress = onProgress;
    this.#unit = unit;
    this.#pause = pause;
  }

  /** Announces work. */
  expect(count: number): void {
    this.#total += count;
  }

  /** Counts what is done, or found needless, and is not worth a pause. */
  count(count: number): void {
    this.#done += count;
  }

  /**
   * Counts what is done, tells it and pauses. A call that has done all that it announced is not ended any more.
   *
   * @throws what {@link run} makes an AbortedError of
   */
  async advance(count: number): Promise<void> {
    this.count(count);
    this.tell();
    await this.pause();
  }

  /** Tells what is done, unless it is told. */
  tell(): void {
    if (this.#done === this.#told) return;
    this.#told = this.#done;
    this.#onProgress?.({ done: this.#done, total: Math.max(this.#total, this.#done) });
  }

  /**
   * Lets timers and messages have their turn, and looks whether one of them ends the call.
   *
   * @throws what {@link run} makes an AbortedError of
   */
  async pause(): Promise<void> {
    await this.#pause();
    if (this.#done < this.#total) this.check();
  }

  /** @throws what {@link run} makes an AbortedError of, if the signal was aborted */
  check(): void {
    if (this.#signal?.aborted) throw new Stopped(this.#signal.reason);
  }

  /**
   * Does the work of the call, unless its signal was aborted before. A network that is disposed of refuses its runs,
   * which ends the work too.
   *
   * @param partial what the finished part is worth; by default nothing
   * @throws AbortedError with it
   */
  async run<Result, Partial = undefined>(
    work: () => Promise<Result>,
    partial?: () => Partial,
  ): Promise<Result> {
    try {
      this.check();
      return await work();
    } catch (error) {
      const stopped = error instanceof Stopped;
      const disposed = error instanceof InfoNetError && error.code === "disposed";
      if (!stopped && !disposed) throw error;
      const extent = { done: this.#done, total: this.#total, unit: this.#unit };
      throw new AbortedError(partial?.(), extent, stopped ? error.reason : error);
    }
  }
}
