import { CliError, UsageError } from "../errors.js";
import { openDatabase } from "./database.js";
import { type Plan, planColumns } from "./infer.js";
import { inOrder } from "./levels.js";
import { findColumn } from "./names.js";
import type { Source } from "./relation.js";
import { makeScratch } from "./scratch.js";
import { causeOf, openSource, watchFile } from "./source.js";
import type { AskedKind, Table, TableColumn, UnusableColumn } from "./types.js";

/** What to read of a table. */
export interface ReadOptions {
  /** Names of the columns to read, in this order. Default: all, in file order. */
  columns?: readonly string[];
  /** A further column that must be there, used even if it looks like an identifier. */
  target?: string;
  /** Columns that are categories whatever they hold, used even if they look like identifiers. */
  categorical?: readonly string[];
  /** Columns that are numbers wherever they can be read as such; what else they hold is missing. */
  numeric?: readonly string[];
  /** A column of names of what the rows belong to: it takes part in no pair. */
  cluster?: string;
  /** A column that says how many rows each row stands for: it takes part in no pair. */
  counts?: string;
  threads?: number;
  signal?: AbortSignal;
}

/**
 * Reads a table column by column, as numbers. Columns that cannot be used are listed with a reason; the
 * rest of the table is read all the same.
 *
 * @throws CliError if the file cannot be read, a named column is not in it, or it has no rows; UsageError for a column that is both
 *   categorical and numeric
 */
export async function readTable(file: string, options: ReadOptions = {}): Promise<Table> {
  const asked = askedKinds(options);
  const scratch = makeScratch();
  try {
    const database = await openDatabase({ threads: options.threads ?? 1, signal: options.signal });
    try {
      const unchanged = await watchFile(file);
      const source = await openSource(database, file, scratch, options.signal);
      const table = await readSource(file, source, options, asked).catch((error: unknown) => {
        options.signal?.throwIfAborted();
        throw error instanceof CliError ? error : causeOf(error, file);
      });
      await unchanged();
      return table;
    } finally {
      database.close();
    }
  } finally {
    await scratch.remove();
  }
}

/** Columns whose notes are told one by one; the others are counted. */
const NOTED_COLUMNS = 20;

async function readSource(
  file: string,
  source: Source,
  options: ReadOptions,
  asked: ReadonlyMap<string, AskedKind>,
): Promise<Table> {
  const wanted = new Set([
    ...(options.columns ?? []),
    ...(options.target === undefined ? [] : [options.target]),
  ]);
  const { cluster, counts } = options;
  const beside = [cluster, counts].filter((name) => name !== undefined);
  for (const name of [...wanted, ...asked.keys(), ...beside]) findColumn(file, source.names, name);
  const names = (options.columns ? [...wanted] : source.names).filter((name) => !beside.includes(name));
  const { relation } = source;
  if (relation.rows === 0) throw new CliError(`${file} has a header but no rows; add data below the header.`);

  const positions = new Map(source.names.map((name, index) => [name, index]));
  const all = [...names, ...beside];
  const plans = await planColumns(
    relation,
    all.map((name) => {
      const index = positions.get(name) as number;
      const wantedNow = wanted.has(name) || beside.includes(name);
      return { index, type: source.types[index], wanted: wantedNow, asked: asked.get(name) };
    }),
    source.decimalComma,
  );
  const unusable = new Map<string, UnusableColumn>();
  const noted: string[][] = [];
  const usable: { name: string; index: number; plan: Exclude<Plan, { unusable: string }> }[] = [];
  for (const [k, name] of all.entries()) {
    const plan = plans[k];
    if ("unusable" in plan) unusable.set(name, { name, reason: plan.unusable });
    else {
      usable.push({ name, index: positions.get(name) as number, plan });
      if (plan.notes.length > 0) noted.push(plan.notes.map((note) => `${name}: ${note}`));
    }
  }

  const arrays = usable.map(() => new Float64Array(relation.rows));
  await relation.fill(
    usable.map(({ index, plan }) => ({ index, sql: plan.sql })),
    arrays,
  );
  const columns: TableColumn[] = [];
  const aside = new Map<string, TableColumn>();
  for (const [index, { name, plan }] of usable.entries()) {
    const isBeside = beside.includes(name);
    const checked = inspect(name, arrays[index], inOrder(plan, arrays[index]), isBeside);
    if (isBeside && !("reason" in checked)) aside.set(name, checked);
    else if ("reason" in checked) unusable.set(name, checked);
    else {
      columns.push(checked);
      if (checked.kind === "number" && isBeyondDoubles(checked.values)) {
        noted.push([
          `${name}: holds integers beyond 2^53, of which neighbours are read as one; --categorical ${JSON.stringify(name)} keeps them apart`,
        ]);
      }
    }
  }
  for (const name of beside) {
    const bad = unusable.get(name);
    if (bad) throw new CliError(`${file}: column ${JSON.stringify(name)} ${bad.reason}.`);
  }
  return {
    file,
    rows: relation.rows,
    names,
    columns,
    cluster: cluster === undefined ? undefined : aside.get(cluster),
    counts: counts === undefined ? undefined : aside.get(counts),
    unusable: names.flatMap((name) => unusable.get(name) ?? []),
    notes: [...source.notes, ...firstNotes(noted)],
  };
}

function askedKinds({
  categorical = [],
  numeric = [],
  cluster,
  counts,
}: ReadOptions): Map<string, AskedKind> {
  const asked = new Map<string, AskedKind>(categorical.map((name) => [name, "category"]));
  for (const name of numeric) {
    if (asked.has(name)) {
      throw new UsageError(
        `--categorical and --numeric both name ${JSON.stringify(name)}; a column is one of the two.`,
      );
    }
    asked.set(name, "number");
  }
  if (cluster !== undefined) asked.set(cluster, "category");
  if (counts !== undefined) asked.set(counts, "number");
  return asked;
}

/** Doubles hold all integers up to this, and only some beyond; integers of 64 bits end here. */
const EXACT = 2 ** 53;
const LARGEST = 2 ** 64;

/** Whether a column is one of integers some of which doubles cannot tell apart: identifiers, stamps in nanoseconds. */
function isBeyondDoubles(values: Float64Array): boolean {
  const whole = values.every((value) => !(value % 1) && !(Math.abs(value) > LARGEST));
  return whole && values.some((value) => Math.abs(value) > EXACT);
}

/** The notes of the first columns that have some, and how many more columns have. */
function firstNotes(noted: readonly (readonly string[])[]): string[] {
  const rest = noted.length - NOTED_COLUMNS;
  const more = rest > 0 ? [`${rest} more columns hold values that are read in such a way`] : [];
  return [...noted.slice(0, NOTED_COLUMNS).flat(), ...more];
}

/**
 * Refuses columns that no estimate can use: constant, infinite, all missing.
 *
 * @param mayBeConstant whether it takes part in no pair
 */
function inspect(
  name: string,
  values: Float64Array,
  plan: Exclude<Plan, { unusable: string }>,
  mayBeConstant: boolean,
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
  if (low === high && !mayBeConstant) {
    const value = plan.levels ? JSON.stringify(plan.levels[low]) : String(low);
    return { name, reason: `is constant: every value is ${plan.kind === "date" ? "the same date" : value}` };
  }
  return { name, kind: plan.kind, values, levels: plan.levels, missing };
}
