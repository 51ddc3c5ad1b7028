import { mayBeRead } from "../kinds/decide.js";
import { PLAIN_MISSING } from "../kinds/missing.js";
import type { DecimalMark } from "../kinds/numbers.js";
import { unlikelyCategories } from "../kinds/refusals.js";
import type { Remark } from "../kinds/remarks.js";
import type { AskedKind, ColumnKind, KindOptions } from "../kinds/types.js";
import type { Expression, Relation } from "./relation.js";

/** How a column becomes numbers. */
export interface TypedPlan {
  kind: ColumnKind;
  sql: string;
  levels?: string[];
  /** What is to be told of it. */
  notes?: Remark[];
}

/** A column of texts: codes of its different texts, which `readColumns` makes numbers or levels of. */
export interface TextPlan {
  sql: string;
  texts: readonly string[];
  asked: AskedKind | undefined;
  wanted: boolean;
}

/** How a column is read, or why it cannot be. */
export type Plan = TypedPlan | TextPlan | { unusable: string };

/** What the planner needs to know of a column. */
export interface ColumnToPlan {
  /** Position of the column in the file. */
  index: number;
  /** DuckDB type. */
  type: string;
  /** True if the user named the column: then text is coded even if it looks like an identifier. */
  wanted: boolean;
  /** What the user says that the column is. */
  asked?: AskedKind | undefined;
}

/** The plans of columns, and the decimal marks that were seen in those that need no second look. */
export interface Plans {
  plans: Plan[];
  seen: DecimalMark[];
}

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BIGNUM|VARINT)$/;
const FRACTION = /^(FLOAT|DOUBLE)$/;
const BINARY = /^(BLOB|BIT|GEOMETRY)/;
const NESTED = /(\[\d*\]|^STRUCT.*|^MAP.*|^UNION.*|^VARIANT)$/;

/** A way to write an expression over another one. */
type Spell = (expression: string) => string;

const trimmed: Spell = (value) => `trim(${value}, E' \\t\\r\\n\u00a0\ufeff')`;

/** Text without outer blanks, NULL where nothing is left. */
const texts: Spell = (value) => `nullif(${trimmed(value)}, '')`;

/** The same, NULL for words that mean missing: a column of numbers with no others needs no second look. */
function cleaned(words: readonly string[] | undefined): Spell {
  // Not a list behind IN: from five words on, the database makes a join of it.
  if (words === undefined) {
    return (value) => {
      const missing = ["", ...PLAIN_MISSING]
        .map((word) => `lower(${trimmed(value)}) = '${word}'`)
        .join(" OR ");
      return `CASE WHEN ${missing} THEN NULL ELSE ${trimmed(value)} END`;
    };
  }
  const missing = ["", ...words].map((word) => `= '${word.replaceAll("'", "''")}'`);
  return (value) => {
    const text = trimmed(value);
    return `CASE WHEN ${missing.map((equal) => `${text} ${equal}`).join(" OR ")} THEN NULL ELSE ${text} END`;
  };
}

/** Makes one string of SQL for all columns that are read alike: a wide table has very many of them. */
function shared(spell: Spell): Spell {
  const known = new Map<string, string>();
  return (text) => {
    const sql = known.get(text) ?? spell(text);
    known.set(text, sql);
    return sql;
  };
}

/** The text of a value of any type, before it is cleaned. */
const plainText = shared((value) => `CAST(${value} AS VARCHAR)`);
const jsonText = shared((value) => `${value}->>'$'`);
// A whole number is called by the same name in whatever type.
const fractionText = shared((value) => `regexp_replace(CAST(${value} AS VARCHAR), '\\.0$', '')`);

/** SQL for the text of a column. */
function textOf(relation: Relation, { index, type }: ColumnToPlan): string {
  const spell = type === "JSON" ? jsonText : FRACTION.test(type) ? fractionText : plainText;
  return spell(relation.raw(index));
}

/**
 * Decides from the types, and for text from all values, how columns become numbers.
 */
export async function planColumns(
  relation: Relation,
  columns: readonly ColumnToPlan[],
  options: KindOptions,
): Promise<Plans> {
  const plans = columns.map(({ index, type, asked }) => planTyped(relation.raw(index), type, asked));
  const undecided = columns.filter((_, k) => plans[k] === undefined);
  const nested = await nestedJson(relation, undecided);
  const planner = new TextPlanner(relation, options);
  const planned = await planner.plan(undecided.filter(({ index }) => !nested.has(index)));
  return {
    plans: columns.map(({ index }, k) => plans[k] ?? planned.get(index) ?? NESTED_JSON),
    seen: planner.seen,
  };
}

