/** What differs between Node and the browser. */

import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import type { BatchRunner } from "../network/runner.js";

/** Where the library runs. */
export interface Platform {
  /** @param wasm folder of onnxruntime-web's files, browser only */
  loadRuntime(wasm?: string | URL): Promise<Runtime>;
  /** Reads files of the bundled model, or of the one at a place given by the user. */
  modelFiles(model?: string | URL): ReadModelFile;
  /** Worker threads that each run the network; undefined where there are none. */
  openPool?(threads: number, model?: string | URL): Promise<BatchRunner>;
  /** Lets timers and messages have their turn. */
  breathe(): Promise<void>;
}
