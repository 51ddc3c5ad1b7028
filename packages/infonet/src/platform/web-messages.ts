/** What the pool of a page and its workers tell each other. */

import type { WorkerAnswer, WorkerTask } from "./messages.js";
import type { WebModel } from "./web-files.js";

/** The first message to a worker. A script may do other things too: messages without the mark are none of the pool's. */
export interface WebWorkerSetup {
  infonet: "setup";
  model: WebModel;
  /** Address of the folder of ONNX Runtime's files. */
  wasm: string | undefined;
}

/** Every other message to it: a task with its number, by which it is answered. */
export type NumberedTask = WorkerTask & { infonet: "task"; number: number };

/** What it answers. */
export interface NumberedAnswer {
  infonet: "answer";
  number: number;
  answer: WorkerAnswer;
}
