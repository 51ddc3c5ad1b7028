/** A thread that tabulates single sample sizes of the null distribution. */
import { parentPort, workerData } from "node:worker_threads";
import { nullStatistics, TAIL, tailQuantiles } from "./null-table.js";
import { openReleased } from "./released.js";

/** Start of a thread. */
export interface NullWorkerSetup {
  folder: string;
  draws: number;
  seed: number;
}

/** A finished sample size: its quantiles at the probabilities of the table. */
export interface NullWorkerReply {
  n: number;
  row: number[];
}

const { folder, draws, seed } = workerData as NullWorkerSetup;
const model = openReleased(folder);

parentPort?.on("message", async (n: number) => {
  const statistics = await nullStatistics(await model, { n, draws, seed });
  parentPort?.postMessage({ n, row: tailQuantiles(statistics, TAIL) } satisfies NullWorkerReply);
});
