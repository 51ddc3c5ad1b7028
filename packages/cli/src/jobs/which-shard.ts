/** Which shard a worker is to do: as it is told, or as the scheduler that started it says. */

import { UsageError } from "../errors.js";

/** A shard among all, from 1. */
export interface ShardOf {
  shard: number;
  of: number;
}

/**
 * Reads `k/N`.
 *
 * @throws UsageError
 */
export function readShard(text: string): ShardOf {
  const [, shard, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const found = { shard: Number(shard), of: Number(of) };
  if (shard !== undefined && found.shard >= 1 && found.shard <= found.of) return found;
  throw new UsageError(`--shard takes k/N, such as 3/80 for the third of 80, not ${JSON.stringify(text)}.`);
}

/** How schedulers number the tasks of an array: the variable, and the number of the first task unless another one says. */
const SCHEDULERS: readonly { variable: string; first: number; firstIn?: string }[] = [
  { variable: "SLURM_ARRAY_TASK_ID", first: 1, firstIn: "SLURM_ARRAY_TASK_MIN" },
  { variable: "JOB_COMPLETION_INDEX", first: 0 },
  { variable: "LSB_JOBINDEX", first: 1 },
  { variable: "SGE_TASK_ID", first: 1 },
  { variable: "PBS_ARRAY_INDEX", first: 1 },
  { variable: "AWS_BATCH_JOB_ARRAY_INDEX", first: 0 },
];

/**
 * The shard that the environment names: a task of an array of Slurm (its numbers may be those of missing shards, so they are taken as they
 * are from 1), Kubernetes (indexed jobs, from 0), LSF, Grid Engine, PBS or AWS Batch.
 *
 * @returns undefined where no scheduler speaks
 * @throws UsageError for a number that is no shard of the job
 */
export function scheduledShard(
  env: Readonly<Record<string, string | undefined>>,
  shards: number,
): { shard: number; variable: string } | undefined {
  for (const { variable, first, firstIn } of SCHEDULERS) {
    const text = env[variable];
    // Grid Engine and LSF say so where a job is no array.
    if (
      text === undefined ||
      text === "" ||
      text === "undefined" ||
      (text === "0" && first === 1 && firstIn === undefined)
    )
      continue;
    const start = firstIn !== undefined && env[firstIn] === "0" ? 0 : first;
    const shard = Number(text) - start + 1;
    if (/^\d+$/.test(text) && shard >= 1 && shard <= shards) return { shard, variable };
    throw new UsageError(
      `${variable} is ${JSON.stringify(text)}, and the job has shards ${start} to ${start + shards - 1} in that way of counting; make an array of ${shards} tasks, or name one with --shard k/${shards}.`,
    );
  }
  return undefined;
}
