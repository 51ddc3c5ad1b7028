/** What was read of a table, column by column: for people, and as JSON. */
import { ownRemarks, sharedRemarks } from "../kinds/remarks.js";
import type { Table, TableColumn } from "../table/types.js";
import type { Style } from "../terminal/io.js";
import { displayWidth, pad, shorten } from "../terminal/width.js";
import { count } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { distributionOf, SPARK_WIDTH, spark } from "./distribution.js";
import { toJson } from "./json.js";
import { readingInWords } from "./reading.js";
import { type ColumnHead, columnHeads } from "./result.js";

/** What there is to say of one column. */
interface Described extends ColumnHead {
  low: number | string | null;
  high: number | string | null;
  /** The first different values, as they were read. */
  examples: (number | string)[];
  /** Rows in equal steps from low to high, or with each level or the most frequent ones. */
  distribution: number[] | null;
}

const EXAMPLES = 3;

function describe(table: Table): Described[] {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  return columnHeads(table).map(({ remarks, reason, ...head }) => {
    const column = columns.get(head.name);
    const values = column ? valuesOf(column) : { low: null, high: null, examples: [], distribution: null };
    return { ...head, ...values, remarks, reason };
  });
}

function valuesOf(column: TableColumn): Pick<Described, "low" | "high" | "examples" | "distribution"> {
  const { values, levels } = column;
  const different = new Set<number>();
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
    if (different.size < EXAMPLES && !Number.isNaN(value)) different.add(value);
  }
  const examples = [...different].map((value) => spelt(column, value));
  const range = levels ? { low: null, high: null } : { low: spelt(column, low), high: spelt(column, high) };
  return { ...range, examples, distribution: distributionOf(column) };
}

/** A value as a person would write it. */
export function spelt({ kind, levels }: TableColumn, value: number): number | string {
  if (levels) return levels[value];
  if (kind === "number") return value;
  const date = new Date(value * 1000);
  if (Number.isNaN(date.getTime())) return value;
  const text = date.toISOString().replace(/(?:\.000)?Z$/, "");
  if (kind === "time") return text.slice(11);
  return text.endsWith("T00:00:00") ? text.slice(0, 10) : text.replace("T", " ");
}

/**
 * `{ file, rows, columns: [{ name, kind, missing, levels, low, high, examples, distribution, remarks, reason }], notes }`. Each remark stands
 * with its column, and notes are those of the table as a whole.
 */
export function columnsJson(table: Table): string {
  const { file, rows, notes } = table;
  return `${toJson({ file, rows, columns: describe(table), notes }, 2)}\n`;
}

const WIDEST_NAME = 32;
const WIDEST_EXAMPLE = 24;

/** A line a column, and the remarks that are its own below it; those of several columns are told above. */
export function columnsText(table: Table, style: Style): string {
  const columns = describe(table).map((column) => ({ ...column, name: printable(column.name) }));
  const width = Math.min(WIDEST_NAME, Math.max(...columns.map(({ name }) => displayWidth(name)), 4));
  const remarks = table.remarks ?? new Map();
  const own = ownRemarks(remarks);
  const lines = [
    `${printable(table.file)}: ${count(table.rows, "row")}, ${count(columns.length, "column")}: ${readingInWords(table)}`,
    ...[...table.notes, ...sharedRemarks(remarks)].map(
      (note) => `  ${style("yellow", "!")} ${printable(note)}`,
    ),
    "",
  ];
  for (const [k, column] of columns.entries()) {
    const { name, kind, missing, levels, low, high, examples, distribution, reason } = column;
    const bars = style("cyan", pad(spark(distribution ?? []), SPARK_WIDTH));
    const head = `${pad(shorten(name, width), width)}  ${pad(kind, 8)}  ${bars}`;
    const holds = levels !== null ? count(levels, "level") : low === null ? "" : `${low} … ${high}`;
    const shown =
      examples.length > 0
        ? `such as ${examples.map((example) => shorten(String(example), WIDEST_EXAMPLE)).join(", ")}`
        : "";
    const parts = [holds, missing ? `${missing} missing` : "", shown].filter((part) => part !== "");
    lines.push(`${head}  ${printable(parts.join("; "))}`.trimEnd());
    const told = [...(reason === undefined ? [] : [reason]), ...(own.get(table.names[k]) ?? [])];
    for (const remark of told) lines.push(`  ${style("yellow", "!")} ${printable(remark)}`);
  }
  return `${lines.join("\n")}\n`;
}
