import { columnsJson, columnsText } from "../output/columns.js";
import { findInput } from "../table/input.js";
import { readTable } from "../table/read.js";
import { styleFor } from "../terminal/io.js";
import type { Context } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { checkOutputs, deliverReport } from "./outputs.js";
import { type CommandReading, readingOf } from "./vectors.js";

/** Options of `infonet columns`. */
export interface ColumnsCommandOptions extends CommandReading {
  columns?: string[];
  exclude?: string[];
  format: ResultFormat;
  report?: string;
}

/** `infonet columns FILE…`: what was read of a table. */
export async function columnsCommand(
  named: readonly string[],
  options: ColumnsCommandOptions,
  context: Pick<Context, "io" | "signal">,
): Promise<void> {
  const { columns, exclude, format, report } = options;
  const { io, signal } = context;
  const input = await findInput(named, { signal });
  const outputs = await checkOutputs({ format, report }, input.files, io);
  const table = await readTable(input, {
    columns,
    exclude,
    ...readingOf(options),
    signal,
  });
  await io.out(format === "json" ? columnsJson(table) : columnsText(table, styleFor(io)));
  const page = async () => (await import("../report/columns.js")).columnsReport(table);
  await deliverReport(outputs.report, page, context);
}
