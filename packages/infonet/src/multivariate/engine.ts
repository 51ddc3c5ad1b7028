/** What this room needs of a loaded network: pairs in, estimates and critics out. */

import { smoothDependence } from "../copula/index.js";
import { AbortedError } from "../errors.js";
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
  readonly rows: readonly [least: number, most: number];
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

/** Rows of quantiles of some pairs, read; with `smooth` their test heeds the smooth statistic too. */
export function readingsOf(
  { levels, read }: PairEngine,
  quantiles: Float32Array,
  perms: readonly Uint32Array[],
  smooth = false,
): PairReading[] {
  return perms.map((perm, slot) =>
    read(
      quantiles.subarray(slot * levels, (slot + 1) * levels),
      perm.length,
      smooth ? smoothDependence(perm) : undefined,
    ),
  );
}

const NOTHING: PairReading = { mi: 0, low: 0, high: 0, pValue: 1 };

/** Estimates pairs in batches; where there is no pair (one of its columns is constant), nothing is shared. */
export async function estimatePairs(
  engine: PairEngine,
  perms: ReadonlyArray<Uint32Array | undefined>,
): Promise<PairReading[]> {
  const readings: PairReading[] = new Array(perms.length).fill(NOTHING);
  const filled = perms.flatMap((perm, k) => (perm === undefined ? [] : [{ perm, k }]));
  for (let from = 0; from < filled.length; from += engine.largestBatch) {
    const batch = filled.slice(from, from + engine.largestBatch);
    const pairs = batch.map(({ perm }) => perm);
    const { quantiles } = await engine.run(pairs);
    readingsOf(engine, quantiles, pairs).forEach((reading, slot) => {
      readings[batch[slot].k] = reading;
    });
  }
  return readings;
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

  /**
   * Does work that leaves nothing behind when it is stopped.
   *
   * @throws AbortedError without a partial result if the signal was aborted
   */
  async untilStopped<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Stopped) throw new AbortedError(undefined, this.#done, this.#total, error.reason);
      throw error;
    }
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
