/** Reads variables of several columns: complete rows, columns that say something, strict ranks, normal scores. */

import { type CodedColumn, codeColumn, inverse, rankColumn } from "../copula/index.js";
import {
  requireAnyValues,
  requireEqualLengths,
  requireRows,
  requireVariation,
} from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { readVariable, type Variable } from "../input/variables.js";
import { FEWEST_SAMPLES, missingWarning } from "../input/warnings.js";
import { normalQuantile } from "../numerics/normal.js";
import { order } from "../numerics/order.js";
import { chosenPlaces } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import type { Warning } from "../types.js";

/** The columns of one variable that take part. */
export interface Side {
  name: string;
  /** Position of each column among those of the variable as it was given. */
  index: number[];
  /** Values of the rows used. */
  columns: Float64Array[];
  /** Strict 0-based ranks of the rows used, ties in seeded random order. */
  ranks: Uint32Array[];
  /** Normal scores Φ⁻¹((rank + ½)/n). */
  scores: Float64Array[];
}

/** Variables of the same rows. */
export interface Sides {
  sides: Side[];
  /** Rows used. */
  n: number;
  /** Complete rows. */
  complete: number;
  warnings: Warning[];
}

/**
 * Reads variables that share their rows. Columns that say nothing (constants, copies of another column of the same
 * variable) are left out with a warning.
 *
 * @param given the variables by name; those in `optional` may be left without any column
 * @param most rows used at most; of more, a random choice
 * @throws InfoNetError "not-a-number", "not-finite", "invalid-option", "unequal-lengths", "too-few-samples", "constant"
 */
export function readSides(
  given: ReadonlyArray<{ name: string; value: Variable; optional?: boolean }>,
  seed: number,
  most: number,
): Sides {
  return sidesOfRows(given, readRows(given, most), seed);
}

/**
 * The sides of variables that are read.
 *
 * @param given their names
 * @throws InfoNetError "constant"
 */
export function sidesOfRows(
  given: ReadonlyArray<{ name: string; optional?: boolean }>,
  { columns: read, n, complete, warnings: before }: Rows,
  seed: number,
): Sides {
  const warnings = [...before];
  const kept = read.map((columns, k) => {
    return withoutRedundant(given[k].name, columns, given[k].optional ?? false, warnings);
  });
  rankAll(kept, seed);
  warnings.push(...tiesWarning(kept, n, seed));
  return { sides: kept.map(({ side }) => side), n, complete, warnings };
}

/** Variables of the same rows, all columns as they are. */
export interface Rows {
  /** Columns of each variable at the rows used. */
  columns: Float64Array[][];
  /** Rows used. */
  n: number;
  /** Complete rows. */
  complete: number;
  warnings: Warning[];
}

/**
 * The complete rows of variables that share their rows.
 *
 * @throws InfoNetError as {@link readSides}, but "constant"
 */
export function readRows(given: ReadonlyArray<{ name: string; value: Variable }>, most: number): Rows {
  const read = given.map(({ name, value }) => readVariable(name, value));
  return rowsOfColumns(given, read, most);
}

/**
 * The complete rows of columns of doubles, some variables of them.
 *
 * @param given names of the variables
 * @throws InfoNetError "unequal-lengths", "too-few-samples"
 */
export function rowsOfColumns(
  given: ReadonlyArray<{ name: string }>,
  read: readonly Float64Array[][],
  most: number,
): Rows {
  const total = read[0][0].length;
  read.forEach(([first], k) => {
    requireEqualLengths({ name: given[0].name, rows: total }, { name: given[k].name, rows: first.length });
  });
  read.forEach((columns, k) => {
    requireAnyValues(given[k].name, columns);
  });
  const complete = completeRows(read.flat());
  const names = given.map(({ name }) => name);
  requireRows(names, { complete: complete.length, total }, FEWEST_SAMPLES);
  const rows =
    complete.length > most ? chosenPlaces(complete.length, most).map((k) => complete[k]) : complete;
  const warnings = missingWarning(total, complete.length);
  const columns = read.map((list) => list.map((column) => pick(column, rows)));
  return { columns, n: rows.length, complete: complete.length, warnings };
}

interface Coded {
  side: Side;
  coded: CodedColumn[];
}

