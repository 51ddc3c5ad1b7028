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

/** Folders to be removed by an exit in the middle of the work (a second Ctrl-C). */
const folders = new Set<string>();

function removeAll(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Has a folder removed when the process exits, until the function that comes back is called. */
export function removeAtExit(folder: string): () => void {
  if (folders.size === 0) process.once("exit", removeAll);
  folders.add(folder);
  return () => {
    folders.delete(folder);
    if (folders.size === 0) process.removeListener("exit", removeAll);
  };
}

/** Makes a scratch folder, when the first file in it is asked for. */
export function makeScratch(): Scratch {
  let made: Promise<{ folder: string; release: () => void }> | undefined;
  const make = async () => {
    const folder = await mkdtemp(join(tmpdir(), "infonet-"));
    return { folder, release: removeAtExit(folder) };
  };
  return {
    async file(name) {
      made ??= make();
      return join((await made).folder, name);
    },
    async remove() {
      const { folder, release } = (await made?.catch(() => undefined)) ?? {};
      if (folder === undefined) return;
      await rm(folder, { recursive: true, force: true });
      release?.();
    },
  };
}
