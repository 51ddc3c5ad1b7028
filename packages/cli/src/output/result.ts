import type { DependenceMatrix, MatrixCell, ScreenedPairs, Units } from "infonet";
import type { ColumnKind } from "../kinds/types.js";
import type { Table, TableInTime } from "../table/types.js";

/** All that `infonet matrix` found, in the order it is printed. */
export interface MatrixResult {
  file: string;
  units: Units;
  seed: number;
  model: string;
  /** The column of what the rows belong to. */
  cluster?: string | undefined;
  /** The column of how many rows each row stands for. */
  counts?: string | undefined;
  /** What was made of rows that follow each other in time. */
  series?: TableInTime | undefined;
  /** What `--screen` kept from being estimated; such pairs are not listed. */
  screened?: ScreenedPairs | undefined;
  /** What every column was read as. */
  columns?: ColumnHead[];
  /** Strongest first; pairs without a number last. */
  pairs: Cell[];
}

/** What a column was read as, and what is to be told of it. */
export interface ColumnHead {
  name: string;
  kind: ColumnKind | "unusable";
  missing: number | null;
  levels: number | null;
  remarks: string[];
  /** Why it cannot be used. */
  reason?: string | undefined;
}

/** What a single estimate is of. */
export interface EstimateHead extends Omit<MatrixResult, "pairs" | "screened" | "columns"> {
  x: string;
  y: string;
}

/** A pair with a number. */
export type Estimated = Extract<MatrixCell, { mi: number }>;
/** A pair with a reason why there is no number, the library's or the command's own. */
export type Failed = Omit<Extract<MatrixCell, { error: string }>, "code">;
/** Either of the two. */
export type Cell = Estimated | Failed;

/** True for pairs that have a number. */
export function isEstimated(cell: Cell): cell is Estimated {
  return cell.error === undefined;
}

/** True for pairs that have none. */
export function isFailed(cell: Cell): cell is Failed {
  return cell.error !== undefined;
}

/** The reason that unfinished pairs get when the user ends a run. */
export const NOT_REACHED = "not computed: the run was interrupted";
/** The reason where it cannot be told whether they would have been estimated. */
export const NOT_REACHED_OR_SCREENED = "not computed: the run was interrupted, or --screen saw nothing";

/** The reason that two parts of one date get. */
export const RELATED = "both are of the same dates, whose calendar ties them";

/**
 * Puts the library's matrix and the columns it never saw into one result in which every pair of the asked
 * columns appears exactly once, but for those that were screened out.
 *
 * @param interrupted whether some pairs were not reached
 */
export function matrixResult(
  table: Table,
  target: string | undefined,
  matrix: Pick<DependenceMatrix, "units" | "seed" | "model" | "pairs" | "screened">,
  interrupted = false,
): MatrixResult {
  const reasons = new Map(table.unusable.map(({ name, reason }) => [name, `${name} ${reason}`]));
  const keyOf = pairKeys(table.names);
  const families = new Map(
    (table.related ?? []).flatMap((family) => family.map((name) => [name, family] as const)),
  );
  const known = new Set(matrix.pairs.map(({ x, y }) => keyOf(x, y)));
  const failed: Failed[] = [];
  const { screened } = matrix;
  const notReached = screened === undefined ? NOT_REACHED : NOT_REACHED_OR_SCREENED;
  for (const [x, y] of pairsOf(table.names, target)) {
    if (known.has(keyOf(x, y))) continue;
    const reason = reasons.get(x) ?? reasons.get(y) ?? (families.get(x)?.includes(y) ? RELATED : undefined);
    const screenedOut = reason === undefined && screened !== undefined && !interrupted;
    if (!screenedOut) failed.push({ x, y, error: reason ?? notReached });
  }
  const { units, seed, model } = matrix;
  const [cluster, counts] = [table.cluster?.name, table.counts?.name];
  const pairs = [...matrix.pairs, ...failed];
  const head = {
    file: table.file,
    units,
    seed,
    model,
    cluster,
    counts,
    series: table.inTime,
    ...(screened && { screened }),
  };
  return { ...head, columns: columnHeads(table), pairs };
}

/** What the columns of a table were read as, in the order of the table. */
export function columnHeads({ names, columns, unusable, remarks }: Table): ColumnHead[] {
  const read = new Map(columns.map((column) => [column.name, column]));
  const reasons = new Map(unusable.map(({ name, reason }) => [name, reason]));
  return names.map((name) => {
    const column = read.get(name);
    return {
      name,
      kind: column?.kind ?? "unusable",
      missing: column?.missing ?? null,
      levels: column?.levels?.length ?? null,
      remarks: (remarks?.get(name) ?? []).map(({ text }) => text),
      reason: reasons.get(name),
    };
  });
}

/** All pairs of the names, or those with the target first. */
export function* pairsOf(names: readonly string[], target?: string): Generator<[string, string]> {
  if (target !== undefined) {
    for (const name of names) if (name !== target) yield [target, name];
    return;
  }
  for (let i = 0; i < names.length; i++) {
    for (let j = i + 1; j < names.length; j++) yield [names[i], names[j]];
  }
}

/** A number for every pair of the names, the same for both orders: millions of pairs need no texts to be found by. */
export function pairKeys(names: readonly string[]): (x: string, y: string) => number {
  const positions = new Map(names.map((name, index) => [name, index]));
  return (x, y) => {
    const i = positions.get(x) ?? -1;
    const j = positions.get(y) ?? -1;
    return Math.min(i, j) * names.length + Math.max(i, j);
  };
}
