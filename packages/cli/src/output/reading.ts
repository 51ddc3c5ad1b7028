/** What was read of a table as a whole, in a few words. */
import type { ColumnKind } from "../kinds/types.js";
import type { Table } from "../table/types.js";
import { count } from "../text/numbers.js";
import { percentOf } from "./kinds.js";

const KINDS: Record<ColumnKind, [one: string, many: string]> = {
  number: ["number", "numbers"],
  category: ["category", "categories"],
  boolean: ["true or false", "true or false"],
  date: ["date", "dates"],
  time: ["time of day", "times of day"],
};

/** What a column was read as, or that it was not. */
export type ReadKind = ColumnKind | "unusable";

/** How many columns are of each kind, those that cannot be used last. */
export function kindCounts({
  columns,
  unusable,
}: Pick<Table, "columns" | "unusable">): { kind: ReadKind; text: string }[] {
  const kinds = (Object.keys(KINDS) as ColumnKind[]).flatMap((kind) => {
    const number = columns.filter((column) => column.kind === kind).length;
    return number === 0 ? [] : [{ kind, text: count(number, ...KINDS[kind]) }];
  });
  const rest = { kind: "unusable" as const, text: `${count(unusable.length, "column")} not usable` };
  return unusable.length === 0 ? kinds : [...kinds, rest];
}

/** The share of the cells of the usable columns that are missing. */
export function missingInWords({
  columns,
  unusable,
  rows,
}: Pick<Table, "columns" | "unusable" | "rows">): string {
  const missing = columns.reduce((sum, column) => sum + column.missing, 0);
  const words =
    missing === 0
      ? "nothing missing"
      : `${percentOf(missing / (rows * columns.length))} of the cells missing`;
  return unusable.length === 0 || columns.length === 0 ? words : `${words} in the others`;
}

/** `3 numbers, 1 category, 1 column not usable; 4 % of the cells missing in the others`. */
export function readingInWords(table: Pick<Table, "columns" | "unusable" | "rows">): string {
  const kinds = kindCounts(table).map(({ text }) => text);
  return [kinds.join(", "), missingInWords(table)].filter((part) => part !== "").join("; ");
}
