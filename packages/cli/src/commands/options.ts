import { basename } from "node:path";
import type { Units } from "infonet";
import { UsageError } from "../errors.js";
import { parseRecord } from "../table/record.js";

/** Output formats of `infonet matrix`. */
export const MATRIX_FORMATS = ["text", "json", "csv", "parquet"] as const;
/** One of {@link MATRIX_FORMATS}. */
export type MatrixFormat = (typeof MATRIX_FORMATS)[number];

/** Worker threads used at most unless `--threads` says otherwise: more hardly help a table of common size. */
export const MOST_DEFAULT_THREADS = 8;

/** Reads a whole number of at least `least`. */
export function wholeNumber(option: string, least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < least) {
      throw new UsageError(
        `${option} takes a whole number of at least ${least}, not ${JSON.stringify(text)}.`,
      );
    }
    return value;
  };
}

/** Reads one word of a list. */
export function oneOf<Word extends string>(option: string, words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) {
      throw new UsageError(`${option} takes one of ${words.join(", ")}, not ${JSON.stringify(text)}.`);
    }
    return word;
  };
}

/** Reads `--units`. */
export const parseUnits = oneOf<Units>("--units", ["nats", "bits"]);

/** Reads `--top`: a number, or `all`. */
export function parseTop(text: string): number {
  return text === "all" ? Number.POSITIVE_INFINITY : wholeNumber("--top", 1)(text);
}

/** Reads `--fdr`: a share above 0, at most 1. */
export function parseRate(text: string): number {
  const rate = text.trim() === "" ? Number.NaN : Number(text);
  if (!(rate > 0 && rate <= 1)) {
    throw new UsageError(
      `--fdr takes a share above 0 and up to 1, such as 0.05, not ${JSON.stringify(text)}.`,
    );
  }
  return rate;
}

/**
 * Adds the names of one `--columns` list to those of earlier ones. A list is one record of CSV: a name that
 * holds a comma goes into double quotes.
 */
export const collectColumns = collectNames("--columns");

/** Reads the lists of names of an option, as {@link collectColumns} does. */
export function collectNames(option: string): (text: string, earlier: string[] | undefined) => string[] {
  return (text, earlier) => {
    const names = parseRecord(text).fields.map((name) => name.trim());
    if (names.some((name) => name === "")) {
      throw new UsageError(`${option} takes names with commas between them, not ${JSON.stringify(text)}.`);
    }
    return [...new Set([...(earlier ?? []), ...names])];
  };
}

/**
 * Reads FILE.
 *
 * @throws UsageError for the empty text that a shell variable without a value leaves
 */
export function parseFile(text: string): string {
  if (text === "") throw new UsageError("FILE is empty; name a table.");
  return text;
}

/** Reads the path of an output, as {@link parseFile} does. */
export function parsePath(option: string): (text: string) => string {
  return (text) => {
    if (text === "") throw new UsageError(`${option} is empty; name a file.`);
    return text;
  };
}

/** Formats by the endings of their files. */
const ENDINGS: Readonly<Record<string, MatrixFormat>> = {
  txt: "text",
  text: "text",
  json: "json",
  csv: "csv",
  parquet: "parquet",
  pq: "parquet",
};
const COMPRESSED = ["gz", "tgz", "bz2", "xz", "zst", "zip", "br", "lz4"];

/**
 * The format asked for, else the one that the ending of `--out` names, in upper or lower case; text where there is
 * no ending.
 *
 * @throws UsageError for an ending that names none: a spreadsheet or archive with text in it helps nobody
 */
export function chooseFormat(format: MatrixFormat | undefined, out: string | undefined): MatrixFormat {
  if (format) return format;
  const ending = endingOf(out);
  if (ending === undefined) return "text";
  if (Object.hasOwn(ENDINGS, ending)) return ENDINGS[ending];
  if (COMPRESSED.includes(ending)) {
    throw new UsageError(
      `--out ${out}: results are written as they are; leave out .${ending} and compress later.`,
    );
  }
  throw new UsageError(
    `--out ${out}: no format has the ending .${ending}; end the name in .txt, .json, .csv or .parquet, or name a --format.`,
  );
}

/**
 * Checks that a report is named as one.
 *
 * @throws UsageError for the ending of something else
 */
export function checkReportName(report: string): void {
  const ending = endingOf(report);
  if (ending === undefined || ending === "html" || ending === "htm") return;
  throw new UsageError(`--report ${report}: a report is a page; end its name in .html.`);
}

/** What follows the last dot of the name, in lower case. */
function endingOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : /\.([^.]*)$/.exec(basename(path))?.[1].toLowerCase();
}
