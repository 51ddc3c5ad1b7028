/**
 * The queue of a job: numbers of shards that workers take one after the other, by BullMQ on Redis or PostgreSQL. Nothing else is in it. What
 * is finished stands in the folder of the job, so that a queue that is lost is filled again.
 */

import { createRequire } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import type * as BullMQ from "bullmq";
import { CliError, oneLine } from "../errors.js";
import type { Job } from "./job.js";
import type { QueueAddress } from "./queue-address.js";

/** Times that a shard is tried, and milliseconds before the second one; twice as long before every further one. */
const ATTEMPTS = 3;
const BACKOFF = 1000;
/** Times that a shard is handed out again because its worker was not heard of. */
const MOST_STALLS = 5;
/** Milliseconds within which a server must answer at first. */
const PATIENCE = 20_000;
/** Milliseconds that the end of a worker is waited for after a signal. */
const END = 8000;
/** Milliseconds between two looks at what is left. */
const LOOK = 1000;

/** What is asked of a worker. */
interface ShardData {
  shard: number;
}

/** A shard that could not be done. */
export interface FailedShard {
  shard: number;
  reason: string;
  attempts: number;
}

/** What the queue of a job holds. */
export interface QueueState {
  /** What BullMQ calls it. */
  name: string;
  /** Shards that nobody has taken yet. */
  waiting: number;
  /** Those that workers are at, with percents. */
  active: { shard: number; progress: number }[];
  /** Those that will be tried again soon. */
  delayed: number;
  failed: FailedShard[];
  /** Machines that work on them. */
  workers: number;
}

/** Any of the two backends: the API is one, and its types are not. */
type Queue = BullMQ.Queue<ShardData>;

/** Names the folder of the job to a child process. */
export const JOB_VARIABLE = "INFONET_JOB";

const load = createRequire(import.meta.url);

/** The queue of one job. */
export class ShardQueue {
  private constructor(
    private readonly name: string,
    private readonly address: QueueAddress,
    private readonly queue: Queue,
  ) {}

  /**
   * Connects to the queue of a job.
   *
   * @param prepare whether tables may be made in a database that has none yet
   * @throws CliError for packages that are not installed, and for a server that cannot be reached
   */
  static async open(job: Job, address: QueueAddress, prepare: boolean): Promise<ShardQueue> {
    const { Queue } = packageOf(address);
    // Machines may see the folder by different paths; its content is one.
    const name = `infonet-${job.id}`;
    const queue = new Queue(
      name,
      {
        connection: connectionOf(address, prepare),
      },
      factoryOf(address),
    ) as unknown as Queue;
    await connected(queue, address);
    return new ShardQueue(name, address, queue);
  }

