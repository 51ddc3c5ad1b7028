import { engineColumn, modelName, namedColumn } from "../engine.js";
import { UsageError } from "../errors.js";
import { transferJson, transferText } from "../output/series.js";
import { findInput } from "../table/input.js";
import { styleFor } from "../terminal/io.js";
import type { Context } from "./context.js";
import { checkOutputs, deliverReport } from "./outputs.js";
import type { TransferCommandOptions } from "./transfer-options.js";
import { LAST_ARE_COLUMNS, pairLists, readListsAndRows, vineThreads, withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** `infonet transfer FILE… X Y`: transfer entropy in both directions; `FILE… Y --from A,B`: of many to one. */
export async function transferCommand(
  named: readonly string[],
  columns: readonly string[],
  { from, maxLag, ...options }: TransferCommandOptions,
  context: Context,
): Promise<void> {
  if (from !== undefined) {
    const { sourcesCommand } = await import("./sources.js");
    return sourcesCommand(named, columns[0], { from, maxLag, ...options }, context);
  }
  if (maxLag !== undefined) {
    throw new UsageError(
      `--max-lag ${maxLag} is of the sources that --from names; between two columns say --lag.`,
    );
  }
  const { units, seed, lag = 1, history, threads, format, report, given = [], ...reading } = options;
  const [x, y] = columns;
  const lists = [...pairLists(x, y), { option: "--given", names: given }];
  const input = await findInput(named, { ...context, hint: LAST_ARE_COLUMNS });
  const outputs = await checkOutputs({ format, report }, input.files, context.io);
  const {
    lists: [[first], [second], more],
    rows,
    inTime,
    table,
  } = await readListsAndRows(input, lists, context, { ...reading, series: true });
  const all = [[first], [second], more];
  await withEngine(context, vineThreads(all, threads), async (engine) => {
    const result = await withProgress(context, (watch) =>
      engine.transfer(namedColumn(first), namedColumn(second), {
        ...watch,
        ...{ units, seed, lag, history },
        given: more.map(engineColumn),
        cluster: rows.cluster,
      }),
    );
    const { cluster } = reading;
    const names = { x: first.name, y: second.name, given: more.map(({ name }) => name) };
    const head = {
      file: input.name,
      units,
      seed,
      model: modelName(engine),
      ...names,
      cluster,
      series: inTime,
    };
    const { io } = context;
    await io.out(format === "json" ? transferJson(head, result) : transferText(head, result, styleFor(io)));
    const page = async () => (await import("../report/transfer.js")).transferReport(table, head, result);
    await deliverReport(outputs.report, page, context);
  });
}
