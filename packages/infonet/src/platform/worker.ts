/** A worker thread of the pool: its own session, batches of permutations in, quantiles out. */

import { threadId } from "node:worker_threads";
import type { InferenceSession } from "onnxruntime-common";
import { workerData } from "piscina";
import { Network, type Runtime } from "../network/network.js";
import { packError } from "./errors.js";
import type { WorkerAnswer, WorkerBatch, WorkerSetup } from "./messages.js";
import { NativeGate } from "./native-gate.js";
import { platform } from "./node.js";

const setup = workerData as WorkerSetup;
const pass = new NativeGate(setup.gate).arrive(threadId);
const network = pass(() => platform.loadRuntime()).then((runtime) =>
  Network.open(gated(runtime), platform.modelFiles(new URL(setup.model))),
);
// A model that cannot be opened is reported by every task; unhandled, it would end the process.
network.catch(() => undefined);

export default async function run({ points, sizes }: WorkerBatch): Promise<WorkerAnswer> {
  let at = 0;
  const perms = sizes.map((size) => {
    at += size;
    return points.subarray(at - size, at);
  });
  try {
    return { quantiles: (await (await network).values(perms)).slice() };
  } catch (error) {
    return { failure: packError(error) };
  }
}

/** A runtime whose native parts are behind the gate. */
function gated({ Tensor, open }: Runtime): Runtime {
  return {
    Tensor,
    open: (model) =>
      pass(async () => {
        const session = await open(model);
        return {
          run: (feeds: InferenceSession.FeedsType) => pass(() => session.run(feeds)),
          release: () => session.release(),
        } as InferenceSession;
      }),
  };
}
