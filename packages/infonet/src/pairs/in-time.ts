/** Pairs whose rows follow each other in time: p-value, interval and what is to be said of them. */

import { selectRows } from "../copula/index.js";
import { panelOf, sharedSeason, type TimeColumn, testInTime, timeColumn } from "../surrogates/index.js";
import type { MutualInformation, Warning } from "../types.js";
import type { CompletePair, NamedPrepared } from "./prepared.js";
import { CHANCE } from "./reading.js";
import type { RowRoles } from "./row-roles.js";

/** The two columns of a pair in time. */
export interface PairInTime {
  columns: [TimeColumn, TimeColumn];
  warnings: Warning[];
}

/** The columns of a pair in time, at its complete rows. */
export function pairInTime(
  [a, b]: readonly [NamedPrepared, NamedPrepared],
  { x, y, rows }: CompletePair,
  { clusters }: RowRoles,
): PairInTime {
  const own = clusters && rows !== undefined ? selectRows(clusters, rows) : clusters;
  const panel = () => panelOf(x.places.length, own);
  const columns: [TimeColumn, TimeColumn] =
    rows === undefined
      ? [a.inTime(panel, clusters), b.inTime(panel, clusters)]
      : [timeColumn(x, a.kind, panel()), timeColumn(y, b.kind, panel())];
  return { columns, warnings: timeWarnings([a.name, b.name], columns) };
}

/** An estimate with the p-value and the interval of rows in time. */
export function readInTime(result: MutualInformation, { columns, warnings }: PairInTime): MutualInformation {
  const { pValue, inflation } = testInTime(...columns);
  return {
    ...result,
    interval: widened(result, pValue, inflation),
    pValue,
    effectiveSize: result.n / inflation,
    warnings: [...result.warnings, ...warnings],
  };
}

/** The interval as it would be from fewer rows: the errors of √MI are larger by the root of the factor. */
export function widened(
  { mi, interval: [low, high] }: MutualInformation,
  pValue: number,
  inflation: number,
): [number, number] {
  const factor = Math.sqrt(inflation);
  const root = Math.sqrt(mi);
  const below = Math.max(0, root - factor * (root - Math.sqrt(low)));
  const above = root + factor * (Math.sqrt(high) - root);
  return [pValue > CHANCE ? 0 : below ** 2, above ** 2];
}

/** What is said of columns that drift, or that repeat in the same number of rows. */
export function timeWarnings(
  names: readonly [string, string],
  columns: readonly [TimeColumn, TimeColumn],
): Warning[] {
  const which = names.filter((_, k) => columns[k].nonstationary());
  if (which.length > 0) {
    const message = `${which.join(" and ")} ${which.length === 1 ? "has" : "have"} no level to return to, as a trend or a random walk; any two that drift look alike. Compare the changes from row to row instead.`;
    return [{ code: "nonstationary", message }];
  }
  const period = sharedSeason(columns[0].seasons(), columns[1].seasons());
  if (period === undefined) return [];
  const message = `${names.join(" and ")} both repeat every ${period} rows; any two that do are dependent through the season. Take the mean of every phase off first (--deseason ${period}).`;
  return [{ code: "shared-season", message }];
}
