import type { Database } from "./database.js";
import type { ColumnKind } from "./types.js";

/** How a column becomes numbers, or why it cannot. */
export type Plan =
  | { kind: ColumnKind; sql: string; levels?: string[]; notes: string[] }
  | { unusable: string };

/** What the planner needs to know of a column. */
export interface ColumnToPlan {
  /** Column of the relation, `c7`. */
  id: string;
  /** DuckDB type. */
  type: string;
  relation: string;
  decimalComma: boolean;
  /** True if the user named the column: then text is coded even if it looks like an identifier. */
  wanted: boolean;
}

/** Words that mean "missing" in text, in any case and with blanks around them. */
export const MISSING_WORDS: readonly string[] = ["", "na", "n/a", "nan", "null"];

/** More different texts than this are not taken for categories. */
export const MOST_CATEGORIES = 256;

/** A text column is numbers (or dates) if at least this share of its values reads as such. */
const ENOUGH = 0.95;

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BIGNUM|VARINT)$/;
const NESTED = /(\[\d*\]|^STRUCT.*|^MAP.*|^UNION.*|^VARIANT)$/;

/** Formats tried for dates that are not ISO 8601, in order; the first that reads enough values is taken. */
const DATE_FORMATS = [
  "%m/%d/%Y",
  "%d/%m/%Y",
  "%d.%m.%Y",
  "%m/%d/%Y %H:%M",
  "%d/%m/%Y %H:%M",
  "%d.%m.%Y %H:%M",
  "%m/%d/%Y %H:%M:%S",
  "%d/%m/%Y %H:%M:%S",
  "%b %d %Y",
  "%b %d, %Y",
  "%B %d, %Y",
  "%d %b %Y",
  "%d %B %Y",
  "%d-%b-%Y",
  "%m/%d/%y",
];

/** Text without outer blanks, NULL for the words that mean missing. */
export function cleaned(expression: string): string {
  const trimmed = `trim(${expression}, E' \\t\\r\\n\u00a0\ufeff')`;
  const words = MISSING_WORDS.map((word) => `'${word}'`).join(", ");
  return `CASE WHEN lower(${trimmed}) IN (${words}) THEN NULL ELSE ${trimmed} END`;
}

/** Decides from the type, and for text from all values, how a column becomes numbers. */
export async function planColumn(database: Database, column: ColumnToPlan): Promise<Plan> {
  const { id, type } = column;
  if (NESTED.test(type))
    return { unusable: `holds nested values (${type}); flatten it into columns of its own` };
  if (NUMBER.test(type)) return { kind: "number", sql: `CAST(${id} AS DOUBLE)`, notes: [] };
  if (type === "BOOLEAN") {
    return { kind: "boolean", sql: `CAST(${id} AS INTEGER)`, levels: ["false", "true"], notes: [] };
  }
  if (/^(DATE|TIMESTAMP.*)$/.test(type)) return { kind: "date", sql: seconds(id), notes: [] };
  if (/^TIME\b/.test(type)) return { kind: "time", sql: `epoch(CAST(${id} AS TIME))`, notes: [] };
  if (type === "INTERVAL") return { kind: "number", sql: `epoch(${id})`, notes: [] };
  if (/^(BLOB|BIT|GEOMETRY)/.test(type))
    return { unusable: `holds binary values (${type}); they have no order` };
  if (type === "JSON") return planJson(database, column);
  return planText(database, column, cleaned(`CAST(${id} AS VARCHAR)`));
}

/** Seconds since 1970, NULL for the infinite timestamps of SQL. */
function seconds(expression: string): string {
  const stamp = `CAST(${expression} AS TIMESTAMP)`;
  return `CASE WHEN isfinite(${stamp}) THEN epoch(${stamp}) END`;
}

/** JSON columns are those whose values have no common type; without objects or arrays they are text. */
async function planJson(database: Database, column: ColumnToPlan): Promise<Plan> {
  const [[nested]] = await database.rows(
    `SELECT count(*) FROM ${column.relation} WHERE json_type(${column.id}) IN ('OBJECT', 'ARRAY')`,
  );
  if (Number(nested) > 0)
    return { unusable: "holds nested values (JSON); flatten it into columns of its own" };
  return planText(database, column, cleaned(`${column.id}->>'$'`));
}

/** Ways to read text, as SQL over an expression that is NULL where the value is missing. */
type Parse = (text: string) => string;

const parseDate: Parse = (text) => seconds(`TRY_CAST(${text} AS TIMESTAMPTZ)`);
const parseTime: Parse = (text) => `epoch(TRY_CAST(${text} AS TIME))`;
const parseBoolean: Parse = (text) => `CAST(lower(${text}) = 'true' AS INTEGER)`;

/**
 * Where fields are separated by semicolons the comma is the decimal mark, and points before it group
 * thousands; elsewhere the comma may only group thousands.
 */
