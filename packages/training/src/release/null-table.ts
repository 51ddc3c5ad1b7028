/** The table of the independence test, size by size, on threads. */
import { Worker } from "node:worker_threads";
import type { NullTable } from "infonet/null";
import { type AppendLog, openLog } from "./append-log.js";
import { type NullRow, type NullStatistics, nullRow, SIZES, TAIL } from "./null-statistics.js";
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
  /** Ends the work, at once on threads, else after the current size; what is in the log is kept. */
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
      for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
        signal?.throwIfAborted();
        finish(await nullRow(model, { n, draws, seed }));
        await new Promise(setImmediate);
      }
    } else {
      const setup: NullWorkerSetup = { folder, parts, draws, seed };
      const threads = Math.min(options.threads, waiting.length);
      await Promise.all(Array.from({ length: threads }, () => runThread(setup, waiting, finish, signal)));
    }
  } finally {
    await model.close();
  }
  const column = (statistic: keyof NullStatistics): number[][] =>
    sizes.map((n) => done.get(n)!.rows[statistic].map((value) => Number(value.toPrecision(5))));
  return {
    weights: model.weights,
    draws,
    seed,
    n: [...sizes],
    tail: [...TAIL],
    information: column("information"),
    waves: column("waves"),
    combined: column("combined"),
  };
}

/** Has a thread work through the sizes that wait, from the end of the list. */
function runThread(
  setup: NullWorkerSetup,
  waiting: number[],
  finish: (row: NullRow) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(new URL("./null-worker.js", import.meta.url), { workerData: setup });
    const end = (settle: () => void): void => {
      signal?.removeEventListener("abort", abort);
      worker.terminate().then(settle, reject);
    };
    const abort = (): void => end(() => reject(signal?.reason));
    const next = (): void => {
      const n = waiting.pop();
      if (n === undefined) end(resolve);
      else worker.postMessage(n);
    };
    signal?.addEventListener("abort", abort);
    worker.on("error", (error) => {
      // The other threads end after the size that they are at.
      waiting.length = 0;
      end(() => reject(error));
    });
    worker.on("message", (row: NullRow) => {
      finish(row);
      next();
    });
    next();
  });
}
