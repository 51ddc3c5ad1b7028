import { constants, type Stats } from "node:fs";
import { copyFile, type FileHandle, link, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { CliError } from "../errors.js";
import { temporaryPath } from "../temporary.js";
import { type Content, systemReason, writeAll } from "../terminal/content.js";
import { type Destination, entryIdentity } from "./destination.js";

/**
 * Writes a result to its place. A file is written in one step: readers see the old content or the new, never half of
 * it, and if that fails the old file stays. Pipes and devices are written to directly.
 *
 * @throws CliError with what the system says
 */
export async function writeTo({ path, place }: Destination, content: Content): Promise<void> {
  await orWriteError(path, async () => {
    if (place.kind === "descriptor") await writeAll(place.descriptor, content);
    else if (place.kind === "device") await writeDevice(place.path, content);
    else {
      const target = join(place.folder, place.name);
      const existing = await stat(target).catch(() => undefined);
      await throughTemporary(place.folder, content, existing, (temporary) => rename(temporary, target));
    }
  });
}

/**
 * Writes a partial result beside the place of the whole one: to `NAME.partial.ENDING`, or to
 * `NAME.partial-2.ENDING` and so on. It never replaces a file, not even one that was made a moment ago, and never
 * takes a place that is to be avoided. Pipes and devices get it as they would have got the whole.
 *
 * @returns the path it was written to
 * @throws CliError with what the system says
 */
export async function writePartial(
  destination: Destination,
  content: Content,
  avoid: readonly Pick<Destination, "identities">[],
): Promise<string> {
  const { path, place } = destination;
  if (place.kind !== "file") {
    await writeTo(destination, content);
    return path;
  }
  const { folder, name } = place;
  return orWriteError(path, () =>
    throughTemporary(folder, content, undefined, async (temporary) => {
      for (let number = 1; ; number++) {
        const partial = partialName(name, number);
        const entry = await entryIdentity(folder, partial);
        if (avoid.some(({ identities }) => identities.includes(entry))) continue;
        if (!(await putNew(temporary, join(folder, partial)))) continue;
        const besidePath = (await realpath(dirname(path))) === folder;
        return join(besidePath ? dirname(path) : folder, partial);
      }
    }),
  );
}

/** Bytes that a name may have on all common file systems. */
const LONGEST_NAME = 255;
/** Beyond this, what follows the last dot is no ending. */
const LONGEST_ENDING = 16;

/** `pairs.csv` → `pairs.partial.csv`, `pairs.partial-2.csv`, …; the beginning is cut if that would be too long. */
export function partialName(name: string, number: number): string {
  const after = extname(name);
  const ending = Buffer.byteLength(after) > LONGEST_ENDING ? "" : after;
  const addition = `.partial${number > 1 ? `-${number}` : ""}${ending}`;
  let stem = "";
  let left = LONGEST_NAME - Buffer.byteLength(addition);
  for (const char of name.slice(0, name.length - ending.length)) {
    left -= Buffer.byteLength(char);
    if (left < 0) break;
    stem += char;
  }
  return stem + addition;
}

/** Gives a finished file its name unless there is one of that name. */
async function putNew(temporary: string, target: string): Promise<boolean> {
  try {
    await link(temporary, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") throw error;
      // Some file systems know no second name for a file.
      return copyFile(temporary, target, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  return true;
}

/** Writes a temporary file whole, then lets it be put in its place. If either fails, it is gone. */
async function throughTemporary<Result>(
  folder: string,
  content: Content,
  existing: Stats | undefined,
  put: (temporary: string) => Promise<Result>,
): Promise<Result> {
  const temporary = await temporaryPath(folder);
  try {
    const handle = await open(temporary, "wx", existing === undefined ? 0o666 : 0o600);
    try {
      await writeAll(handle.fd, content);
      if (existing) await copyPermissions(handle, existing);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await put(temporary);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** Owner, group and permissions of the file that is replaced. The owner can be kept only by root. */
async function copyPermissions(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const made = await handle.stat();
  if (made.uid !== uid || made.gid !== gid) await handle.chown(uid, gid).catch(() => {});
  await handle.chmod(mode & 0o7777);
}

async function writeDevice(path: string, content: Content): Promise<void> {
  const handle = await open(path, "w");
  try {
    await writeAll(handle.fd, content);
  } finally {
    await handle.close();
  }
}

async function orWriteError<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    // What is written may be made on the way, and end by a signal.
    if (error instanceof CliError) throw error;
    throw new CliError(
      `${path} could not be written (${systemReason(error)}); check the space and the permissions there.`,
    );
  }
}
