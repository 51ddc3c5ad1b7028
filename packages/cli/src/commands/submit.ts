import { Job } from "../jobs/job.js";
import { count } from "../text/numbers.js";
import { type Context, quoted } from "./context.js";
import { type QueueOptions, queueAddress, withQueue } from "./with-queue.js";

/** `infonet submit JOB --queue URL`: puts the shards that are not finished into a queue. */
export async function submitCommand(folder: string, options: QueueOptions, context: Context): Promise<void> {
  const { io } = context;
  const job = await Job.open(folder);
  await withQueue(job, queueAddress(options, context), true, async (queue, { shown }) => {
    const { done, missing } = await job.state();
    const added = await queue.add(missing);
    const parts = [
      ...(missing.length > added ? [`${missing.length - added} there already`] : []),
      ...(done.length > 0 ? [`${done.length} finished`] : []),
    ];
    const rest = parts.length > 0 ? ` (${parts.join(", ")})` : "";
    io.err(`infonet: ${count(added, "shard")} put into ${shown}${rest}\n`);
    await io.out(`infonet work ${quoted(folder)} --queue ${shown}\n`);
  });
}