/** Plans columns by their texts, whatever their type. */
export async function planAsTexts(relation: Relation, columns: readonly ColumnToPlan[]): Promise<TextPlan[]> {
  const spell = shared(texts);
  const expressions = columns.map((column) => ({
    index: column.index,
    sql: spell(textOf(relation, column)),
  }));
  const codings = await relation.code(expressions);
  return codings.map(({ sql, levels }, k) => {
    const { asked, wanted } = columns[k];
    return { sql, texts: levels, asked, wanted };
  });
}

const NESTED_JSON: Plan = { unusable: "holds nested values (JSON); flatten it into columns of its own" };

/** The plan of a column whose type tells all; categories are made of the text of its values. */
function planTyped(value: string, type: string, asked: AskedKind | undefined): Plan | undefined {
  if (NESTED.test(type))
    return { unusable: `holds nested values (${type}); flatten it into columns of its own` };
  if (BINARY.test(type)) return { unusable: `holds binary values (${type}); they have no order` };
  if (asked === "category" || typeof asked === "object") return undefined;
  if (NUMBER.test(type))
    return asked === "date" ? undefined : { kind: "number", sql: `CAST(${value} AS DOUBLE)` };
  if (type === "BOOLEAN") return booleanPlan(`CAST(${value} AS INTEGER)`, asked);
  if (/^(DATE|TIMESTAMP.*)$/.test(type)) return { kind: "date", sql: seconds(value) };
  if (/^TIME\b/.test(type)) return { kind: "time", sql: `epoch(CAST(${value} AS TIME))` };
  if (type === "INTERVAL") return { kind: "number", sql: `epoch(${value})` };
  return undefined;
}

