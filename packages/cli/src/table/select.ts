/** What a text on the command line means: a column, a part of its dates, or all columns that a pattern or a range names. */
import { CliError } from "../errors.js";
import { DATE_PARTS, type DatePart } from "../kinds/date-parts.js";
import { listColumns, missingColumn, nearestColumn } from "./names.js";

/** A column that is asked for. */
export interface Choice {
  /** Its name in the table. */
  name: string;
  /** The column of the file that it is, or that it is made of. */
  column: string;
  /** The part of the dates in that column; the column itself if there is none. */
  part?: DatePart;
  /** Whether its very name was said, not a pattern or range that holds it. */
  named: boolean;
}

/**
 * The column that a name means.
 *
 * @throws CliError with the nearest name if there is none
 */
export function chooseOne(file: string, columns: readonly string[], name: string): Choice {
  if (columns.includes(name)) return { name, column: name, named: true };
  const part = partNamed(columns, name);
  if (part !== undefined) return { ...part, named: true };
  const base = name.slice(0, Math.max(0, name.lastIndexOf(".")));
  if (!columns.includes(base)) throw missingColumn(file, columns, name);
  const parts = DATE_PARTS.map((known) => JSON.stringify(`${base}.${known}`));
  throw new CliError(
    `${file} has no column ${JSON.stringify(name)}; if ${JSON.stringify(base)} holds dates, their parts are ${parts.join(", ")}.`,
  );
}

/**
 * The columns that a name, a range such as `q1:q9` or a pattern such as `temp_*` means, in the order of the file. What is a
 * name is never a pattern. Where no column matches a pattern, it means parts of dates.
 *
 * @throws CliError with the nearest name if there is none
 */
export function chooseAll(file: string, columns: readonly string[], text: string): Choice[] {
  if (columns.includes(text) || partNamed(columns, text)) return [chooseOne(file, columns, text)];
  const found = rangeOf(columns, text) ?? [];
  if (found.length > 0) return found.map((name) => ({ name, column: name, named: false }));
  if (!isPattern(text)) return [chooseOne(file, columns, halfOfRange(columns, text) ?? text)];
  const matches = patternOf(text);
  const whole = columns.filter((name) => matches.test(name));
  if (whole.length > 0) return whole.map((name) => ({ name, column: name, named: false }));
  const parts = columns.flatMap((column) =>
    DATE_PARTS.map((part) => ({ name: `${column}.${part}`, column, part, named: false })),
  );
  const chosen = parts.filter(({ name }) => !columns.includes(name) && matches.test(name));
  if (chosen.length > 0) return chosen;
  const near = nearestColumn(columns, text);
  const hint = near === undefined ? "." : `; near it is ${JSON.stringify(near)}.`;
  throw new CliError(
    `${file} has no column that matches ${JSON.stringify(text)}${hint} ${listColumns(columns)}`,
  );
}

/** Tells which names a list of names, ranges and patterns holds; each must hold a column or a part of dates. */
export function chosenNames(
  file: string,
  columns: readonly string[],
  list: readonly string[],
): (name: string) => boolean {
  const names = new Set(list.flatMap((text) => chooseAll(file, columns, text).map(({ name }) => name)));
  const patterns = list.filter((text) => isPattern(text) && !columns.includes(text)).map(patternOf);
  return (name) => names.has(name) || patterns.some((pattern) => pattern.test(name));
}

/** Whether a text may mean several columns, if none is called so. */
export function mayBeMany(text: string): boolean {
  return isPattern(text) || text.includes(":");
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

function patternOf(text: string): RegExp {
  const source = text
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "su");
}

/** The columns between two of them, which are the ends; nothing if a text names no two columns. */
function rangeOf(columns: readonly string[], text: string): string[] | undefined {
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    const ends = [text.slice(0, at), text.slice(at + 1)].map((name) => columns.indexOf(name.trim()));
    if (ends.every((end) => end >= 0)) return columns.slice(Math.min(...ends), Math.max(...ends) + 1);
  }
  return undefined;
}

/** The end of a range that is no column, where the other one is. */
function halfOfRange(columns: readonly string[], text: string): string | undefined {
  const ends = text.split(":").map((name) => name.trim());
  const missing = ends.filter((name) => !columns.includes(name));
  return ends.length === 2 && missing.length === 1 ? missing[0] : undefined;
}

/** Whether a name means a part of the dates of a column. */
export function isPart(columns: readonly string[], name: string): boolean {
  return partNamed(columns, name) !== undefined;
}

function partNamed(columns: readonly string[], name: string): Omit<Choice, "named"> | undefined {
  const at = name.lastIndexOf(".");
  const column = name.slice(0, Math.max(0, at));
  const part = DATE_PARTS.find((known) => known === name.slice(at + 1));
  return part !== undefined && columns.includes(column) ? { name, column, part } : undefined;
}
