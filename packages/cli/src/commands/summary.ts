import type { LoadOptions, SummaryOptions } from "infonet";
import { UsageError } from "../errors.js";
import { summaryJson, summaryText } from "../output/summary.js";
import { findInput } from "../table/input.js";
import { styleFor } from "../terminal/io.js";
import { askedTable, type TableOptions } from "./answers.js";
import { type Context, defaultThreads } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { deliverReport, findPlaces } from "./outputs.js";
import { withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet summary`. */
export interface SummaryCommandOptions
  extends Required<Pick<SummaryOptions, "units" | "seed">>,
    Pick<SummaryOptions, "most">,
    Pick<LoadOptions, "threads">,
    Omit<TableOptions, "target"> {
  target?: string;
  format: ResultFormat;
  report?: string;
}

/** `infonet summary FILE… --target Y`: what each column is and tells of one, and what two tell apart and together. */
export async function summaryCommand(
  named: readonly string[],
  options: SummaryCommandOptions,
  context: Context,
): Promise<void> {
  const { target, units, seed, most, format, report, ...reading } = options;
  if (target === undefined) {
    throw new UsageError("--target is missing; name the column that others shall tell of.");
  }
  const input = await findInput(named, context);
  const places = await findPlaces({ report }, input.files, context.io);
  const asked = await askedTable(input, reading, { option: "--target", name: target }, context);
  const { table, columns, needed = target } = asked;
  await withEngine(context, options.threads ?? defaultThreads(), async (engine) => {
    const summary = await withProgress(context, (watch) =>
      engine.summary(columns, needed, { units, seed, most, ...watch }),
    );
    const { io } = context;
    await io.out(
      format === "json" ? summaryJson(table.file, summary) : summaryText(table, summary, styleFor(io)),
    );
    const page = async () => (await import("../report/summary.js")).summaryReport(table, summary);
    await deliverReport(places.report, page, context);
  });
}
