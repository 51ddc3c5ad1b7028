import { CliError } from "../errors.js";
import { type Database, openDatabase } from "./database.js";
import { type Plan, planColumn } from "./infer.js";
import { findColumn } from "./names.js";
import { openSource, type Source } from "./source.js";
import type { Table, TableColumn, UnusableColumn } from "./types.js";

/** What to read of a table. */
export interface ReadOptions {
  /** Names of the columns to read, in this order. Default: all, in file order. */
  columns?: readonly string[];
  /** A further column that must be there, used even if it looks like an identifier. */
  target?: string;
  threads?: number;
  signal?: AbortSignal;
}

/**
 * Reads a table column by column, as numbers. Columns that cannot be used are listed with a reason; the
 * rest of the table is read all the same.
 *
 * @throws CliError if the file cannot be read, a named column is not in it, or it has no rows
 */
export async function readTable(file: string, options: ReadOptions = {}): Promise<Table> {
  const database = await openDatabase({ threads: options.threads ?? 1, signal: options.signal });
  try {
    const source = await openSource(database, file, options.signal);
    try {
      return await readSource(database, file, source, options);
    } finally {
      await source.cleanup();
    }
  } finally {
    database.close();
  }
}

const COLUMNS_A_QUERY = 8;

async function readSource(
  database: Database,
  file: string,
  source: Source,
  options: ReadOptions,
): Promise<Table> {
  const wanted = new Set([
    ...(options.columns ?? []),
    ...(options.target === undefined ? [] : [options.target]),
  ]);
  for (const name of wanted) findColumn(file, source.names, name);
  const names = options.columns ? [...wanted] : source.names;
  const [[count]] = await database.rows(`SELECT count(*) FROM ${source.relation}`);
  const rows = Number(count);
  if (rows === 0) throw new CliError(`${file} has a header but no rows; add data below the header.`);

  const unusable: UnusableColumn[] = [];
  const notes = [...source.notes];
  const usable: { name: string; plan: Exclude<Plan, { unusable: string }> }[] = [];
  for (const name of names) {
    const index = source.names.indexOf(name);
    const plan = await planColumn(database, {
      id: `c${index}`,
      type: source.types[index],
      relation: source.relation,
      decimalComma: source.decimalComma,
      wanted: wanted.has(name),
    });
    if ("unusable" in plan) unusable.push({ name, reason: plan.unusable });
    else {
      usable.push({ name, plan });
      notes.push(...plan.notes.map((note) => `${name}: ${note}`));
    }
  }

  const arrays = usable.map(() => new Float64Array(rows));
  // A few columns a query: the planner's time grows faster than the number of expressions.
  for (let from = 0; from < usable.length; from += COLUMNS_A_QUERY) {
    const expressions = usable
      .slice(from, from + COLUMNS_A_QUERY)
      .map(({ plan }) => `coalesce(CAST(${plan.sql} AS DOUBLE), 'nan'::DOUBLE)`);
    const columns = arrays.slice(from, from + COLUMNS_A_QUERY);
    await database.fill(`SELECT ${expressions.join(", ")} FROM ${source.relation}`, columns);
  }
  const columns: TableColumn[] = [];
  for (const [index, { name, plan }] of usable.entries()) {
    const checked = inspect(name, arrays[index], plan);
    if ("reason" in checked) unusable.push(checked);
    else columns.push(checked);
  }
  unusable.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  return { file, rows, names, columns, unusable, notes };
}

/** Refuses columns that no estimate can use: constant, infinite, all missing. */
function inspect(
  name: string,
  values: Float64Array,
  plan: Exclude<Plan, { unusable: string }>,
): TableColumn | UnusableColumn {
  let missing = 0;
  let infinite = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) missing++;
    else if (!Number.isFinite(value)) infinite++;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (missing === values.length) return { name, reason: "has no values (all missing)" };
  if (infinite > 0) {
    const what = infinite === 1 ? "1 infinite value" : `${infinite} infinite values`;
    return { name, reason: `holds ${what}; replace them by numbers or leave them empty` };
  }
  if (low === high) {
    const value = plan.levels ? JSON.stringify(plan.levels[low]) : String(low);
    return { name, reason: `is constant: every value is ${plan.kind === "date" ? "the same date" : value}` };
  }
  return { name, kind: plan.kind, values, levels: plan.levels, missing };
}
