/** From texts and codes that were read to columns that an estimate can use, whatever they were read by. */
import { compactDays } from "../kinds/dates.js";
import type { Remark } from "../kinds/remarks.js";
import type { AskedKind, ColumnKind, Reading } from "../kinds/types.js";
import { inOrder } from "./levels.js";
import type { TableColumn, UnusableColumn } from "./types.js";

/** A column to read, and what the user says of it. */
export interface WantedColumn {
  name: string;
  /** True if the user named it: then text is coded even if it looks like an identifier. */
  wanted: boolean;
  asked: AskedKind | undefined;
  /** Whether it takes part in no pair, and may be constant. */
  aside: boolean;
}

/** What was read, in the order of the request; a column is in one of the two lists. */
export interface ReadColumns {
  columns: TableColumn[];
  unusable: UnusableColumn[];
  /** What is to be told, by the names of the columns. */
  remarks: Map<string, Remark[]>;
}

/** A column on its way to numbers. */
export interface Underway {
  column: Pick<WantedColumn, "asked">;
  values: Float64Array;
  kind: ColumnKind;
  levels?: string[] | undefined;
  notes: Remark[];
}

/** Checks what was read, in the order of the request. */
export function checked(
  wanted: readonly WantedColumn[],
  underway: ReadonlyMap<string, Underway>,
  refused: readonly UnusableColumn[],
  missing: readonly string[] | undefined,
): ReadColumns {
  const unusable = new Map(refused.map((column) => [column.name, column]));
  const numbers = (missing ?? []).filter((word) => word.trim() !== "").map(Number);
  const columns: TableColumn[] = [];
  const remarks = new Map<string, Remark[]>();
  for (const { name, aside } of wanted) {
    const read = underway.get(name);
    if (read === undefined) continue;
    if (read.kind === "number" && read.column.asked === undefined) takeForDays(read);
    if (read.kind === "number" && missing === undefined) read.notes.push(...sentinelNotes(read.values));
    if (read.notes.length > 0) remarks.set(name, read.notes);
    if (read.kind === "number") leaveOut(read.values, numbers);
    const result = inspect(inOrder(read), name, aside);
    if ("reason" in result) unusable.set(name, result);
    else columns.push(result);
  }
  return {
    columns,
    unusable: wanted.map(({ name }) => unusable.get(name)).filter((column) => column !== undefined),
    remarks,
  };
}

/** Makes dates of a column of numbers such as 20171205, all of which are days. */
function takeForDays(read: Underway): void {
  const days = compactDays(read.values);
  if (days === undefined) return;
  const what = "numbers of eight digits read as dates";
  const remedy = "--numeric takes them for numbers";
  read.notes.push({ text: `${what}; ${remedy}`, shared: { what, remedy } });
  read.values.set(days);
  read.kind = "date";
}

/** How many rows have each code. */
export function countCodes(codes: Float64Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (const code of codes) if (!Number.isNaN(code)) counts[code]++;
  return counts;
}

/** Puts the values of texts in the place of their codes. */
export function decode(codes: Float64Array, reading: Reading): Float64Array {
  if ("unusable" in reading) return codes;
  const { values } = reading;
  for (let row = 0; row < codes.length; row++) {
    if (!Number.isNaN(codes[row])) codes[row] = values[codes[row]];
  }
  return codes;
}

/** Makes numbers that stand for a missing value missing, however they are spelt. */
function leaveOut(values: Float64Array, numbers: readonly number[]): void {
  for (const number of numbers) {
    if (Number.isNaN(number)) continue;
    for (let row = 0; row < values.length; row++) if (values[row] === number) values[row] = Number.NaN;
  }
}

/** Numbers that stand for a missing value in many files, if nothing is near them. */
const SENTINELS = [-9, -99, -999, -9999, -99_999, -999_999, 99, 999, 9999, 99_999, 999_999];

const isSentinel = (value: number) => SENTINELS.includes(value);

/** What a questionnaire has beside such a number: 77, 88, 97 and 98 beside 99. */
const beside = (sentinel: number): number[] => {
  const digits = String(Math.abs(sentinel));
  const others = ["7", "8"].flatMap((digit) => [digit.repeat(digits.length), digits.slice(1) + digit]);
  return others.map((other) => Math.sign(sentinel) * Number(other));
};

/** What to tell of a number far from all others that several rows have. */
function sentinelNotes(values: Float64Array): Remark[] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high].filter(isSentinel).flatMap((extreme) => {
    const kin = new Set(beside(extreme));
    const found = new Set<number>();
    let [count, nearest, farthest] = [0, Number.POSITIVE_INFINITY, 0];
    for (const value of values) {
      const distance = Math.abs(value - extreme);
      if (distance === 0 || kin.has(value)) {
        count++;
        found.add(value);
        continue;
      }
      if (distance < nearest) nearest = distance;
      if (distance > farthest) farthest = distance;
    }
    const apart = count > 1 && nearest > farthest - nearest && nearest < Number.POSITIVE_INFINITY;
    // What is beside it has to be apart from the others too.
    const near = Math.max(...[...found].map((value) => Math.abs(value - extreme)));
    if (!apart || near >= nearest / 2) return [];
    const numbers = [...found].sort((p, q) => p - q).join(", ");
    const [it, means] = found.size > 1 ? ["they", "mean"] : ["it", "means"];
    const remedy = `if ${it} ${means} missing, add --missing ${numbers.replaceAll(" ", "")}`;
    return [
      {
        text: `holds ${numbers} in ${count} rows, far from all else; ${remedy}`,
        shared: { what: `${numbers} ${found.size > 1 ? "lie" : "lies"} far from all else`, remedy },
      },
    ];
  });
}

/** Doubles hold all integers up to this, and only some beyond; integers of 64 bits end here. */
const EXACT = 2 ** 53;
const LARGEST = 2 ** 64;

/** Whether a column is one of integers some of which doubles cannot tell apart: identifiers, stamps in nanoseconds. */
export function isBeyondDoubles(values: Float64Array): boolean {
  const whole = values.every((value) => !(value % 1) && !(Math.abs(value) > LARGEST));
  return whole && values.some((value) => Math.abs(value) > EXACT);
}

/**
 * Refuses columns that no estimate can use: constant, infinite, all missing.
 *
 * @param mayBeConstant whether it takes part in no pair
 */
function inspect(
  { kind, values, levels }: Pick<Underway, "kind" | "values" | "levels">,
  name: string,
  mayBeConstant: boolean,
): TableColumn | UnusableColumn {
  let missing = 0;
  let infinite = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) missing++;
    else if (!Number.isFinite(value)) infinite++;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (missing === values.length) return { name, reason: "has no values (all missing)" };
  if (infinite > 0) {
    const what = infinite === 1 ? "1 infinite value" : `${infinite} infinite values`;
    return { name, reason: `holds ${what}; replace them by numbers or leave them empty` };
  }
  if (low === high && !mayBeConstant) {
    const value = levels ? JSON.stringify(levels[low]) : String(low);
    const rest = missing === 0 ? "" : ` or missing (${missing}); if missing means something, write it out`;
    return {
      name,
      reason: `is constant: every value is ${kind === "date" ? "the same date" : value}${rest}`,
    };
  }
  return { name, kind, values, levels, missing };
}
