/** What this room needs of a loaded network: pairs in, estimates and critics out. */

import type { NetworkOutput } from "../network/network.js";

/** One pair's estimate in nats. */
export interface PairReading {
  mi: number;
  /** 90 % interval. */
  low: number;
  high: number;
  /** Probability of an estimate this large under independence; undefined where the model has no null table. */
  pValue: number | undefined;
}

/** A loaded network, as this room uses it. */
export interface PairEngine {
  /** Pairs that one run takes at most. */
  readonly largestBatch: number;
  /** Quantiles that the network gives a pair. */
  readonly levels: number;
  /** Rows that the network was trained with at least, and at most; of more, a random choice is used. */
  readonly fewestRows: number;
  readonly mostRows: number;
  /** Largest information that it can tell, nats. */
  readonly ceiling: number;
  /** Quantiles of √MI and critics of samples given as permutations in canonical orientation. */
  run(perms: readonly Uint32Array[]): Promise<NetworkOutput>;
  /**
   * One row of quantiles, read.
   *
   * @param smooth smooth statistic of the same ranks, which the test then heeds too
   */
  read(quantiles: ArrayLike<number>, n: number, smooth?: number): PairReading;
  /** Lets timers and messages have their turn. */
  breathe(): Promise<void>;
}

/** Ends a long call, and counts what it has done. */
export class Course {
  #done = 0;
  #total = 0;

  constructor(
    private readonly engine: PairEngine,
    private readonly signal: AbortSignal | undefined,
    private readonly onProgress: ((progress: { done: number; total: number }) => void) | undefined,
  ) {}

  get done(): number {
    return this.#done;
  }

  get total(): number {
    return this.#total;
  }

  /** Announces pairs that will be evaluated. */
  expect(pairs: number): void {
    this.#total += pairs;
  }

  /** Pairs evaluated, or found needless. */
  async advance(pairs: number): Promise<void> {
    if (pairs === 0) return;
    this.#done += pairs;
    this.onProgress?.({ done: this.#done, total: Math.max(this.#total, this.#done) });
    await this.engine.breathe();
    this.check();
  }

  /** @throws Stopped if the signal was aborted */
  check(): void {
    if (this.signal?.aborted) throw new Stopped(this.signal.reason);
  }
}

/** The signal was aborted. It does not leave this room: callers turn it into an AbortedError with what they have. */
export class Stopped extends Error {
  constructor(readonly reason: unknown) {
    super("stopped");
  }
}
