import { parseRecord } from "./record.js";

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
}

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
 */
export function detectDialect(head: string, cut: boolean, delimiter?: string): Dialect {
  const [blank] = head.match(/^([^\S\r\n\t]*(\r\n|\r|\n))*/) as RegExpMatchArray;
  const skip = blank.match(/\r\n|\r|\n/g)?.length ?? 0;
  const text = head.slice(blank.length);
  const chosen = delimiter ?? bestDelimiter(text, cut);
  const first = parseRecord(text, 0, chosen).fields;
  const hasHeader = !first.every((field) => NUMBER_LIKE.test(field));
  const raw = hasHeader ? first : first.map(() => "");
  return { delimiter: chosen, skip, hasHeader, ...uniqueNames(raw) };
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
    const record = parseRecord(head, at, delimiter);
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
  const names: string[] = [];
  const renamed: string[] = [];
  for (const [index, name] of trimmed.entries()) {
    let unique = name === "" ? `column${index + 1}` : name;
    const repeated = seen.has(unique) || (name === "" && taken.has(unique));
    if (repeated) {
      const stem = unique;
      let copy = 2;
      while (taken.has(`${stem}_${copy}`) || seen.has(`${stem}_${copy}`)) copy++;
      unique = `${stem}_${copy}`;
      renamed.push(`${stem} → ${unique}`);
    }
    seen.add(unique);
    names.push(unique);
  }
  return { names, renamed };
}
