/** What was read of a table, column by column: for people, and as JSON. */
import type { Table, TableColumn, UnusableColumn } from "../table/types.js";
import type { Style } from "../terminal/io.js";
import { displayWidth, pad, shorten } from "../terminal/width.js";
import { count } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";

/** What there is to say of one column. */
interface Described {
  name: string;
  kind: TableColumn["kind"] | "unusable";
  missing: number | null;
  levels: number | null;
  low: number | string | null;
  high: number | string | null;
  /** The first different values, as they were read. */
  examples: (number | string)[];
  remarks: string[];
}

const EXAMPLES = 3;

function describe(table: Table): Described[] {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const unusable = new Map(table.unusable.map((column) => [column.name, column]));
  return table.names.map((name) => {
    const column = columns.get(name);
    const remarks = [...(table.remarks?.get(name) ?? [])];
    return column ? described(column, remarks) : refused(unusable.get(name) as UnusableColumn, remarks);
  });
}

function refused({ name, reason }: UnusableColumn, remarks: string[]): Described {
  const nothing = { missing: null, levels: null, low: null, high: null, examples: [] };
  return { name, kind: "unusable", ...nothing, remarks: [reason, ...remarks] };
}

function described(column: TableColumn, remarks: string[]): Described {
  const { name, kind, values, levels, missing } = column;
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
  return { name, kind, missing, levels: levels?.length ?? null, ...range, examples, remarks };
}

/** A value as a person would write it. */
function spelt({ kind, levels }: TableColumn, value: number): number | string {
  if (levels) return levels[value];
  if (kind === "number") return value;
  const date = new Date(value * 1000);
  if (Number.isNaN(date.getTime())) return value;
  const text = date.toISOString().replace(/(?:\.000)?Z$/, "");
  if (kind === "time") return text.slice(11);
  return text.endsWith("T00:00:00") ? text.slice(0, 10) : text.replace("T", " ");
}

/** `{ file, rows, columns: [{ name, kind, missing, levels, low, high, examples, remarks }], notes }`. */
export function columnsJson(table: Table): string {
  const { file, rows, notes } = table;
  return `${toJson({ file, rows, columns: describe(table), notes }, 2)}\n`;
}

const WIDEST_NAME = 32;
const WIDEST_EXAMPLE = 24;

/** A line a column, and its remarks below it. */
export function columnsText(table: Table, style: Style): string {
  const columns = describe(table).map((column) => ({ ...column, name: printable(column.name) }));
  const width = Math.min(WIDEST_NAME, Math.max(...columns.map(({ name }) => displayWidth(name)), 4));
  const lines = [
    `${printable(table.file)}: ${count(table.rows, "row")}, ${count(columns.length, "column")}`,
    ...table.notes.map((note) => `  ${style("yellow", "!")} ${printable(note)}`),
    "",
  ];
  for (const { name, kind, missing, levels, low, high, examples, remarks } of columns) {
    const head = `${pad(shorten(name, width), width)}  ${pad(kind, 8)}`;
    const holds = levels !== null ? count(levels, "level") : low === null ? "" : `${low} … ${high}`;
    const shown =
      examples.length > 0
        ? `such as ${examples.map((example) => shorten(String(example), WIDEST_EXAMPLE)).join(", ")}`
        : "";
    const parts = [holds, missing ? `${missing} missing` : "", shown].filter((part) => part !== "");
    lines.push(`${head}  ${printable(parts.join("; "))}`.trimEnd());
    for (const remark of remarks) lines.push(`  ${style("yellow", "!")} ${printable(remark)}`);
  }
  return `${lines.join("\n")}\n`;
}
