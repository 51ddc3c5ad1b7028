import { mayBeRead, readColumns } from "../kinds/decide.js";
import { type DecimalMark, takeApart } from "../kinds/numbers.js";
import { unlikelyCategories } from "../kinds/refusals.js";
import type { Remark } from "../kinds/remarks.js";
import type { AskedKind, ColumnKind, KindOptions, Reading, TextColumn } from "../kinds/types.js";
import type { Expression, Relation } from "./relation.js";
import {
  CLOCK,
  cleaned,
  ISO_DATE,
  isEither,
  PADDED,
  parseDate,
  parseGrouped,
  parseNumber,
  parseTime,
  SURE_POINT,
  seconds,
  shared,
  texts,
} from "./spelling.js";

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

/**
 * A column of numbers as everybody writes them, but for few texts and one doubt: whether 1.098 is 1098. Some texts stand
 * for all that are alike, with how many rows have such; how they are read tells how all are.
 */
export interface SampledPlan extends TextColumn {
  /** SQL for the values, once the texts are read. */
  sqlFor(reading: Reading): string;
}

/** How a column is read, or why it cannot be. */
export type Plan = TypedPlan | TextPlan | SampledPlan | { unusable: string };

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

/** Whether values of a type of the database are numbers. */
export const isNumber = (type: string): boolean => NUMBER.test(type);
/** Whether they are dates. */
export const isDate = (type: string): boolean => DATE.test(type);
/** Whether they are neither numbers, dates, times nor texts. */
export const isNested = (type: string): boolean => NESTED.test(type) || BINARY.test(type);

const DATE = /^(DATE|TIMESTAMP.*)$/;
const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BIGNUM|VARINT)$/;
const FRACTION = /^(FLOAT|DOUBLE)$/;
const BINARY = /^(BLOB|BIT|GEOMETRY)/;
const NESTED = /(\[\d*\]|^STRUCT.*|^MAP.*|^UNION.*|^VARIANT)$/;

/** The text of a value of any type, before it is cleaned. */
const plainText = shared((value) => `CAST(${value} AS VARCHAR)`);
const jsonText = shared((value) => `(${value}->>'$')`);
// A whole number is called by the same name in whatever type.
const fractionText = shared((value) => `regexp_replace(CAST(${value} AS VARCHAR), '\\.0$', '')`);

/** SQL for the text of a column. */
function textOf(relation: Relation, { index, type }: ColumnToPlan): string {
  return textAs(type, relation.raw(index));
}

