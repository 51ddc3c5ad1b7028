import type { LoadOptions, SelectOptions } from "infonet";
import { UsageError } from "../errors.js";
import { selectionJson, selectionText } from "../output/select.js";
import { styleFor } from "../terminal/io.js";
import { askedTable, deliverTo, destinations, type TableOptions } from "./answers.js";
import { type Context, defaultThreads } from "./context.js";
import { checkReportName, type ResultFormat } from "./formats.js";
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
  if (report !== undefined) checkReportName(report);
  const places = await destinations(named, { report }, context);
  const asked = await askedTable(named, reading, { option: "--target", name: target }, context);
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
        : selectionText(table.file, selection, styleFor(io)),
    );
    if (places.report === undefined) return;
    const { selectionReport } = await import("../report/select.js");
    await deliverTo(places.report, selectionReport(table, selection), "report", context);
  });
}
