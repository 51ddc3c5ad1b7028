import type { Database } from "./database.js";

/** A column of a relation, and an expression over its raw value. */
export interface Expression {
  /** Position of the column in the file. */
  index: number;
  sql: string;
}

/** How a category's texts become codes. */
export interface Coding {
  /** Expression over the raw value that gives the code. */
  sql: string;
  /** The texts, in the order of their codes. */
  levels: string[];
}

/**
 * The cells of a table in the database. Columns are known by their position in the file; an expression over
 * a column is SQL that holds {@link raw}.
 */
export interface Relation {
  /** Number of rows. */
  readonly rows: number;
  /** Where the cells lie. */
  readonly place: Place;
  /** The raw value of a column, as SQL. */
  raw(index: number): string;
  /**
   * Aggregates over `v`, the value of an expression in all rows: one list of results an expression. A column
   * without any value may give nulls where a count would be 0.
   */
  aggregate(expressions: readonly Expression[], aggregates: readonly string[]): Promise<unknown[][]>;
  /** Codes the texts that the expressions give, in the order of the alphabet. */
  code(expressions: readonly Expression[]): Promise<Coding[]>;
  /** Puts the numbers that the expressions give into arrays, NaN for NULL, in the order of the rows. */
  fill(expressions: readonly Expression[], arrays: readonly Float64Array[]): Promise<void>;
}

/** A table with a column `c0`, `c1`, … for each of the file, or one with a row for each cell. */
export type Place = { table: string; position: string } | { cells: string };

/** One of the files of a table. */
export interface TablePart {
  file: string;
  rows: number;
}

/** A file opened as a relation of the database. */
export interface Source {
  relation: Relation;
  /** Unique names of the columns, in file order. */
  names: string[];
  /** DuckDB type of each column. Text columns of delimited files are always VARCHAR. */
  types: string[];
  /** What stands between the fields; only of delimited files. */
  delimiter?: string;
  /** The files whose rows stand one below another, where there are several. */
  parts?: readonly TablePart[];
  /** Columns that the file does not name as such: the names of the rows. */
  rowNames?: readonly string[];
  notes: string[];
}

/** A few columns a query: the planner's time grows faster than the number of expressions. */
const COLUMNS_A_QUERY = 8;

/**
 * A table or view with a column `c0`, `c1`, … for each column of the file.
 *
 * @param position SQL that gives the position of a row; a table that was filled in order has it by itself
 */
export async function tableRelation(database: Database, name: string, position = "rowid"): Promise<Relation> {
  const [[count]] = await database.rows(`SELECT count(*) FROM ${name}`);
  const rows = Number(count);
  return {
    rows,
    place: { table: name, position },
    raw: (index) => `c${index}`,
    async aggregate(expressions, aggregates) {
      const results: unknown[][] = [];
      for (const { sql } of expressions) {
        const [row] = await database.rows(
          `SELECT ${aggregates.join(", ")} FROM (SELECT ${sql} AS v FROM ${name})`,
        );
        results.push(row);
      }
      return results;
    },
    async code(expressions) {
      const codings: Coding[] = [];
      for (const { index, sql } of expressions) {
        const type = `level_${name}_c${index}`;
        await database.run(
          `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT v FROM (SELECT ${sql} AS v FROM ${name}) WHERE v IS NOT NULL ORDER BY v)`,
        );
        const [[levels]] = (await database.rows(`SELECT enum_range(NULL::${type})`)) as [[string[]]];
        codings.push({ sql: `enum_code(CAST(${sql} AS ${type}))`, levels });
      }
      return codings;
    },
    async fill(expressions, arrays) {
      for (let from = 0; from < expressions.length; from += COLUMNS_A_QUERY) {
        const selected = expressions.slice(from, from + COLUMNS_A_QUERY).map(({ sql }) => asNumber(sql));
        const columns = arrays.slice(from, from + COLUMNS_A_QUERY);
        await database.fill(
          `SELECT CAST(${position} AS DOUBLE), ${selected.join(", ")} FROM ${name}`,
          columns,
        );
      }
    },
  };
}

/**
 * A table `name (c INTEGER, r INTEGER, v VARCHAR)` with a row for each cell that is not empty: column, row,
 * text. For tables so wide that the database would take longer to plan its queries than to run them: here
 * one query serves all columns.
 */
export function cellsRelation(database: Database, name: string, rows: number): Relation {
  /** The cells of some columns, with an expression over them: expressions differ by kind, not by column. */
  async function* kinds(expressions: readonly Expression[]) {
    for (const sql of new Set(expressions.map((expression) => expression.sql))) {
      const indices = expressions.filter((expression) => expression.sql === sql).map(({ index }) => [index]);
      await database.run("CREATE OR REPLACE TEMP TABLE chosen (c INTEGER)");
      await database.append("chosen", indices);
      yield { sql, cells: `(SELECT c, r, ${sql} AS v FROM ${name} WHERE c IN (SELECT c FROM chosen))` };
    }
  }
  /** Brings what a query tells of columns into the order of the expressions. */
  const aggregate: Relation["aggregate"] = async (expressions, aggregates) => {
    const found = new Map<number, unknown[]>();
    for await (const { cells } of kinds(expressions)) {
      const rowsOfKind = await database.rows(`SELECT c, ${aggregates.join(", ")} FROM ${cells} GROUP BY c`);
      for (const [index, ...values] of rowsOfKind) found.set(Number(index), values);
    }
    return expressions.map(({ index }) => found.get(index) ?? aggregates.map(() => null));
  };
  return {
    rows,
    place: { cells: name },
    raw: () => "v",
    aggregate,
    async code(expressions) {
      const levels = await aggregate(expressions, ["list_sort(list(DISTINCT v) FILTER (v IS NOT NULL))"]);
      return expressions.map(({ sql }, k) => ({
        sql: `CASE WHEN ${sql} IS NOT NULL THEN dense_rank() OVER (PARTITION BY c ORDER BY ${sql}) - 1 END`,
        levels: (levels[k][0] ?? []) as string[],
      }));
    },
    async fill(expressions, arrays) {
      const of = new Map(expressions.map(({ index }, k) => [index, arrays[k]]));
      for (const array of arrays) array.fill(Number.NaN);
      for await (const { cells } of kinds(expressions)) {
        await database.each(`SELECT c, r, ${asNumber("v")} FROM ${cells}`, ([c, r, value]) => {
          (of.get(c) as Float64Array)[r] = value;
        });
      }
    },
  };
}

function asNumber(expression: string): string {
  return `coalesce(CAST(${expression} AS DOUBLE), 'nan'::DOUBLE)`;
}
