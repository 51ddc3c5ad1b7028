/** The worker as the page sees it. */
import type { Cell } from "@infonet/cli/output/result.js";
import type { Calls, Progress, Question, Stop, Told } from "../messages.js";

/** What is heard while something goes on. */
export interface Listener {
  onLoading(done: number, total: number): void;
  onCells(cells: Cell[], done: number, total: number): void;
}

/** What a question brings along that takes a while. */
export interface Watch {
  /** Ends it before time. */
  signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

interface Waiting extends Watch {
  resolve(answer: never): void;
  reject(error: Error): void;
}

/** Asks the worker. */
export class Analysis {
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;

  constructor(listener: Listener) {
    this.#worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if ("loaded" in data) listener.onLoading(data.loaded.done, data.loaded.total);
      else if ("cells" in data) listener.onCells(data.cells, data.done, data.total);
      else {
        const waiting = this.#waiting.get(data.number);
        if ("progress" in data) {
          waiting?.onProgress?.(data.progress);
          return;
        }
        this.#waiting.delete(data.number);
        if ("error" in data) waiting?.reject(new Error(data.error));
        else waiting?.resolve(data.answer as never);
      }
    };
    this.#worker.onerror = (event) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(event.message || "the worker does not start"));
      this.#waiting.clear();
    };
  }

  /** @throws Error with one line that can be shown */
  ask<Name extends keyof Calls>(
    call: Name,
    ask: Calls[Name]["ask"],
    watch: Watch = {},
  ): Promise<Calls[Name]["answer"]> {
    return new Promise((resolve, reject) => {
      const number = this.#number++;
      this.#waiting.set(number, { ...watch, resolve, reject });
      this.#worker.postMessage({ number, call, ask } as Question);
      watch.signal?.addEventListener("abort", () => {
        if (this.#waiting.has(number)) this.#worker.postMessage({ stop: number } satisfies Stop);
      });
    });
  }
}
