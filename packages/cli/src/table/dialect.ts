import { CliError } from "../errors.js";
import { type DelimitedRecord, parseRecord } from "./record.js";

/** How a delimited text file is laid out. */
export interface Dialect {
  delimiter: string;
  /** Unique column names, in file order. */
  names: string[];
  /** Blank lines before the first record. */
  skip: number;
  /** False if the first record already holds data. */
  hasHeader: boolean;
  /** Names that had to be changed to be unique, as "old → new". */
  renamed: string[];
  /** The first record, as it was parsed. */
  first: DelimitedRecord;
  /** False if the first record runs to the end of what was looked at: it may go on. */
  firstEnds: boolean;
}

/**
 * Characters that the longest record may have. A file without a line end, or with a quote that is never
 * closed, is refused when so much of it was looked at; a header of 100,000 long names is far below.
 */
export const LONGEST_RECORD = 16 * 2 ** 20;

/**
 * More columns than this are refused: each takes memory before its first row, and nobody looks at the
 * thirty thousand million pairs of so many.
 */
export const MOST_COLUMNS = 250_000;

const CANDIDATES = [",", ";", "\t", "|"];
const RECORDS_LOOKED_AT = 50;
const NUMBER_LIKE = /^\s*[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\s*$/;

/**
 * Finds the delimiter and the column names from the first part of a file.
 *
 * The delimiter is the one of `, ; tab |` that cuts most of the first 50 records into the same number of
 * fields; more fields win a tie. The first record is the header unless every one of its fields is a number
 * (then the columns are called column1, column2, …). Blank lines before it are skipped.
 *
 * @param head the first part of the file; if it is cut, its last record is ignored
 * @param cut whether the file goes on after `head`
 * @param file how the user calls it, for messages
 * @throws CliError if there are more columns than are read
 */
export function detectDialect(head: string, cut: boolean, delimiter?: string, file = "the table"): Dialect {
  const { skip, start } = blankLines(head);
  const text = head.slice(start);
  const chosen = delimiter ?? bestDelimiter(text, cut);
  const first = parseRecord(text, 0, chosen, MOST_COLUMNS);
  if (first.fields.length > MOST_COLUMNS) {
    throw new CliError(`${file} has more than ${MOST_COLUMNS} columns; keep those that matter.`);
  }
  const hasHeader = !first.fields.every((field) => NUMBER_LIKE.test(field));
  const raw = hasHeader ? first.fields : first.fields.map(() => "");
  return {
    delimiter: chosen,
    skip,
    hasHeader,
    ...uniqueNames(raw),
    first,
    firstEnds: first.end < text.length,
  };
}

/** The number of blank lines that a text begins with, and where the first other line begins. */
function blankLines(text: string): { skip: number; start: number } {
  const line = /[^\S\r\n\t]*(\r\n|\r|\n)/y;
  let skip = 0;
  let start = 0;
  while (line.test(text)) {
    skip++;
    start = line.lastIndex;
  }
  return { skip, start };
}

function bestDelimiter(head: string, cut: boolean): string {
  let best = ",";
  let bestScore = 0;
  for (const candidate of CANDIDATES) {
    const score = consistency(head, cut, candidate);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** Share of records with as many fields as the first, weighted by how many fields that is; 0 for one field. */
function consistency(head: string, cut: boolean, delimiter: string): number {
  const counts: number[] = [];
  let at = 0;
  while (at < head.length && counts.length < RECORDS_LOOKED_AT) {
    const record = parseRecord(head, at, delimiter, MOST_COLUMNS);
    at = record.end;
    const complete = at < head.length || !cut || counts.length === 0;
    const blank = record.fields.length === 1 && record.fields[0] === "";
    if (complete && !blank) counts.push(record.fields.length);
  }
  const width = counts[0] ?? 1;
  if (width < 2) return 0;
  const agreeing = counts.filter((count) => count === width).length / counts.length;
  // The square lets agreement outweigh width: prose with many commas loses against two clean columns.
  return agreeing ** 2 * Math.log2(width + 1);
}

/** Trims names, fills empty ones by position and makes repeated ones unique (`a`, `a_2`, `a_3`). */
export function uniqueNames(raw: readonly string[]): { names: string[]; renamed: string[] } {
  const trimmed = raw.map((name) => name.trim());
  const taken = new Set(trimmed.filter((name) => name !== ""));
  const seen = new Set<string>();
  /** The number to try next for a name that was repeated before: all below it are taken. */
  const nextCopy = new Map<string, number>();
  const names: string[] = [];
  const renamed: string[] = [];
  for (const [index, name] of trimmed.entries()) {
    let unique = name === "" ? `column${index + 1}` : name;
    const repeated = seen.has(unique) || (name === "" && taken.has(unique));
    if (repeated) {
      const stem = unique;
      let copy = nextCopy.get(stem) ?? 2;
      while (taken.has(`${stem}_${copy}`) || seen.has(`${stem}_${copy}`)) copy++;
      nextCopy.set(stem, copy + 1);
      unique = `${stem}_${copy}`;
      renamed.push(`${stem} → ${unique}`);
    }
    seen.add(unique);
    names.push(unique);
  }
  return { names, renamed };
}

const RENAMED_LISTED = 5;

/** What to tell about columns that were renamed: one line, or none. */
export function renamedNotes(renamed: readonly string[]): string[] {
  if (renamed.length === 0) return [];
  const shown = renamed.slice(0, RENAMED_LISTED).join(", ");
  const rest = renamed.length > RENAMED_LISTED ? ` and ${renamed.length - RENAMED_LISTED} more` : "";
  return [`${renamed.length === 1 ? "column" : "columns"} renamed: ${shown}${rest}`];
}
