/** Browsers: onnxruntime-web (WebAssembly), model files by fetch, Web Workers. Nothing leaves the machine. */

import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import { bundledLargeFiles } from "./bundled.js";
import type { WatchBytes } from "./fetch.js";
import { folderAddress } from "./folder.js";
import type { Platform, ThreadOptions } from "./types.js";
import { type WebModel, webModelFiles } from "./web-files.js";
import { hasWorkers, WebWorkerPool } from "./web-pool.js";
import { requireWebAssembly, webRuntime } from "./web-runtime.js";

async function loadRuntime(wasm?: string | URL): Promise<Runtime> {
  await requireWebAssembly();
  return webRuntime(await import("onnxruntime-web/wasm"), wasm && folderOf(wasm).href);
}

/** What an address given by the user is relative to. */
function pageAddress(): string | undefined {
  return (globalThis as { location?: { href: string } }).location?.href;
}

/** A folder given by the user, relative to the page. */
function folderOf(place: string | URL): URL {
  return folderAddress(place, (address) => new URL(address, pageAddress()));
}

/** What is used of a port of a page, which is another one than Node's. */
interface PagePort {
  onmessage: () => void;
  postMessage(message: number): void;
  close(): void;
}

/** Where a worker finds the files of a model. */
async function placesOf(folder: URL | undefined): Promise<WebModel> {
  if (folder !== undefined) return { folder: folder.href };
  const { DOCUMENTS } = await import("./documents.js");
  // Next.js has webpack make addresses without an origin.
  const whole = ({ href }: URL) => new URL(href, pageAddress()).href;
  const binaries = Object.entries(bundledLargeFiles()).map(([file, address]) => [file, whole(address)]);
  return { documents: DOCUMENTS, binaries: Object.fromEntries(binaries) };
}

function modelFiles(folder?: URL, watch?: WatchBytes): ReadModelFile {
  let files: Promise<ReadModelFile> | undefined;
  return async (file, most, signal) => {
    files ??= placesOf(folder).then((model) => webModelFiles(model, watch));
    return (await files)(file, most, signal);
  };
}

async function openThreads({ threads, model, wasm, worker, onEnd }: ThreadOptions): Promise<WebWorkerPool> {
  const setup = {
    infonet: "setup" as const,
    model: await placesOf(model),
    wasm: wasm && folderOf(wasm).href,
  };
  const address = worker && new URL(worker, pageAddress()).href;
  return new WebWorkerPool({ threads, setup, worker: address, onEnd });
}

/** The browser platform. */
export const platform: Platform = {
  loadRuntime,
  modelFolder: (model) => (model === undefined ? undefined : folderOf(model)),
  modelFiles,
  ...(hasWorkers() && { openThreads }),
  // A timer would wait some milliseconds where many follow each other.
  pause: () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel() as unknown as Record<"port1" | "port2", PagePort>;
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(0);
    }),
};
