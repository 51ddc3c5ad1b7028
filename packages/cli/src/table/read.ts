import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { CliError, UsageError } from "../errors.js";
import type { DatePart } from "../kinds/date-parts.js";
import type { DateOrder } from "../kinds/dates.js";
import type { AskedKind, KindOptions } from "../kinds/types.js";
import { readAll } from "./columns.js";
import { openDatabase } from "./database.js";
import type { Input } from "./input.js";
import { listColumns } from "./names.js";
import { withParts } from "./parts.js";
import type { Source } from "./relation.js";
import { makeScratch } from "./scratch.js";
import { type Choice, chooseAll, chooseOne, chosenNames, isPart } from "./select.js";
import { causeOf, openSource, watchFile } from "./source.js";
import { openFiles } from "./stack.js";
import { totalNotes } from "./totals.js";
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
  /** Parts of dates that are columns of their own beside them. Default: those that are asked for by name. */
  dateParts?: readonly DatePart[];
}

/** Names of columns in a file. */
export interface NameList {
  file: string;
  names: readonly string[];
}

/** What to read of a table. */
export interface ReadOptions extends ReadingOptions {
  /** Names, ranges and patterns of the columns to read, in this order. Default: all, in file order. */
  columns?: readonly string[];
  /** Columns to leave out, in the same way. */
  exclude?: readonly string[];
  /** Names, ranges and patterns of further columns, the targets; a name is used even if it looks like an identifier. */
  target?: readonly string[];
  /** Further targets by their very names, and the file that lists them: those that the table does not have are told in a note. */
  listed?: NameList;
  /** A column of names of what the rows belong to: it takes part in no pair. */
  cluster?: string;
  /** A column that says how many rows each row stands for: it takes part in no pair. */
  counts?: string;
  /** A column of the times of the rows: it takes part in no pair. */
  time?: string;
  /** Whether columns that some of several files lack are left out, instead of the files being refused. */
  common?: boolean;
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
              common: options.common,
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
  said: ReadonlyMap<string, AskedBy>,
): Promise<Table> {
  const { relation, rowNames = [] } = source;
  const one = (name: string) => chooseOne(file, source.names, name);
  const all = (text: string) => chooseAll(file, source.names, text);
  const { target = [], listed, cluster, counts, time } = options;
  const meaning = new Map((options.columns ?? []).map((text) => [text, all(text)]));
  const aims = new Map(target.map((text) => [text, all(text)]));
  const list = listed && presentOf(file, source.names, listed);
  const targets = [...[...aims.values()].flat(), ...(list?.choices ?? [])];
  const wanted = [...[...meaning.values()].flat(), ...targets];
  const beside = [cluster, counts, time].filter((name) => name !== undefined).map(one);
  const asked = askedOf(file, source.names, said);
  const excluded = chosenNames(file, source.names, options.exclude ?? []);
  const left = (name: string) => beside.some((choice) => choice.name === name) || excluded(name);
  if (relation.rows === 0) throw new CliError(`${file} has a header but no rows; add data below the header.`);

  const whole = (name: string): Choice => ({ name, column: name, named: false });
  const choices = onceEach(options.columns ? wanted : [...source.names.map(whole), ...wanted]).filter(
    ({ name }) => !left(name),
  );
  // The names of the rows tell nothing about them, unless they are asked for.
  const isIdle = ({ name, named }: Choice) => rowNames.includes(name) && !named && !asked.has(name);
  const used = onceEach([...choices.filter((choice) => !isIdle(choice)), ...beside].map(columnOf));
  const aside = new Set(beside.map(({ name }) => name));
  const read = await readAll(
    source,
    used.map(({ name, named }) => ({ name, wanted: named, asked: asked.get(name), aside: aside.has(name) })),
    kindOptions(options),
  );
  const idle = choices
    .filter(isIdle)
    .map(({ name }): UnusableColumn => ({ name, reason: "holds the names of the rows" }));
  const { dateParts = [] } = options;
  const table = withParts(
    { ...read, unusable: [...read.unusable, ...idle] },
    { choices, beside, parts: dateParts, taken: source.names, excluded, asked },
  );
  for (const { name, reason } of table.unusable) {
    if (aside.has(name)) throw new CliError(`${file}: column ${JSON.stringify(name)} ${reason}.`);
  }
  const found = new Map<string, TableColumn>(table.columns.map((column) => [column.name, column]));
  const { names } = table;
  for (const [text, choices] of [...meaning, ...aims]) {
    if (choices.some(({ name, named }) => named || names.includes(name) || left(name))) continue;
    throw new CliError(
      `${file} has no column that matches ${JSON.stringify(text)}: no column of dates has such a part.`,
    );
  }
  return {
    file,
    rows: relation.rows,
    parts: source.parts,
    names,
    columns: table.columns.filter(({ name }) => !aside.has(name)),
    cluster: cluster === undefined ? undefined : found.get(cluster),
    counts: counts === undefined ? undefined : found.get(counts),
    time: time === undefined ? undefined : found.get(time),
    unusable: table.unusable,
    ...((options.target ?? listed) && { targets: targetsAmong(table, onceEach(targets), left) }),
    meaning: new Map(
      [...meaning].map(([text, choices]) => [
        text,
        choices.map(({ name }) => name).filter((name) => names.includes(name)),
      ]),
    ),
    related: table.related,
    notes: [...source.notes, ...(list?.notes ?? []), ...table.notes, ...totalNotes(table.columns)],
    remarks: read.remarks,
  };
}

