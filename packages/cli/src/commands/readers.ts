/** How arguments and options are read from text. What cannot be read is a {@link UsageError} that begins with the name. */
import { UsageError } from "../errors.js";
import { parseRecord } from "../table/record.js";
import { readTimeStep, type TimeStep } from "../table/time-step.js";

/** Reads one text; `earlier` is the value that an earlier use of the same option gave. */
export type Reader<Value> = (text: string, earlier?: Value) => Value;

/** Reads a whole number of at least `least`. */
export function wholeNumber(name: string, least: number): Reader<number> {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < least) {
      throw new UsageError(`${name} takes a whole number of at least ${least}, not ${JSON.stringify(text)}.`);
    }
    return value;
  };
}

/** Reads a whole number of at least 1, or `all`, which is Infinity. */
export function wholeNumberOrAll(name: string): Reader<number> {
  const number = wholeNumber(name, 1);
  return (text) => (text === "all" ? Number.POSITIVE_INFINITY : number(text));
}

/** Reads a share above 0, at most 1. */
export function share(name: string): Reader<number> {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (!(value > 0 && value <= 1)) {
      throw new UsageError(
        `${name} takes a share above 0 and up to 1, such as 0.05, not ${JSON.stringify(text)}.`,
      );
    }
    return value;
  };
}

/** Reads one word of a list. */
export function oneOf<Word extends string>(name: string, words: readonly Word[]): Reader<Word> {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) {
      throw new UsageError(`${name} takes one of ${words.join(", ")}, not ${JSON.stringify(text)}.`);
    }
    return word;
  };
}

/**
 * Reads names of columns and adds them to those of earlier lists, each once. A list is one record of CSV: a name that
 * holds a comma goes into double quotes.
 */
export function columnNames(name: string): Reader<string[]> {
  return (text, earlier = []) => {
    const columns = parseRecord(text).fields.map((column) => column.trim());
    if (columns.includes("")) {
      throw new UsageError(`${name} takes names with commas between them, not ${JSON.stringify(text)}.`);
    }
    return [...new Set([...earlier, ...columns])];
  };
}

/** Reads words of a list, with commas between them, for an option that may stand alone; earlier lists are kept. */
export function wordsAmong<Word extends string>(name: string, words: readonly Word[]): Reader<Word[]> {
  return (text, earlier = []) => {
    const found = text.split(",").map((word) => words.find((candidate) => candidate === word.trim()));
    if (found.includes(undefined)) {
      throw new UsageError(
        `${name} takes some of ${words.join(",")}, not ${JSON.stringify(text)}; if that is the file, name it before ${name}.`,
      );
    }
    return [...new Set([...earlier, ...(found as Word[])])];
  };
}

/** Reads words with commas between them, which may be none; those of earlier lists are kept. */
export function wordList(): Reader<string[]> {
  return (text, earlier = []) => {
    const words = parseRecord(text).fields.map((word) => word.trim());
    return [...new Set([...earlier, ...words.filter((word) => word !== "")])];
  };
}

/** Reads `COLUMN=low<middle<high`, and adds it to what was said of other columns. */
export function orderedLevels(name: string): Reader<Record<string, string[]>> {
  return (text, earlier = {}) => {
    // A column may have = in its name, and < only in its levels.
    const at = text.lastIndexOf("=", text.includes("<") ? text.indexOf("<") : text.length);
    const levels = text
      .slice(at + 1)
      .split("<")
      .map((level) => level.trim());
    const column = text.slice(0, Math.max(0, at)).trim();
    if (column === "" || levels.length < 2 || levels.includes("") || new Set(levels).size < levels.length) {
      throw new UsageError(
        `${name} takes a column and its levels from low to high, such as size=small<medium<large, not ${JSON.stringify(text)}.`,
      );
    }
    return { ...earlier, [column]: levels };
  };
}

/**
 * Reads the name of a file, which may be any text but the empty one that a shell variable without a value leaves.
 *
 * @param what is to be named, for the error
 */
export function fileName(name: string, what = "a file"): Reader<string> {
  return (text) => {
    if (text === "") throw new UsageError(`${name} is empty; name ${what}.`);
    return text;
  };
}

/** Reads the name of a file, and adds it to those before it. */
export function fileNames(name: string): Reader<string[]> {
  const read = fileName(name, "a table");
  return (text, earlier = []) => [...earlier, read(text)];
}

/** Reads a length of time. */
export function timeStep(name: string): Reader<TimeStep> {
  return (text) => readTimeStep(name, text);
}

/** Reads a number of rows of at least so many, or a length of time with its unit. */
export function rowsOrTime(name: string, least: number): Reader<number | TimeStep> {
  const rows = wholeNumber(name, least);
  return (text) => (/^\d+$/.test(text) ? rows(text) : readTimeStep(name, text));
}
