/** Several files with the same columns, one below another. */

import { CliError } from "../errors.js";
import { type Dialect, dialectOf } from "../kinds/dialect.js";
import type { KindOptions } from "../kinds/types.js";
import { count } from "../text/numbers.js";
import type { Database } from "./database.js";
import { isDate, isNested, isNumber, planAsTexts, planColumns, type TextPlan, textAs } from "./infer.js";
import { cellsRelation, type Place, type Source, tableRelation } from "./relation.js";
import { makeScratch } from "./scratch.js";
import { type OpenOptions, openSource } from "./source.js";
import { trimmed } from "./spelling.js";

/** A file that was opened and put aside. */
interface Part {
  file: string;
  source: Source;
  rows: number;
  /** Where its cells lie now. */
  place: Place;
  /** How its texts are written; only of delimited files. */
  dialect?: Dialect | undefined;
  /** Its columns of texts, by position, in the order that the dialect knows them by. */
  textColumns: number[];
}

/** How several files are read. */
export interface FilesOptions extends OpenOptions, KindOptions {
  /** Whether columns that some of the files lack are left out, and told of in a note. Default: files with other columns are refused. */
  common?: boolean | undefined;
}

/**
 * Opens files as one table: their rows one below another, in the order of the files, columns matched by name. Each file has a
 * dialect of its own; where two say different things of decimal marks or days, their texts are spelt alike first.
 *
 * @throws CliError for whatever is wrong with one of them, and for columns that differ
 */
export async function openFiles(
  database: Database,
  files: readonly string[],
  { common = false, ...options }: FilesOptions,
): Promise<Source> {
  const parts: Part[] = [];
  for (const file of files) {
    const scratch = makeScratch();
    try {
      const source = await openSource(database, file, scratch, options);
      if (!common && parts.length > 0) mustHaveTheSame(parts[0], file, source);
      const seen = await seeTexts(source, options);
      const place = await putAside(database, source, parts.length);
      parts.push({ file, source, place, rows: source.relation.rows, ...seen });
    } finally {
      await scratch.remove();
    }
  }
  await spellAlike(database, parts, options);
  return await stack(database, parts);
}

/** @throws CliError for a file with other columns than the first */
function mustHaveTheSame(first: Part, file: string, { names }: Source): void {
  const remedy = "give all files the same columns, or read them one by one";
  const [own, known] = [new Set(names), new Set(first.source.names)];
  const lacking = first.source.names.find((name) => !own.has(name));
  if (lacking !== undefined) {
    throw new CliError(
      `${file} has no column ${JSON.stringify(lacking)}, which ${first.file} has; ${remedy}.`,
    );
  }
  const extra = names.find((name) => !known.has(name));
  if (extra !== undefined) {
    throw new CliError(
      `${file} has a column ${JSON.stringify(extra)}, which ${first.file} lacks; ${remedy}.`,
    );
  }
}

/**
 * The columns that all files have, in the order of the first.
 *
 * @throws CliError if there are none
 */
function commonNames(parts: readonly Part[]): string[] {
  const known = parts.map(({ source }) => new Set(source.names));
  const names = parts[0].source.names.filter((name) => known.every((own) => own.has(name)));
  if (names.length > 0) return names;
  throw new CliError(
    `${parts[0].file} and ${count(parts.length - 1, "other file")} have no column in common; give files that have columns of the same names.`,
  );
}

/** How the texts of a delimited file are written: other files have types, and need no evidence. */
async function seeTexts(
  { relation, types, delimiter }: Source,
  options: KindOptions,
): Promise<Pick<Part, "dialect" | "textColumns">> {
  if (delimiter === undefined || relation.rows === 0) return { textColumns: [] };
  const columns = types.map((type, index) => ({ index, type, wanted: true }));
  const own = { ...options, delimiter };
  const { plans, seen } = await planColumns(relation, columns, own);
  const textColumns = plans.flatMap((plan, index) => ("texts" in plan ? [index] : []));
  // Of some columns, a few texts stand for all; to be respelt, all are needed.
  const sampled = textColumns.filter((index) => "sqlFor" in plans[index]);
  const whole = await planAsTexts(
    relation,
    sampled.map((index) => columns[index]),
  );
  const texts = textColumns.map((index) => {
    const at = sampled.indexOf(index);
    return at < 0 ? (plans[index] as TextPlan).texts : whole[at].texts;
  });
  const dialect = dialectOf(
    texts.map((column) => ({ texts: column, counts: column.map(() => 1) })),
    { ...own, seen },
  );
  return { dialect, textColumns };
}

