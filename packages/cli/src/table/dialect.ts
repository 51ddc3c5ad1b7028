import { CliError } from "../errors.js";
import { afterBlanks, findLayout, firstLines, type Layout, type Line, usualWidth } from "./layout.js";
import { type DelimitedRecord, parseRecord } from "./record.js";

/** How a delimited text file is laid out. */
export interface Dialect {
  delimiter: string;
  /** What stands around fields that hold a delimiter. */
  quote: string;
  /** Unique column names, in file order. */
  names: string[];
  /** Lines before the header: blank ones, comments, titles. */
  skip: number;
  /** False if the first record already holds data. */
  hasHeader: boolean;
  /** Names that had to be changed to be unique, as "old → new". */
  renamed: string[];
  /** The header, or the first row, as it was parsed. */
  first: DelimitedRecord;
  /** Whether a line breaks off in one of its fields in another way than at its end. */
  mixedBreaks: boolean;
  /** The column that holds the names of the rows, which the header does not name. */
  rowNames: readonly string[];
  /** Whether the record below the header holds units. */
  units: boolean;
  /** Whether records that begin with # are comments. */
  comments: boolean;
  /** A record of so many fields is none; see {@link Layout.rowWidth}. */
  rowWidth: number | undefined;
  /** Whether some stand among the first rows. */
  commentsBelow: boolean;
  /** What to tell of the layout. */
  notes: string[];
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
const NUMBER_LIKE = /^\s*[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\s*$/;

const LINE_BREAK = /\r\n|\n|\r/g;

/** What the user says of a dialect. */
export interface DialectOptions {
  /** The delimiter, if it is known. */
  delimiter?: string | undefined;
  /** False if the first record holds data. */
  header?: boolean | undefined;
}

/** A line for spreadsheets that names the delimiter. */
const SEPARATOR_LINE = /^\ufeff?"?sep=(.)"?[^\S\r\n]*(?:\r\n|\r|\n)/i;

/**
 * Finds the delimiter and the column names from the first part of a file.
 *
 * The delimiter is the one of `, ; tab |` that cuts most of the first records into the same number of
 * fields; more fields win a tie. The first record below comments, titles and blank lines is the header unless every one
 * of its fields is a number (then the columns are called column1, column2, …).
 *
 * @param head the first part of the file; if it is cut, its last record is ignored
 * @param cut whether the file goes on after `head`
 * @param file how the user calls it, for messages
 * @throws CliError if there are more columns than are read
 */
export function detectDialect(
  head: string,
  cut: boolean,
  options: DialectOptions = {},
  file = "the table",
): Dialect {
  const separator = SEPARATOR_LINE.exec(head);
  const from = afterBlanks(head, separator?.[0].length ?? 0);
  const text = head.slice(from);
  const given = separator?.[1] ?? options.delimiter;
  const {
    delimiter: chosen,
    quote,
    lines,
  } = bestDelimiter(text, cut, given === undefined ? CANDIDATES : [given]);
  const layout = findLayout(lines, options.header);
  const first = parseRecord(text, layout.start, chosen, MOST_COLUMNS, quote);
  if (first.fields.length > MOST_COLUMNS) {
    throw new CliError(`${file} has more than ${MOST_COLUMNS} columns; keep those that matter.`);
  }
  const hasHeader = options.header !== false && !first.fields.every((field) => NUMBER_LIKE.test(field));
  const raw = hasHeader ? first.fields : first.fields.map(() => "");
  if (layout.commentHeader) raw[0] = raw[0].replace(/^\s*#+\s*/, "");
  if (layout.rowNames) raw.unshift(ROW_NAMES);
  const { names, renamed } = uniqueNames(raw);
  return {
    delimiter: chosen,
    quote,
    skip: lineBreaks(head.slice(0, from + layout.start)),
    hasHeader,
    names,
    renamed,
    rowNames: layout.rowNames ? [names[0]] : [],
    units: hasHeader && layout.units !== undefined,
    comments: layout.comments,
    rowWidth: layout.rowWidth,
    commentsBelow: layout.commentsBelow,
    first,
    mixedBreaks: new Set(text.slice(layout.start, first.end).match(LINE_BREAK)).size > 1,
    firstEnds: first.end < text.length,
    notes: layoutNotes(layout, hasHeader, options.header === false),
  };
}

/** What the column of the names of the rows is called. */
const ROW_NAMES = "row";

/** What to tell of the layout of a file. */
function layoutNotes(
  { titles, rowNames, units, dataInHeader }: Layout,
  hasHeader: boolean,
  asked: boolean,
): string[] {
  const notes: string[] = [];
  if (titles.length > 0) {
    const lines =
      titles.length === 1 ? "1 line above the header is" : `${titles.length} lines above the header are`;
    notes.push(`${lines} left out (${JSON.stringify(titles[0])})`);
  }
  if (!hasHeader && !asked) {
    notes.push("the first row holds only numbers: no header, columns are column1, column2, …");
  }
  if (!hasHeader) return notes;
  if (rowNames) notes.push("the header is one name short: the first column holds the names of the rows");
  if (units !== undefined) {
    const named = units.filter((unit) => unit !== "").slice(0, UNITS_LISTED);
    notes.push(`the row below the header holds units (${named.join(", ")}) and is left out`);
  }
  if (dataInHeader !== undefined) {
    notes.push(
      `the first row, which is taken for the header, holds ${JSON.stringify(dataInHeader)}; if it is data, add --no-header`,
    );
  }
  return notes;
}

const UNITS_LISTED = 4;

function lineBreaks(text: string): number {
  let breaks = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) breaks++;
  }
  return breaks;
}

function bestDelimiter(head: string, cut: boolean, candidates: readonly string[]) {
  // One that nowhere stands cuts nothing.
  const present = candidates.filter((delimiter, k) => k === 0 || head.includes(delimiter));
  const [first, ...others] = present.map((delimiter) => {
    const quote = isQuotedSingly(head, cut, delimiter) ? "'" : '"';
    const lines = firstLines(head, cut, delimiter, MOST_COLUMNS, quote);
    return { delimiter, quote, lines, score: candidates.length > 1 ? consistency(lines) : 0 };
  });
  return others.reduce((best, other) => (other.score > best.score ? other : best), first);
}

/**
 * Whether fields stand in single quotes: there are no others, and each begins or ends a field, or is written twice.
 * An apostrophe does neither.
 */
function isQuotedSingly(head: string, cut: boolean, delimiter: string): boolean {
  if (!head.includes("'") || head.includes('"')) return false;
  const text = cut ? head.slice(0, head.lastIndexOf("\n") + 1) : head;
  const between = delimiter === "|" ? "\\|" : delimiter;
  const count = (pattern: string) => text.match(new RegExp(pattern, "g"))?.length ?? 0;
  const begins = count(`(?:^|[${between}\r\n]) *'(?!')`);
  const ends = count(`(?<!')' *(?=[${between}\r\n]|$)`);
  return begins > 0 && begins === ends && count("'") === begins + ends + 2 * count("(?<=[^'])''(?=[^'])");
}

/**
 * Share of records with as many fields as most, weighted by how many fields that is; 0 for one field. A header that has
 * other fields than the rows, or numbers in it, speaks against a delimiter: decimal commas cut rows, and no names.
 */
function consistency(lines: readonly Line[]): number {
  const { width, share } = usualWidth(lines);
  if (width < 2) return 0;
  const { start, rowNames } = findLayout(lines);
  const header = lines.find((line) => line.start === start)?.fields ?? [];
  const fits =
    header.length + (rowNames ? 1 : 0) === width && !header.some((field) => NUMBER_LIKE.test(field));
  // The square lets agreement outweigh width: prose with many commas loses against two clean columns.
  return (fits ? 1 : 0.3) * share ** 2 * Math.log2(width + 1);
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
