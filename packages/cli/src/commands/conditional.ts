import type { ConditionalOptions, LoadOptions } from "infonet";
import { engineColumn, modelName } from "../engine.js";
import { UsageError } from "../errors.js";
import { type ConditionalHead, conditionalJson, conditionalText } from "../output/joint.js";
import type { TimeOptions } from "../table/in-time.js";
import { findInput } from "../table/input.js";
import type { ReadingOptions } from "../table/read.js";
import { styleFor } from "../terminal/io.js";
import type { Context } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { checkOutputs, deliverReport } from "./outputs.js";
import {
  LAST_ARE_COLUMNS,
  readListsAndRows,
  rowsInTime,
  seriesReading,
  variableOf,
  vineThreads,
  withProgress,
} from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet conditional`. */
export interface ConditionalCommandOptions
  extends Required<Pick<ConditionalOptions, "units" | "seed">>,
    Pick<LoadOptions, "threads">,
    ReadingOptions,
    TimeOptions {
  cluster?: string;
  given?: string[];
  format: ResultFormat;
  report?: string;
}

/** `infonet conditional FILE… X Y --given A,B`: what two columns share beyond others. */
export async function conditionalCommand(
  files: readonly string[],
  x: string,
  y: string,
  options: ConditionalCommandOptions,
  context: Context,
): Promise<void> {
  const { given, units, seed, threads, format } = options;
  if (given === undefined) {
    throw new UsageError("--given is missing; name the columns to condition on, with commas.");
  }
  const input = await findInput(files, { ...context, hint: LAST_ARE_COLUMNS });
  const outputs = await checkOutputs({ format, report: options.report }, input.files, context.io);
  const named = [
    { option: "X", names: [x], single: true },
    { option: "Y", names: [y], single: true },
    { option: "--given", names: given },
  ];
  const { lists, rows, inTime, table } = await readListsAndRows(
    input,
    named,
    context,
    seriesReading(options),
  );
  const [[first], [second], others] = lists;
  await withEngine(context, vineThreads(lists, threads), async (engine) => {
    const result = await withProgress(context, (watch) =>
      engine.conditional(engineColumn(first), engineColumn(second), variableOf(others), {
        ...{ units, seed, ...rowsInTime(rows) },
        ...watch,
      }),
    );
    const names = { x: first.name, y: second.name, given: others.map(({ name }) => name) };
    const model = modelName(engine);
    const about = { cluster: options.cluster, series: inTime };
    const head: ConditionalHead = { file: input.name, units, seed, model, ...names, ...about };
    const { io } = context;
    await io.out(
      format === "json" ? conditionalJson(head, result) : conditionalText(head, result, styleFor(io)),
    );
    const page = async () =>
      (await import("../report/conditional.js")).conditionalReport(
        engine,
        table,
        head,
        result,
        context.signal,
      );
    await deliverReport(outputs.report, page, context);
  });
}
