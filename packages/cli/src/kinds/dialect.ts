/** What texts say together of the way numbers and dates are written, and the same texts written as everybody reads them. */
import { agreedOrder } from "./date-column.js";
import { type DateOrder, type DateText, inOrder } from "./dates.js";
import { ENOUGH, present, see } from "./decide.js";
import { agreedMark } from "./number-column.js";
import { type DecimalMark, type NumberText, pointed } from "./numbers.js";
import type { KindOptions, TextColumn } from "./types.js";

/** How numbers and dates are written in the columns of a file. */
export interface Dialect {
  /** The mark before decimals; nothing where no column tells, or they disagree. */
  mark: DecimalMark | undefined;
  /** What comes first in 01/02/2020; the same holds. */
  order: DateOrder | undefined;
  /**
   * The texts of a column written so that they mean the same beside those of any other file, where that is not how they
   * are written already.
   *
   * @param which what is to be respelt
   */
  respelt(column: number, which: { numbers: boolean; dates: boolean }): Map<string, string>;
}

/** Finds how the columns of a file are written. */
export function dialectOf(columns: readonly TextColumn[], options: KindOptions): Dialect {
  const seen = columns.map((column) => see(column, options, ENOUGH));
  const mark = agreedMark(present(seen.map(({ numbers }) => numbers)), options.seen);
  const order = agreedOrder(present(seen.map(({ dates }) => dates)));
  return {
    mark,
    order,
    respelt(index, which) {
      const { column, numbers, dates } = seen[index];
      const spell = (k: number) =>
        numbers
          ? which.numbers && number(numbers.parts[k], mark ?? (options.delimiter === ";" ? "," : "."))
          : which.dates && date(dates?.parts[k], order);
      const spelt = column.texts.map((text, k): [string, string] => [text, spell(k) || text]);
      return new Map(spelt.filter(([old, text]) => old !== text));
    },
  };
}

function number(part: NumberText | undefined, mark: DecimalMark): string | undefined {
  return part && part.marks !== "none" ? pointed(part, mark) : undefined;
}

function date(part: DateText | undefined, order: DateOrder | undefined): string | undefined {
  if (part === undefined || "at" in part) return undefined;
  const at = inOrder(part, order ?? (part.separator === "/" ? "mdy" : "dmy"));
  return at === undefined ? undefined : new Date(at * 1000).toISOString();
}
