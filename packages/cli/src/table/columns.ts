import { compactDays } from "../kinds/dates.js";
import { readColumns } from "../kinds/decide.js";
import type { Remark } from "../kinds/remarks.js";
import type { AskedKind, ColumnKind, KindOptions, Reading } from "../kinds/types.js";
import {
  type ColumnToPlan,
  planAsTexts,
  planColumns,
  type SampledPlan,
  type TextPlan,
  type TypedPlan,
} from "./infer.js";
import { inOrder } from "./levels.js";
import type { Source } from "./relation.js";
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
interface Underway {
  column: WantedColumn & ColumnToPlan;
  values: Float64Array;
  kind: ColumnKind;
  levels?: string[] | undefined;
  notes: Remark[];
}

/** Reads columns of a source as numbers. */
export async function readAll(
  source: Source,
  wanted: readonly WantedColumn[],
  options: KindOptions,
): Promise<ReadColumns> {
  const { relation } = source;
  const kindOptions: KindOptions = { ...options, delimiter: source.delimiter };
  const positions = new Map(source.names.map((name, index) => [name, index]));
  const columns = wanted.map((column) => {
    const index = positions.get(column.name) as number;
    const { name, wanted, asked, aside } = column;
    return { name, wanted, asked, aside, index, type: source.types[index] };
  });
  const { plans, seen } = await planColumns(relation, columns, kindOptions);
  const unusable: UnusableColumn[] = [];
  const typed: { column: (typeof columns)[number]; plan: TypedPlan; values: Float64Array }[] = [];
  const coded: { column: (typeof columns)[number]; plan: TextPlan; values: Float64Array }[] = [];
  const sampled: { column: (typeof columns)[number]; plan: SampledPlan; values: Float64Array }[] = [];
  for (const [k, column] of columns.entries()) {
    const plan = plans[k];
    if ("unusable" in plan) unusable.push({ name: column.name, reason: plan.unusable });
    else if ("sqlFor" in plan) sampled.push({ column, plan, values: new Float64Array(relation.rows) });
    else if ("texts" in plan) coded.push({ column, plan, values: new Float64Array(relation.rows) });
    else typed.push({ column, plan, values: new Float64Array(relation.rows) });
  }
  const filled = [...typed, ...coded];
  await relation.fill(
    filled.map(({ column, plan }) => ({ index: column.index, sql: plan.sql })),
    filled.map(({ values }) => values),
  );

  const underway = new Map<string, Underway>();
  const take = (column: (typeof columns)[number], values: Float64Array, reading: Reading) => {
    if ("unusable" in reading) unusable.push({ name: column.name, reason: reading.unusable });
    else underway.set(column.name, { column, ...reading, values });
  };
  const readings = readColumns(
    [
      ...coded.map(({ plan, values }) => ({ ...plan, counts: countCodes(values, plan.texts.length) })),
      ...sampled.map(({ plan }) => plan),
    ],
    { ...kindOptions, seen },
  );
  for (const [k, { column, values }] of coded.entries())
    take(column, decode(values, readings[k]), readings[k]);
  const long: { column: (typeof columns)[number]; values: Float64Array }[] = [];
  await relation.fill(
    sampled.map(({ column, plan }, k) => ({
      index: column.index,
      sql: plan.sqlFor(readings[coded.length + k]),
    })),
    sampled.map(({ values }) => values),
  );
  for (const [k, { column, values }] of sampled.entries()) {
    if (isBeyondDoubles(values)) long.push({ column, values });
    else take(column, values, readings[coded.length + k]);
  }
  for (const { column, plan, values } of typed) {
    if (plan.kind === "number" && isBeyondDoubles(values)) long.push({ column, values });
    else
      underway.set(column.name, {
        column,
        kind: plan.kind,
        levels: plan.levels,
        values,
        notes: [...(plan.notes ?? [])],
      });
  }
  if (long.length > 0) {
    // Once more by their digits, which no double rounds.
    const texts = await planAsTexts(
      relation,
      long.map(({ column }) => ({ ...column, asked: "number" as const })),
    );
    await relation.fill(
      long.map(({ column }, k) => ({ index: column.index, sql: texts[k].sql })),
      long.map(({ values }) => values),
    );
    const found = readColumns(
      texts.map((plan, k) => ({ ...plan, counts: countCodes(long[k].values, plan.texts.length) })),
      { ...kindOptions, seen },
    );
    for (const [k, { column, values }] of long.entries()) take(column, decode(values, found[k]), found[k]);
  }
  return checked(wanted, underway, unusable, options.missing);
}

/** Checks what was read, in the order of the request. */
function checked(
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
function countCodes(codes: Float64Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (const code of codes) if (!Number.isNaN(code)) counts[code]++;
  return counts;
}

/** Puts the values of texts in the place of their codes. */
function decode(codes: Float64Array, reading: Reading): Float64Array {
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
function isBeyondDoubles(values: Float64Array): boolean {
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
