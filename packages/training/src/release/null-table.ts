/** The table of the independence test, size by size, on threads. */
import { Worker } from "node:worker_threads";
import { type NullTable, type Statistic, tablesOf } from "infonet/internal/release";
import { type AppendLog, openLog } from "./append-log.js";
import { type NullRow, nullRow, SIZES, TAIL } from "./null-statistics.js";
import type { NullWorkerSetup } from "./null-worker.js";
import { openQuantileModel, type QuantileParts } from "./quantile-model.js";

/** Options of {@link nullTable}. */
export interface NullOptions {
  /** Random permutations a sample size; at least {@link LEAST_NULL_DRAWS}. */
  draws: number;
  /** Seed of the permutations. */
  seed: number;
  /** Threads, 0 for the calling one. The table is the same for any number. */
  threads: number;
  /** The model, as in its model.json, which is read if they are left out. */
  parts?: QuantileParts;
  /** Sample sizes, ascending; default {@link SIZES}. */
  sizes?: readonly number[];
  /** Sizes that are done, to go on from; default none. */
  log?: AppendLog<NullRow>;
  /** Ends the work after the current batch; what is in the log is kept. */
  signal?: AbortSignal;
  /** Is told after every size. */
  onRow?: (row: NullRow, done: number, total: number) => void;
}

/**
 * Tabulates the null distribution of the model in a folder.
 *
 * @throws the signal's reason if it is aborted
 */
export async function nullTable(folder: string, options: NullOptions): Promise<NullTable> {
  const { draws, seed, parts, sizes = SIZES, log = openLog<NullRow>(), signal, onRow } = options;
  const model = await openQuantileModel(folder, parts);
  const done = new Map(log.entries.map((row) => [row.n, row]));
  // The longest first, so that the threads end together.
  const waiting = sizes.filter((n) => !done.has(n));
  const finish = (row: NullRow): void => {
    log.append(row);
    done.set(row.n, row);
    onRow?.(row, done.size, sizes.length);
  };
  try {
    if (options.threads === 0) {
      const stopped = (): boolean => signal?.aborted === true;
      for (let n = waiting.pop(); n !== undefined && !stopped(); n = waiting.pop()) {
        const row = await nullRow(model, { n, draws, seed, stopped });
        if (row !== undefined) finish(row);
      }
    } else await onThreads(options.threads, { folder, parts, draws, seed }, waiting, finish, signal);
    signal?.throwIfAborted();
  } finally {
    await model.close();
  }
  const column = (statistic: Statistic): number[][] =>
    sizes.map((n) => done.get(n)!.rows[statistic].map((value) => Number(value.toPrecision(5))));
  return {
    weights: model.weights,
    draws,
    seed,
    n: [...sizes],
    tail: [...TAIL],
    ...tablesOf(column),
  };
}

/** Has threads work through the sizes that wait, until the signal is aborted. */
async function onThreads(
  threads: number,
  model: Omit<NullWorkerSetup, "stop">,
  waiting: number[],
  finish: (row: NullRow) => void,
  signal?: AbortSignal,
): Promise<void> {
  const setup: NullWorkerSetup = { ...model, stop: new Int32Array(new SharedArrayBuffer(4)) };
  const stop = (): void => {
    waiting.length = 0;
    Atomics.store(setup.stop, 0, 1);
  };
  if (signal?.aborted) return;
  signal?.addEventListener("abort", stop, { once: true });
  const count = Math.min(threads, waiting.length);
  try {
    await Promise.all(
      Array.from({ length: count }, () =>
        runThread(setup, waiting, finish).catch((error) => {
          stop();
          throw error;
        }),
      ),
    );
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/**
 * Has a thread work through the sizes that wait, from the end of the list. It is ended only while it waits for a size:
 * to end it in native code would end the process.
 */
function runThread(setup: NullWorkerSetup, waiting: number[], finish: (row: NullRow) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./null-worker.js", import.meta.url), { workerData: setup });
    const next = (): void => {
      const n = waiting.pop();
      if (n === undefined) worker.terminate().then(() => resolve(), reject);
      else worker.postMessage(n);
    };
    worker.on("error", reject);
    worker.on("message", (row: NullRow | undefined) => {
      if (row !== undefined) finish(row);
      next();
    });
    next();
  });
}
