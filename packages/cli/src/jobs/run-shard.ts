/** What a worker does with a shard. */

import { type Engine, engineColumn, engineRows } from "../engine.js";
import { CliError } from "../errors.js";
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
  const pairs = job.pairsOf(shard);
  if (pairs.length === 0) return { pairs: [] };
  const table = await job.table(new Set(pairs.flat()));
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
