import { engineColumn, modelName } from "../engine.js";
import { UsageError } from "../errors.js";
import { type SourcesHead, sourcesJson, sourcesText } from "../output/sources.js";
import { findInput } from "../table/input.js";
import { styleFor } from "../terminal/io.js";
import { type Context, workerThreads } from "./context.js";
import { checkOutputs, deliverReport } from "./outputs.js";
import type { TransferCommandOptions } from "./transfer-options.js";
import { readListsAndRows, withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** What to say of a file that is missing among arguments that end with a column. */
const LAST_IS_COLUMN = "; only the last argument is a column";

/** `infonet transfer FILE… Y --from A,B`: which series tell of one, and how many rows before. */
export async function sourcesCommand(
  named: readonly string[],
  target: string,
  {
    units,
    seed,
    history,
    threads,
    format,
    report,
    given = [],
    from,
    lag,
    maxLag = 5,
    ...reading
  }: TransferCommandOptions & { from: string[] },
  context: Context,
): Promise<void> {
  if (lag !== undefined) {
    throw new UsageError(
      `--lag ${lag} is of two columns; with --from every lag up to --max-lag is looked at.`,
    );
  }
  const lists = [
    { option: "Y", names: [target], single: true },
    { option: "--from", names: from },
    { option: "--given", names: given },
  ];
  const input = await findInput(named, { ...context, hint: LAST_IS_COLUMN });
  const outputs = await checkOutputs({ format, report }, input.files, context.io);
  const {
    lists: [[own], sources, more],
    rows,
    inTime,
    table,
  } = await readListsAndRows(input, lists, context, { ...reading, series: true });
  const columns = [own, ...sources].map((column) => ({ name: column.name, values: engineColumn(column) }));
  await withEngine(context, workerThreads(sources.length, own.values.length, threads), async (engine) => {
    const result = await withProgress(context, (watch) =>
      engine.sources(columns, own.name, {
        ...watch,
        ...{ units, seed, history, maxLag },
        given: more.map(engineColumn),
        cluster: rows.cluster,
      }),
    );
    const head: SourcesHead = {
      ...{ file: input.name, units, seed, model: modelName(engine), maxLag },
      given: more.map(({ name }) => name),
      cluster: reading.cluster,
      series: inTime,
    };
    const { io } = context;
    await io.out(format === "json" ? sourcesJson(head, result) : sourcesText(head, result, styleFor(io)));
    const page = async () => (await import("../report/transfer.js")).sourcesReport(table, head, result);
    await deliverReport(outputs.report, page, context);
  });
}
