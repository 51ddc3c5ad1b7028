import { clockOf, durationOf, feetOf } from "./clock.js";
import {
  type DateOrder,
  type DateText,
  dateOf,
  inOrder,
  type NumberedDate,
  PIVOT,
  stampOf,
} from "./dates.js";
import type { Remark } from "./remarks.js";
import type { KindOptions, Reading, TextColumn } from "./types.js";

/** A column of texts taken apart as dates. */
export interface DateColumn {
  column: TextColumn;
  parts: readonly (DateText | undefined)[];
  /** Rows that hold a date in one order or another. */
  rows: number;
  /** Rows that hold a date of three numbers, by the orders in which there is such a day. */
  orders: Record<DateOrder, number>;
  numbered: number;
}

const ORDERS: readonly DateOrder[] = ["dmy", "mdy", "ymd"];

/** @param missing the texts that stand for a missing value */
export function dateColumn(column: TextColumn, missing: readonly boolean[]): DateColumn {
  const orders = { dmy: 0, mdy: 0, ymd: 0 };
  let [rows, numbered] = [0, 0];
  const parts = column.texts.map((text, k) => {
    const part = missing[k]
      ? undefined
      : (dateOf(text) ?? (column.asked === "date" ? stampOf(text) : undefined));
    if (part === undefined) return undefined;
    const count = column.counts[k];
    if ("at" in part) {
      rows += count;
      return part;
    }
    const fits = ORDERS.filter((order) => inOrder(part, order) !== undefined);
    if (fits.length === 0) return undefined;
    for (const order of fits) orders[order] += count;
    numbered += count;
    rows += count;
    return part;
  });
  return { column, parts, rows, orders, numbered };
}

/** The order that reads more rows than any other; nothing where two read as many. */
function surest({ orders, numbered }: DateColumn): DateOrder | undefined {
  if (numbered === 0) return undefined;
  const most = Math.max(...ORDERS.map((order) => orders[order]));
  const best = ORDERS.filter((order) => orders[order] === most);
  // A year of two digits in front is rare, and never what a day in front could be.
  const likely = best.length > 1 ? best.filter((order) => order !== "ymd") : best;
  return likely.length === 1 ? likely[0] : undefined;
}

/** The order that the columns of a file agree on. */
export function agreedOrder(columns: readonly DateColumn[]): DateOrder | undefined {
  const found = new Set(columns.map(surest).filter((order) => order !== undefined));
  return found.size === 1 ? [...found][0] : undefined;
}

const ORDER_NAMES: Record<DateOrder, string> = {
  dmy: "day before month",
  mdy: "month before day",
  ymd: "year, month, day",
};

/** Reads a column of dates by its evidence and that of the file. */
export function readDates(
  dates: DateColumn,
  agreed: DateOrder | undefined,
  { dateOrder }: KindOptions,
): { reading: Reading; read: readonly boolean[] } {
  const { column, parts, numbered } = dates;
  const notes: Remark[] = [];
  let order: DateOrder = "mdy";
  if (numbered > 0) {
    const first = parts.findIndex((part) => part !== undefined && !("at" in part));
    const { separator } = parts[first] as NumberedDate;
    const sure = dateOrder ?? surest(dates) ?? agreed;
    order = sure ?? (separator === "/" ? "mdy" : "dmy");
    const example = JSON.stringify(column.texts[first]);
    if (dateOrder === undefined) {
      const doubt = sure === undefined && !sameEitherWay(parts);
      const other = order === "mdy" ? "dmy" : "mdy";
      const otherwise = parts.findIndex((part) => fitsOnly(part, other, order));
      const reason =
        otherwise < 0
          ? "nothing tells which"
          : `others have it the other way round (such as ${JSON.stringify(column.texts[otherwise])})`;
      const remedy =
        doubt || otherwise >= 0 ? `${reason}, --date-order ${other} reads it otherwise` : undefined;
      const what = `read as dates, ${ORDER_NAMES[order]}`;
      notes.push({
        text: `${what} (such as ${example})${remedy ? `; ${remedy}` : ""}`,
        shared: { what: `${what},`, ...(remedy && { remedy }) },
      });
    }
  }
  const values = Float64Array.from(parts, (part) => {
    if (part === undefined) return Number.NaN;
    return "at" in part ? part.at : (inOrder(part, order) ?? Number.NaN);
  });
  if (parts.some((part) => part?.short)) {
    const what = `years of two digits are those from 19${PIVOT} to 20${PIVOT - 1}`;
    notes.push({ text: what, shared: { what: `${what},` } });
  }
  return {
    reading: { kind: "date", values, notes },
    read: Array.from(values, (value) => !Number.isNaN(value)),
  };
}

/** Whether a date of three numbers is a day in one order and none in another. */
function fitsOnly(part: DateText | undefined, order: DateOrder, other: DateOrder): boolean {
  if (part === undefined || "at" in part) return false;
  return inOrder(part, order) !== undefined && inOrder(part, other) === undefined;
}

function sameEitherWay(parts: readonly (DateText | undefined)[]): boolean {
  return parts.every((part) => part === undefined || "at" in part || part.a === part.b);
}

/** Reads times of day, or durations where some are longer than a day has hours; nothing if too few texts are either. */
export function readTimes(
  column: TextColumn,
  missing: readonly boolean[],
  enough: number,
): { reading: Reading; read: readonly boolean[] } | undefined {
  const readAs = (kind: "time" | "number", read: (text: string) => number | undefined, notes: Remark[]) => {
    let rows = 0;
    const values = Float64Array.from(column.texts, (text, k) => {
      const seconds = missing[k] || !/\d/.test(text) ? undefined : read(text);
      if (seconds !== undefined) rows += column.counts[k];
      return seconds ?? Number.NaN;
    });
    if (rows < enough || rows === 0) return undefined;
    return {
      reading: { kind, values, notes } as const,
      read: Array.from(values, (value) => !Number.isNaN(value)),
    };
  };
  const feet = readAs("number", feetOf, [
    { text: "read as feet and inches, in inches", shared: { what: "read as feet and inches, in inches," } },
  ]);
  if (feet !== undefined) return feet;
  const longer = column.texts.some(
    (text, k) =>
      !missing[k] && /^[+-]?(?:24:(?:0[1-9]|[1-5]\d)|(?:2[5-9]|[3-9]\d|\d{3,}):\d{2})\b/.test(text),
  );
  const clock = longer ? undefined : readAs("time", clockOf, []);
  return (
    clock ??
    readAs("number", durationOf, [
      { text: "read as durations, in seconds", shared: { what: "read as durations, in seconds," } },
    ])
  );
}