  /**
   * Puts shards into the queue that are not in it. Those that failed are tried anew.
   *
   * @returns how many were put there
   */
  async add(shards: readonly number[]): Promise<number> {
    const wanted = new Set(shards);
    for (const job of await this.#jobs("failed")) if (wanted.has(job.data.shard)) await job.remove();
    const known = await this.#jobs("waiting", "prioritized", "active", "delayed");
    const there = new Set(known.map(({ data }) => data.shard));
    const missing = shards.filter((shard) => !there.has(shard));
    await this.queue.addBulk(
      missing.map((shard) => ({
        name: "shard",
        data: { shard },
        opts: {
          jobId: `shard-${shard}`,
          attempts: ATTEMPTS,
          backoff: { type: "exponential", delay: BACKOFF },
          removeOnComplete: true,
          stackTraceLimit: 1,
        },
      })),
    );
    return missing.length;
  }

  /** What is in it. */
  async state(): Promise<QueueState> {
    const [counts, active, failed, workers] = await Promise.all([
      this.#counts(),
      this.#jobs("active"),
      this.#jobs("failed"),
      this.queue.getWorkersCount(),
    ]);
    const inOrder = (a: { shard: number }, b: { shard: number }) => a.shard - b.shard;
    return {
      name: this.name,
      waiting: counts.waiting,
      active: active
        .map(({ data: { shard }, progress }) => ({ shard, progress: Number(progress) || 0 }))
        .sort(inOrder),
      delayed: counts.delayed,
      failed: failed
        .map(({ data: { shard }, failedReason, attemptsMade }) => ({
          shard,
          reason: oneLine(failedReason ?? ""),
          attempts: attemptsMade,
        }))
        .sort(inOrder),
      workers,
    };
  }

  /** Shards that are not done: waiting, being tried, or to be tried again. */
  async left(): Promise<number> {
    const { waiting, active, delayed } = await this.#counts();
    return waiting + active + delayed;
  }

  /**
   * Takes shards until none is left, each in one of several child processes.
   *
   * @param processor file whose default export does a shard in a child process
   * @param processes how many at once
   * @param stalled seconds after which a worker that is not heard of counts as dead, at most twice that
   * @param env of the child processes
   * @param onLeft told how many shards are left, now and then
   * @param onTrouble told in words what goes wrong on the way; work goes on
   * @returns how many shards were done here; those under way when the signal ends the work go back into the queue
   */
  async work(
    processor: URL,
    { processes, stalled }: { processes: number; stalled: number },
    env: NodeJS.ProcessEnv,
    signal: AbortSignal,
    onLeft: (shards: number) => void,
    onTrouble: (text: string) => void,
  ): Promise<number> {
    const { Worker } = packageOf(this.address);
    let done = 0;
    const worker = new Worker(
      this.name,
      processor,
      {
        connection: connectionOf(this.address, false),
        concurrency: processes,
        maxStalledCount: MOST_STALLS,
        lockDuration: 1000 * stalled,
        stalledInterval: 1000 * stalled,
        workerForkOptions: { env },
      },
      factoryOf(this.address),
    );
    worker.on("completed", () => void done++);
    worker.on("failed", (job, error) =>
      onTrouble(`shard ${(job?.data as ShardData | undefined)?.shard ?? "?"} failed: ${oneLine(error)}`),
    );
    worker.on("error", (error) => onTrouble(oneLine(error)));
    try {
      for (;;) {
        const left = await this.left().catch((error: unknown) => {
          onTrouble(oneLine(error));
          return undefined;
        });
        if (left !== undefined) onLeft(left);
        if (left === 0 || signal.aborted) return done;
        await delay(LOOK, undefined, { signal }).catch(() => {});
      }
    } finally {
      if (signal.aborted) worker.cancelAllJobs("interrupted");
      // A server that is gone must not keep the process from its end.
      await Promise.race([worker.close(), ...(signal.aborted ? [delay(END)] : [])]);
    }
  }

  async close(): Promise<void> {
    await this.queue.close();
  }

  async #counts(): Promise<{ waiting: number; active: number; delayed: number }> {
    const counts = await this.queue.getJobCounts("waiting", "prioritized", "active", "delayed");
    const { waiting = 0, prioritized = 0, active = 0, delayed = 0 } = counts;
    return { waiting: waiting + prioritized, active, delayed };
  }

  async #jobs(...types: BullMQ.JobType[]): Promise<BullMQ.Job<ShardData>[]> {
    // A job that was removed since its number was read is not there.
    return (await this.queue.getJobs(types)).filter((job) => job !== undefined);
  }
}

/** @throws CliError with what to install */
function packageOf({ kind }: QueueAddress): typeof BullMQ {
  const driver = kind === "redis" ? "ioredis" : "pg";
  for (const name of ["bullmq", driver]) {
    try {
      load.resolve(name);
    } catch {
      throw new CliError(
        `--queue needs the package ${name}, which is not installed; npm install bullmq ${driver}, beside infonet.`,
      );
    }
  }
  return load("bullmq") as typeof BullMQ;
}

function factoryOf(
  address: QueueAddress,
): BullMQ.BackendFactory<BullMQ.RedisQueueBackend, BullMQ.ConnectionOptions> {
  const { createRedisBackend, createPostgresBackend } = packageOf(address);
  return (address.kind === "redis" ? createRedisBackend : createPostgresBackend) as ReturnType<
    typeof factoryOf
  >;
}

function connectionOf({ kind, url }: QueueAddress, prepare: boolean): BullMQ.ConnectionOptions {
  if (kind === "postgres") return { connectionString: url, migrate: prepare } as BullMQ.ConnectionOptions;
  return { url, maxRetriesPerRequest: null };
}

/** Waits for a server; what a library would try for ever is an error here. */
async function connected(queue: Queue, { shown }: QueueAddress): Promise<void> {
  let fail = (_: unknown) => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  queue.on("error", fail);
  const timer = setTimeout(() => fail(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
  try {
    await Promise.race([queue.waitUntilReady(), failed]);
  } catch (error) {
    // Closing waits for a connection that may never come.
    void queue.close().catch(() => {});
    void queue.disconnect().catch(() => {});
    throw new CliError(
      `the queue ${shown} cannot be used (${oneLine(error)}); check the address, the password and that the server runs.`,
    );
  } finally {
    clearTimeout(timer);
  }
  queue.off("error", fail);
  // Later trouble is met by connecting again; commands that fail say so themselves.
  queue.on("error", () => {});
}
