/** What this room needs of a loaded network: pairs in, estimates and critics out. */

import { waveEvidence } from "../evidence/index.js";
import { GRID } from "../features/index.js";
import type { NetworkOutput } from "../network/network.js";
import { checkSignal, keepFinished } from "./stop.js";

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
  /** Their quantiles alone, in less time. */
  values(perms: readonly Uint32Array[]): Promise<Float32Array>;
  /**
   * One row of quantiles, read.
   *
   * @param waves evidence of waves in the same ranks, which the test then heeds too
   */
  read(quantiles: ArrayLike<number>, n: number, waves?: number): PairReading;
  /** Lets timers and messages have their turn. */
  breathe(): Promise<void>;
}

/** Rows of quantiles of some pairs, read; with `waves` their test heeds the evidence of waves too. */
export function readingsOf(
  { levels, read }: PairEngine,
  quantiles: Float32Array,
  perms: readonly Uint32Array[],
  waves = false,
): PairReading[] {
  return perms.map((perm, slot) =>
    read(
      quantiles.subarray(slot * levels, (slot + 1) * levels),
      perm.length,
      waves ? waveEvidence(perm) : undefined,
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
    const quantiles = await engine.values(pairs);
    readingsOf(engine, quantiles, pairs).forEach((reading, slot) => {
      readings[batch[slot].k] = reading;
    });
  }
  return readings;
}

/**
 * Works side by side whose pairs share the runs of the network with critics: a run takes as long for one pair as for a full batch, and the
 * levels of a vine seldom fill one. A run begins when all works that have not ended wait for one.
 *
 * @param works each is given the engine that it must use
 */
export async function sideBySide<Results extends unknown[]>(
  engine: PairEngine,
  works: { [Key in keyof Results]: (engine: PairEngine) => Promise<Results[Key]> },
): Promise<Results> {
  interface Request {
    perms: readonly Uint32Array[];
    answer: (output: NetworkOutput) => void;
    fail: (reason: unknown) => void;
  }
  let waiting: Request[] = [];
  let running = works.length;
  const next = (): void => {
    if (waiting.length < running || waiting.length === 0) return;
    const requests = waiting;
    waiting = [];
    runAll(
      engine,
      requests.flatMap(({ perms }) => perms),
    ).then(
      ({ quantiles, critics }) => {
        let first = 0;
        for (const { perms, answer } of requests) {
          const end = first + perms.length;
          answer({
            quantiles: quantiles.subarray(first * engine.levels, end * engine.levels),
            critics: critics.subarray(first * TABLE, end * TABLE),
          });
          first = end;
        }
      },
      (reason: unknown) => {
        for (const { fail } of requests) fail(reason);
      },
    );
  };
  const run = (perms: readonly Uint32Array[]): Promise<NetworkOutput> =>
    new Promise((answer, fail) => {
      waiting.push({ perms, answer, fail });
      next();
    });
  const shared: PairEngine = { ...engine, run };
  const results = works.map((work) =>
    work(shared).finally(() => {
      running--;
      next();
    }),
  );
  return Promise.all(results) as Promise<Results>;
}

/** Cells of a critic. */
const TABLE = GRID * GRID;

/** Share of a batch up to which its pairs are run one by one. */
const FEW = 1 / 3;

/** Outputs of any number of pairs, in arrays of their own. */
async function runAll(engine: PairEngine, perms: readonly Uint32Array[]): Promise<NetworkOutput> {
  const quantiles = new Float32Array(perms.length * engine.levels);
  const critics = new Float32Array(perms.length * TABLE);
  let from = 0;
  while (from < perms.length) {
    const left = perms.length - from;
    // A run of the large graph takes as long for few pairs as for a full batch; few are faster one by one.
    const count = left <= FEW * engine.largestBatch ? 1 : Math.min(left, engine.largestBatch);
    const output = await engine.run(perms.slice(from, from + count));
    quantiles.set(output.quantiles, from * engine.levels);
    critics.set(output.critics, from * TABLE);
    from += count;
  }
  return { quantiles, critics };
}

/** Ends a long call, and counts what it has done. */
export class Course {
  #done = 0;
  #total = 0;

  /** @param unit what it counts, in the plural */
  constructor(
    private readonly engine: PairEngine,
    private readonly signal: AbortSignal | undefined,
    private readonly onProgress: ((progress: { done: number; total: number }) => void) | undefined,
    private readonly unit = "pairs",
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
   * Does the work of the call, unless it is stopped.
   *
   * @param partial what the finished part is worth; by default nothing
   * @throws AbortedError with it if the signal was aborted or the network disposed of
   */
  untilStopped<Result, Partial = undefined>(
    work: () => Promise<Result>,
    partial?: () => Partial,
  ): Promise<Result> {
    return keepFinished(
      async () => {
        this.check();
        return work();
      },
      () => ({ partial: partial?.(), done: this.#done, total: this.#total, unit: this.unit }),
    );
  }

  /** @throws Stopped if the signal was aborted */
  check(): void {
    checkSignal(this.signal);
  }
}
