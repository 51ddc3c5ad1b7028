import type { JointOptions, LoadOptions } from "infonet";
import { modelName } from "../engine.js";
import { UsageError } from "../errors.js";
import { type JointHead, jointJson, jointText } from "../output/joint.js";
import type { TimeOptions } from "../table/in-time.js";
import { findInput } from "../table/input.js";
import type { ReadingOptions } from "../table/read.js";
import { styleFor } from "../terminal/io.js";
import type { Context } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { checkOutputs, deliverReport } from "./outputs.js";
import {
  readListsAndRows,
  rowsInTime,
  seriesReading,
  variableOf,
  vineThreads,
  withProgress,
} from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet joint`. */
export interface JointCommandOptions
  extends Required<Pick<JointOptions, "basis" | "units" | "seed">>,
    Pick<LoadOptions, "threads">,
    ReadingOptions,
    TimeOptions {
  cluster?: string;
  x?: string[];
  y?: string[];
  format: ResultFormat;
  report?: string;
}

/** `infonet joint FILE… --x A,B --y C,D`: the mutual information of two groups of columns. */
export async function jointCommand(
  named: readonly string[],
  options: JointCommandOptions,
  context: Context,
): Promise<void> {
  const { x, y, basis, units, seed, threads, format } = options;
  if (x === undefined || y === undefined) {
    throw new UsageError(`${x === undefined ? "--x" : "--y"} is missing; name its columns, with commas.`);
  }
  const input = await findInput(named, context);
  const outputs = await checkOutputs({ format, report: options.report }, input.files, context.io);
  const lists = [
    { option: "--x", names: x },
    { option: "--y", names: y },
  ];
  const {
    lists: [first, second],
    rows,
    inTime,
    table,
  } = await readListsAndRows(input, lists, context, seriesReading(options));
  await withEngine(context, vineThreads([first, second], threads), async (engine) => {
    const result = await withProgress(context, (watch) =>
      engine.joint(variableOf(first), variableOf(second), {
        basis,
        units,
        seed,
        ...rowsInTime(rows),
        ...watch,
      }),
    );
    const names = { x: first.map(({ name }) => name), y: second.map(({ name }) => name) };
    const head: JointHead = {
      file: input.name,
      units,
      seed,
      model: modelName(engine),
      ...names,
      cluster: options.cluster,
      series: inTime,
    };
    const { io } = context;
    await io.out(format === "json" ? jointJson(head, result) : jointText(head, result, styleFor(io)));
    const page = async () =>
      (await import("../report/joint.js")).jointReport(engine, table, head, result, context.signal);
    await deliverReport(outputs.report, page, context);
  });
}
