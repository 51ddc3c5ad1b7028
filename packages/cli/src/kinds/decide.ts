/** What the columns of a file are, decided from all their texts: numbers, dates, times, true and false, categories. */
import { agreedOrder, type DateColumn, dateColumn, readDates, readTimes } from "./date-column.js";
import { isMissing, isPlainMissing, missingLevels } from "./missing.js";
import { agreedMark, type NumberColumn, numberColumn, readNumbers } from "./number-column.js";
import { unlikelyCategories } from "./refusals.js";
import { listed, missingRemarks, type Remark } from "./remarks.js";
import { truthOf } from "./truth.js";
import type { KindOptions, Reading, TextColumn } from "./types.js";

/** A column is numbers (or dates) if at least this share of its values reads as such. */
export const ENOUGH = 0.95;

/** Whether some texts of a column look as if the column could be numbers, dates or times. */
export function mayBeRead(texts: readonly string[], options: KindOptions): boolean {
  const [reading] = readColumns([{ texts, counts: texts.map(() => 1) }], options, ENOUGH / 2);
  return !("unusable" in reading) && reading.kind !== "category" && reading.kind !== "boolean";
}

/** A column on its way: what its texts are, seen each way that may matter. */
export interface Seen {
  column: TextColumn;
  missing: boolean[];
  /** Rows with a value. */
  n: number;
  numbers?: NumberColumn;
  dates?: DateColumn;
}

/**
 * Reads columns of texts, each by its own evidence and that of the others.
 *
 * @param share of its values that must read as numbers (or dates) for a column to be of them
 */
export function readColumns(
  columns: readonly TextColumn[],
  options: KindOptions = {},
  share = ENOUGH,
): Reading[] {
  const seen = columns.map((column) => see(column, options, share));
  const mark = agreedMark(present(seen.map(({ numbers }) => numbers)), options.seen);
  const order = agreedOrder(present(seen.map(({ dates }) => dates)));
  return seen.map((one): Reading => {
    const { column, missing, numbers, dates, n } = one;
    const enough = enoughOf(column, n, share);
    const asNumbers = numbers && readNumbers(numbers, mark, options);
    if (asNumbers && !("unusable" in asNumbers.reading)) return finished(one, asNumbers, "a number", options);
    if (dates) {
      const read = readDates(dates, order, options);
      return finished(one, read, "a date", options);
    }
    const times = mayBeTimes(column) ? readTimes(column, missing, enough) : undefined;
    if (times) return finished(one, times, "a time", options);
    return asNumbers?.reading ?? readTexts(column, options);
  });
}

export function present<T>(list: readonly (T | undefined)[]): T[] {
  return list.filter((item) => item !== undefined);
}

const mayBeTimes = ({ asked }: TextColumn) => asked === undefined || asked === "number" || asked === "date";

/** Rows that must be read for a column to be of a kind. */
function enoughOf({ asked }: TextColumn, n: number, share: number): number {
  return asked === "number" || asked === "date" ? 1 : Math.max(1, share * n);
}

/** Sees a column as numbers, or as dates. */
export function see(column: TextColumn, options: KindOptions, share: number): Seen {
  const { texts, counts, asked } = column;
  const missing = texts.map((text) => isMissing(text, options.missing));
  let n = 0;
  for (let k = 0; k < texts.length; k++) if (!missing[k]) n += counts[k];
  if (asked !== undefined && asked !== "number" && asked !== "date") return { column, missing, n };
  const enough = enoughOf(column, n, share);
  if (asked !== "date") {
    const numbers = numberColumn(column, missing);
    // Several units may be parts of a date or a duration.
    if (numbers.rows >= enough) {
      const dates = numbers.units.size > 1 ? dateColumn(column, missing) : undefined;
      return dates && dates.rows >= enough ? { column, missing, n, dates } : { column, missing, n, numbers };
    }
  }
  const dates = dateColumn(column, missing);
  return dates.rows >= enough ? { column, missing, n, dates } : { column, missing, n };
}

/** A reading, with what is to be told of texts that are missing. */
function finished(
  { column: { texts, counts }, missing }: Seen,
  { reading, read }: { reading: Reading; read: readonly boolean[] },
  what: string,
  options: KindOptions,
): Reading {
  if ("unusable" in reading) return reading;
  const words = texts.flatMap((text, k): [string, number][] =>
    missing[k] && !isPlainMissing(text) ? [[text, counts[k]]] : [],
  );
  const odd = texts.flatMap((_, k) => (missing[k] || read[k] ? [] : [k]));
  const rows = (of: readonly number[]) => of.reduce((sum, k) => sum + counts[k], 0);
  const notes = [...reading.notes];
  if (options.missing === undefined) notes.push(...missingRemarks(words));
  if (odd.length > 0) {
    const total = rows(odd);
    const least = texts[odd.reduce((a, b) => (texts[b] < texts[a] ? b : a))];
    const subject = total === 1 ? "1 value is" : `${total} values are`;
    notes.push({ text: `${subject} not ${what} (such as ${JSON.stringify(least)}) and taken as missing` });
  }
  return { ...reading, notes };
}