function withoutRedundant(
  name: string,
  columns: readonly Float64Array[],
  optional: boolean,
  warnings: Warning[],
): Coded {
  const side: Side = { name, index: [], columns: [], ranks: [], scores: [] };
  const coded: CodedColumn[] = [];
  const constant: number[] = [];
  const copies: number[] = [];
  columns.forEach((column, k) => {
    const code = codeColumn(column);
    if (code.distinct < 2) {
      constant.push(k);
      return;
    }
    // A copy adds nothing to the variable; strictly monotone maps of a column are copies too.
    if (coded.some((other) => sameUpToOrder(other, code))) {
      copies.push(k);
      return;
    }
    side.index.push(k);
    side.columns.push(column);
    coded.push(code);
  });
  if (!optional) requireVariation(name, columns);
  const tell = (which: readonly number[], what: string) => {
    if (which.length === 0) return;
    const list = which.slice(0, 8).join(", ") + (which.length > 8 ? " …" : "");
    const message = `${name} has ${which.length === 1 ? "a column" : `${which.length} columns`} ${what} (position ${list}), left out: nothing is lost by it.`;
    warnings.push({ code: "dropped-columns", message });
  };
  tell(constant, "of one value only");
  tell(copies, "in the same order as another one");
  return { side, coded };
}

/** Whether two columns order the rows alike, or in reverse. */
function sameUpToOrder(a: CodedColumn, b: CodedColumn): boolean {
  if (a.distinct !== b.distinct) return false;
  const last = a.distinct - 1;
  const alike = a.places[0] === b.places[0];
  const reverse = a.places[0] === last - b.places[0];
  return (
    (alike && a.places.every((place, k) => place === b.places[k])) ||
    (reverse && a.places.every((place, k) => place === last - b.places[k]))
  );
}

/**
 * Ranks all columns. Columns that tie the same rows would get the same random order, which is dependence out of
 * nothing, so each of them takes a stream of its own; which one depends on the values alone, not on the side.
 */
function rankAll(all: readonly Coded[], seed: number): void {
  const groups = new Map<string, CodedColumn[]>();
  const ranked = all.map(({ coded }) =>
    coded.map((column) => {
      const first = rankColumn(column, seed);
      if (first.partition !== undefined) {
        const key = first.partition.join();
        groups.set(key, [...(groups.get(key) ?? []), column]);
      }
      return first;
    }),
  );
  for (const group of groups.values()) group.sort(compareColumns);
  all.forEach(({ side, coded }, k) => {
    coded.forEach((column, c) => {
      const { partition, ranks } = ranked[k][c];
      const own = partition === undefined ? 0 : groups.get(partition.join())!.indexOf(column);
      const final = own === 0 ? ranks : rankColumn(column, seed, own).ranks;
      side.ranks.push(final);
      side.scores.push(scoresOf(final));
    });
  });
}

function compareColumns(a: CodedColumn, b: CodedColumn): number {
  for (let row = 0; row < a.places.length; row++) {
    if (a.places[row] !== b.places[row]) return a.places[row] - b.places[row];
  }
  return 0;
}

const quantiles = new Map<number, Float64Array>();

/** Normal scores of strict ranks. */
export function scoresOf(ranks: Uint32Array): Float64Array {
  const n = ranks.length;
  let table = quantiles.get(n);
  if (table === undefined) {
    table = Float64Array.from({ length: n }, (_, rank) => normalQuantile((rank + 0.5) / n));
    // Two sizes are in use at most, those of a sample and of its halves.
    if (quantiles.size > 3) quantiles.clear();
    quantiles.set(n, table);
  }
  return pick(table, ranks);
}

/** Normal scores of numbers without ties. */
export function normalScoresOf(values: Float64Array): Float64Array {
  return scoresOf(inverse(order(values)));
}

function tiesWarning(all: readonly Coded[], n: number, seed: number): Warning[] {
  const heavy = all.flatMap(({ side, coded }) =>
    coded
      .map((column, k) => ({ name: side.name, index: side.index[k], distinct: column.distinct }))
      .filter(({ distinct }) => n >= 10 * distinct),
  );
  if (heavy.length === 0) return [];
  const [{ name, index, distinct }] = heavy;
  const more = heavy.length > 1 ? ` and ${heavy.length - 1} more columns have few` : "";
  const message = `column ${index} of ${name} has ${distinct} different values${more} in ${n} rows; tied values are put in random order (seed ${seed}), so the last digits change with the seed.`;
  return [{ code: "heavy-ties", message }];
}
