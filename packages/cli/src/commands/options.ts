import { extname } from "node:path";
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

/** The format asked for, else the one that the ending of `--out` names, else text. */
export function chooseFormat(format: MatrixFormat | undefined, out: string | undefined): MatrixFormat {
  if (format) return format;
  const ending = out === undefined ? "" : extname(out).slice(1).toLowerCase();
  return MATRIX_FORMATS.find((candidate) => candidate === ending) ?? "text";
}
