/** Parquet, as texts: what a column means is decided as for every other file. Loaded when the first such file is opened. */
import { CliError } from "@infonet/cli/errors.js";
import { unnamedIndex } from "@infonet/cli/table/pandas.js";
import { type Compressors, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { type TextTable, TextTableBuilder } from "./text-table.js";

/** Codecs that the reader knows by itself; those for others are loaded where a file has them. */
const OWN = new Set(["UNCOMPRESSED", "SNAPPY"]);
const DAY = 86_400_000;

/** @throws CliError if it cannot be read */
export async function readParquet(file: string, bytes: ArrayBuffer): Promise<TextTable> {
  try {
    const metadata = await parquetMetadataAsync(bytes);
    const codecs = metadata.row_groups.flatMap(({ columns }) =>
      columns.map(({ meta_data }) => meta_data?.codec),
    );
    const isOwn = codecs.every((codec) => codec === undefined || OWN.has(codec));
    const compressors: Compressors = isOwn ? {} : { ...(await import("./codecs.js")).CODECS };
    if (codecs.includes("BROTLI")) compressors.BROTLI = (await import("./brotli.js")).decompressBrotli;
    const records = await parquetReadObjects({ file: bytes, metadata, compressors });
    const names = metadata.schema
      .filter((_, k) => k > 0)
      .map(({ name }) => name)
      .filter((name) => records.length === 0 || name in records[0]);
    const builder = new TextTableBuilder(names);
    // Days have no time of day, unless some of the column have one.
    const days = new Set(
      names.filter((name) =>
        records.every(({ [name]: value }) => !(value instanceof Date) || value.getTime() % DAY === 0),
      ),
    );
    for (const record of records) builder.add(names.map((name) => textOf(record[name], days.has(name))));
    const pandas = metadata.key_value_metadata?.find(({ key }) => key === "pandas")?.value;
    return builder.table(file, { rowNames: unnamedIndex(pandas) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(`${file} begins like Parquet and cannot be read (${reason}); it may be cut off.`);
  }
}

function textOf(value: unknown, day: boolean): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  if (value instanceof Date) return day ? value.toISOString().slice(0, 10) : value.toISOString();
  if (typeof value !== "object") return String(value);
  return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part));
}
