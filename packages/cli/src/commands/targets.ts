/** The columns that every pair is to have one of: by name on the command line, or from a file of names. */
import { readFile } from "node:fs/promises";
import { CliError, UsageError } from "../errors.js";
import type { ReadOptions } from "../table/read.js";
import type { Table } from "../table/types.js";
import { systemReason } from "../terminal/content.js";
import { count } from "../text/numbers.js";

/** Options that name targets. */
export interface TargetOptions {
  target?: string[];
  targetsFrom?: string;
}

/**
 * The targets as the reader of tables takes them.
 *
 * @throws CliError for a file that cannot be read; UsageError for one that names none
 */
export async function targetsOf({
  target,
  targetsFrom: file,
}: TargetOptions): Promise<Pick<ReadOptions, "target" | "listed">> {
  if (file === undefined) return { target };
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CliError(
      `--targets-from ${file} cannot be read (${systemReason(error)}); name a text file with one column a line.`,
    );
  });
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const names = [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ""))];
  if (names.length === 0) throw new UsageError(`--targets-from ${file} is empty; write one column a line.`);
  return { target, listed: { file, names } };
}

/** The targets that can be used; nothing where all pairs are asked for. */
export function usableTargets({ targets, columns }: Table): string[] | undefined {
  const usable = new Set(columns.map(({ name }) => name));
  return targets?.filter((name) => usable.has(name));
}

/** @throws CliError if there are targets and none can be used */
export function checkTargets(table: Table): void {
  const { file, targets, unusable } = table;
  if (targets === undefined || usableTargets(table)?.length !== 0) return;
  const [name] = targets;
  const { reason } = unusable.find((column) => column.name === name) as Table["unusable"][number];
  if (targets.length === 1) throw new CliError(`${file}: the target ${JSON.stringify(name)} ${reason}.`);
  throw new CliError(
    `${file}: none of the ${count(targets.length, "target")} can be used: ${JSON.stringify(name)} ${reason}.`,
  );
}
