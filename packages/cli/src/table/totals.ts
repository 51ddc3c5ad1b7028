/** Rows that sum up the others, as tables for people end with one. */
import type { TableColumn } from "./types.js";

/** Fewer rows have sums among them by chance. */
const FEWEST_ROWS = 6;
/** A total is so many times any other value, at least. */
const TIMES = 3;
const ROUNDING = 1e-6;
const SHOWN = 3;

/** What is to be told of a last row that holds the sums of all others: it is no observation. */
export function totalNotes(columns: readonly TableColumn[]): string[] {
  const summed = columns.filter(({ kind, values }) => kind === "number" && endsWithSum(values));
  if (summed.length === 0) return [];
  const names = summed.slice(0, SHOWN).map(({ name }) => name);
  const which = `${names.join(", ")}${summed.length > SHOWN ? ", …" : ""}`;
  return [
    `row ${summed[0].values.length} holds the sum of all others in ${which}: a total is no observation; leave it out`,
  ];
}

function endsWithSum(values: Float64Array): boolean {
  const last = values[values.length - 1];
  if (values.length < FEWEST_ROWS || !(Math.abs(last) > 0)) return false;
  let sum = 0;
  for (const value of values.subarray(0, -1)) {
    if (Number.isNaN(value)) continue;
    // Nearly every column ends here, in its first rows.
    if (TIMES * Math.abs(value) > Math.abs(last)) return false;
    sum += value;
  }
  return Math.abs(sum - last) <= ROUNDING * Math.abs(last);
}
