import type { DependenceMatrix, MatrixCell, ScreenedPairs, Units } from "infonet";
import type { ColumnKind } from "../kinds/types.js";
import type { Table, TableInTime } from "../table/types.js";

/** All that `infonet matrix` found, in the order it is printed. */
export interface MatrixResult {
  file: string;
  units: Units;
  seed: number;
  model: string;
  /** What all pairs are given. */
  given?: string[];
  /** The column of what the rows belong to. */
  cluster?: string | undefined;
  /** The column of how many rows each row stands for. */
  counts?: string | undefined;
  /** What was made of rows that follow each other in time. */
  series?: TableInTime | undefined;
  /** What `--screen` kept from being estimated; such pairs are not listed. */
  screened?: ScreenedPairs | undefined;
  /** Of how many random halves of the rows the pairs were estimated too. */
  replicates?: number | undefined;
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

/** How the estimates of a pair vary over random halves of the rows. */
export interface Replicates {
  /** Halves in which there is an estimate. */
  n: number;
  mean: number | null;
  /** Standard deviation: that of the estimate itself, with all rows. */
  sd: number | null;
  /** The 5 % and the 95 % quantile. */
  quantiles: [number | null, number | null];
}

/** A pair with a number. */
export type Estimated = Extract<MatrixCell, { mi: number }> & { replicates?: Replicates };
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
  matrix: Pick<DependenceMatrix, "units" | "seed" | "model" | "pairs" | "screened">,
  interrupted = false,
): MatrixResult {
  const reasonOf = reasonsOf(table);
  const keyOf = pairKeys(table.names);
  const known = new Set(matrix.pairs.map(({ x, y }) => keyOf(x, y)));
  const failed: Failed[] = [];
  const { screened } = matrix;
  const notReached = screened === undefined ? NOT_REACHED : NOT_REACHED_OR_SCREENED;
  for (const [x, y] of pairsOf(table.names, table.targets)) {
    if (known.has(keyOf(x, y))) continue;
    const reason = reasonOf(x, y);
    const screenedOut = reason === undefined && screened !== undefined && !interrupted;
    if (!screenedOut) failed.push({ x, y, error: reason ?? notReached });
  }
  return { ...resultHead(table, matrix), pairs: [...matrix.pairs, ...failed] };
}

/** The pairs of a table that nobody could estimate, and why: those of columns that cannot be used, and of dates with their parts. */
export function* leftOut(table: Table): Generator<Failed> {
  // Many columns have very many pairs.
  if (table.unusable.length === 0 && (table.related ?? []).length === 0) return;
  const reasonOf = reasonsOf(table);
  for (const [x, y] of pairsOf(table.names, table.targets)) {
    const reason = reasonOf(x, y);
    if (reason !== undefined) yield { x, y, error: reason };
  }
}

function reasonsOf({ unusable, related }: Table): (x: string, y: string) => string | undefined {
  const reasons = new Map(unusable.map(({ name, reason }) => [name, `${name} ${reason}`]));
  const families = new Map(
    (related ?? []).flatMap((family) => family.map((name) => [name, family] as const)),
  );
  return (x, y) => reasons.get(x) ?? reasons.get(y) ?? (families.get(x)?.includes(y) ? RELATED : undefined);
}

/** What a result says beside its pairs. */
export function resultHead(
  table: Table,
  { units, seed, model, screened }: Pick<DependenceMatrix, "units" | "seed" | "model" | "screened">,
): Omit<MatrixResult, "pairs"> {
  const [cluster, counts] = [table.cluster?.name, table.counts?.name];
  const said = { file: table.file, units, seed, model, cluster, counts, series: table.inTime };
  return { ...said, ...(screened && { screened }), columns: columnHeads(table) };
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

/** All pairs of the names, or those that have a target, which comes first, target by target. */
export function* pairsOf(names: readonly string[], targets?: readonly string[]): Generator<[string, string]> {
  if (targets !== undefined) {
    const before = new Set<string>();
    for (const target of targets) {
      before.add(target);
      for (const name of names) if (!before.has(name)) yield [target, name];
    }
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
