/**
 * What differs between groups of rows: the columns themselves, by what each shares with the groups, and the dependence of every pair, whose
 * information is estimated in each group and whose copulas are compared.
 */

import type { Engine } from "../engine/engine.js";
import { qValues } from "../inference/false-discovery.js";
import { readCells } from "../input/cells.js";
import { readColumns } from "../input/columns.js";
import { readArgument, readOptions, type TableOf } from "../input/options.js";
import { MANY, MATRIX, NAME } from "../input/tables.js";
import { chosenPlaces } from "../numerics/random.js";
import { appended, pick } from "../numerics/rows.js";
import { matrixOf } from "../pairs/estimate.js";
import { plannedPairs } from "../pairs/matrix.js";
import type { Column, DependenceMatrix } from "../types.js";
import { COPULA_DIFFERENCES, type GroupedColumn } from "./copula-difference.js";
import { type Watched, within } from "./evidence.js";
import { type Group, groupsOf, partOf, rowsOf, valuesOf } from "./groups.js";
import type { ColumnDifference, Differences, DifferencesOptions, PairDifference } from "./types.js";

const DIFFERENCES = {
  ...MANY,
  target: MATRIX.target,
  related: MATRIX.related,
} satisfies TableOf<DifferencesOptions>;

/** Rows that are permuted at most. */
const MOST_ROWS = 4000;
/** Pairs that are compared by one task. */
const PAIRS_A_TASK = 32;

/** A column beside the one that makes the groups. */
interface Compared {
  name: string;
  given: Column;
  /** Codes, NaN where missing. */
  values: Float64Array;
  kind: "number" | "category";
  /** The most frequent first; undefined of numbers of more than two values. */
  levels: readonly number[] | undefined;
}

/**
 * What differs between the groups that a column makes.
 *
 * @param by name of the column of groups, which takes part in no pair
 * @throws InfoNetError "unknown-column", "invalid-option" where it makes no two groups that are large enough, or too many; AbortedError
 *   without a partial result
 */
export async function differencesOf(
  engine: Engine,
  columns: unknown,
  by: string,
  options: DifferencesOptions = {},
): Promise<Differences> {
  const { seed, units, target, related, signal, onProgress } = readOptions(options, DIFFERENCES);
  readArgument("by", by, { ...NAME, remedy: "the name of the column of groups" });
  const list = readColumns(columns);
  const { large: groups, small } = groupsOf(list, by);
  const others = list.filter(({ name }) => name !== by).map(comparedOf);
  const names = others.map(({ name }) => name);
  const pairs =
    names.length < 2
      ? []
      : plannedPairs(names, {
          target,
          related: related?.map((group) => group.filter((name) => name !== by)),
        });
  const call = engine.call({ signal, onProgress });
  return call.run(async () => {
    call.expect(names.length + pairs.length * (groups.length + 1));
    const watched: Watched = { call, signal };
    const settings = { seed, units, signal };
    const told = await within(watched, () =>
      matrixOf(engine, [...others.map(columnOf), labelled(by, list, groups)], { ...settings, target: by }),
    );
    await call.advance(names.length);
    const matrices: DependenceMatrix[] = [];
    for (const { rows } of groups) {
      if (pairs.length === 0) break;
      // What a column is, it is in all groups.
      const part = others.map(({ name, given, kind }) => ({
        name,
        values: { values: valuesOf(partOf(given, rows)), kind },
      }));
      const wanted = pairs.map(([i, j]): [string, string] => [names[i], names[j]]);
      matrices.push(await within(watched, () => matrixOf(engine, part, { ...settings, pairs: wanted })));
      await call.advance(pairs.length);
    }
    const compared: (PairDifference & { places: [number, number] })[] = [];
    const failed = columnsWithout(told, by);
    const alone = others.map((column) => hasNothingInCommon(column, groups));
    for (const [i, j] of pairs) {
      const [x, y] = [names[i], names[j]];
      const cells = matrices.map((matrix) => matrix.get(x, y));
      const found = cells.flatMap((cell) => (cell === undefined || cell.error !== undefined ? [] : [cell]));
      const wrong = cells.find((cell) => cell?.error !== undefined);
      if (wrong?.error !== undefined) {
        failed.push({ x, y, error: wrong.error, code: wrong.code });
        call.count(1);
        continue;
      }
      const apart = [i, j].find((place) => alone[place]);
      if (apart !== undefined) {
        const error = `${JSON.stringify(names[apart])} has no two levels that groups have in common: the column differs, and what depends on it cannot be compared.`;
        failed.push({ x, y, error, code: "too-few-samples" });
        call.count(1);
        continue;
      }
      const mi = found.map((cell) => cell.mi);
      const interval = found.map((cell) => cell.interval);
      const difference = Math.max(...mi) - Math.min(...mi);
      compared.push({ x, y, mi, interval, difference, pValue: 1, qValue: 1, places: [i, j] });
    }
    await compare(engine, watched, others, groups, compared);
    const q = qValues(compared.map(({ pValue }) => pValue));
    const sorted = compared
      .map(({ places, ...pair }, k) => ({ ...pair, qValue: q[k] }))
      .sort((a, b) => a.pValue - b.pValue || b.difference - a.difference);
    const size = ({ level, rows }: Group): { level: string; n: number } => ({ level, n: rows.length });
    return {
      units,
      seed,
      model: told.model,
      by,
      groups: groups.map(size),
      leftOut: small.map(size),
      columns: columnDifferences(told, by),
      pairs: sorted,
      failed,
    };
  });
}

