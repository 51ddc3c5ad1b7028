import type { DateOrder } from "./dates.js";
import type { DecimalMark } from "./numbers.js";
import type { Remark } from "./remarks.js";

/** What the values of a column mean. */
export type ColumnKind = "number" | "boolean" | "category" | "date" | "time";

/** What the user says that a column is: names without an order, numbers, dates, or levels from low to high. */
export type AskedKind = "category" | "number" | "date" | { ordered: readonly string[] };

/** A column of texts: its different texts, without outer blanks and none of them empty, and how many rows have each. */
export interface TextColumn {
  texts: readonly string[];
  counts: ArrayLike<number>;
  asked?: AskedKind | undefined;
  /** True if the user named the column: then texts are levels even if they look like identifiers. */
  wanted?: boolean | undefined;
}

/** What holds for all columns of a file. */
export interface KindOptions {
  /** Texts that stand for a missing value, as they are spelt. Default: {@link MISSING_WORDS}, in any case. */
  missing?: readonly string[] | undefined;
  /** The mark before decimals. Default: found by evidence. */
  decimal?: DecimalMark | undefined;
  /** What comes first in 01/02/2020. Default: found by evidence. */
  dateOrder?: DateOrder | undefined;
  /** What stands between the fields of the file; semicolons go with decimal commas. */
  delimiter?: string | undefined;
  /** Decimal marks seen in columns that were read elsewhere. */
  seen?: readonly DecimalMark[] | undefined;
}

/** How a column of texts is read, or why it cannot be. */
export type Reading =
  | {
      kind: ColumnKind;
      /** The value of each text: NaN where it is missing; codes of categories, seconds of dates and times. */
      values: Float64Array;
      /** Names of the codes (categories and booleans only). */
      levels?: string[];
      notes: Remark[];
    }
  | { unusable: string };
