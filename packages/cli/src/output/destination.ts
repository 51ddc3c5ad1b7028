import { constants, fstatSync, type Stats } from "node:fs";
import { access, lstat, readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { CliError, UsageError } from "../errors.js";
import { systemReason } from "../terminal/content.js";

/** Where a result goes, found out before the work begins. */
export interface Destination {
  /** The option and the path as the user gave them. */
  option: string;
  path: string;
  /** What the links on the way lead to. */
  place: Place;
  /** What it is known by. Two destinations that share one of these are the same. */
  identities: readonly string[];
}

/** A file in a folder, a pipe or device, or a descriptor that is open already (`/dev/stdout`). */
export type Place =
  | { kind: "file"; folder: string; name: string }
  | { kind: "device"; path: string }
  | { kind: "descriptor"; descriptor: number };

/**
 * Finds the place that a path names and checks that a result can be written there.
 *
 * @throws UsageError for a path that names no file, CliError for one that cannot be written to
 */
export async function findDestination(option: string, path: string): Promise<Destination> {
  const found = await follow(option, path, path, 0);
  if ("descriptor" in found) {
    const { descriptor } = found;
    const info = openDescriptor(option, path, descriptor);
    const place: Place = { kind: "descriptor", descriptor };
    return { option, path, place, identities: [`descriptor ${descriptor}`, ...identity(info)] };
  }
  const { folder, name, existing } = found;
  const whole = join(folder, name);
  if (existing?.isDirectory() || path.endsWith("/") || path.endsWith(sep)) {
    throw new UsageError(`${option} ${path} is a folder; name a file in it.`);
  }
  const entry = await entryIdentity(folder, name);
  const identities = [entry, ...(existing ? identity(existing) : [])];
  if (existing && !existing.isFile()) {
    if (!existing.isFIFO() && !existing.isCharacterDevice()) {
      throw new UsageError(`${option} ${path} is neither a file nor a pipe; name a file.`);
    }
    await mustBeWritable(whole, `${option} ${path}`);
    return { option, path, place: { kind: "device", path: whole }, identities };
  }
  await mustBeWritable(folder, `${option} ${path}: the folder ${dirname(path)}`);
  if (existing) await mustNotBeProtected(whole, existing, option, path);
  return { option, path, place: { kind: "file", folder, name }, identities };
}

/** Whether two places are one, under whatever names. */
export function sameDestination(
  a: Pick<Destination, "identities">,
  b: Pick<Destination, "identities">,
): boolean {
  return a.identities.some((name) => b.identities.includes(name));
}

/**
 * Refuses to write over the input, under whatever name.
 *
 * @throws UsageError
 */
export async function mustNotBeInput(destination: Destination, input: string): Promise<void> {
  const source = await stat(input).catch(() => undefined);
  if (source === undefined || !sameDestination(destination, { identities: identity(source) })) return;
  const { option, path } = destination;
  throw new UsageError(
    `${option} ${path} is the input file; choose another name, the input is never overwritten.`,
  );
}

/** What an existing file is known by, whatever its names. */
export function identity({ dev, ino }: Pick<Stats, "dev" | "ino">): string[] {
  return [`file ${dev}:${ino}`];
}

/** What a name in a folder is known by, whether there is such a file or not. */
export async function entryIdentity(folder: string, name: string): Promise<string> {
  const { dev, ino } = await stat(folder);
  // File systems there hold "a.csv" and "A.csv" for one name.
  const folds = process.platform === "darwin" || process.platform === "win32";
  return `entry ${dev}:${ino}:${folds ? name.normalize("NFC").toLowerCase() : name}`;
}

/** Links in a row, after which they are taken for a circle. */
const MOST_LINKS = 40;

/** The folder and name that a path comes down to once all links are followed, also those that lead to nothing yet. */
async function follow(
  option: string,
  given: string,
  path: string,
  links: number,
): Promise<{ descriptor: number } | { folder: string; name: string; existing: Stats | undefined }> {
  const absolute = resolve(path);
  const folder = await realpath(dirname(absolute)).catch((error) => {
    throw noFolder(option, given, dirname(path), error);
  });
  const name = basename(absolute);
  const at = join(folder, name);
  const descriptor = ownDescriptor(at);
  if (descriptor !== undefined) return { descriptor };
  const info = await lstat(at).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw noFolder(option, given, dirname(path), error);
  });
  if (!info?.isSymbolicLink()) return { folder, name, existing: info };
  if (links === MOST_LINKS)
    throw new UsageError(`${option} ${given}: its links run in a circle; name a file.`);
  return follow(option, given, resolve(folder, await readlink(at)), links + 1);
}

/** The descriptor that a path under /dev/fd or /proc/self/fd stands for: /dev/stdout is a link there. */
function ownDescriptor(path: string): number | undefined {
  const [, pid, number] = /^(?:\/proc\/(\d+)\/fd|\/dev\/fd)\/(\d+)$/.exec(path) ?? [];
  return number === undefined || (pid !== undefined && Number(pid) !== process.pid)
    ? undefined
    : Number(number);
}

function openDescriptor(option: string, path: string, descriptor: number): Stats {
  try {
    return fstatSync(descriptor);
  } catch {
    throw new CliError(`${option} ${path} is not open; name a file.`);
  }
}

function noFolder(option: string, path: string, folder: string, error: NodeJS.ErrnoException): CliError {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") {
    return new CliError(`${option} ${path}: the folder ${folder} does not exist; create it first.`);
  }
  return noName(option, path, error);
}

function noName(option: string, path: string, error: NodeJS.ErrnoException): CliError {
  if (error.code === "ENAMETOOLONG")
    return new UsageError(`${option} ${path}: the name is too long; choose a shorter one.`);
  return new CliError(`${option} ${path} cannot be reached (${systemReason(error)}); choose another place.`);
}

async function mustBeWritable(path: string, subject: string): Promise<void> {
  await access(path, constants.W_OK).catch((error) => {
    throw new CliError(`${subject} cannot be written to (${systemReason(error)}); choose another.`);
  });
}

/** A new file takes the place of the old one, which the protection of the old one alone would not stop. */
async function mustNotBeProtected(
  whole: string,
  existing: Stats,
  option: string,
  path: string,
): Promise<void> {
  const open =
    (existing.mode & 0o222) !== 0 &&
    (await access(whole, constants.W_OK).then(
      () => true,
      () => false,
    ));
  if (!open) {
    throw new CliError(`${option} ${path} is write-protected; choose another name, or allow writing to it.`);
  }
}
