import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeAtExit, temporaryPath } from "../temporary.js";

/** A folder for temporary copies that only this user can read. */
export interface Scratch {
  /** The path of a file in the folder, which is made at the first call. */
  file(name: string): Promise<string>;
  /** Removes the folder with all that is in it. */
  remove(): Promise<void>;
}

/** Makes a scratch folder, when the first file in it is asked for. It is removed at the end of the process too. */
export function makeScratch(): Scratch {
  let made: { folder: string; release: () => void } | undefined;
  return {
    async file(name) {
      if (made === undefined) {
        const folder = await temporaryPath(tmpdir());
        await mkdir(folder, { mode: 0o700 });
        made = { folder, release: removeAtExit(folder) };
      }
      return join(made.folder, name);
    },
    async remove() {
      if (made === undefined) return;
      await rm(made.folder, { recursive: true, force: true });
      made.release();
    },
  };
}
