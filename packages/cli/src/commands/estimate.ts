import type { EstimateOptions } from "infonet";
import { engineColumn, modelName } from "../engine.js";
import { estimateJson } from "../output/json.js";
import { estimateText } from "../output/text.js";
import { findInput } from "../table/input.js";
import type { ReadingOptions } from "../table/read.js";
import { styleFor } from "../terminal/io.js";
import type { Context } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { LAST_ARE_COLUMNS, pairLists, readListsAndRows, withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet estimate`. */
export interface EstimateCommandOptions
  extends Required<Pick<EstimateOptions, "units" | "seed">>,
    ReadingOptions {
  format: ResultFormat;
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
  { units, seed, format, ...reading }: EstimateCommandOptions,
  context: Context,
): Promise<void> {
  const lists = pairLists(x, y);
  const input = await findInput(named, { ...context, hint: LAST_ARE_COLUMNS });
  const {
    lists: [[first], [second]],
    rows,
    inTime,
  } = await readListsAndRows(input, lists, context, reading);
  await withEngine(context, 1, async (engine) => {
    const estimate = await withProgress(context, () =>
      engine.estimate(engineColumn(first), engineColumn(second), { units, seed, ...rows }),
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
  });
}
