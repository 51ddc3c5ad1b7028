/** What a Web Worker does: it has its own sessions of the network, and does one task after the other. */

import * as ort from "onnxruntime-web/wasm";
import { Network } from "../network/network.js";
import { answerTask, type FindTask } from "./answer.js";
import { buffersOf } from "./messages.js";
import { webModelFiles } from "./web-files.js";
import type { NumberedAnswer, NumberedTask, WebWorkerSetup } from "./web-messages.js";
import { webRuntime } from "./web-runtime.js";

/** What is used of a worker's global object. */
interface WorkerScope {
  addEventListener(
    type: "message",
    listener: (event: { data?: Partial<WebWorkerSetup | NumberedTask> }) => void,
  ): void;
  postMessage(message: NumberedAnswer, move: readonly ArrayBuffer[]): void;
}

/** Listens to the pool. */
export function serveTasks(find: FindTask): void {
  const scope = globalThis as unknown as WorkerScope;
  let network: Promise<Network> | undefined;
  scope.addEventListener("message", async ({ data }) => {
    if (data?.infonet === "setup") {
      const { model, wasm } = data as WebWorkerSetup;
      network = Network.open(webRuntime(ort, wasm), webModelFiles(model));
      // A model that cannot be opened is reported by every task.
      network.catch(() => undefined);
    } else if (data?.infonet === "task") {
      const { number, name, input } = data as NumberedTask;
      const answer = await answerTask(network!, { name, input }, find);
      scope.postMessage({ infonet: "answer", number, answer }, [...buffersOf(answer)]);
    }
  });
}
