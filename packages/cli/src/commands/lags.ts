import type { LagsOptions, LoadOptions } from "infonet";
import { engineColumn, modelName } from "../engine.js";
import { findDestination, mustNotBeInput } from "../output/destination.js";
import { lagsJson, lagsText } from "../output/series.js";
import { writeTo } from "../output/write.js";
import type { TimeOptions } from "../table/in-time.js";
import { findInput } from "../table/input.js";
import type { ReadingOptions } from "../table/read.js";
import { styleFor } from "../terminal/io.js";
import { printable } from "../text/printable.js";
import { type Context, workerThreads } from "./context.js";
import { checkPictureName, checkReportName, type ResultFormat } from "./formats.js";
import { LAST_ARE_COLUMNS, pairLists, readListsAndRows, withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet lags`. */
export interface LagsCommandOptions
  extends Required<Pick<LagsOptions, "units" | "seed" | "maxLag">>,
    Pick<LoadOptions, "threads">,
    ReadingOptions,
    Omit<TimeOptions, "series"> {
  format: ResultFormat;
  cluster?: string;
  svg?: string;
  report?: string;
}

/** `infonet lags FILE… X Y`: two series at several lags. */
export async function lagsCommand(
  named: readonly string[],
  x: string,
  y: string,
  { units, seed, maxLag, threads, format, svg, report, ...reading }: LagsCommandOptions,
  context: Context,
): Promise<void> {
  const lists = pairLists(x, y);
  if (svg !== undefined) checkPictureName(svg);
  const input = await findInput(named, { ...context, hint: LAST_ARE_COLUMNS });
  if (report !== undefined) checkReportName(report);
  const picture = svg === undefined ? undefined : await findDestination("--svg", svg);
  const page = report === undefined ? undefined : await findDestination("--report", report);
  for (const output of [picture, page]) {
    if (output !== undefined) for (const file of input.files) await mustNotBeInput(output, file);
  }
  const {
    lists: [[first], [second]],
    rows,
    inTime,
  } = await readListsAndRows(input, lists, context, { ...reading, series: true });
  const pairs = 2 * maxLag + 1;
  await withEngine(context, workerThreads(pairs, first.values.length, threads), async (engine) => {
    const result = await withProgress(context, (watch) =>
      engine.lags(engineColumn(first), engineColumn(second), {
        ...watch,
        units,
        seed,
        maxLag,
        cluster: rows.cluster,
      }),
    );
    const { cluster } = reading;
    const model = modelName(engine);
    const head = {
      file: input.name,
      units,
      seed,
      model,
      x: first.name,
      y: second.name,
      cluster,
      series: inTime,
    };
    const { io } = context;
    await io.out(format === "json" ? lagsJson(head, result) : lagsText(head, result, styleFor(io)));
    if (picture !== undefined) {
      const { lagCurve } = await import("../report/lag-curve.js");
      await writeTo(picture, lagCurve(head, result).text);
      io.err(`infonet: curve written to ${printable(picture.path)}\n`);
    }
    if (page !== undefined) {
      const { lagsReport } = await import("../report/time-report.js");
      await writeTo(page, lagsReport(head, result));
      io.err(`infonet: report written to ${printable(page.path)}\n`);
    }
  });
}
