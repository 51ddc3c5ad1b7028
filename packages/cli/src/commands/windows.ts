import type { WindowsOptions } from "infonet";
import { engineColumn, modelName } from "../engine.js";
import { UsageError } from "../errors.js";
import { type WindowsHead, windowsJson, windowsText } from "../output/windows.js";
import { halfOf, lengthOf, type TimeStep } from "../table/time-step.js";
import type { Table } from "../table/types.js";
import { styleFor } from "../terminal/io.js";
import { type Context, workerThreads } from "./context.js";
import { DEFAULT_TOP } from "./options.js";
import { deliverReport, deliverTo, type Outputs } from "./outputs.js";
import { usableTargets } from "./targets.js";
import { refuseBeside } from "./together.js";
import { withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** What is asked of windows, and what may be asked of a matrix beside. */
export interface WindowsCommandOptions extends Required<Pick<WindowsOptions, "units" | "seed">> {
  window?: number | TimeStep;
  step?: number | TimeStep;
  top?: number;
  threads?: number | undefined;
  cluster?: string;
  counts?: string;
  screen?: number;
  fdr?: number;
  report?: string;
}

/** Options that mean nothing for windows. */
const NOT_WITH_WINDOWS = ["cluster", "counts", "screen", "fdr"] as const;

/** @throws UsageError for options of a matrix that windows have not */
export function checkWindows({ window, step, ...options }: WindowsCommandOptions, format: string): void {
  if (window === undefined) {
    if (step !== undefined)
      throw new UsageError(
        `--step ${typeof step === "number" ? step : step.text} says how far windows are apart; add --window.`,
      );
    return;
  }
  refuseBeside("--window", options, NOT_WITH_WINDOWS);
  if (format !== "text" && format !== "json") {
    throw new UsageError(`--format ${format} holds one number a pair; with --window take text or json.`);
  }
}

/** `infonet matrix FILE --window N`: the pairs of a table over time. */
export async function windowsOfTable(
  table: Table,
  options: WindowsCommandOptions,
  { format, out, report }: Outputs,
  pairs: number,
  context: Context,
): Promise<void> {
  const { units, seed, top = DEFAULT_TOP, threads } = options;
  const { window, step, times, said } = windowsIn(options, table);
  const columns = table.columns.map((column) => ({ name: column.name, values: engineColumn(column) }));
  await withEngine(context, workerThreads(pairs, table.rows, threads), async (engine) => {
    const target = usableTargets(table);
    const given: WindowsOptions = { window, step, times, target, units, seed, related: table.related };
    const result = await withProgress(context, (watch) => engine.windows(columns, { ...given, ...watch }));
    const head = {
      file: table.file,
      units,
      seed,
      model: modelName(engine),
      ...said,
      series: table.inTime,
    };
    const { io } = context;
    const style = styleFor(out === undefined ? io : { ...io, outIsTerminal: false });
    const text =
      format === "json"
        ? windowsJson(head, result, table.time)
        : windowsText(head, result, { time: table.time, top, style });
    await deliverTo(out, text, "windows", context);
    const page = async () =>
      (await import("../report/time-report.js")).windowsReport(head, result, table.time);
    await deliverReport(report, page, context);
  });
}

/** Windows by rows, or by the times of the rows where their length is one of time. */
function windowsIn(
  { window = 0, step }: WindowsCommandOptions,
  table: Table,
): Pick<WindowsOptions, "times"> & {
  window: number;
  step: number;
  /** In rows, or as lengths of time are written. */
  said: Pick<WindowsHead, "window" | "step">;
} {
  if (typeof window === "number") {
    if (typeof step === "object") {
      throw new UsageError(`--window ${window} is in rows and --step ${step.text} in time; say both alike.`);
    }
    const apart = step ?? Math.ceil(window / 2);
    return { window, step: apart, times: undefined, said: { window, step: apart } };
  }
  if (typeof step === "number") {
    throw new UsageError(`--window ${window.text} is in time and --step ${step} in rows; say both alike.`);
  }
  const length = lengthOf("--window", window, table);
  const apart = step ?? halfOf(window);
  return {
    window: length,
    step: lengthOf("--step", apart, table),
    times: table.time!.values,
    said: { window: window.text, step: apart.text },
  };
}
