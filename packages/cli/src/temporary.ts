import { createHash, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { lstat, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

const DAY_MS = 86_400_000;

/** Process numbers mean something on their own machine only, and folders may be shared. */
const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/** Machine, process, and random digits. Not made from the result's name, which may be as long as names can be. */
const PATTERN = /^\.infonet-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.tmp$/;

/**
 * A path for a file or folder that lives only until a result is in its place. What runs that were killed left in
 * the same folder is removed.
 */
export async function temporaryPath(folder: string): Promise<string> {
  await removeStale(folder);
  return join(folder, `.infonet-${HOST}-${process.pid}-${randomBytes(6).toString("hex")}.tmp`);
}

/** What an end of the process in the middle of the work must not leave behind. */
const leftovers = new Set<string>();

/** Has a file or folder removed by the end of the process, unless the function that comes back is called before. */
export function removeAtExit(path: string): () => void {
  if (leftovers.size === 0) process.once("exit", removeLeftovers);
  leftovers.add(path);
  return () => {
    leftovers.delete(path);
    if (leftovers.size === 0) process.removeListener("exit", removeLeftovers);
  };
}

/** Removes what {@link removeAtExit} was told of; for an end that makes no exit of the process, such as a signal. */
export function removeLeftovers(): void {
  for (const path of leftovers) rmSync(path, { recursive: true, force: true });
}

/** Never fails: what cannot be removed belongs to somebody else. */
async function removeStale(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, host, pid] = PATTERN.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    const dead = host === HOST && !isRunning(Number(pid));
    if (dead || (await isOld(path))) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Older than any writing takes: left by another machine, or by a process whose number was given anew. */
async function isOld(path: string): Promise<boolean> {
  const info = await lstat(path).catch(() => undefined);
  return info !== undefined && Date.now() - info.mtimeMs > DAY_MS;
}
