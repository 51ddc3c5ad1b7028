/** A thread that tabulates single sample sizes of the null distribution. */
import { parentPort, workerData } from "node:worker_threads";
import { type NullStatistics, nullStatistics, TAIL, tailQuantiles } from "./null-table.js";
import { openReleased } from "./released.js";

/** Start of a thread. */
export interface NullWorkerSetup {
  folder: string;
  draws: number;
  seed: number;
}

/** A finished sample size: the quantiles of its statistics at the probabilities of the table. */
export interface NullWorkerReply {
  n: number;
  rows: Record<keyof NullStatistics, number[]>;
}

const { folder, draws, seed } = workerData as NullWorkerSetup;
const model = openReleased(folder);

parentPort?.on("message", async (n: number) => {
  const { information, waves, combined } = await nullStatistics(await model, { n, draws, seed });
  const rows = {
    information: tailQuantiles(information, TAIL),
    waves: tailQuantiles(waves, TAIL),
    combined: tailQuantiles(combined, TAIL),
  };
  parentPort?.postMessage({ n, rows } satisfies NullWorkerReply);
});
