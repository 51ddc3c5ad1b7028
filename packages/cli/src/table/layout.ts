/** Where the table begins in a delimited file: what stands above its header, and between header and rows. */
import { isMissing } from "../kinds/missing.js";
import { takeApart } from "../kinds/numbers.js";
import { parseRecord } from "./record.js";

/** A record with its place in the text. */
export interface Line {
  fields: string[];
  start: number;
  end: number;
  comment: boolean;
}

/** How a file is laid out around its rows. */
export interface Layout {
  /** Where the header begins, or the first row where there is none. */
  start: number;
  /** The header is a comment: its first sign is none of a name. */
  commentHeader: boolean;
  /** The header is one name short: the first column holds the names of the rows, as R writes them. */
  rowNames: boolean;
  /** The row below the header holds units. */
  units: string[] | undefined;
  /** Texts above the header that are no comments. */
  titles: string[];
  /** Whether lines that begin with # are comments. */
  comments: boolean;
  /** A record of so many fields is a row, whatever it begins with, since the first column holds texts; undefined where it does not. */
  rowWidth: number | undefined;
  /** Whether some stand among the first rows. */
  commentsBelow: boolean;
  /** Numbers in the header, as data have them. */
  dataInHeader: string | undefined;
}

const LOOKED_AT = 60;

/** The first records of a text, without blank lines. The last one of a text that is cut is left out. */
export function firstLines(text: string, cut: boolean, delimiter: string, most: number, quote = '"'): Line[] {
  const lines: Line[] = [];
  let records = 0;
  for (let at = afterBlanks(text, 0); at < text.length && records < LOOKED_AT; ) {
    const { fields, end } = parseRecord(text, at, delimiter, most, quote);
    if (end === text.length && cut && lines.length > 0) break;
    if (fields.length > most) return [{ fields, start: at, end, comment: false }];
    const comment = /^\s*#/.test(fields[0]) && !isMissing(fields[0].trim());
    if (comment || fields.some((field) => field.trim() !== "")) {
      lines.push({ fields, start: at, end, comment });
      if (!comment) records++;
    }
    at = afterBlanks(text, end);
  }
  return lines;
}

/**
 * Whether a record among the rows is a comment: a value may begin with # as well.
 *
 * @param rowWidth see {@link Layout.rowWidth}
 */
export function isComment(fields: readonly string[], rowWidth: number | undefined): boolean {
  if (fields.length === rowWidth) return false;
  return /^\s*#(?:[\s#]|$)/.test(fields[0]) || (fields.length === 1 && /^\s*#/.test(fields[0]));
}

/** Where the first line begins that is not blank. */
export function afterBlanks(text: string, from: number): number {
  let begin = from;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || code === CARRIAGE_RETURN) begin = at + 1;
    // A tab may be a delimiter; what else is blank to a person is rare.
    else if (code !== BLANK && (code === TAB || !/\s/.test(text[at]))) break;
  }
  return begin;
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;