/**
 * The columns that a list of names has of a table, and what is to be told of those that are not there: lists of regulators are made for
 * no table in particular.
 *
 * @throws CliError if none is there
 */
function presentOf(
  file: string,
  columns: readonly string[],
  { file: from, names }: NameList,
): { choices: Choice[]; notes: string[] } {
  const there = new Set(columns);
  const has = (name: string) => there.has(name) || isPart(columns, name);
  const choices = names.filter(has).map((name) => chooseOne(file, columns, name));
  const absent = names.filter((name) => !has(name));
  if (absent.length === 0) return { choices, notes: [] };
  const shown = absent.slice(0, 3).map((name) => JSON.stringify(name));
  const which = `${shown.join(", ")}${absent.length > 3 ? ", …" : ""}`;
  if (choices.length === 0) {
    throw new CliError(`${file} has no column that ${from} lists (${which}). ${listColumns(columns)}`);
  }
  return {
    choices,
    notes: [`${absent.length} of the ${names.length} targets in ${from} are not in the table: ${which}`],
  };
}

/**
 * The targets that the table has, with those that cannot be used.
 *
 * @throws CliError if all of them are left out
 */
function targetsAmong(
  { names }: Pick<Table, "names">,
  targets: readonly Choice[],
  left: (name: string) => boolean,
): string[] {
  const there = new Set(names);
  const found = targets.map(({ name }) => name).filter((name) => there.has(name) && !left(name));
  if (found.length > 0) return found;
  throw new UsageError("--exclude, --cluster or --counts name all targets; leave one of them as a target.");
}

/** The column of the file that is read for a choice; a part of its dates is no reason to take its texts for categories. */
function columnOf(choice: Choice): Choice {
  const { column, part } = choice;
  return part === undefined ? choice : { name: column, column, named: false };
}

/** Every name once, where it stands first; said by its very name if it is anywhere. */
function onceEach(choices: readonly Choice[]): Choice[] {
  const found = new Map<string, Choice>();
  for (const choice of choices) {
    const known = found.get(choice.name);
    if (known === undefined) found.set(choice.name, choice);
    else if (choice.named && !known.named) found.set(choice.name, { ...known, named: true });
  }
  return [...found.values()];
}

/** What the user says of columns, and the option that says it. */
interface AskedBy {
  option: string;
  kind: AskedKind;
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

/** What the user says of names and patterns; two things of one is a mistake. */
function askedKinds({
  categorical = [],
  numeric = [],
  date = [],
  ordered = {},
  cluster,
  counts,
}: ReadOptions): Map<string, AskedBy> {
  const asked = new Map<string, AskedBy>();
  const add = (option: string, name: string, kind: AskedKind) => {
    const other = asked.get(name);
    if (other !== undefined) throw saidTwice(other.option, option, name);
    asked.set(name, { option, kind });
  };
  for (const name of categorical) add("--categorical", name, "category");
  for (const name of numeric) add("--numeric", name, "number");
  for (const name of date) add("--date", name, "date");
  for (const [name, levels] of Object.entries(ordered)) add("--ordered", name, { ordered: levels });
  if (cluster !== undefined) asked.set(cluster, { option: "--cluster", kind: "category" });
  if (counts !== undefined) asked.set(counts, { option: "--counts", kind: "number" });
  return asked;
}

function saidTwice(first: string, second: string, name: string): UsageError {
  return new UsageError(
    `${first} and ${second} both name ${JSON.stringify(name)}; a column is one of the two.`,
  );
}

/** What is said of each column: what is said of its very name, else of a pattern or range that holds it. */
function askedOf(
  file: string,
  columns: readonly string[],
  said: ReadonlyMap<string, AskedBy>,
): Map<string, AskedKind> {
  const found = new Map<string, AskedBy & { named: boolean }>();
  for (const [text, { option, kind }] of said) {
    for (const { name, part, named } of chooseAll(file, columns, text)) {
      if (part !== undefined && kind !== "category" && kind !== "number") {
        throw new UsageError(
          `${option} names ${JSON.stringify(name)}, a part of dates; it can be --categorical or --numeric.`,
        );
      }
      const other = found.get(name);
      if (other === undefined || (named && !other.named)) found.set(name, { option, kind, named });
      else if (other.named === named && other.option !== option) throw saidTwice(other.option, option, name);
    }
  }
  return new Map([...found].map(([name, { kind }]) => [name, kind]));
}
