/** Web Workers that each have the network. */

import type { Task, Threads } from "../engine/task.js";
import { disposedError, type InfoNetError } from "../errors.js";
import { lostError, unpackError } from "./errors.js";
import { posted } from "./messages.js";
import type { NumberedAnswer, NumberedTask, WebWorkerSetup } from "./web-messages.js";

/** What is used of a Web Worker, which the types of Node do not know. */
interface WebWorker {
  postMessage(message: WebWorkerSetup | NumberedTask): void;
  terminate(): void;
  onmessage: (event: { data?: NumberedAnswer }) => void;
  onerror: (event: { message?: string; preventDefault?(): void }) => void;
  onmessageerror: () => void;
}

declare const Worker: new (address: URL | string, options: { type: "module" }) => WebWorker;

/** Whether there are Web Workers where the program runs. */
export const hasWorkers = (): boolean => "Worker" in globalThis;

/** What the pool is started with. */
export interface WebPoolOptions {
  threads: number;
  setup: WebWorkerSetup;
  /** Address of the workers' script; by default that of the package. */
  worker: string | undefined;
  /** Called when the workers take no more tasks. */
  onEnd: () => void;
}

/** A task that waits for its answer. */
interface Pending {
  resolve(output: never): void;
  reject(reason: Error): void;
}

/** A worker, and how many tasks lie with it. */
interface Lane {
  worker: WebWorker;
  tasks: number;
}

/**
 * Workers that take tasks until they are closed or one of them fails. A page cannot hang in one of them: they are asked for one task
 * at a time, and all ended if the page is.
 */
export class WebWorkerPool implements Threads {
  readonly parallel: number;
  readonly #lanes: Lane[];
  readonly #pending = new Map<number, Pending>();
  readonly #onEnd: () => void;
  #number = 0;
  #end: Error | undefined;

  constructor({ threads, setup, worker, onEnd }: WebPoolOptions) {
    this.parallel = threads;
    this.#onEnd = onEnd;
    this.#lanes = Array.from({ length: threads }, () => this.#open(worker, setup));
  }

  /**
   * Has a task done.
   *
   * @throws as the task does in its worker; InfoNetError "worker" if a worker fails, "disposed" if the pool is closed: then all tasks
   *   under way are refused
   */
  run<Input, Output>({ name }: Task<Input, Output>, input: Input): Promise<Output> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        reject(this.#end);
        return;
      }
      const number = this.#number++;
      const lane = this.#lanes.reduce((least, other) => (other.tasks < least.tasks ? other : least));
      lane.tasks++;
      const settle = () => lane.tasks--;
      this.#pending.set(number, {
        resolve: (output) => {
          settle();
          resolve(output);
        },
        reject: (reason) => {
          settle();
          reject(reason);
        },
      });
      lane.worker.postMessage({ infonet: "task", number, name, input: posted(input) });
    });
  }

  /** Ends the workers. Tasks under way throw InfoNetError "disposed". */
  async close(): Promise<void> {
    this.#finish(disposedError());
  }

  #open(address: string | undefined, setup: WebWorkerSetup): Lane {
    let worker: WebWorker;
    try {
      worker =
        address === undefined
          ? // Written out as bundlers look for it.
            new Worker(new URL("./web-worker.js", import.meta.url), { type: "module" })
          : new Worker(address, { type: "module" });
    } catch (error) {
      throw workerError(error instanceof Error ? error.message : String(error));
    }
    worker.onmessage = ({ data }) => {
      if (data?.infonet !== "answer") return;
      const { number, answer } = data;
      const task = this.#pending.get(number);
      this.#pending.delete(number);
      if ("output" in answer) {
        task?.resolve(answer.output as never);
        return;
      }
      const error = unpackError(answer.failure);
      task?.reject(error);
      // Workers keep what they could not open. The next pool tries again.
      if (answer.closed) this.#finish(error);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#finish(workerError(event.message ?? "its script cannot be loaded"));
    };
    worker.onmessageerror = () => this.#finish(workerError("its answer cannot be read"));
    worker.postMessage(setup);
    return { worker, tasks: 0 };
  }

  #finish(reason: Error): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    for (const { worker } of this.#lanes) worker.terminate();
    for (const task of this.#pending.values()) task.reject(reason);
    this.#pending.clear();
    this.#onEnd();
  }
}

function workerError(reason: string): InfoNetError {
  return lostError(
    `${reason}; where the bundler does not copy it, bundle infonet/worker as a script of its own, or serve dist/browser/web-worker.js of the package, and pass its address as \`worker\``,
  );
}
