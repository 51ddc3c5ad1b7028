/** What a worker does with a shard. */

import type { DependenceMatrix } from "infonet";
import { type Engine, engineColumn, engineRows } from "../engine.js";
import { CliError } from "../errors.js";
import type { Table } from "../table/types.js";
import type { PairAt } from "./cut.js";
import { halfOf } from "./half.js";
import type { Job } from "./job.js";
import type { ShardResult } from "./shard-file.js";

/** @throws CliError unless a job was planned with the model that is there */
export function requireModel(job: Job, model: string): void {
  if (model === job.model) return;
  throw new CliError(
    `${job.folder} was planned with the model ${job.model}, and this infonet has ${model}; use one version for plan and run.`,
  );
}

/**
 * The pairs of a shard, estimated.
 *
 * @param shard from 1
 * @param onDone told how many of them are done
 */
export async function estimateShard(
  engine: Engine,
  job: Job,
  shard: number,
  signal: AbortSignal,
  onDone: (pairs: number) => void,
): Promise<ShardResult> {
  const parts = job.partsOf(shard);
  const table = await job.table(new Set(parts.flatMap(({ pairs }) => pairs.flat())));
  const result: ShardResult & { replicates: NonNullable<ShardResult["replicates"]>[number][] } = {
    pairs: [],
    replicates: [],
  };
  let before = 0;
  for (const { replicate, pairs } of parts) {
    signal.throwIfAborted();
    const rows = replicate === 0 ? table : halfOf(table, replicate, job.options.seed);
    const matrix = await estimatePairs(engine, job, rows, pairs, signal, (done) => onDone(before + done));
    before += pairs.length;
    if (replicate > 0) result.replicates.push({ replicate, pairs: matrix.pairs });
    else Object.assign(result, { pairs: matrix.pairs, screened: matrix.screened });
  }
  const { replicates, ...alone } = result;
  return job.replicates > 0 ? result : alone;
}

function estimatePairs(
  engine: Engine,
  job: Job,
  table: Table,
  pairs: readonly PairAt[],
  signal: AbortSignal,
  onDone: (pairs: number) => void,
): Promise<DependenceMatrix> {
  const names = job.columns;
  const { units, seed, screen } = job.options;
  const here = new Set(table.columns.map(({ name }) => name));
  return engine.matrix(
    table.columns.map((column) => ({ name: column.name, values: engineColumn(column) })),
    {
      pairs: pairs.map(([i, j]) => [names[i], names[j]] as const),
      units,
      seed,
      screen,
      related: (table.related ?? []).map((family) => family.filter((name) => here.has(name))),
      ...engineRows(table),
      signal,
      onProgress: ({ done }) => onDone(done),
    },
  );
}
