import type { DifferencesOptions, LoadOptions } from "infonet";
import { UsageError } from "../errors.js";
import { differencesJson, differencesText } from "../output/compare.js";
import { styleFor } from "../terminal/io.js";
import { askedTable, type TableOptions } from "./answers.js";
import { type Context, defaultThreads } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet compare`. */
export interface CompareCommandOptions
  extends Required<Pick<DifferencesOptions, "units" | "seed">>,
    Pick<LoadOptions, "threads">,
    TableOptions {
  by?: string;
  format: ResultFormat;
}

/** `infonet compare FILE… --by COLUMN`: which dependences differ between groups of rows. */
export async function compareCommand(
  named: readonly string[],
  options: CompareCommandOptions,
  context: Context,
): Promise<void> {
  const { by, units, seed, threads = defaultThreads(), format } = options;
  if (by === undefined) {
    throw new UsageError("--by is missing; name the column whose values are the groups.");
  }
  const { table, columns } = await askedTable(named, options, by, context);
  await withEngine(context, threads, async (engine) => {
    const found = await withProgress(context, (watch) =>
      engine.differences(columns, by, { units, seed, ...watch }),
    );
    // The library knows levels by their codes.
    const { levels } = table.columns.find(({ name }) => name === by) ?? {};
    const nameOf = (level: string): string => levels?.[Number(level)] ?? level;
    const groups = found.groups.map(({ level, n }) => ({ level: nameOf(level), n }));
    const differences = { ...found, groups };
    const { io } = context;
    await io.out(
      format === "json"
        ? differencesJson(table.file, differences)
        : differencesText(table.file, differences, styleFor(io)),
    );
  });
}
