import type { Expression, Relation } from "./relation.js";
import type { AskedKind, ColumnKind } from "./types.js";

/** How a column becomes numbers, or why it cannot. */
export type Plan =
  | { kind: ColumnKind; sql: string; levels?: string[]; notes: string[] }
  | { unusable: string };

/** What the planner needs to know of a column. */
export interface ColumnToPlan {
  /** Position of the column in the file. */
  index: number;
  /** DuckDB type. */
  type: string;
  /** True if the user named the column: then text is coded even if it looks like an identifier. */
  wanted: boolean;
  /** What the user says that the column is. */
  asked?: AskedKind;
}

/** Words that mean "missing" in text, in any case and with blanks around them. */
export const MISSING_WORDS: readonly string[] = ["", "na", "n/a", "nan", "null"];

/** More different texts than this are not taken for categories. */
export const MOST_CATEGORIES = 256;

/** A text column is numbers (or dates) if at least this share of its values reads as such. */
const ENOUGH = 0.95;

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BIGNUM|VARINT)$/;
const FRACTION = /^(FLOAT|DOUBLE)$/;
const BINARY = /^(BLOB|BIT|GEOMETRY)/;
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
  // Not a list behind IN: from five words on, the database makes a join of it.
  const missing = MISSING_WORDS.map((word) => `lower(${trimmed}) = '${word}'`).join(" OR ");
  return `CASE WHEN ${missing} THEN NULL ELSE ${trimmed} END`;
}

/**
 * Decides from the types, and for text from all values, how columns become numbers.
 *
 * @param decimalComma whether a comma in a number is the decimal mark
 */
export async function planColumns(
  relation: Relation,
  columns: readonly ColumnToPlan[],
  decimalComma: boolean,
): Promise<Plan[]> {
  const plans = columns.map(({ index, type, asked }) => planTyped(relation.raw(index), type, asked));
  const undecided = columns.filter((_, k) => plans[k] === undefined);
  const nested = await nestedJson(relation, undecided);
  const text = {
    plain: shared((value) => cleaned(`CAST(${value} AS VARCHAR)`)),
    json: shared((value) => cleaned(`${value}->>'$'`)),
    // A whole number is called by the same name in whatever type.
    fraction: shared((value) => cleaned(`regexp_replace(CAST(${value} AS VARCHAR), '\\.0$', '')`)),
  };
  const textOf = ({ index, type }: ColumnToPlan): string => {
    const spell = type === "JSON" ? text.json : FRACTION.test(type) ? text.fraction : text.plain;
    return spell(relation.raw(index));
  };
  const texts = undecided
    .filter(({ index }) => !nested.has(index))
    .map((column) => ({ ...column, text: textOf(column) }));
  const planned = await planTexts(relation, texts, shared(parseNumber(decimalComma)));
  return columns.map(({ index }, k) => plans[k] ?? planned.get(index) ?? NESTED_JSON);
}

const NESTED_JSON: Plan = { unusable: "holds nested values (JSON); flatten it into columns of its own" };

/** The plan of a column whose type tells all; categories are made of the text of its values. */
function planTyped(value: string, type: string, asked: AskedKind | undefined): Plan | undefined {
  if (NESTED.test(type))
    return { unusable: `holds nested values (${type}); flatten it into columns of its own` };
  if (BINARY.test(type)) return { unusable: `holds binary values (${type}); they have no order` };
  if (asked === "category") return undefined;
  if (NUMBER.test(type)) return { kind: "number", sql: `CAST(${value} AS DOUBLE)`, notes: [] };
  if (type === "BOOLEAN") return booleanPlan(`CAST(${value} AS INTEGER)`, asked);
  if (/^(DATE|TIMESTAMP.*)$/.test(type)) return { kind: "date", sql: seconds(value), notes: [] };
  if (/^TIME\b/.test(type)) return { kind: "time", sql: `epoch(CAST(${value} AS TIME))`, notes: [] };
  if (type === "INTERVAL") return { kind: "number", sql: `epoch(${value})`, notes: [] };
  return undefined;
}

