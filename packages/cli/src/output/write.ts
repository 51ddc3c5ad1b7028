import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { CliError } from "../errors.js";

/**
 * Checks before the work begins that a result can be written there: the folder exists and can be written
 * to, the path is no folder and not the input, not even under another name.
 *
 * @throws CliError with the remedy
 */
export async function checkOutput(path: string, option: string, input: string): Promise<void> {
  const folder = dirname(resolve(path));
  const folderInfo = await stat(folder).catch(() => undefined);
  if (!folderInfo?.isDirectory()) {
    throw new CliError(`${option} ${path}: the folder ${dirname(path)} does not exist; create it first.`);
  }
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) {
    throw new CliError(`${option} ${path} is a folder; name a file in it.`);
  }
  const source = await stat(input).catch(() => undefined);
  if (existing && source && existing.dev === source.dev && existing.ino === source.ino) {
    throw new CliError(
      `${option} ${path} is the input file; choose another name, the input is never overwritten.`,
    );
  }
  if (existing && !existing.isFile()) return;
  await access(folder, constants.W_OK).catch(() => {
    throw new CliError(
      `${option} ${path}: the folder ${dirname(path)} cannot be written to; choose another.`,
    );
  });
}

/**
 * Writes a file in one step: readers see the old content or the new, never half of it. Symbolic links are
 * followed; pipes and devices are written to directly.
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const target = (await lstat(path).catch(() => undefined))?.isSymbolicLink()
    ? await realpath(path).catch(() => path)
    : path;
  const existing = await stat(target).catch(() => undefined);
  if (existing && !existing.isFile()) {
    await writeFile(target, content);
    return;
  }
  // Not made from the target's name, which may be as long as names can be.
  const temporary = join(dirname(target), `.infonet-${randomBytes(8).toString("hex")}.tmp`);
  try {
    const handle = await open(temporary, "wx", existing?.mode ?? 0o666);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new CliError(`${path} could not be written (${code}); check the space and the permissions there.`);
  }
}
