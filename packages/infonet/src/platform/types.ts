/** What differs between Node and the browser. */

import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import type { BatchRunner } from "../network/runner.js";

/** What worker threads are started with. */
export interface PoolOptions {
  threads: number;
  /** Address of the folder of the model; by default that of the bundled one. */
  model?: URL;
  /** Called when the pool takes no more batches: it was closed, or a thread failed. The next call opens another one. */
  onEnd: () => void;
}

/** Where the library runs. */
export interface Platform {
  /** @param wasm folder of onnxruntime-web's files, browser only */
  loadRuntime(wasm?: string | URL): Promise<Runtime>;
  /**
   * The address of a model's folder as a user names it; undefined for the bundled one. It is asked for once: what a
   * relative path means may change.
   *
   * @throws InfoNetError "model" if it is no address
   */
  modelFolder(model?: string | URL): URL | undefined;
  /** Reads files of the bundled model, or of the one in a folder. */
  modelFiles(folder?: URL): ReadModelFile;
  /** Worker threads that each run the network; undefined where there are none. */
  openPool?(options: PoolOptions): Promise<BatchRunner>;
  /** Lets timers and messages have their turn. */
  breathe(): Promise<void>;
}