/** The plan of a column of true and false, which are 1 and 0 where numbers are asked for. */
function booleanPlan(sql: string, asked: AskedKind | undefined): Plan {
  return asked === "number"
    ? { kind: "number", sql, notes: [] }
    : { kind: "boolean", sql, levels: ["false", "true"], notes: [] };
}

/** JSON columns are those whose values have no common type; without objects or arrays they are text. */
async function nestedJson(relation: Relation, columns: readonly ColumnToPlan[]): Promise<Set<number>> {
  const json = columns.filter(({ type }) => type === "JSON");
  const counts = await relation.aggregate(
    json.map(({ index }) => ({ index, sql: relation.raw(index) })),
    ["count(*) FILTER (json_type(v) IN ('OBJECT', 'ARRAY'))"],
  );
  return new Set(json.filter((_, k) => Number(counts[k][0]) > 0).map(({ index }) => index));
}

/** Seconds since 1970, NULL for the infinite timestamps of SQL. */
function seconds(expression: string): string {
  const stamp = `CAST(${expression} AS TIMESTAMP)`;
  return `CASE WHEN isfinite(${stamp}) THEN epoch(${stamp}) END`;
}

/** Ways to read text, as SQL over an expression that is NULL where the value is missing. */
type Parse = (text: string) => string;

/** Makes one string of SQL for all columns that are read alike: a wide table has very many of them. */
function shared(parse: Parse): Parse {
  const known = new Map<string, string>();
  return (text) => {
    const sql = known.get(text) ?? parse(text);
    known.set(text, sql);
    return sql;
  };
}

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

/** A column of text, and SQL for its cleaned values. */
interface TextColumn extends ColumnToPlan {
  text: string;
}

/** A text column with the number of its values, and of its different values. */
interface CountedColumn extends TextColumn {
  n: number;
  distinct: number;
}

/** What a text column was found to hold: how to read it, and how many of its values that does not read. */
interface Reading {
  column: TextColumn;
  kind: ColumnKind;
  parse: Parse;
  odd: number;
  /** A value of that kind, for the note on the odd ones. */
  what: string;
  notes: string[];
}

/** Plans text columns in rounds, each of them over those that the rounds before could not decide. */
async function planTexts(
  relation: Relation,
  columns: readonly TextColumn[],
  number: Parse,
): Promise<Map<number, Plan>> {
  const plans = new Map<number, Plan>();
  const readings: Reading[] = [];
  const aggregate = async (of: readonly TextColumn[], aggregates: readonly string[]) => {
    const results = await relation.aggregate(of.map(expressionOf), aggregates);
    return results.map((values) => values.map(Number));
  };

  const counts = await aggregate(columns, ["count(v)", "count(DISTINCT v)", `count(${number("v")})`]);
  const words: CountedColumn[] = [];
  const categories: CountedColumn[] = [];
  for (const [k, column] of columns.entries()) {
    const [n, distinct, numbers] = counts[k];
    const enough = column.asked === "number" ? 1 : ENOUGH * n;
    if (n === 0) plans.set(column.index, { unusable: "has no values (all missing)" });
    else if (column.asked === "category") categories.push({ ...column, n, distinct });
    else if (numbers >= enough) {
      readings.push({ column, kind: "number", parse: number, odd: n - numbers, what: "a number", notes: [] });
    } else words.push({ ...column, n, distinct });
  }

  // Columns of numbers, the most common kind, need no second look.
  const second = await aggregate(words, [
    `count(${parseDate("v")})`,
    `count(${parseTime("v")})`,
    "count(*) FILTER (lower(v) IN ('true', 'false'))",
    // Most text columns hold words: other dates are tried only where digits say that it could be dates.
    "count(*) FILTER (regexp_matches(v, '\\d') AND length(v) BETWEEN 6 AND 30)",
  ]);
  const likeDates: CountedColumn[] = [];
  for (const [k, column] of words.entries()) {
    const [dates, times, booleans, candidates] = second[k];
    const { n, index, text } = column;
    if (booleans === n) {
      plans.set(index, booleanPlan(parseBoolean(text), column.asked));
    } else if (dates >= ENOUGH * n) {
      readings.push({ column, kind: "date", parse: parseDate, odd: n - dates, what: "a date", notes: [] });
    } else if (times >= ENOUGH * n) {
      readings.push({ column, kind: "time", parse: parseTime, odd: n - times, what: "a time", notes: [] });
    } else if (candidates >= ENOUGH * n) likeDates.push(column);
    else categories.push(column);
  }

  const parsers = DATE_FORMATS.map(
    (format): Parse =>
      (text) =>
        `epoch(try_strptime(${text}, '${format}'))`,
  );
  const third = await aggregate(
    likeDates,
    parsers.map((parse) => `count(${parse("v")})`),
  );
  for (const [k, column] of likeDates.entries()) {
    const read = Math.max(...third[k]);
    if (read >= ENOUGH * column.n) {
      const best = third[k].indexOf(read);
      const notes = [`read as dates of the form ${DATE_FORMATS[best]}`];
      readings.push({
        column,
        kind: "date",
        parse: parsers[best],
        odd: column.n - read,
        what: "a date",
        notes,
      });
    } else categories.push(column);
  }

  const odd = await oddValues(relation, readings);
  for (const { column, kind, parse, notes } of readings) {
    const more = odd.get(column.index);
    const all = more === undefined ? notes : [...notes, more];
    plans.set(column.index, { kind, sql: parse(column.text), notes: all });
  }
  for (const [index, plan] of await planCategories(relation, categories)) plans.set(index, plan);
  return plans;
}