/** Moves the cells of a file to a table that the next file does not take the name of. */
async function putAside(database: Database, { relation, names }: Source, part: number): Promise<Place> {
  const name = `part_${part}`;
  const { place } = relation;
  if ("cells" in place) await database.run(`ALTER TABLE ${place.cells} RENAME TO ${name}`);
  else if (place.position === "rowid" && !(await isView(database, place.table)))
    await database.run(`ALTER TABLE ${place.table} RENAME TO ${name}`);
  else {
    const columns = names.map((_, index) => `c${index}`).join(", ");
    await database.run(`CREATE TEMP TABLE ${name} AS SELECT ${columns} FROM ${place.table}`);
  }
  const views = await database.rows("SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal");
  for (const [view] of views) await database.run(`DROP VIEW ${view}`);
  const tables = await database.rows(
    "SELECT table_name FROM duckdb_tables() WHERE temporary AND NOT starts_with(table_name, 'part_')",
  );
  for (const [table] of tables) await database.run(`DROP TABLE ${table}`);
  const types = await database.rows(
    "SELECT type_name FROM duckdb_types() WHERE starts_with(type_name, 'level_')",
  );
  for (const [type] of types) await database.run(`DROP TYPE ${type}`);
  return "cells" in place ? { cells: name } : { table: name, position: "rowid" };
}

async function isView(database: Database, name: string): Promise<boolean> {
  const [[views]] = await database.rows(`SELECT count(*) FROM duckdb_views() WHERE view_name = '${name}'`);
  return Number(views) > 0;
}

/** Spells the texts of all delimited files alike, if two of them say different things of marks or days. */
async function spellAlike(database: Database, parts: readonly Part[], options: KindOptions): Promise<void> {
  const marks = new Set(parts.flatMap(({ dialect }) => dialect?.mark ?? []));
  const orders = new Set(parts.flatMap(({ dialect }) => dialect?.order ?? []));
  const differ = {
    numbers: marks.size > 1 && options.decimal === undefined,
    dates: orders.size > 1 && options.dateOrder === undefined,
  };
  if (!differ.numbers && !differ.dates) return;
  for (const { dialect, textColumns, place } of parts) {
    for (const [k, index] of textColumns.entries()) {
      const spelt = [...(dialect as Dialect).respelt(k, differ)];
      if (spelt.length === 0) continue;
      await database.run("CREATE OR REPLACE TEMP TABLE spelt (written VARCHAR, alike VARCHAR)");
      await database.append("spelt", spelt);
      const [table, value, only] =
        "cells" in place ? [place.cells, "v", `c = ${index} AND `] : [place.table, `c${index}`, ""];
      await database.run(
        `UPDATE ${table} SET ${value} = alike FROM spelt WHERE ${only}${trimmed(value)} = written`,
      );
    }
  }
}

/** Puts the parts one below another. */
async function stack(database: Database, parts: readonly Part[]): Promise<Source> {
  const names = commonNames(parts);
  const positions = parts.map(({ source }) => {
    const places = new Map(source.names.map((name, k) => [name, k]));
    return names.map((name) => places.get(name) as number);
  });
  const types = names.map((_, k) => commonType(parts.map(({ source }, p) => source.types[positions[p][k]])));
  const wide = parts.some(({ place }) => "cells" in place);
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const common = wide
    ? types.map((type) => (types.every((other) => other === type) ? type : "VARCHAR"))
    : types;
  if (wide) await stackCells(database, parts, positions, common);
  else await stackRows(database, parts, positions, common);
  const delimiters = new Set(parts.map(({ source }) => source.delimiter));
  const [delimiter] = delimiters;
  return {
    relation: wide ? cellsRelation(database, "stacked", rows) : await tableRelation(database, "stacked"),
    names,
    types: common,
    ...(delimiters.size === 1 && delimiter !== undefined && { delimiter }),
    parts: parts.map(({ file, rows }) => ({ file, rows })),
    rowNames: parts[0].source.rowNames,
    notes: [filesNote(parts), ...leftOutNotes(parts, names), ...partNotes(parts)],
  };
}

/** The type of a column that has these types in the files. What cannot be read in one of them cannot be read. */
function commonType(types: readonly string[]): string {
  const refused = types.find(isNested);
  if (refused !== undefined) return refused;
  if (types.every((type) => type === types[0])) return types[0];
  if (types.every(isNumber)) return types.every((type) => /INT/.test(type)) ? "HUGEINT" : "DOUBLE";
  return types.every(isDate) ? "TIMESTAMP" : "VARCHAR";
}

