/**
 * A worker of a page: it has its own sessions of the network, and does one task after the other. It imports nothing on demand, so that
 * bundlers can make one file of it in whatever format they give workers.
 */

import * as ort from "onnxruntime-web/wasm";
import { Network } from "../network/network.js";
import { answerTask } from "./answer.js";
import { buffersOf } from "./messages.js";
import { webModelFiles } from "./web-files.js";
import type { NumberedAnswer, NumberedTask, WebWorkerSetup } from "./web-messages.js";
import { webRuntime } from "./web-runtime.js";

/** What is used of a worker's global object. */
interface WorkerScope {
  onmessage: (event: { data: WebWorkerSetup | NumberedTask }) => void;
  postMessage(message: NumberedAnswer, move: readonly ArrayBuffer[]): void;
}

const scope = globalThis as unknown as WorkerScope;
let network: Promise<Network> | undefined;

scope.onmessage = async ({ data }) => {
  if ("model" in data) {
    network = Network.open(webRuntime(ort, data.wasm), webModelFiles(data.model));
    // A model that cannot be opened is reported by every task.
    network.catch(() => undefined);
    return;
  }
  const answer = await answerTask(network!, data);
  scope.postMessage({ number: data.number, answer }, [...buffersOf(answer)]);
};
