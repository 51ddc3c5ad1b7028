import { mergeParts } from "../engine.js";
import { Job } from "../jobs/job.js";
import { matrixResult } from "../output/result.js";
import type { Context } from "./context.js";
import { checkOutputs, deliver, type MatrixOutputOptions, report } from "./matrix.js";
import { withEngine } from "./with-engine.js";

/** `infonet merge JOB`: what all shards found, as one run of `infonet matrix` would have written it. */
export async function mergeCommand(
  folder: string,
  options: MatrixOutputOptions,
  context: Context,
): Promise<void> {
  const { io, signal } = context;
  const outputs = await checkOutputs(options, [], io);
  const job = await Job.open(folder);
  const { units, seed } = job.options;
  const head = { units, seed, model: job.model, columns: job.columns };
  const parts = await job.results(signal);
  const matrix = await mergeParts(parts.map((part) => ({ ...head, ...part })));
  const table = outputs.report === undefined ? job.heads : await job.table();
  const result = matrixResult(table, matrix);
  await deliver(result, table, outputs, { ...options, partial: false }, io);
  const { report: destination } = outputs;
  if (destination === undefined) return;
  await withEngine(context, 1, (engine) => report(engine, destination, result, table, io, signal));
}
