/** From the bytes of a file to columns that can be estimated, by the rules of the command. */
import { CliError } from "@infonet/cli/errors.js";
import { readColumns } from "@infonet/cli/kinds/decide.js";
import { ownRemarks } from "@infonet/cli/kinds/remarks.js";
import { checked, decode, type Underway } from "@infonet/cli/table/checked.js";
import type { Table, TableColumn } from "@infonet/cli/table/types.js";
import type { Asked, ColumnSummary, TableSummary } from "../messages.js";
import { readDelimited } from "./delimited.js";
import type { TextTable } from "./text-table.js";

/** What a Parquet file begins with: PAR1. */
const MAGIC = [0x50, 0x41, 0x52, 0x31];
/** Rows of a group that can be compared with others, and groups of a column, as the library has it. */
const GROUP = 30;
const MOST_GROUPS = 12;
/** Texts of a column that are shown. */
const EXAMPLES = 4;

/**
 * Reads a file as texts.
 *
 * @throws CliError if it holds no table that is read here
 */
export async function readTexts(file: string, bytes: ArrayBuffer): Promise<TextTable> {
  const plain = await unpacked(file, new Uint8Array(bytes));
  if (MAGIC.every((byte, k) => plain[k] === byte)) {
    const { readParquet } = await import("./parquet.js");
    return wholeTable(await readParquet(file, plain.slice().buffer));
  }
  const { text, notes } = decoded(plain);
  if (text.trim() === "") throw new CliError(`${file} is empty; drop a table with a header and rows.`);
  if (text.includes("\u0000")) {
    throw new CliError(
      `${file} is no text; drop a CSV, JSON or Parquet file here, or use the command, which reads Arrow too.`,
    );
  }
  const isJson = /^\s*[[{]/.test(text);
  const table = isJson ? (await import("./json.js")).readJson(file, text) : readDelimited(file, text);
  return wholeTable({ ...table, notes: [...notes, ...table.notes] });
}

/** @throws CliError for a table without a pair */
function wholeTable(table: TextTable): TextTable {
  if (table.names.length < 2) {
    throw new CliError(`${table.file} has a single column; two are needed to compare.`);
  }
  if (table.rows === 0) throw new CliError(`${table.file} has a header and no rows.`);
  return table;
}

async function unpacked(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new CliError(`${file} looks like gzip and cannot be unpacked; it may be cut off.`);
  }
}

function decoded(bytes: Uint8Array): { text: string; notes: string[] } {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : undefined;
  const wideToo = bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : wide;
  if (wideToo !== undefined) return { text: new TextDecoder(wideToo).decode(bytes), notes: [] };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), notes: [] };
  } catch {
    return {
      text: new TextDecoder("windows-1252").decode(bytes),
      notes: ["read as Windows-1252, as it is not UTF-8"],
    };
  }
}

/** Decides what the columns are. */
export function decideColumns(
  texts: TextTable,
  asked: Readonly<Record<string, Asked>>,
): { table: Table; summary: TableSummary } {
  const { file, rows, delimiter } = texts;
  const askedOf = (name: string): Asked => (Object.hasOwn(asked, name) ? asked[name] : "auto");
  const chosen = texts.names.flatMap((name, k) => (askedOf(name) === "out" ? [] : [{ name, k }]));
  const wanted = chosen.map(({ name }) => {
    const said = askedOf(name);
    return {
      name,
      wanted: said !== "auto",
      asked: said === "auto" || said === "out" ? undefined : said,
      aside: false,
    };
  });
  const readings = readColumns(
    chosen.map(({ k }, index) => ({
      ...texts.columns[k],
      asked: wanted[index].asked,
      wanted: wanted[index].wanted,
    })),
    { delimiter },
  );
  const underway = new Map<string, Underway>();
  const refused: { name: string; reason: string }[] = [];
  for (const [index, reading] of readings.entries()) {
    const { name, k } = chosen[index];
    if (askedOf(name) === "auto" && texts.rowNames?.includes(name))
      refused.push({ name, reason: "holds the names of the rows; choose Categories to use it all the same" });
    else if ("unusable" in reading) refused.push({ name, reason: reading.unusable });
    else {
      const codes = Float64Array.from(texts.columns[k].codes, (code) => (code < 0 ? Number.NaN : code));
      underway.set(name, { ...reading, column: wanted[index], values: decode(codes, reading) });
    }
  }
  const { columns, unusable, remarks } = checked(wanted, underway, refused, undefined);
  const table: Table = {
    file,
    rows,
    names: chosen.map(({ name }) => name),
    columns,
    unusable,
    remarks,
    notes: texts.notes,
  };
  const byName = new Map(columns.map((column) => [column.name, column]));
  const reasons = new Map(unusable.map(({ name, reason }) => [name, reason]));
  const own = ownRemarks(remarks);
  const summary: TableSummary = {
    file,
    rows,
    notes: texts.notes,
    usable: columns.map(({ name }) => name),
    grouping: columns.filter(makesGroups).map(({ name }) => name),
    columns: texts.names.map((name, k): ColumnSummary => {
      const column: TableColumn | undefined = byName.get(name);
      const coded = texts.columns[k];
      const reason = reasons.get(name);
      return {
        name,
        kind: askedOf(name) === "out" ? "out" : (column?.kind ?? "unusable"),
        asked: askedOf(name),
        missing: column?.missing ?? rows - coded.counts.reduce((sum, count) => sum + count, 0),
        different: column?.levels?.length ?? coded.texts.length,
        examples: coded.texts.slice(0, EXAMPLES),
        remarks: [...(reason === undefined ? [] : [reason]), ...(own.get(name) ?? [])].map(forPage),
      };
    }),
  };
  return { table, summary };
}

/** Whether some levels of a column have enough rows to be compared. */
function makesGroups({ levels, values }: TableColumn): boolean {
  const rows = new Uint32Array(levels?.length ?? 0);
  for (const code of levels === undefined ? [] : values) if (!Number.isNaN(code)) rows[code]++;
  const groups = rows.filter((count) => count >= GROUP).length;
  return groups >= 2 && groups <= MOST_GROUPS;
}

/** A remark whose remedy is an option of the command, as a page says it. */
function forPage(remark: string): string {
  return remark
    .replace(
      /; name it in --categorical to use it all the same/,
      "; choose Categories to use it all the same",
    )
    .replace(/[;,][^;,]*--[a-z][^;]*$/, "");
}