/** The plan of a column of true and false, which are 1 and 0 where numbers are asked for. */
function booleanPlan(sql: string, asked: AskedKind | undefined): TypedPlan {
  return asked === "number" ? { kind: "number", sql } : { kind: "boolean", sql, levels: ["false", "true"] };
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

const parseNumber: Spell = (text) => `TRY_CAST(${text} AS DOUBLE)`;
const parseDate: Spell = (text) => seconds(`TRY_CAST(${text} AS TIMESTAMPTZ)`);
const parseTime: Spell = (text) => `epoch(TRY_CAST(${text} AS TIME))`;

/** What the database reads as everybody does. */
const CLOCK = "\\d{1,2}:\\d{2}(:\\d{2}([.]\\d{1,6})?)?";
const ISO_DATE =
  "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}([.]\\d{1,9})?)? ?(Z|[+-]\\d{2}(:?\\d{2})?)?)?";

/**
 * Whether the point of a number is sure to be one of decimals: thousands have three digits behind it, and one to three in
 * front, the first of which is not 0.
 */
const SURE_POINT = `contains(v, '.') AND (v[-4] <> '.' OR abs(${parseNumber("v")}) < 1 OR abs(${parseNumber("v")}) >= 1000)`;

/** Whether numbers of five digits or more begin with a zero, as codes do: such texts come before all others. */
const PADDED = "CASE WHEN regexp_full_match(min(v), '0\\d{4,}') THEN 1 ELSE 0 END";
const LEADING_ZEROS: Remark = {
  text: "holds numbers with leading zeros, as codes have them; --categorical takes them for codes",
  shared: {
    what: "numbers with leading zeros, as codes have them,",
    remedy: "--categorical takes them for codes",
  },
};

/** Different texts of a column that are looked at before it is decided that none of them can be read. */
const SAMPLE = 300;

/**
 * Plans columns of text. Those that the database reads as a person does, every value of them, are left to it: it is
 * the fastest. All others are taken apart by their different texts.
 */
class TextPlanner {
  readonly seen: DecimalMark[] = [];
  readonly #plans = new Map<number, Plan>();

  constructor(
    readonly relation: Relation,
    readonly options: KindOptions,
  ) {}

  async plan(columns: readonly ColumnToPlan[]): Promise<Map<number, Plan>> {
    const clean = shared(cleaned(this.options.missing));
    const sqlOf = (column: ColumnToPlan) => clean(textOf(this.relation, column));
    const counted = columns.filter(({ asked }) => asked !== "category" && typeof asked !== "object");
    const rest = new Set<ColumnToPlan>(columns.filter((column) => !counted.includes(column)));

    const first = await this.#aggregate(counted, sqlOf, [
      "count(v)",
      "count(DISTINCT v)",
      `count(${parseNumber("v")})`,
      "count(*) FILTER (contains(v, '.'))",
      `count(*) FILTER (${SURE_POINT})`,
      PADDED,
    ]);
    const plain = this.#plain(counted, first);
    const words: ColumnToPlan[] = [];
    const sizes = new Map<ColumnToPlan, { n: number; distinct: number }>();
    for (const [k, column] of counted.entries()) {
      const [n, distinct, numbers, points, , padded] = first[k];
      sizes.set(column, { n, distinct });
      if (n > 0 && plain.has(column) && column.asked !== "date") {
        if (points > 0) this.seen.push(".");
        const notes = padded > 0 && column.asked === undefined ? [LEADING_ZEROS] : [];
        this.#plans.set(column.index, { kind: "number", sql: parseNumber(sqlOf(column)), notes });
      } else if (numbers < n / 2 && column.asked !== "date") words.push(column);
      else rest.add(column);
    }

    const second = await this.#aggregate(words, sqlOf, [
      // The database takes 15/12/17 for a day of the year 15, and 1:11 PM for the early morning.
      `count(CASE WHEN regexp_full_match(v, '${ISO_DATE}') THEN ${parseDate("v")} END)`,
      `count(CASE WHEN regexp_full_match(v, '${CLOCK}') THEN ${parseTime("v")} END)`,
    ]);
    const doubtful: ColumnToPlan[] = [];
    for (const [k, column] of words.entries()) {
      const [dates, times] = second[k];
      const { n, distinct } = sizes.get(column) as { n: number; distinct: number };
      if (dates === n) this.#plans.set(column.index, { kind: "date", sql: parseDate(sqlOf(column)) });
      else if (times === n) this.#plans.set(column.index, { kind: "time", sql: parseTime(sqlOf(column)) });
      else if (distinct > 2 * SAMPLE) doubtful.push(column);
      else rest.add(column);
    }
    for (const [k, sample] of (await this.#samples(doubtful, sqlOf)).entries()) {
      const column = doubtful[k];
      if (mayBeRead(sample, this.options)) {
        rest.add(column);
        continue;
      }
      const { n, distinct } = sizes.get(column) as { n: number; distinct: number };
      const unusable = unlikelyCategories(distinct, n, sample);
      if (unusable !== undefined && !column.wanted && column.asked === undefined) {
        this.#plans.set(column.index, { unusable });
      } else rest.add(column);
    }
    const left = columns.filter((column) => rest.has(column));
    for (const [k, plan] of (await planAsTexts(this.relation, left)).entries()) {
      this.#plans.set(left[k].index, plan);
    }
    return this.#plans;
  }

  /** The columns of numbers that mean the same to everybody. A column of 1.098 and 377 may be one of thousands. */
  #plain(columns: readonly ColumnToPlan[], counts: readonly number[][]): Set<ColumnToPlan> {
    return new Set(
      columns.filter((_, k) => {
        const [n, , numbers, points, decimals] = counts[k];
        return numbers === n && (points === 0 || decimals > 0 || this.options.decimal === ".");
      }),
    );
  }

  /** Some hundred different texts of each column, which tell whether it may be read or holds words. */
  async #samples(
    columns: readonly ColumnToPlan[],
    sqlOf: (column: ColumnToPlan) => string,
  ): Promise<string[][]> {
    const expressions = columns.map((column) => ({ index: column.index, sql: sqlOf(column) }));
    const found = await this.relation.aggregate(expressions, [`min_by(v, hash(v), ${SAMPLE})`]);
    return found.map(([texts]) => [...new Set(texts as string[])]);
  }

  async #aggregate(
    columns: readonly ColumnToPlan[],
    sqlOf: (column: ColumnToPlan) => string,
    aggregates: readonly string[],
  ): Promise<number[][]> {
    const expressions = columns.map((column): Expression => ({ index: column.index, sql: sqlOf(column) }));
    const results = await this.relation.aggregate(expressions, aggregates);
    return results.map((values) => values.map(Number));
  }
}
