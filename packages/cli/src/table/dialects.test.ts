/** One table in any dialect reads the same. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf, readText } from "../testing/files.js";
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
    { numRuns: 60, seed: 1 },
  );
});
