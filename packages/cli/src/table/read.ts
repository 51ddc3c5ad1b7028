import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { CliError, UsageError } from "../errors.js";
import type { DateOrder } from "../kinds/dates.js";
import type { AskedKind, KindOptions } from "../kinds/types.js";
import { readAll } from "./columns.js";
import { openDatabase } from "./database.js";
import type { Input } from "./input.js";
import { findColumn } from "./names.js";
import type { Source } from "./relation.js";
import { makeScratch } from "./scratch.js";
import { causeOf, openSource, watchFile } from "./source.js";
import { openFiles } from "./stack.js";
import type { Table, TableColumn, UnusableColumn } from "./types.js";

/** How a table is to be read, where evidence does not tell or tells wrong. */
export interface ReadingOptions {
  /** Columns that are categories whatever they hold, used even if they look like identifiers. */
  categorical?: readonly string[];
  /** Columns that are numbers wherever they can be read as such; what else they hold is missing. */
  numeric?: readonly string[];
  /** Columns that are dates wherever they can be read as such. */
  date?: readonly string[];
  /** Columns that are levels with an order, and their levels from low to high. */
  ordered?: Readonly<Record<string, readonly string[]>>;
  /** Texts that stand for a missing value, as they are spelt. Default: the usual words, in any case. */
  missing?: readonly string[];
  /** The mark before decimals. Default: found by evidence. */
  decimal?: "point" | "comma";
  /** What comes first in 01/02/2020. Default: found by evidence. */
  dateOrder?: DateOrder;
  /** False if the first row holds data. Default: found by evidence. */
  header?: boolean;
}

/** What to read of a table. */
export interface ReadOptions extends ReadingOptions {
  /** Names of the columns to read, in this order. Default: all, in file order. */
  columns?: readonly string[];
  /** Columns to leave out. */
  exclude?: readonly string[];
  /** A further column that must be there, used even if it looks like an identifier. */
  target?: string;
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
export async function readTable(input: string | Input, options: ReadOptions = {}): Promise<Table> {
  const asked = askedKinds(options);
  const { name: file, files } = typeof input === "string" ? { name: input, files: [input] } : input;
  const scratch = makeScratch();
  try {
    const threads = options.threads ?? (await threadsFor(files));
    const database = await openDatabase({ threads, signal: options.signal });
    try {
      const unchanged = await Promise.all(files.map(watchFile));
      const source =
        files.length === 1
          ? await openSource(database, files[0], scratch, options)
          : await openFiles(database, files, {
              ...kindOptions(options),
              header: options.header,
              signal: options.signal,
            });
      const table = await readSource(file, source, options, asked).catch((error: unknown) => {
        options.signal?.throwIfAborted();
        throw error instanceof CliError ? error : causeOf(error, file);
      });
      for (const check of unchanged) await check();
      return table;
    } finally {
      database.close();
    }
  } finally {
    await scratch.remove();
  }
}

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
  const left = new Set([...beside, ...(options.exclude ?? [])]);
  for (const name of [...wanted, ...asked.keys(), ...left]) findColumn(file, source.names, name);
  const names = (options.columns ? [...wanted] : source.names).filter((name) => !left.has(name));
  const { relation } = source;
  if (relation.rows === 0) throw new CliError(`${file} has a header but no rows; add data below the header.`);

  const all = [...names, ...beside].map((name) => ({
    name,
    wanted: wanted.has(name) || beside.includes(name),
    asked: asked.get(name),
    /** It takes part in no pair, and may be constant. */
    aside: beside.includes(name),
  }));
  // The names of the rows tell nothing about them, unless they are asked for.
  const { rowNames } = source;
  const idle = all.filter(({ name, wanted, asked }) => name === rowNames && !wanted && asked === undefined);
  const used = all.filter((column) => !idle.includes(column));
  const {
    columns: read,
    unusable: refused,
    notes,
    remarks,
  } = await readAll(source, used, kindOptions(options));
  const unusable = new Map<string, UnusableColumn>(
    [...refused, ...idle.map(({ name }) => ({ name, reason: "holds the names of the rows" }))].map(
      (column) => [column.name, column],
    ),
  );
  const columns = read.filter(({ name }) => !beside.includes(name));
  const aside = new Map<string, TableColumn>(read.map((column) => [column.name, column]));
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
    notes: [...source.notes, ...notes],
    remarks,
  };
}

/** Below so many bytes, threads take longer to start than they save. */
const WORTH_THREADS = 2 ** 25;
const MOST_THREADS = 8;

/** Threads of the database for files, if nobody says how many. */
async function threadsFor(files: readonly string[]): Promise<number> {
  let size = 0;
  for (const file of files) size += (await stat(file).catch(() => undefined))?.size ?? 0;
  return size < WORTH_THREADS ? 1 : Math.min(availableParallelism(), MOST_THREADS);
}

function kindOptions({ missing, decimal, dateOrder }: ReadOptions): KindOptions {
  return { missing, decimal: decimal && (decimal === "comma" ? "," : "."), dateOrder };
}

/** What the user says of columns; two of it of one column is a mistake. */
function askedKinds({
  categorical = [],
  numeric = [],
  date = [],
  ordered = {},
  cluster,
  counts,
}: ReadOptions) {
  const asked = new Map<string, AskedKind>();
  const options = new Map<string, string>();
  const add = (option: string, name: string, kind: AskedKind) => {
    const other = options.get(name);
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${option} both name ${JSON.stringify(name)}; a column is one of the two.`,
      );
    }
    options.set(name, option);
    asked.set(name, kind);
  };
  for (const name of categorical) add("--categorical", name, "category");
  for (const name of numeric) add("--numeric", name, "number");
  for (const name of date) add("--date", name, "date");
  for (const [name, levels] of Object.entries(ordered)) add("--ordered", name, { ordered: levels });
  if (cluster !== undefined) asked.set(cluster, "category");
  if (counts !== undefined) asked.set(counts, "number");
  return asked;
}
