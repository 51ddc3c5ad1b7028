import type { LoadOptions, SelectOptions } from "infonet";
import { UsageError } from "../errors.js";
import { selectionJson, selectionText } from "../output/select.js";
import { styleFor } from "../terminal/io.js";
import { askedTable, type TableOptions } from "./answers.js";
import { type Context, defaultThreads } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet select`. */
export interface SelectCommandOptions
  extends Required<Pick<SelectOptions, "units" | "seed">>,
    Pick<SelectOptions, "most" | "level">,
    Pick<LoadOptions, "threads">,
    TableOptions {
  target?: string;
  format: ResultFormat;
}

/** `infonet select FILE… --target Y`: the few columns that tell most of one. */
export async function selectCommand(
  named: readonly string[],
  options: SelectCommandOptions,
  context: Context,
): Promise<void> {
  const { target, units, seed, most, level, threads = defaultThreads(), format } = options;
  if (target === undefined) {
    throw new UsageError("--target is missing; name the column that others shall tell of.");
  }
  const { table, columns } = await askedTable(named, options, target, context);
  await withEngine(context, threads, async (engine) => {
    const selection = await withProgress(context, (watch) =>
      engine.select(columns, target, { units, seed, most, level, ...watch }),
    );
    const { io } = context;
    await io.out(
      format === "json"
        ? selectionJson(table.file, selection)
        : selectionText(table.file, selection, styleFor(io)),
    );
  });
}