/** A value of one type as one of the common type. */
function as(type: string, common: string, value: string): string {
  if (isNested(common)) return "NULL";
  if (type === common) return value;
  return common === "VARCHAR" ? textAs(type, value) : `CAST(${value} AS ${common})`;
}

async function stackRows(
  database: Database,
  parts: readonly Part[],
  positions: readonly (readonly number[])[],
  types: readonly string[],
): Promise<void> {
  const columns = types.map((type, k) => `c${k} ${isNested(type) ? "VARCHAR" : type}`).join(", ");
  await database.run(`CREATE TEMP TABLE stacked (${columns})`);
  for (const [part, { source, place }] of parts.entries()) {
    const { table } = place as { table: string };
    const values = positions[part].map((from, k) => as(source.types[from], types[k], `c${from}`)).join(", ");
    await database.run(`INSERT INTO stacked SELECT ${values} FROM ${table}`);
    await database.run(`DROP TABLE ${table}`);
  }
}

async function stackCells(
  database: Database,
  parts: readonly Part[],
  positions: readonly (readonly number[])[],
  types: readonly string[],
): Promise<void> {
  const json = types.every((type) => type === "JSON");
  await database.run(`CREATE TEMP TABLE stacked (c INTEGER, r INTEGER, v ${json ? "JSON" : "VARCHAR"})`);
  let first = 0;
  for (const [part, { source, place, rows }] of parts.entries()) {
    if ("cells" in place) {
      await database.run("CREATE OR REPLACE TEMP TABLE moved (old INTEGER, c INTEGER)");
      await database.append(
        "moved",
        positions[part].map((from, k) => [from, k]),
      );
      const value = as(source.types[0], json ? "JSON" : "VARCHAR", "v");
      await database.run(
        `INSERT INTO stacked SELECT m.c, r + ${first}, ${value} FROM ${place.cells} AS p JOIN moved AS m ON p.c = m.old`,
      );
    } else {
      for (const [k, from] of positions[part].entries()) {
        const value = as(source.types[from], "VARCHAR", `c${from}`);
        await database.run(
          `INSERT INTO stacked SELECT ${k}, rowid + ${first}, ${value} FROM ${place.table} WHERE c${from} IS NOT NULL`,
        );
      }
    }
    await database.run(`DROP TABLE ${"cells" in place ? place.cells : place.table}`);
    first += rows;
  }
}

const FILES_LISTED = 6;

/** Which files were read, and how many rows each gave. */
function filesNote(parts: readonly Part[]): string {
  const told = ({ file, rows }: Part) => `${file} (${rows === 1 ? "1 row" : `${rows} rows`})`;
  const shown = parts.length > FILES_LISTED ? parts.slice(0, FILES_LISTED - 1) : parts;
  const rest = parts.length - shown.length;
  const last = rest > 0 ? ` and ${rest} more, the last of them ${told(parts[parts.length - 1])}` : "";
  return `${parts.length} files, one below another: ${shown.map(told).join(", ")}${last}`;
}

const COLUMNS_LISTED = 12;

/** Which columns some files lack, by the files that have them. */
function leftOutNotes(parts: readonly Part[], names: readonly string[]): string[] {
  const known = new Set(names);
  const files = new Map<string, string[]>();
  for (const { file, source } of parts) {
    for (const name of source.names) {
      if (!known.has(name)) files.set(name, [...(files.get(name) ?? []), file]);
    }
  }
  const columns = new Map<string, string[]>();
  for (const [name, own] of files) {
    const where = own.join(" and ");
    columns.set(where, [...(columns.get(where) ?? []), name]);
  }
  return [...columns].map(([where, own]) => {
    const more = own.length > COLUMNS_LISTED ? ` and ${own.length - COLUMNS_LISTED} more` : "";
    return `only in ${where}, left out: ${own.slice(0, COLUMNS_LISTED).join(", ")}${more}`;
  });
}

/** What was noted of single files; what holds for several of them is told once. */
function partNotes(parts: readonly Part[]): string[] {
  const owners = new Map<string, string[]>();
  for (const { file, source } of parts) {
    for (const note of source.notes) owners.set(note, [...(owners.get(note) ?? []), file]);
  }
  return [...owners].map(([note, files]) => {
    if (files.length === parts.length) return `all files: ${note}`;
    const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
    return `${files[0]}${more}: ${note}`;
  });
}
