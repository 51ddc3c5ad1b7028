/** A worker thread of the pool: it has its own sessions of the network, and does one task after the other. */

import { threadId } from "node:worker_threads";
import type { InferenceSession } from "onnxruntime-common";
import { move, transferableSymbol, valueSymbol, workerData } from "piscina";
import { Network, type Runtime } from "../network/network.js";
import { answerTask } from "./answer.js";
import { buffersOf, type WorkerAnswer, type WorkerSetup, type WorkerTask } from "./messages.js";
import { NativeGate } from "./native-gate.js";
import { platform } from "./node.js";
import { TASKS } from "./tasks.js";

const setup = workerData as WorkerSetup;
const pass = new NativeGate(setup.gate).arrive(threadId);
const network = pass(() => platform.loadRuntime()).then((runtime) =>
  Network.open(gated(runtime), platform.modelFiles(platform.modelFolder(setup.model))),
);
// A model that cannot be opened is reported by every task; unhandled, it would end the process.
network.catch(() => undefined);

export default async function run(task: WorkerTask): Promise<WorkerAnswer> {
  return moved(await answerTask(network, task, (name) => TASKS.get(name)));
}

/** An answer whose arrays go to the other thread and are nobody's here. */
function moved(answer: WorkerAnswer): WorkerAnswer {
  const transferable = { [transferableSymbol]: [...buffersOf(answer)], [valueSymbol]: answer };
  return move(transferable as never) as unknown as WorkerAnswer;
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
