/** What the pool of a page and its workers tell each other. */

import type { WorkerAnswer, WorkerTask } from "./messages.js";
import type { WebModel } from "./web-files.js";

/** The first message to a worker. */
export interface WebWorkerSetup {
  model: WebModel;
  /** Address of the folder of ONNX Runtime's files. */
  wasm: string | undefined;
}

/** Every other message to it: a task with its number, by which it is answered. */
export type NumberedTask = WorkerTask & { number: number };

/** What it answers. */
export interface NumberedAnswer {
  number: number;
  answer: WorkerAnswer;
}