function parseNumber(decimalComma: boolean): Parse {
  if (decimalComma) {
    // Without a comma, "1.234" stays 1.234: the file may mix both decimal marks.
    const pointed = "'[+-]?\\d{1,3}(\\.\\d{3})+,\\d*'";
    return (text) =>
      `TRY_CAST(replace(CASE WHEN regexp_full_match(${text}, ${pointed}) THEN replace(${text}, '.', '') ELSE ${text} END, ',', '.') AS DOUBLE)`;
  }
  const grouped = "'[+-]?\\d{1,3}(,\\d{3})+(\\.\\d*)?'";
  return (text) =>
    `CASE WHEN regexp_full_match(${text}, ${grouped}) THEN TRY_CAST(replace(${text}, ',', '') AS DOUBLE) ELSE TRY_CAST(${text} AS DOUBLE) END`;
}

async function planText(database: Database, column: ColumnToPlan, text: string): Promise<Plan> {
  const values = `(SELECT ${text} AS v FROM ${column.relation})`;
  const number = parseNumber(column.decimalComma);
  const [first] = await database.rows(
    `SELECT count(v), count(DISTINCT v), count(${number("v")}) FROM ${values}`,
  );
  const [n, distinct, numbers] = first.map(Number);
  if (n === 0) return { unusable: "has no values (all missing)" };
  const parsed = async (
    kind: ColumnKind,
    parse: Parse,
    read: number,
    what: string,
    notes: string[] = [],
  ) => ({
    kind,
    sql: parse(text),
    notes: [...notes, ...(await oddValues(database, values, parse("v"), n - read, what))],
  });
  if (numbers >= ENOUGH * n) return parsed("number", number, numbers, "a number");
  // Columns of numbers, the most common kind, need no second look.
  const [second] = await database.rows(
    `SELECT count(${parseDate("v")}), count(${parseTime("v")}),
      count(*) FILTER (lower(v) IN ('true', 'false')) FROM ${values}`,
  );
  const [dates, times, booleans] = second.map(Number);
  if (booleans === n)
    return { kind: "boolean", sql: parseBoolean(text), levels: ["false", "true"], notes: [] };
  if (dates >= ENOUGH * n) return parsed("date", parseDate, dates, "a date");
  if (times >= ENOUGH * n) return parsed("time", parseTime, times, "a time");
  const other = await otherDateFormat(database, values, n);
  if (other) {
    const parse: Parse = (expression) => `epoch(try_strptime(${expression}, '${other.format}'))`;
    return parsed("date", parse, other.read, "a date", [`read as dates of the form ${other.format}`]);
  }
  return planCategories(database, column, text, n, distinct);
}

async function otherDateFormat(database: Database, values: string, n: number) {
  // Most text columns hold words: try the formats only where digits say that it could be dates at all.
  const [[candidates]] = await database.rows(
    `SELECT count(*) FROM ${values} WHERE regexp_matches(v, '\\d') AND length(v) BETWEEN 6 AND 30`,
  );
  if (Number(candidates) < ENOUGH * n) return undefined;
  const tries = DATE_FORMATS.map((format) => `count(try_strptime(v, '${format}'))`);
  const [row] = await database.rows(`SELECT ${tries.join(", ")} FROM ${values}`);
  const counts = row.map(Number);
  const read = Math.max(...counts);
  return read < ENOUGH * n ? undefined : { format: DATE_FORMATS[counts.indexOf(read)], read };
}

async function planCategories(
  database: Database,
  column: ColumnToPlan,
  text: string,
  n: number,
  distinct: number,
): Promise<Plan> {
  const identifier = distinct === n && n > 2;
  const tooMany = distinct > MOST_CATEGORIES || distinct * 2 > n;
  if ((identifier || tooMany) && distinct > 1 && !column.wanted) {
    const what = identifier
      ? `looks like an identifier: ${n} texts, all different`
      : `has too many different texts to be categories: ${distinct} in ${n} rows`;
    return { unusable: `${what}; name it in --columns to use it all the same` };
  }
  const type = `level_${column.id}`;
  const values = `(SELECT ${text} AS v FROM ${column.relation})`;
  await database.run(
    `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT v FROM ${values} WHERE v IS NOT NULL ORDER BY v)`,
  );
  const [[levels]] = (await database.rows(`SELECT enum_range(NULL::${type})`)) as [[string[]]];
  const notes =
    distinct > 1 && (identifier || tooMany)
      ? [`${distinct} different texts, coded in the order of the alphabet`]
      : [];
  return { kind: "category", sql: `enum_code(CAST(${text} AS ${type}))`, levels, notes };
}

async function oddValues(database: Database, values: string, parsed: string, count: number, what: string) {
  if (count === 0) return [];
  const [[example]] = await database.rows(
    `SELECT min(v) FROM ${values} WHERE v IS NOT NULL AND (${parsed}) IS NULL`,
  );
  const subject = count === 1 ? "1 value is" : `${count} values are`;
  return [`${subject} not ${what} (such as ${JSON.stringify(example)}) and taken as missing`];
}