/** The number of fields that most records have: of those that are as common, the one that comes up later. */
export function usualWidth(lines: readonly Line[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  const records = lines.filter(({ comment }) => !comment);
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let width = records[0]?.fields.length ?? 1;
  for (const [candidate, count] of counts) {
    if (count > (counts.get(width) ?? 0) || (count === counts.get(width) && records.length > 3))
      width = candidate;
  }
  return { width, share: (counts.get(width) ?? 0) / Math.max(1, records.length) };
}

/** Finds the header among the first records of a text that begins with no blank line. */
export function findLayout(lines: readonly Line[], hasHeader?: boolean): Layout {
  const { width } = usualWidth(lines);
  const below = lines.slice(lines.findIndex(({ comment }) => !comment) + 1);
  const rowWidth = width > 1 && holdsTexts(below.map(({ fields }) => fields[0].trim())) ? width : undefined;
  const marked = below.filter(({ fields }) => isComment(fields, rowWidth)).length;
  // Where most rows begin with #, it is a part of the values.
  const comments = lines.some(({ comment }) => comment) && marked * 2 <= below.length;
  const layout: Layout = {
    start: 0,
    commentHeader: false,
    rowNames: false,
    units: undefined,
    titles: [],
    comments,
    rowWidth,
    commentsBelow: comments && marked > 0,
    dataInHeader: undefined,
  };
  const records = lines.filter(({ comment }) => !comment);
  let at = 0;
  while (width > 1 && at + 1 < records.length && isTitle(records[at], records.slice(at + 1), width)) {
    layout.titles.push(records[at].fields.join(" ").trim());
    at++;
  }
  const first = records[at];
  if (first === undefined) return { ...layout, comments: false, commentsBelow: false };
  layout.start = first.start;
  if (hasHeader === false) return layout;
  const above = lines[lines.indexOf(first) - 1];
  if (above?.comment && above.fields.length === width && width > 1 && isRow(first, records.slice(at + 1))) {
    const names = above.fields.map((field) => field.replace(/^\s*#+/, ""));
    if (!names.some(isNumber)) return { ...layout, start: above.start, commentHeader: true };
  }
  const rows = records.slice(at + 1);
  if (rows.length > 0 && width > 1 && first.fields.length === width - 1 && rows[0].fields.length === width) {
    // A delimiter at the end of every row is no field.
    const trailing = rows.every(({ fields }) => fields.length < width || fields[width - 1].trim() === "");
    layout.rowNames = !trailing && !first.fields.some(isNumber);
  }
  if (unitsBelow(first, rows)) layout.units = rows[0].fields.map((field) => field.trim());
  const numbers = first.fields.filter((field) => isNumber(field));
  if (numbers.some((field) => /[.,]\d|^\s*[-\u2212]\d/.test(field)) && numbers.length < first.fields.length) {
    layout.dataInHeader = numbers[0].trim();
  }
  return layout;
}

/** Whether most of the cells that begin with no # are neither numbers nor dates. */
function holdsTexts(cells: readonly string[]): boolean {
  const told = cells.filter((cell) => cell !== "" && !cell.startsWith("#"));
  return told.filter(isCounted).length * 2 < told.length;
}

/** Digits without a word: a number, a date, an amount. */
function isCounted(field: string): boolean {
  return /^[^\p{L}]*\d[^\p{L}]*$/u.test(field) || isNumber(field);
}

/** Whether a record below names is a row: it has something of digits alone, or a value that comes again below it. */
function isRow({ fields }: Line, below: readonly Line[]): boolean {
  return fields.some(
    (field, k) =>
      isCounted(field) ||
      (field.trim() !== "" && below.some((row) => row.fields[k]?.trim() === field.trim())),
  );
}

/** Whether a record stands above the table: it has fewer fields than a row, and what follows it, maybe after more of the kind, is a header. */
function isTitle(line: Line, below: readonly Line[], width: number): boolean {
  const [next] = below;
  const filled = filledOf(line);
  const header = isHeader(next);
  if (line.fields.length > width) return false;
  // A name for the second of two columns: the first holds names of rows.
  if (width === 2 && line.fields.length === 2 && line.fields[0].trim() === "") return false;
  // Lines of a table program are as wide as its rows.
  const after = width > 2 && filled <= 1 ? below.find((other) => filledOf(other) > 1) : undefined;
  if (after !== undefined && after !== next) return after.fields.length >= width - 1 && isHeader(after);
  if (filled <= 1 && next.fields.length >= width - 1 && next.fields.length > 1) return header;
  // Lines of a name and a value, such as `Latitude,52.5`. A header that is one name short stands right above a row.
  if (line.fields.length < width && next.fields.length < width) return true;
  return line.fields.length < width - 1 || (line.fields.length < width && header);
}

function filledOf({ fields }: Line): number {
  return fields.filter((field) => field.trim() !== "").length;
}

function isHeader({ fields }: Line): boolean {
  return fields.every((field) => field.trim() !== "" && !isNumber(field));
}

/** Whether the first row holds no number where the others hold nothing else. */
function unitsBelow(header: Line, rows: readonly Line[]): boolean {
  const [first, ...others] = rows;
  if (first === undefined || others.length < 2 || first.fields.length !== header.fields.length) return false;
  if (first.fields.every((field) => field.trim() === "")) return false;
  if (first.fields.some((field) => isNumber(field) || /\d{2}/.test(field))) return false;
  if (first.fields.some((field) => field.trim() !== "" && isMissing(field.trim()))) return false;
  const numeric = first.fields.map((_, k) => {
    const cells = others
      .map(({ fields }) => fields[k]?.trim() ?? "")
      .filter((cell) => cell !== "" && !isMissing(cell));
    return cells.length > 1 && cells.every((cell) => isNumber(cell) || /^\d{1,4}[-/.:]\d/.test(cell));
  });
  const named = numeric.filter((is, k) => is && first.fields[k].trim() !== "").length;
  return named > 0 && numeric.filter(Boolean).length * 2 >= numeric.length;
}

/** A number without a unit: a name may be 5 kg. */
function isNumber(field: string): boolean {
  const taken = takeApart(field.trim());
  return taken !== undefined && taken.unit === "";
}
