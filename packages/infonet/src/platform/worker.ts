/** A worker thread of the pool: its own session, batches of permutations in, quantiles out. */

import { workerData } from "piscina";
import { Network } from "../network/network.js";
import { platform } from "./node.js";

const { model } = workerData as { model: string };
const network = platform.loadRuntime().then((runtime) => Network.open(runtime, platform.modelFiles(model)));
// A model that cannot be opened is reported by every task; unhandled, it would end the process.
network.catch(() => undefined);

/** One batch: permutations in canonical orientation, one after the other. */
export interface WorkerBatch {
  points: Uint32Array;
  sizes: number[];
}

export default async function run({ points, sizes }: WorkerBatch): Promise<Float32Array> {
  let at = 0;
  const perms = sizes.map((size) => {
    at += size;
    return points.subarray(at - size, at);
  });
  return (await (await network).values(perms)).slice();
}
