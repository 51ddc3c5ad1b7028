import type { EstimateOptions } from "infonet";
import { modelName, namedColumn } from "../engine.js";
import { estimateJson } from "../output/json.js";
import { matrixResult } from "../output/result.js";
import { estimateText } from "../output/text.js";
import { findInput } from "../table/input.js";
import type { ReadingOptions } from "../table/read.js";
import { styleFor } from "../terminal/io.js";
import type { Context } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { report } from "./matrix.js";
import { checkOutputs } from "./outputs.js";
import { LAST_ARE_COLUMNS, pairLists, readListsAndRows, withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet estimate`. */
export interface EstimateCommandOptions
  extends Required<Pick<EstimateOptions, "units" | "seed">>,
    ReadingOptions {
  format: ResultFormat;
  report?: string;
  cluster?: string;
  counts?: string;
  series?: boolean;
  time?: string;
  diff?: boolean;
  deseason?: number;
}

/** `infonet estimate FILE… X Y`: the mutual information of two columns. */
export async function estimateCommand(
  named: readonly string[],
  x: string,
  y: string,
  { units, seed, format, report: page, ...reading }: EstimateCommandOptions,
  context: Context,
): Promise<void> {
  const lists = pairLists(x, y);
  const input = await findInput(named, { ...context, hint: LAST_ARE_COLUMNS });
  const outputs = await checkOutputs({ format, report: page }, input.files, context.io);
  const {
    lists: [[first], [second]],
    rows,
    inTime,
    table,
  } = await readListsAndRows(input, lists, context, reading);
  await withEngine(context, 1, async (engine) => {
    const estimate = await withProgress(context, () =>
      engine.estimate(namedColumn(first), namedColumn(second), { units, seed, ...rows }),
    );
    const { cluster, counts } = reading;
    const names = { x: first.name, y: second.name };
    const head = {
      file: input.name,
      units,
      seed,
      model: modelName(engine),
      ...names,
      cluster,
      counts,
      series: inTime,
    };
    const { io } = context;
    await io.out(
      format === "json" ? estimateJson(head, estimate) : estimateText(head, estimate, styleFor(io)),
    );
    if (outputs.report === undefined) return;
    // A table of one pair, whose test stands alone.
    const { mi, interval, pValue, n, effectiveSize, warnings, kinds, entropies, normalized } = estimate;
    const cell = { ...names, mi, interval, pValue, qValue: pValue, n, effectiveSize, warnings };
    const pairs = [{ ...cell, kinds, entropies, normalized }];
    const result = matrixResult(table, { units, seed, model: modelName(engine), pairs });
    await report(engine, outputs.report, result, table, context);
  });
}