function expressionOf({ index, text }: TextColumn): Expression {
  return { index, sql: text };
}

async function planCategories(
  relation: Relation,
  columns: readonly CountedColumn[],
): Promise<[number, Plan][]> {
  const refused: [number, Plan][] = [];
  const coded: { column: CountedColumn; notes: string[] }[] = [];
  for (const column of columns) {
    const { n, distinct, index, asked } = column;
    if (asked === "number") {
      refused.push([index, { unusable: "holds no numbers, which --numeric and --counts ask for" }]);
      continue;
    }
    const identifier = distinct === n && n > 2;
    const unlikely =
      asked === undefined && distinct > 1 && (identifier || distinct > MOST_CATEGORIES || distinct * 2 > n);
    if (unlikely && !column.wanted) {
      const unusable = identifier
        ? `looks like an identifier: ${n} texts, all different, of which nothing can be counted`
        : `has too many different texts to be categories: ${distinct} in ${n} rows; name it in --categorical to use it all the same`;
      refused.push([index, { unusable }]);
    } else {
      const notes = unlikely ? [`${distinct} different texts, each taken for a category`] : [];
      coded.push({ column, notes });
    }
  }
  const codings = await relation.code(coded.map(({ column }) => expressionOf(column)));
  return [
    ...refused,
    ...coded.map(({ column, notes }, k): [number, Plan] => [
      column.index,
      { kind: "category", ...codings[k], notes },
    ]),
  ];
}

/** Notes on the values that were not read, by column. */
async function oddValues(relation: Relation, readings: readonly Reading[]): Promise<Map<number, string>> {
  const notes = new Map<number, string>();
  const odd = readings.filter((reading) => reading.odd > 0);
  for (const parse of new Set(odd.map((reading) => reading.parse))) {
    const alike = odd.filter((reading) => reading.parse === parse);
    const examples = await relation.aggregate(
      alike.map(({ column }) => expressionOf(column)),
      [`min(v) FILTER (v IS NOT NULL AND (${parse("v")}) IS NULL)`],
    );
    for (const [k, reading] of alike.entries()) {
      const subject = reading.odd === 1 ? "1 value is" : `${reading.odd} values are`;
      const example = JSON.stringify(examples[k][0]);
      notes.set(
        reading.column.index,
        `${subject} not ${reading.what} (such as ${example}) and taken as missing`,
      );
    }
  }
  return notes;
}