/** SQL for the text of a value of a type. */
export function textAs(type: string, value: string): string {
  const spell = type === "JSON" ? jsonText : FRACTION.test(type) ? fractionText : plainText;
  return spell(value);
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
  if (isDate(type)) return { kind: "date", sql: seconds(value) };
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

/** Different texts among numbers, beyond which a column is looked at text by text. */
const MOST_OTHERS = 20;
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
      `count(${parseNumber("v")})`,
      "count(*) FILTER (contains(v, '.'))",
      `count(*) FILTER (${SURE_POINT})`,
      PADDED,
    ]);
    const plain = this.#plain(counted, first, rest.size === 0);
    const words: ColumnToPlan[] = [];
    const mostly: ColumnToPlan[] = [];
    const sizes = new Map<ColumnToPlan, { n: number; numbers: number; points: number }>();
    for (const [k, column] of counted.entries()) {
      const [n, numbers, points, , padded] = first[k];
      sizes.set(column, { n, numbers, points });
      if (n > 0 && plain.has(column) && column.asked !== "date") {
        if (points > 0) this.seen.push(".");
        const notes = padded > 0 && column.asked === undefined ? [LEADING_ZEROS] : [];
        this.#plans.set(column.index, { kind: "number", sql: parseNumber(sqlOf(column)), notes });
      } else if (numbers < n / 2 && column.asked !== "date") words.push(column);
      else if (n > 0 && padded === 0 && column.asked !== "date") mostly.push(column);
      else rest.add(column);
    }
    for (const column of await this.#sampled(mostly, sqlOf, (column) => sizes.get(column)!)) rest.add(column);

    const second = await this.#aggregate(words, sqlOf, [
      // The database takes 15/12/17 for a day of the year 15, and 1:11 PM for the early morning.
      `count(CASE WHEN regexp_full_match(v, '${ISO_DATE}') THEN ${parseDate("v")} END)`,
      `count(CASE WHEN regexp_full_match(v, '${CLOCK}') THEN ${parseTime("v")} END)`,
    ]);
    const texts = words.filter((column, k) => {
      const [dates, times] = second[k];
      const { n } = sizes.get(column)!;
      if (dates === n) this.#plans.set(column.index, { kind: "date", sql: parseDate(sqlOf(column)) });
      else if (times === n) this.#plans.set(column.index, { kind: "time", sql: parseTime(sqlOf(column)) });
      else return true;
      return false;
    });
    const different = await this.#aggregate(texts, sqlOf, ["count(DISTINCT v)"]);
    const distinct = new Map(texts.map((column, k) => [column, different[k][0]]));
    const doubtful: ColumnToPlan[] = [];
    for (const [column, count] of distinct) {
      if (count > 2 * SAMPLE) doubtful.push(column);
      else rest.add(column);
    }
    for (const [k, sample] of (await this.#samples(doubtful, sqlOf)).entries()) {
      const column = doubtful[k];
      if (mayBeRead(sample, this.options)) {
        rest.add(column);
        continue;
      }
      const unusable = unlikelyCategories(distinct.get(column)!, sizes.get(column)!.n, sample);
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

  /**
   * The columns of numbers that mean the same to everybody. A column of 1.098 and 377 may be one of thousands, unless
   * another one has sure decimals and all are of numbers, so that nothing speaks against it.
   *
   * @param all whether there are no other columns of texts
   */
  #plain(columns: readonly ColumnToPlan[], counts: readonly number[][], all: boolean): Set<ColumnToPlan> {
    const { decimal } = this.options;
    const pointed =
      decimal === "." ||
      (decimal === undefined &&
        all &&
        counts.every(([n, numbers]) => numbers === n) &&
        counts.some(([, , , decimals]) => decimals > 0));
    return new Set(
      columns.filter((_, k) => {
        const [n, numbers, points, decimals] = counts[k];
        return numbers === n && (points === 0 || decimals > 0 || pointed);
      }),
    );
  }

  /**
   * Plans columns most texts of which are numbers as everybody writes them, by some texts that stand for all. Gives those
   * back that are not read in this way: some of their other texts are numbers too.
   */
  async #sampled(
    columns: readonly ColumnToPlan[],
    sqlOf: (column: ColumnToPlan) => string,
    sizeOf: (column: ColumnToPlan) => { numbers: number; points: number },
  ): Promise<ColumnToPlan[]> {
    const ungrouped = "regexp_matches(v, '^[+-]?\\d{4}')";
    const expressions = columns.map((column) => ({ index: column.index, sql: sqlOf(column) }));
    const found = await this.relation.aggregate(expressions, [
      `count(*) FILTER (${isEither("v")})`,
      `min(v) FILTER (${isEither("v")})`,
      `count(*) FILTER (${ungrouped} AND NOT contains(v, '.'))`,
      `list_slice(map_entries(histogram(v) FILTER (${parseNumber("v")} IS NULL)), 1, ${MOST_OTHERS + 1})`,
    ]);
    const others = found.map((results) => (results[3] ?? []) as { key: string; value: bigint }[]);
    const countable = columns.filter(
      (_, k) => others[k].length <= MOST_OTHERS && others[k].every(({ key }) => takeApart(key) === undefined),
    );
    const back = new Set(columns.filter((column) => !countable.includes(column)));
    for (const [k, column] of columns.entries()) {
      if (back.has(column)) continue;
      const { numbers, points } = sizeOf(column);
      const [eithers, example, long] = [Number(found[k][0]), String(found[k][1]), Number(found[k][2])];
      const classes: [string, number][] = [
        ["0.5", points - eithers],
        [example, eithers],
        ["1000", long],
        ["5", numbers - points - long],
        ...others[k].map(({ key, value }): [string, number] => [key, Number(value)]),
      ];
      const present = classes.filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1));
      const plan: SampledPlan = {
        texts: present.map(([text]) => text),
        counts: present.map(([, count]) => count),
        asked: column.asked,
        wanted: column.wanted,
        sqlFor: (reading) => {
          const at = present.findIndex(([text]) => text === example);
          const value = "values" in reading && at >= 0 ? reading.values[at] : Number(example);
          const sql = sqlOf(column);
          if (at < 0 || value === Number(example)) return parseNumber(sql);
          return parseGrouped(sql);
        },
      };
      if (others[k].length === 0 || this.#isOfNumbers(plan)) this.#plans.set(column.index, plan);
      else back.add(column);
    }
    return [...back];
  }

  #isOfNumbers(column: TextColumn): boolean {
    const [reading] = readColumns([column], this.options);
    return "kind" in reading && reading.kind === "number";
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
