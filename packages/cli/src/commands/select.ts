import type { LoadOptions, SelectOptions } from "infonet";
import { UsageError } from "../errors.js";
import { selectionJson, selectionText } from "../output/select.js";
import { findInput } from "../table/input.js";
import { styleFor } from "../terminal/io.js";
import { askedTable, type TableOptions } from "./answers.js";
import { type Context, defaultThreads } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { deliverReport, findPlaces } from "./outputs.js";
import { withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet select`. */
export interface SelectCommandOptions
  extends Required<Pick<SelectOptions, "units" | "seed">>,
    Pick<SelectOptions, "most" | "level" | "criterion" | "resamples">,
    Pick<LoadOptions, "threads">,
    Omit<TableOptions, "target"> {
  target?: string;
  format: ResultFormat;
  report?: string;
}

/** `infonet select FILE… --target Y`: the few columns that tell most of one. */
export async function selectCommand(
  named: readonly string[],
  options: SelectCommandOptions,
  context: Context,
): Promise<void> {
  const { target, units, seed, most, level, criterion, resamples, format, report, ...reading } = options;
  if (target === undefined) {
    throw new UsageError("--target is missing; name the column that others shall tell of.");
  }
  const input = await findInput(named, context);
  const places = await findPlaces({ report }, input.files, context.io);
  const asked = await askedTable(input, reading, { option: "--target", name: target }, context);
  const { table, columns, needed = target } = asked;
  await withEngine(context, options.threads ?? defaultThreads(), async (engine) => {
    const settings = { units, seed, most, level, criterion, resamples };
    const selection = await withProgress(context, (watch) =>
      engine.select(columns, needed, { ...settings, ...watch }),
    );
    const { io } = context;
    await io.out(
      format === "json"
        ? selectionJson(table.file, selection)
        : selectionText(table, selection, styleFor(io)),
    );
    const page = async () => (await import("../report/select.js")).selectionReport(table, selection);
    await deliverReport(places.report, page, context);
  });
}
