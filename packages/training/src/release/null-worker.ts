/** A thread that tabulates single sample sizes: a size comes in, its row goes out, or nothing if it was told to stop. */
import { parentPort, workerData } from "node:worker_threads";
import { nullRow } from "./null-statistics.js";
import { openQuantileModel, type QuantileParts } from "./quantile-model.js";

/** Start of a thread. */
export interface NullWorkerSetup {
  folder: string;
  /** As in the model's model.json. */
  parts?: QuantileParts;
  draws: number;
  seed: number;
  /** One number: not 0 once the thread is to give up. */
  stop: Int32Array<SharedArrayBuffer>;
}

const { folder, parts, draws, seed, stop } = workerData as NullWorkerSetup;
const model = openQuantileModel(folder, parts);

const stopped = (): boolean => Atomics.load(stop, 0) !== 0;

parentPort?.on("message", async (n: number) => {
  parentPort?.postMessage(await nullRow(await model, { n, draws, seed, stopped }));
});
