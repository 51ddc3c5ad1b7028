import type { Column, Differences, DifferencesOptions, LoadOptions } from "infonet";
import { UsageError } from "../errors.js";
import { differencesCsv, differencesJson, differencesText } from "../output/compare.js";
import type { Destination } from "../output/destination.js";
import { findInput } from "../table/input.js";
import type { Table } from "../table/types.js";
import { styleFor } from "../terminal/io.js";
import { count } from "../text/numbers.js";
import { type AskedTable, askedTable, type TableOptions } from "./answers.js";
import { type Context, pairsAmong, workerThreads } from "./context.js";
import { chooseFormat, DIFFERENCES_FORMATS, type DifferencesFormat } from "./formats.js";
import { DEFAULT_TOP } from "./options.js";
import { deliverReport, deliverTo, findPlaces } from "./outputs.js";
import { OF_ROWS, refuseBeside } from "./together.js";
import { withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** What comes of a comparison, and where it goes. */
export interface CompareOutputOptions
  extends Required<Pick<DifferencesOptions, "units" | "seed">>,
    Pick<LoadOptions, "threads"> {
  format?: DifferencesFormat;
  out?: string;
  report?: string;
  /** False discovery rate: only columns and pairs that differ at this rate are listed. */
  fdr?: number;
  top?: number;
}

/** Options of `infonet compare`. */
export interface CompareCommandOptions extends CompareOutputOptions, TableOptions {
  by?: string;
}

/** Options of `infonet matrix` that say nothing of rows in groups. */
const NOT_WITH_GROUPS = [...OF_ROWS, "step", "lags", "maxLag", "screen", "given", "targetsFrom"] as const;

/**
 * `infonet matrix FILE… --by COLUMN`: the matrix of every group.
 *
 * @throws UsageError for options that say nothing of groups
 */
export async function matrixByCommand(
  named: readonly string[],
  {
    format,
    ...options
  }: Omit<CompareCommandOptions, "format"> & {
    by: string;
    format?: string | undefined;
  } & Partial<Record<(typeof NOT_WITH_GROUPS)[number], unknown>>,
  context: Context,
): Promise<void> {
  const { by } = options;
  refuseBeside("--by", options, NOT_WITH_GROUPS);
  if (format === "parquet") {
    throw new UsageError(
      "--format parquet holds one number a pair; with --by take text, json or csv, which has one row a group.",
    );
  }
  const known = format as DifferencesFormat | undefined;
  await compareCommand(named, { ...options, by, ...(known && { format: known }) }, context);
}

/** `infonet compare FILE… --by COLUMN`, or of files with each other: which columns and which dependences differ. */
export async function compareCommand(
  named: readonly string[],
  options: CompareCommandOptions,
  context: Context,
): Promise<void> {
  const { by, out, report } = options;
  const format = chooseFormat(options.format, out, DIFFERENCES_FORMATS);
  const input = await findInput(named, context);
  if (by === undefined && input.files.length < 2) {
    throw new UsageError(
      "--by is missing; name the column whose values are the groups, or give two files to compare.",
    );
  }
  const places = await findPlaces({ out, report }, input.files, context.io);
  const needed = by === undefined ? undefined : { option: "--by", name: by };
  const asked = await askedTable(input, { ...options, common: by === undefined }, needed, context);
  const groups = asked.needed === undefined ? byFile(asked) : { ...asked, by: asked.needed };
  await compared(groups, { ...options, format }, places, context);
}

/** A table whose rows are in groups. */
interface GroupedTable extends Omit<AskedTable, "needed"> {
  /** The column that makes them. */
  by: string;
  /** Its levels by their codes, where it is none of the table. */
  levels?: readonly string[];
}

/** The files of a table as groups of its rows. */
function byFile({ table, columns, targets }: AskedTable): GroupedTable {
  const { parts = [] } = table;
  const codes = new Float64Array(table.rows);
  let at = 0;
  for (const [k, { rows }] of parts.entries()) {
    codes.fill(k, at, at + rows);
    at += rows;
  }
  let by = "file";
  for (let k = 2; table.names.includes(by); k++) by = `file ${k}`;
  const values: Column = { values: codes, kind: "category" };
  return {
    table,
    targets,
    columns: [...columns, { name: by, values }],
    by,
    levels: parts.map(({ file }) => file),
  };
}

/** Compares groups and tells the result. */
async function compared(
  { table, columns, by, levels, targets }: GroupedTable,
  options: CompareOutputOptions & { format: DifferencesFormat },
  places: { out?: Destination; report?: Destination },
  context: Context,
): Promise<void> {
  const { units, seed, threads, format, fdr: rate, top } = options;
  const pairs = pairsAmong(columns.length - 1);
  await withEngine(context, workerThreads(2 * pairs, table.rows, threads), async (engine) => {
    const found = await withProgress(context, (watch) =>
      engine.differences(columns, by, {
        ...{ units, seed, related: table.related, target: targets },
        ...watch,
      }),
    );
    const whole = named(found, levels ?? levelsOf(table, by));
    const differs = ({ qValue }: { qValue: number }): boolean => rate === undefined || qValue <= rate;
    const differences = {
      ...whole,
      columns: whole.columns.filter(differs),
      pairs: whole.pairs.filter(differs).slice(0, top ?? Number.POSITIVE_INFINITY),
    };
    const { io } = context;
    const style = styleFor(places.out === undefined ? io : { ...io, outIsTerminal: false });
    const content = {
      text: () => differencesText(table.file, differences, { style, top: top ?? DEFAULT_TOP, rate }),
      json: () => differencesJson(table.file, differences),
      csv: () => differencesCsv(differences),
    }[format]();
    await deliverTo(places.out, content, count(differences.pairs.length, "pair"), context);
    const page = async () => (await import("../report/compare.js")).compareReport(table, differences);
    await deliverReport(places.report, page, context);
  });
}

const levelsOf = ({ columns }: Table, by: string): readonly string[] | undefined =>
  columns.find(({ name }) => name === by)?.levels;

/** The library knows levels by their codes. */
function named(found: Differences, levels: readonly string[] | undefined): Differences {
  const of = ({ level, n }: Differences["groups"][number]): Differences["groups"][number] => ({
    level: levels?.[Number(level)] ?? level,
    n,
  });
  return { ...found, groups: found.groups.map(of), leftOut: found.leftOut.map(of) };
}
