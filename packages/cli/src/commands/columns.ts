import { columnsJson, columnsText } from "../output/columns.js";
import { findInput } from "../table/input.js";
import { readTable } from "../table/read.js";
import { styleFor } from "../terminal/io.js";
import type { Context } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { type CommandReading, readingOf } from "./vectors.js";

/** Options of `infonet columns`. */
export interface ColumnsCommandOptions extends CommandReading {
  columns?: string[];
  exclude?: string[];
  format: ResultFormat;
}

/** `infonet columns FILE…`: what was read of a table. */
export async function columnsCommand(
  named: readonly string[],
  options: ColumnsCommandOptions,
  { io, signal }: Pick<Context, "io" | "signal">,
): Promise<void> {
  const { columns, exclude, format } = options;
  const table = await readTable(await findInput(named, { signal }), {
    columns,
    exclude,
    ...readingOf(options),
    signal,
  });
  await io.out(format === "json" ? columnsJson(table) : columnsText(table, styleFor(io)));
}
