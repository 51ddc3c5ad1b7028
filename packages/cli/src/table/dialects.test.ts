/** One table in any dialect reads the same. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf, readText, tempFolder } from "../testing/files.js";
import { openDatabase } from "./database.js";
import { quoteField } from "./record.js";

interface Dialect {
  delimiter: string;
  decimal: "." | ",";
  group: string;
  missing: string;
  unit: string;
  above: string;
  encoding: "utf8" | "utf16le" | "gzip";
  ends: string;
}

const dialects = fc
  .record<Dialect>({
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    decimal: fc.constantFrom(".", ","),
    group: fc.constantFrom("", ".", ",", " ", "\u00a0", "\u202f", "'", "_"),
    missing: fc.constantFrom("", "NA", "?", "-", ".", "#N/A", "\\N", "null", "unknown", "NaT"),
    unit: fc.constantFrom("", " kg", "%", " €"),
    above: fc.constantFrom("", "# a comment\n", "A title\n\n", "\n"),
    encoding: fc.constantFrom("utf8", "utf16le", "gzip"),
    ends: fc.constantFrom("\n", "\r\n"),
  })
  .filter(({ group, decimal }) => group !== decimal);

const cell = fc.option(
  fc.integer({ min: -9_999_999, max: 99_999_999 }).map((value) => value / 100),
  {
    freq: 8,
    nil: null,
  },
);
// Some decimals are certain to be there: without any, a mark may be one of thousands.
const tables = fc.array(fc.record({ a: cell, b: cell, day: fc.integer({ min: 0, max: 20_000 }) }), {
  minLength: 30,
  maxLength: 40,
});

const DATES: ((date: Date) => string)[] = [
  (date) => date.toISOString().slice(0, 10),
  (date) => `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`,
  (date) => `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${date.getUTCFullYear()}`,
  (date) => date.toUTCString(),
  (date) => `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`,
];

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function written(value: number | null, { decimal, group, missing, unit }: Dialect): string {
  if (value === null) return missing;
  const [whole, fraction] = Math.abs(value).toFixed(2).split(".");
  const grouped = group === "" ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${value < 0 ? "-" : ""}${grouped}${decimal}${fraction}${unit}`;
}

test("a table in any dialect reads the same", async () => {
  await fc.assert(
    fc.asyncProperty(tables, dialects, fc.constantFrom(...DATES), async (rows, dialect, spell) => {
      fc.pre(new Set(rows.map(({ a }) => a)).size > 3 && new Set(rows.map(({ b }) => b)).size > 3);
      // Days beyond twelve, whatever was drawn: otherwise nothing tells days from months.
      const days = rows.map(({ day }, k) => new Date(Date.UTC(1990, 0, k < 2 ? 20 + k : 1 + day)));
      const lines = rows.map(({ a, b }, k) => [written(a, dialect), spell(days[k]), written(b, dialect)]);
      const text =
        dialect.above +
        [["a", "day", "b"], ...lines]
          .map((fields) =>
            fields.map((field) => quoteField(field, dialect.delimiter)).join(dialect.delimiter),
          )
          .join("\n") +
        "\n";
      const ended = text.replaceAll("\n", dialect.ends);
      const bytes = dialect.encoding === "gzip" ? gzipSync(ended) : Buffer.from(ended, dialect.encoding);
      const { a, day, b } = columnsOf(await readText("t.csv", bytes));
      expect([...a.values]).toEqual(rows.map((row) => row.a ?? Number.NaN));
      expect([...b.values]).toEqual(rows.map((row) => row.b ?? Number.NaN));
      expect([...day.values]).toEqual(days.map((date) => date.getTime() / 1000));
    }),
    { numRuns: 30, seed: 1 },
  );
});

interface Row {
  a: number | null;
  b: number | null;
  day: string;
  word: string;
}

const COLUMNS = ["a", "b", "day", "word"] as const;

/** One table in the formats of programs. */
const FORMATS: Record<string, (rows: readonly Row[]) => string | Uint8Array | Promise<Uint8Array>> = {
  "records.json": (rows) => JSON.stringify(rows),
  "lines.ndjson": (rows) => rows.map((row) => JSON.stringify(row)).join("\n"),
  "columns.json": (rows) =>
    JSON.stringify(
      Object.fromEntries(
        COLUMNS.map((name) => [name, Object.fromEntries(rows.map((row, k) => [k, row[name]]))]),
      ),
    ),
  "index.json": (rows) => JSON.stringify(Object.fromEntries(rows.map((row, k) => [k, row]))),
  "lists.json": (rows) =>
    JSON.stringify(Object.fromEntries(COLUMNS.map((name) => [name, rows.map((row) => row[name])]))),
  "split.json": (rows) =>
    JSON.stringify({
      columns: COLUMNS,
      index: rows.map((_, k) => k),
      data: rows.map((row) => COLUMNS.map((name) => row[name])),
    }),
  "wrapped.json": (rows) => JSON.stringify({ status: "ok", result: { rows } }),
  "t.parquet": (rows) => stored(rows, "parquet"),
  "t.csv.zst": (rows) => stored(rows, "csv.zst"),
  "t.arrow": (rows) => arrow(rows, "file"),
  "t.arrows": (rows) => arrow(rows, "stream"),
};

/** The table as the database writes it. */
async function stored(rows: readonly Row[], ending: string): Promise<Uint8Array> {
  const database = await openDatabase({ threads: 1 });
  try {
    const path = join(tempFolder(), `t.${ending}`);
    await database.run("CREATE TABLE t (a DOUBLE, b DOUBLE, day DATE, word VARCHAR)");
    const cell = (value: number | null) => (value === null ? "NULL" : String(value));
    const values = rows.map(({ a, b, day, word }) => `(${cell(a)}, ${cell(b)}, '${day}', '${word}')`);
    await database.run(`INSERT INTO t VALUES ${values.join(", ")}`);
    const format = ending === "parquet" ? "FORMAT parquet" : "FORMAT csv, COMPRESSION zstd";
    await database.run(`COPY t TO '${path}' (${format})`);
    return readFileSync(path);
  } finally {
    database.close();
  }
}

function arrow(rows: readonly Row[], format: "file" | "stream"): Uint8Array {
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, rows.map((row) => row[name])]));
  return tableToIPC(tableFromArrays(columns), { format }) as Uint8Array;
}

test("a table in any format reads the same", async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.constantFrom(...Object.keys(FORMATS)), async (drawn, name) => {
      fc.pre(new Set(drawn.map(({ a }) => a)).size > 3 && new Set(drawn.map(({ b }) => b)).size > 3);
      const rows = drawn.map(({ a, b, day }, k): Row => {
        const date = new Date(Date.UTC(1990, 0, k < 2 ? 20 + k : 1 + day));
        return { a, b, day: date.toISOString().slice(0, 10), word: ["x", "y, z", "ü"][k % 3] };
      });
      const { a, b, day, word } = columnsOf(await readText(name, await FORMATS[name](rows)));
      expect([...a.values]).toEqual(rows.map((row) => row.a ?? Number.NaN));
      expect([...b.values]).toEqual(rows.map((row) => row.b ?? Number.NaN));
      expect([...day.values]).toEqual(rows.map((row) => Date.parse(row.day) / 1000));
      expect([...word.values].map((code) => word.levels?.[code])).toEqual(rows.map((row) => row.word));
    }),
    { numRuns: 30, seed: 2 },
  );
});
