/** The files that a table is read from. */
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { CliError, UsageError } from "../errors.js";
import { literal, openDatabase } from "./database.js";
import { STANDARD_INPUT } from "./source.js";

/** The files of a table, whose rows stand one below another, and what they are called together. */
export interface Input {
  name: string;
  files: readonly string[];
}

/**
 * Finds the files that paths and patterns name. A pattern (`parts/*.csv`, with `*`, `?`, `[…]` and `**`) gives its files in the
 * order of people: part2 before part10. A path that exists is no pattern.
 *
 * @param hint what to say besides of a file that does not exist
 * @throws CliError if a pattern matches nothing or one of several files does not exist, UsageError for a file that is named twice
 */
export async function findInput(
  named: readonly string[],
  { hint = "", signal }: { hint?: string; signal?: AbortSignal } = {},
): Promise<Input> {
  const files: string[] = [];
  const owners = new Map<string, string>();
  for (const name of named) {
    for (const file of await filesOf(name, signal)) {
      const info = file === STANDARD_INPUT ? undefined : await stat(resolve(file)).catch(() => undefined);
      if (info === undefined && file !== STANDARD_INPUT && named.length > 1) {
        throw new CliError(`${file} does not exist; check the path${hint}.`);
      }
      const key = info ? `${info.dev}:${info.ino}` : file;
      const other = owners.get(key);
      if (other !== undefined) {
        const names = other === file ? `${file} is named twice` : `${other} and ${file} are one file`;
        throw new UsageError(`${names}; name it once, or its rows would count twice.`);
      }
      owners.set(key, file);
      files.push(file);
    }
  }
  if (files.length === 1) return { name: files[0], files };
  const [first] = files;
  const more = files.length === 2 ? "1 more file" : `${files.length - 1} more files`;
  return { name: named.length === 1 ? named[0] : `${first} and ${more}`, files };
}

async function filesOf(name: string, signal?: AbortSignal): Promise<string[]> {
  const exists = await stat(resolve(name)).then(
    () => true,
    () => false,
  );
  if (exists || name === STANDARD_INPUT || !/[*?[]/.test(name)) return [name];
  const database = await openDatabase({ threads: 1, signal });
  try {
    const found = await database.rows(`SELECT file FROM glob(${literal(name)})`);
    const hidden = basename(name).startsWith(".");
    const files = found
      .map(([file]) => (name.startsWith("./") ? String(file) : String(file).replace(/^\.\//, "")))
      .filter((file) => hidden || !basename(file).startsWith("."));
    if (files.length === 0) {
      throw new CliError(`${name} is no file, and as a pattern it matches none; check it and the folder.`);
    }
    return files.sort(new Intl.Collator("en", { numeric: true }).compare);
  } finally {
    database.close();
  }
}