/** Reads a column of words: true and false, or categories if something can be counted. */
function readTexts(column: TextColumn, options: KindOptions): Reading {
  const { texts, counts, asked, wanted = false } = column;
  if (typeof asked === "object") return readOrdered(column, asked.ordered, options);
  const { missing, kept } = missingLevels(texts, options.missing);
  const levels = texts.filter((text) => !missing.has(text)).sort(byCode);
  const n = texts.reduce((sum, text, k) => sum + (missing.has(text) ? 0 : counts[k]), 0);
  if (n === 0) return { unusable: "has no values (all missing)" };
  const notes = options.missing === undefined ? missingNotes(column, missing, kept) : [];
  const read = (
    kind: "boolean" | "number" | "category",
    value: (text: string) => number,
    named?: string[],
  ): Reading => {
    const values = Float64Array.from(texts, (text) => (missing.has(text) ? Number.NaN : value(text)));
    return { kind, values, ...(named && { levels: named }), notes };
  };
  const rows = new Map(texts.map((text, k) => [text, counts[k]]));
  const truth =
    asked === "category"
      ? undefined
      : truthOf(
          levels,
          levels.map((level) => rows.get(level) as number),
        );
  if (truth !== undefined) {
    const value = (text: string) => truth.values.get(text) as number;
    return asked === "number" ? read("number", value) : read("boolean", value, truth.names);
  }
  if (asked === "number") return { unusable: "holds no numbers, which --numeric and --counts ask for" };
  if (asked === "date") return { unusable: "holds no dates, which --date asks for" };
  const unlikely =
    asked === undefined ? unlikelyCategories(levels.length, n, levels.slice(0, SAMPLE)) : undefined;
  if (unlikely !== undefined && !wanted) return { unusable: unlikely };
  if (unlikely !== undefined) {
    notes.push({ text: `${levels.length} different texts, each taken for a category` });
  } else notes.push(...caseRemarks(levels));
  const codes = new Map(levels.map((level, code) => [level, code]));
  return read("category", (text) => codes.get(text) as number, levels);
}

/** Texts that are looked at to tell what all of them are. */
const SAMPLE = 300;

/** What to tell of levels that differ only in case, or in blanks: they may be meant as one. */
function caseRemarks(levels: readonly string[]): Remark[] {
  const first = new Map<string, string>();
  let pairs = 0;
  let example: [string, string] | undefined;
  for (const level of levels) {
    const plain = level.toLowerCase().replace(/\s+/gu, " ");
    const other = first.get(plain);
    // Single letters in two cases are mostly two codes.
    if (other === undefined || plain.length < 2) first.set(plain, level);
    else {
      pairs++;
      example ??= [other, level];
    }
  }
  if (example === undefined) return [];
  const more = pairs > 1 ? ` (and ${pairs - 1} more)` : "";
  const [one, another] = example.map((text) => JSON.stringify(text));
  const what = `${one} and ${another} differ only in case or blanks${more} and are levels of their own`;
  return [{ text: `${what}; write them alike if they mean the same` }];
}

/** Reads levels that the user put in order, as numbers from 1; nothing else is one. */
function readOrdered(
  { texts, counts }: TextColumn,
  ordered: readonly string[],
  options: KindOptions,
): Reading {
  const ranks = new Map(ordered.map((level, k) => [level, k + 1]));
  const values = Float64Array.from(texts, (text) => ranks.get(text) ?? Number.NaN);
  const absent = ordered.filter((level) => !texts.includes(level));
  if (absent.length > 0) {
    const found = listed(texts.filter((text) => !ranks.has(text)));
    return {
      unusable: `has no ${listed(absent)}, which --ordered names; what it has besides: ${found === "" ? "nothing" : found}`,
    };
  }
  const other = texts.flatMap((text, k) =>
    ranks.has(text) || isMissing(text, options.missing) ? [] : [{ text, count: counts[k] }],
  );
  const order = `from 1 (${ordered[0]}) to ${ordered.length} (${ordered.at(-1)})`;
  const notes: Remark[] = [
    { text: `levels in order, ${order}`, shared: { what: `levels in order, ${order},` } },
  ];
  if (other.length > 0) {
    const rows = other.reduce((sum, { count }) => sum + count, 0);
    const named = listed(other.map(({ text }) => text));
    notes.push({
      text: `${named} in ${rows === 1 ? "1 row is" : `${rows} rows are`} not among the levels of --ordered and taken as missing`,
    });
  }
  return { kind: "number", values, notes };
}

function missingNotes(
  { texts, counts }: TextColumn,
  missing: ReadonlySet<string>,
  kept: readonly string[],
): Remark[] {
  const words = texts.flatMap((text, k): [string, number][] =>
    missing.has(text) ? [[text, counts[k]]] : [],
  );
  const notes = missingRemarks(words, '--missing "" keeps such words as levels');
  if (kept.length > 0) {
    const [are, them] = kept.length === 1 ? ["is a level", "it"] : ["are levels", "them"];
    const remedy = `--missing ${kept[0]} takes it for missing, --missing "" for a level`;
    notes.push({
      text: `${listed(kept)} ${are} here, as the others are spelt like ${them}; ${remedy}`,
      shared: { what: `${listed(kept)} taken for ${are.slice(3).trim()}`, remedy },
    });
  }
  return notes;
}

/** The order of the alphabet by code points, which is the database's. */
function byCode(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
