import { open, readFile, stat } from "node:fs/promises";
import {
  type Column,
  CompressionType,
  type DataType,
  setCompressionCodec,
  TimeUnit,
  Type,
  tableFromIPC,
} from "@uwdata/flechette";
import { decompress } from "fzstd";
import { CliError } from "../errors.js";
import type { Database } from "./database.js";
import { unpackLz4 } from "./lz4.js";
import { type Source, tableRelation } from "./relation.js";

/** Arrow is laid out for memory, and read there as a whole. */
const LARGEST = 2 ** 31;

/** The end of a stream: no more messages. Files have their own mark behind it. */
const END_OF_STREAM = Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
const FILE_MARK = "ARROW1";

setCompressionCodec(CompressionType.LZ4_FRAME, {
  decode: unpackLz4,
  encode: () => {
    throw new Error("nothing is written");
  },
});
setCompressionCodec(CompressionType.ZSTD, {
  decode: (packed: Uint8Array, length: number) => {
    const unpacked = decompress(packed);
    if (unpacked.length !== length)
      throw new Error(`a buffer has ${unpacked.length} bytes instead of ${length}`);
    // A copy, because numbers must not begin in the middle of a word of memory.
    return unpacked.slice();
  },
  encode: () => {
    throw new Error("nothing is written");
  },
});

/** Types that columns are kept as. */
type StoredType = "BIGINT" | "BOOLEAN" | "DOUBLE" | "FLOAT" | "UBIGINT" | "VARCHAR";

/** How a column is kept in the database. */
interface Kept {
  /** What it is kept as; nothing for columns that are not read. */
  stored: StoredType | undefined;
  /** The type of the column, and how it comes from what is kept. */
  type: string;
  sql: (value: string) => string;
}

/**
 * Opens an Arrow file or stream (Feather of version 2), its buffers compressed with LZ4, zstd or not at all.
 *
 * @param file how the user calls it
 * @param path the file, unpacked
 * @throws CliError if it is cut, damaged or too large
 */
export async function openArrow(database: Database, file: string, path: string): Promise<Source> {
  const { size } = await stat(path);
  if (size >= LARGEST) {
    throw new CliError(`${file} is larger than 2 GiB, and Arrow is read into memory; save it as Parquet.`);
  }
  const notes = await checkEnd(file, path, size);
  const bytes = await readFile(path);
  const { names, columns, rows } = tableOf(file, bytes);
  const kept = columns.map(({ type }) => keptAs(type));
  const stored = kept.flatMap(({ stored }, k) => (stored === undefined ? [] : [k]));
  const typed = stored.map((k) => `c${k} ${kept[k].stored}`);
  await database.run(`CREATE OR REPLACE TEMP TABLE arrow_rows (${["present BOOLEAN", ...typed].join(", ")})`);
  await database.appendColumns("arrow_rows", rows, [
    () => true,
    ...stored.map((k) => reader(columns[k], kept[k].stored as StoredType)),
  ]);
  const selected = kept.map(
    ({ stored, sql }, k) => `${stored === undefined ? "NULL" : sql(`c${k}`)} AS c${k}`,
  );
  await database.run(
    `CREATE OR REPLACE TEMP VIEW arrow_source AS SELECT ${[...selected, "rowid"].join(", ")} FROM arrow_rows`,
  );
  return {
    relation: await tableRelation(database, "arrow_source"),
    names,
    types: kept.map(({ type }) => type),
    notes,
  };
}

/** A file says where it ends, and a stream should. */
async function checkEnd(file: string, path: string, size: number): Promise<string[]> {
  const handle = await open(path, "r");
  try {
    const head = Buffer.alloc(FILE_MARK.length);
    const tail = Buffer.alloc(END_OF_STREAM.length);
    await handle.read(head, 0, head.length, 0);
    await handle.read(tail, 0, tail.length, Math.max(0, size - tail.length));
    if (head.toString("latin1") !== FILE_MARK) {
      const whole = tail.equals(END_OF_STREAM);
      return whole ? [] : ["this Arrow stream has no mark at its end; if it was cut, rows are missing"];
    }
    if (tail.toString("latin1").endsWith(FILE_MARK) && size > 2 * FILE_MARK.length) return [];
    throw new CliError(`${file} is cut: the end of an Arrow file is missing; fetch or write it again.`);
  } finally {
    await handle.close();
  }
}

function tableOf(file: string, bytes: Uint8Array) {
  const damaged = (reason: string) =>
    new CliError(`${file} cannot be read as Arrow (${reason}); it is damaged: fetch or write it again.`);
  try {
    const table = tableFromIPC(bytes, { useBigInt: true });
    const { numRows: rows, names, children: columns } = table;
    if (table.schema.endianness === 1) {
      throw new CliError(`${file} holds numbers with the highest byte first; save the table as Parquet.`);
    }
    const other = columns.findIndex(({ length }) => length !== rows);
    if (other >= 0) throw damaged(`column ${JSON.stringify(names[other])} has ${columns[other].length} rows`);
    return { names: names.map(String), columns: columns as Column<unknown>[], rows };
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw damaged((error as Error).message);
  }
}

const SAME = (value: string) => value;

/** How values of a type are kept in the database. */
function keptAs(type: DataType): Kept {
  const as = (stored: StoredType, name: string = stored, sql = SAME): Kept => ({ stored, type: name, sql });
  const refused = (name: string): Kept => ({ stored: undefined, type: name, sql: SAME });
  switch (type.typeId) {
    case Type.Null:
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return as("VARCHAR");
    case Type.Dictionary:
      return keptAs(type.dictionary);
    case Type.RunEndEncoded:
      return keptAs(type.children[1].type);
    case Type.Bool:
      return as("BOOLEAN");
    case Type.Int:
      return as(type.bitWidth < 64 ? "BIGINT" : type.signed ? "BIGINT" : "UBIGINT");
    case Type.Float:
      return as(type.precision === 2 ? "DOUBLE" : "FLOAT");
    case Type.Decimal:
      return as("DOUBLE");
    case Type.Duration:
      return as("BIGINT");
    case Type.Date:
    case Type.Timestamp:
      // Milliseconds, with a fraction for what is finer.
      return as("DOUBLE", "TIMESTAMP", (value) => `make_timestamp(CAST(round(${value} * 1000) AS BIGINT))`);
    case Type.Time: {
      const perSecond = {
        [TimeUnit.SECOND]: 1,
        [TimeUnit.MILLISECOND]: 1e3,
        [TimeUnit.MICROSECOND]: 1e6,
        [TimeUnit.NANOSECOND]: 1e9,
      };
      const micros = (value: string) => `CAST(round(${value} * ${1e6 / perSecond[type.unit]}) AS BIGINT)`;
      return as("BIGINT", "TIME", (value) => `TIME '00:00:00' + to_microseconds(${micros(value)})`);
    }
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
    case Type.FixedSizeBinary:
      return refused("BLOB");
    case Type.Map:
      return refused("MAP");
    case Type.Union:
      return refused("UNION");
    case Type.Struct:
    case Type.Interval:
      return refused("STRUCT");
    default:
      return refused("LIST[]");
  }
}

/** Gives the values of a column in the order of its rows, as the database takes them. */
function reader(column: Column<unknown>, stored: StoredType): () => unknown {
  const values = column[Symbol.iterator]();
  const next = () => values.next().value ?? null;
  if (stored !== "BIGINT" && stored !== "UBIGINT") return next;
  return () => {
    const value = next();
    return typeof value === "number" ? BigInt(value) : value;
  };
}
