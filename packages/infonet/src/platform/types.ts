/** What differs between Node and the browser. */

import type { Threads } from "../engine/task.js";
import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import type { WatchBytes } from "./fetch.js";

/** What worker threads are started with. */
export interface ThreadOptions {
  threads: number;
  /** Address of the folder of the model; by default that of the bundled one. */
  model?: URL;
  /** Folder of onnxruntime-web's files, browser only. */
  wasm?: string | URL;
  /** Address of the workers' script, browser only. */
  worker?: string | URL;
  /** Called when they take no more tasks: they were closed, or one of them failed. The next call starts others. */
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
  /** Reads files of the bundled model, or of the one in a folder, and tells how far it is. */
  modelFiles(folder?: URL, watch?: WatchBytes): ReadModelFile;
  /** Worker threads that each have the network; undefined where there are none. */
  openThreads?(options: ThreadOptions): Promise<Threads>;
  /** Lets timers and messages have their turn. */
  pause(): Promise<void>;
}
