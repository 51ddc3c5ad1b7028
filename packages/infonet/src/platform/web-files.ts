/** Files of a model as a page, and its workers, read them: by fetch, or as a part of the script. */

import { InfoNetError } from "../errors.js";
import type { ReadModelFile } from "../network/manifest.js";
import { bundledError, fileOf } from "./bundled.js";
import { fetchBytes, type WatchBytes } from "./fetch.js";
import { fileAddress } from "./folder.js";

/** Where the files of a model are: in one folder, or those that come with the package. */
export type WebModel =
  | { folder: string }
  | { documents: Record<string, string>; binaries: Record<string, string> };

/** Reads the files of a model. */
export function webModelFiles(model: WebModel, watch?: WatchBytes): ReadModelFile {
  if ("folder" in model) {
    const folder = new URL(model.folder);
    return (file, most, signal) => fetchBytes(fileAddress(folder, file), most, signal, watch);
  }
  const { documents, binaries } = model;
  return async (file, most, signal) => {
    if (Object.hasOwn(documents, file)) return new TextEncoder().encode(documents[file]);
    try {
      return await fetchBytes(new URL(fileOf(binaries, file)), most, signal, watch);
    } catch (error) {
      if (error instanceof InfoNetError || signal?.aborted) throw error;
      throw bundledError(
        file,
        error,
        "serve the `model` folder of the package and pass its address as `model`",
      );
    }
  };
}
