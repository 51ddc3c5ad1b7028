import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for temporary copies that only this user can read. */
export interface Scratch {
  /** The path of a file in the folder, which is made at the first call. */
  file(name: string): Promise<string>;
  /** Removes the folder with all that is in it. */
  remove(): Promise<void>;
}

/** Folders that are in use: an exit in the middle of the work (a second Ctrl-C) removes them too. */
const inUse = new Set<string>();

function removeAll(): void {
  for (const folder of inUse) rmSync(folder, { recursive: true, force: true });
}

/** Makes a scratch folder, when the first file in it is asked for. */
export function makeScratch(): Scratch {
  let folder: Promise<string> | undefined;
  const make = async () => {
    const path = await mkdtemp(join(tmpdir(), "infonet-"));
    if (inUse.size === 0) process.once("exit", removeAll);
    inUse.add(path);
    return path;
  };
  return {
    async file(name) {
      folder ??= make();
      return join(await folder, name);
    },
    async remove() {
      if (folder === undefined) return;
      const path = await folder;
      await rm(path, { recursive: true, force: true });
      inUse.delete(path);
      if (inUse.size === 0) process.removeListener("exit", removeAll);
    },
  };
}
