/** After a run on a GPU: what it left becomes a checkpoint like the trainer's own. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type RunRecord, saveCheckpoint } from "../loop/checkpoint.js";
import { FILES, type GpuResult, type GpuRun } from "./run.js";

/**
 * Writes the checkpoint of a run that train.py has trained: for the export, or for going on from it. Steps,
 * distributions and minutes include those behind the weights that the run started from.
 *
 * @param folder the run's folder, see `prepareGpuRun`
 * @param out folder for the checkpoint
 * @throws Error if the folder holds no result, or one of another size than was prepared
 */
export async function collectGpuRun(folder: string, out: string): Promise<RunRecord> {
  const result = join(folder, FILES.result);
  if (!existsSync(join(result, FILES.record))) {
    throw new Error(`${result} holds no ${FILES.record}; run gpu/train.py on ${folder} first`);
  }
  const read = async <T>(...path: string[]): Promise<T> => JSON.parse(await readFile(join(...path), "utf8"));
  const run = await read<GpuRun>(folder, FILES.run);
  const done = await read<GpuResult>(result, FILES.record);
  const state = await Promise.all(
    run.state.map(async (name) => {
      const path = join(result, `${name}.bin`);
      const bytes = await readFile(path);
      if (bytes.length !== 4 * run.parameters) {
        throw new Error(
          `${path} has ${bytes.length} bytes, ${run.parameters} parameters need ${4 * run.parameters}; copy the result again`,
        );
      }
      return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    }),
  );
  const minutes = run.record.minutes + done.seconds / 60;
  const record: RunRecord = {
    ...run.record,
    step: run.record.step + done.step,
    seen: run.record.seen + done.made,
    minutes,
    plannedMinutes: minutes,
    validation: done.validation,
  };
  await saveCheckpoint(out, { record, state });
  return record;
}
