/** A thread that tabulates single sample sizes of the null distribution. */
import { parentPort, workerData } from "node:worker_threads";
import { type NullRow, nullRow } from "./null-statistics.js";
import { openQuantileModel, type QuantileParts } from "./quantile-model.js";

/** Start of a thread. */
export interface NullWorkerSetup {
  folder: string;
  /** As in the model's model.json. */
  parts?: QuantileParts;
  draws: number;
  seed: number;
}

const { folder, parts, draws, seed } = workerData as NullWorkerSetup;
const model = openQuantileModel(folder, parts);

parentPort?.on("message", async (n: number) => {
  parentPort?.postMessage((await nullRow(await model, { n, draws, seed })) satisfies NullRow);
});
