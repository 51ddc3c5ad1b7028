import { stat } from "node:fs/promises";
import { type Database, literal, pathLiteral } from "./database.js";
import { type Dialect, renamedNotes } from "./dialect.js";
import { asUtf8 } from "./encoding.js";
import { readDialect } from "./head.js";
import { readRecords } from "./records.js";
import { cellsRelation, type Relation, type Source, tableRelation } from "./relation.js";
import { quoteError } from "./rows.js";
import type { Scratch } from "./scratch.js";
import { spacedAsCsv } from "./spaced.js";

/** From this width on, the database takes longer to plan its queries over a table than to run them … */
const WIDE = 64;
/** … as long as rows are few: at most so many bytes a column. */
const FEW_ROWS = 32 * 1024;
/** From this width on that holds for any number of rows. */
const VERY_WIDE = 2000;

/**
 * Opens a delimited file, all columns as text: types are decided afterwards from all rows, so that a word in
 * row 100 000 cannot break the reading.
 *
 * @param file how the user calls it
 * @param path the file, unpacked
 */
export async function openDelimited(
  database: Database,
  file: string,
  path: string,
  scratch: Scratch,
  { header, signal }: { header?: boolean | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Source> {
  const text = await asUtf8(path, scratch, { signal });
  const notes = text.encoding ? [`read as ${text.encoding} (it is not UTF-8)`] : [];
  const tabs = /\.(tsv|tab)(\.(gz|zst|zstd))?$/i.test(file);
  const spaced = await spacedAsCsv(text.path, scratch, signal);
  if (spaced) notes.push(spaced.note);
  const delimiter = spaced ? "," : tabs ? "\t" : undefined;
  const textPath = spaced?.path ?? text.path;
  const dialect = await readDialect(file, textPath, { delimiter, header });
  if (dialect.first.trouble) throw quoteError(file, 0, dialect.first, dialect);
  notes.push(...dialect.notes, ...renamedNotes(dialect.renamed));
  const loaded = await load(database, file, textPath, dialect, signal);
  return {
    relation: loaded.relation,
    names: dialect.names,
    types: dialect.names.map(() => "VARCHAR"),
    delimiter: dialect.delimiter,
    rowNames: dialect.rowNames,
    notes: [...notes, ...loaded.notes],
  };
}

interface Loaded {
  relation: Relation;
  notes: string[];
}

async function load(
  database: Database,
  file: string,
  path: string,
  dialect: Dialect,
  signal?: AbortSignal,
): Promise<Loaded> {
  const width = dialect.names.length;
  const { size } = await stat(path);
  const lengths = new RowLengths(width);
  const records = () => lengths.watch(readRecords(file, path, dialect, signal));
  if (width >= VERY_WIDE || (width >= WIDE && size <= FEW_ROWS * width)) {
    await database.run("CREATE TEMP TABLE csv_cells (c INTEGER, r INTEGER, v VARCHAR)");
    await database.appendAll("csv_cells", cellsOf(records(), width));
    return { relation: cellsRelation(database, "csv_cells", lengths.rows), notes: lengths.notes() };
  }
  try {
    // What the strict reader does not know is read here.
    const { units, commentsBelow, mixedBreaks } = dialect;
    if (units || commentsBelow || mixedBreaks) throw new Error("Invalid Input Error: no row of the table");
    await loadStrictly(database, path, dialect);
  } catch (error) {
    signal?.throwIfAborted();
    if (!isMalformed(error)) throw error;
    // What the strict reader takes no offence at, it reads as it stands. The rest is read here, record by
    // record: the database's own lenient reader drops rows without a word.
    const columns = dialect.names.map((_, index) => `c${index} VARCHAR`).join(", ");
    await database.run(`CREATE OR REPLACE TEMP TABLE csv_rows (${columns})`);
    await database.appendAll("csv_rows", padded(records(), width));
  }
  return { relation: await tableRelation(database, "csv_rows"), notes: lengths.notes() };
}

async function loadStrictly(database: Database, path: string, dialect: Dialect): Promise<void> {
  const columns = dialect.names.map((_, index) => `c${index}: 'VARCHAR'`).join(", ");
  const delimiter = dialect.delimiter === "\t" ? "'\\t'" : `'${dialect.delimiter}'`;
  const quote = literal(dialect.quote);
  // No column may come from a folder called like one (`c1=5`).
  const options = `auto_detect=false, hive_partitioning=false, compression='none', skip=${dialect.skip}, delim=${delimiter}, quote=${quote}, escape=${quote}, header=${dialect.hasHeader}, columns={${columns}}`;
  await database.run(
    `CREATE TEMP TABLE csv_rows AS SELECT * FROM read_csv(${pathLiteral(path)}, ${options})`,
  );
}

/** Whether the strict reader minds how the file is written, and not that memory, the disk or the file is gone. */
function isMalformed(error: unknown): boolean {
  return error instanceof Error && !/^(Out of Memory|IO|INTERRUPT|INTERNAL|FATAL) Error/i.test(error.message);
}

/** Counts the rows that are shorter or longer than the header. */
class RowLengths {
  rows = 0;
  #short = { count: 0, first: 0, how: "shorter" };
  #long = { count: 0, first: 0, how: "longer" };

  constructor(readonly width: number) {}

  async *watch(batches: AsyncIterable<string[][]>): AsyncGenerator<string[][]> {
    for await (const batch of batches) {
      for (const fields of batch) {
        this.rows++;
        if (fields.length === this.width || this.#onlyBlankIsLost(fields)) continue;
        const kind = fields.length < this.width ? this.#short : this.#long;
        if (kind.count++ === 0) kind.first = this.rows;
      }
      yield batch;
    }
  }

  /** A delimiter at the end of a line is no field. */
  #onlyBlankIsLost(fields: readonly string[]): boolean {
    if (fields.length < this.width) return false;
    for (let k = this.width; k < fields.length; k++) if (fields[k].trim() !== "") return false;
    return true;
  }

  notes(): string[] {
    const told = [this.#short, this.#long].filter(({ count }) => count > 0);
    if (told.length === 0) return [];
    const what = told.map(({ count, first, how }) => {
      const subject = count === 1 ? `row ${first} is` : `${count} rows (the first is row ${first}) are`;
      return `${subject} ${how} than the header`;
    });
    return [`${what.join(", ")}: missing fields are empty, extra ones ignored`];
  }
}

async function* padded(
  batches: AsyncIterable<string[][]>,
  width: number,
): AsyncGenerator<(string | null)[][]> {
  for await (const batch of batches) {
    yield batch.map((fields) =>
      fields.length === width ? fields : Array.from({ length: width }, (_, k) => fields[k] ?? null),
    );
  }
}

async function* cellsOf(batches: AsyncIterable<string[][]>, width: number) {
  let row = 0;
  for await (const batch of batches) {
    yield cellsOfBatch(batch, row, width);
    row += batch.length;
  }
}

function* cellsOfBatch(
  batch: string[][],
  firstRow: number,
  width: number,
): Generator<[number, number, string]> {
  for (const [k, fields] of batch.entries()) {
    const length = Math.min(width, fields.length);
    for (let column = 0; column < length; column++) {
      if (fields[column] !== "") yield [column, firstRow + k, fields[column]];
    }
  }
}
