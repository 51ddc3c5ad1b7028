import type { LagsOptions, LoadOptions } from "infonet";
import { modelName, namedColumn } from "../engine.js";
import { lagsJson, lagsText } from "../output/series.js";
import type { TimeOptions } from "../table/in-time.js";
import { findInput } from "../table/input.js";
import type { ReadingOptions } from "../table/read.js";
import { styleFor } from "../terminal/io.js";
import { type Context, workerThreads } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { deliverReport, deliverTo, findPlaces } from "./outputs.js";
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
  const input = await findInput(named, { ...context, hint: LAST_ARE_COLUMNS });
  const places = await findPlaces({ svg, report }, input.files, context.io);
  const {
    lists: [[first], [second]],
    rows,
    inTime,
  } = await readListsAndRows(input, lists, context, { ...reading, series: true });
  const pairs = 2 * maxLag + 1;
  await withEngine(context, workerThreads(pairs, first.values.length, threads), async (engine) => {
    const result = await withProgress(context, (watch) =>
      engine.lags(namedColumn(first), namedColumn(second), {
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
    if (places.svg !== undefined) {
      const { lagCurve } = await import("../report/lag-curve.js");
      await deliverTo(places.svg, lagCurve(head, result).text, "curve", context);
    }
    const page = async () => (await import("../report/time-report.js")).lagsReport(head, result);
    await deliverReport(places.report, page, context);
  });
}
