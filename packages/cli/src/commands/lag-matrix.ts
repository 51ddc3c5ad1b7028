import { engineColumn, engineRows, modelName } from "../engine.js";
import { UsageError } from "../errors.js";
import { lagMatrixJson, lagMatrixText } from "../output/lag-matrix.js";
import type { TimeStep } from "../table/time-step.js";
import type { Table } from "../table/types.js";
import { styleFor } from "../terminal/io.js";
import { type Context, workerThreads } from "./context.js";
import { DEFAULT_TOP } from "./options.js";
import { deliverReport, deliverTo, type Outputs } from "./outputs.js";
import { usableTargets } from "./targets.js";
import { refuseBeside } from "./together.js";
import { withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** What is asked of pairs at several lags, and what may be asked of a matrix beside. */
export interface LagMatrixCommandOptions {
  units: "nats" | "bits";
  seed: number;
  lags?: true;
  maxLag?: number;
  top?: number;
  fdr?: number;
  threads?: number | undefined;
  cluster?: string;
  counts?: string;
  screen?: number;
  report?: string;
  window?: number | TimeStep;
}

/** Options that mean nothing for pairs at several lags. */
const NOT_WITH_LAGS = ["counts", "screen", "window"] as const;

/** @throws UsageError for options of a matrix that pairs at several lags have not */
export function checkLags({ lags, maxLag, ...options }: LagMatrixCommandOptions, format: string): void {
  if (lags === undefined) {
    if (maxLag !== undefined) throw new UsageError(`--max-lag ${maxLag} says how far lags go; add --lags.`);
    return;
  }
  refuseBeside("--lags", options, NOT_WITH_LAGS);
  if (format !== "text" && format !== "json") {
    throw new UsageError(`--format ${format} has no column for lags; with --lags take text or json.`);
  }
}

/** `infonet matrix FILE --lags`: which column leads which, and by how much. */
export async function lagsOfTable(
  table: Table,
  { units, seed, maxLag = 10, top = DEFAULT_TOP, fdr, threads }: LagMatrixCommandOptions,
  { format, out, report }: Outputs,
  pairs: number,
  context: Context,
): Promise<void> {
  const columns = table.columns.map((column) => ({ name: column.name, values: engineColumn(column) }));
  await withEngine(context, workerThreads(pairs, table.rows, threads), async (engine) => {
    const { cluster } = engineRows(table);
    const given = { maxLag, units, seed, target: usableTargets(table), related: table.related, cluster };
    const whole = await withProgress(context, (watch) => engine.lagMatrix(columns, { ...given, ...watch }));
    const kept = whole.pairs.filter(
      (pair) => fdr === undefined || (pair.error === undefined && (pair.qValue ?? 1) <= fdr),
    );
    const result = { ...whole, pairs: kept };
    const head = {
      file: table.file,
      model: modelName(engine),
      cluster: table.cluster?.name,
      series: table.inTime,
    };
    const { io } = context;
    const style = styleFor(out === undefined ? io : { ...io, outIsTerminal: false });
    const text =
      format === "json" ? lagMatrixJson(head, result) : lagMatrixText(head, result, { top, style });
    await deliverTo(out, text, "pairs", context);
    const page = async () => (await import("../report/time-report.js")).lagMatrixReport(head, result);
    await deliverReport(report, page, context);
  });
}
