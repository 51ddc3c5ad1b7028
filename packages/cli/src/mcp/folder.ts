/** The one folder whose tables may be read: paths as assistants write them, which may be anything. */
import { readdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { CliError } from "../errors.js";

/** Endings of files that may be tables, compressed ones too. */
const TABLES = /\.(csv|tsv|tab|txt|dat|parquet|pq|json|ndjson|jsonl|arrow|feather|ipc)(\.(gz|zst))?$/i;
/** Files that a list has at most. */
const MOST_LISTED = 200;

/** The folder, as the file system knows it. */
export async function folderOf(path: string): Promise<string> {
  const folder = await realpath(path).catch(() => undefined);
  if (folder === undefined || !(await stat(folder)).isDirectory()) {
    throw new CliError(`${path} is no folder; name the one whose tables may be read.`);
  }
  return folder;
}

/**
 * A table's path from the folder, once it is known to lie there: without `..`, no link on the way, a plain file.
 *
 * @throws CliError for every other path; it does not tell what lies outside
 */
export async function tablePath(folder: string, table: string): Promise<string> {
  const refused = (why: string) =>
    new CliError(`${JSON.stringify(table)} ${why}; name a file in the folder by its path from there.`);
  const path = isAbsolute(table) ? relative(folder, table) : table;
  const parts = path.split(/[/\\]/);
  if (path === "" || isAbsolute(path) || parts.includes("..") || path.includes("\0")) {
    throw refused("is outside of the folder");
  }
  const whole = join(folder, path);
  const real = await realpath(whole).catch(() => undefined);
  if (real !== undefined && real !== whole) throw refused("goes by a link");
  if (real === undefined || !(await stat(real)).isFile()) throw refused("is no file there");
  const within = relative(folder, real);
  // "-" is standard input, where the protocol is spoken.
  return `.${sep}${within}`;
}

/** The tables of the folder by their paths, those of its folders too, in order; neither hidden files nor links. */
export async function tablesOf(folder: string): Promise<{ tables: string[]; more: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const tables = entries
    .filter((entry) => entry.isFile() && TABLES.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .filter((path) => !path.split("/").some((part) => part.startsWith(".")))
    .sort(new Intl.Collator("en", { numeric: true }).compare);
  return { tables: tables.slice(0, MOST_LISTED), more: Math.max(0, tables.length - MOST_LISTED) };
}
