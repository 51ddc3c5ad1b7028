/** From the files of a model to an engine that runs: with progress, and an end before time. */

import { LongCall, type LongCallOptions } from "../long-call.js";
import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import { Engine, type EngineSettings } from "./engine.js";
import { Model } from "./model.js";

/** Is told how many bytes come, and how many have come. */
interface Watch {
  expect(bytes: number): void;
  count(bytes: number): void;
}

/** Where a model comes from, and how it is run. */
export interface Loading extends EngineSettings, LongCallOptions {
  runtime(): Promise<Runtime>;
  files(watch: Watch): ReadModelFile;
  /** Whether graphs and threads are opened, and run once, before it is ready. */
  warmup: boolean;
}

/**
 * Loads a model.
 *
 * @throws InfoNetError "model", "runtime"; AbortedError if its signal was aborted
 */
export async function loadEngine(loading: Loading): Promise<Engine> {
  const { runtime, files, warmup, signal, onProgress, threads, openThreads, pause } = loading;
  const call = new LongCall({ signal, onProgress }, "bytes", pause);
  let loaded = false;
  const watch: Watch = {
    expect: (bytes) => loaded || call.expect(bytes),
    count: (bytes) => {
      // Graphs are read when they are first needed, when nobody waits for the model any more.
      if (loaded) return;
      call.count(bytes);
      call.tell();
    },
  };
  return call.run(async () => {
    let engine: Engine | undefined;
    try {
      const read = files(watch);
      const model = await Model.open(await runtime(), (file, most, own) => read(file, most, own ?? signal));
      engine = new Engine(model, { threads, openThreads, pause });
      if (warmup) await engine.warmup();
      call.check();
      loaded = true;
      return engine;
    } catch (error) {
      await engine?.dispose();
      // What a reader says of its end before time is not why there is no model.
      call.check();
      throw error;
    }
  });
}