function comparedOf({ name, values: given }: { name: string; values: Column }): Compared {
  const { kind, values } = readCells({ name, values: given });
  const counts = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const levels = [...counts].sort(([a, p], [b, q]) => q - p || a - b).map(([level]) => level);
  const isCounted = kind === "category" || levels.length === 2;
  return { name, given, values, kind, levels: isCounted ? levels : undefined };
}

/** Whether fewer than two levels of a column occur in more than one group. */
function hasNothingInCommon({ levels, values }: Compared, groups: readonly Group[]): boolean {
  if (levels === undefined) return false;
  const seen = groups.map(({ rows }) => new Set(pick(values, rows)));
  return levels.filter((level) => seen.filter((own) => own.has(level)).length > 1).length < 2;
}

const columnOf = ({ name, given }: Compared): { name: string; values: Column } => ({ name, values: given });

/** The groups as a column of texts, missing in rows of no group that is compared. */
function labelled(
  by: string,
  [{ values }]: readonly { values: Column }[],
  groups: readonly Group[],
): { name: string; values: Column } {
  const labels = new Array<string | null>(rowsOf(values)).fill(null);
  for (const [k, { rows }] of groups.entries()) for (const row of rows) labels[row] = `group ${k}`;
  return { name: by, values: labels };
}

/** What each column shares with the groups, the surest first. */
function columnDifferences({ pairs }: DependenceMatrix, by: string): ColumnDifference[] {
  return pairs
    .flatMap((cell): ColumnDifference[] => {
      const column = cell.x === by ? cell.y : cell.x;
      if (cell.error !== undefined || cell.pValue === undefined) return [];
      const { mi, interval, normalized, pValue, qValue = pValue } = cell;
      return [{ column, mi, interval, normalized: normalized ?? 0, pValue, qValue }];
    })
    .sort((a, b) => a.pValue - b.pValue || b.mi - a.mi);
}

/** Columns that cannot be compared with the groups, as pairs of both. */
function columnsWithout({ pairs }: DependenceMatrix, by: string): Differences["failed"] {
  return pairs.flatMap((cell) => {
    if (cell.error === undefined) return [];
    const { error, code } = cell;
    return [{ x: cell.x === by ? cell.y : cell.x, y: by, error, code }];
  });
}

/** Writes the p-values of pairs. */
async function compare(
  engine: Engine,
  { call }: Watched,
  others: readonly Compared[],
  groups: readonly Group[],
  compared: readonly { places: [number, number]; pValue: number }[],
): Promise<void> {
  const workers = await engine.workers(compared.length);
  const rowsOf = groupedRows(others, groups);
  const ahead: Promise<void>[] = [];
  for (let from = 0; from < compared.length; from += PAIRS_A_TASK) {
    const some = compared.slice(from, from + PAIRS_A_TASK);
    const pairs = some.map(({ places }) => rowsOf(...places));
    const done = workers.run(COPULA_DIFFERENCES, { pairs }).then((found) => {
      for (const [k, pValue] of found.entries()) some[k].pValue = pValue;
      return call.advance(some.length);
    });
    // Whoever waits for it hears of a failure.
    done.catch(() => {});
    ahead.push(done);
    if (ahead.length >= workers.parallel) await ahead.shift();
  }
  await Promise.all(ahead);
}

/** Rows of two columns by groups; those of columns without a missing value are taken out once. */
function groupedRows(
  others: readonly Compared[],
  groups: readonly Group[],
): (i: number, j: number) => { x: GroupedColumn; y: GroupedColumn; sizes: number[] } {
  const isWhole = others.map(({ values }) =>
    groups.every(({ rows }) => rows.every((row) => !Number.isNaN(values[row]))),
  );
  const all = someOf(groups.map(({ rows }) => rows));
  const whole = new Map<number, GroupedColumn>();
  const taken = (place: number, rows: readonly Uint32Array[]): GroupedColumn => {
    const { values, levels } = others[place];
    return { values: appended(rows.map((part) => pick(values, part))), levels };
  };
  const takenOnce = (place: number): GroupedColumn => {
    const known = whole.get(place) ?? taken(place, all);
    whole.set(place, known);
    return known;
  };
  const sizesOf = (rows: readonly Uint32Array[]): number[] => rows.map(({ length }) => length);
  return (i, j) => {
    if (isWhole[i] && isWhole[j]) return { x: takenOnce(i), y: takenOnce(j), sizes: sizesOf(all) };
    const [a, b] = [others[i].values, others[j].values];
    const rows = someOf(
      groups.map((group) => group.rows.filter((row) => !Number.isNaN(a[row]) && !Number.isNaN(b[row]))),
    );
    return { x: taken(i, rows), y: taken(j, rows), sizes: sizesOf(rows) };
  };
}

/** At most {@link MOST_ROWS} of the rows, the same share of every group. */
function someOf(groups: readonly Uint32Array[]): Uint32Array[] {
  const share = Math.min(1, MOST_ROWS / groups.reduce((sum, { length }) => sum + length, 0));
  return groups.map((rows) => pick(rows, chosenPlaces(rows.length, Math.floor(share * rows.length))));
}
