/** Variables of several columns as vines take them: columns that say something, their strict ranks and normal scores. */

import { type CodedColumn, codeColumn, rankColumn, sameOrder } from "../copula/index.js";
import { requireVariation } from "../input/data-errors.js";
import { rankScores } from "../numerics/normal-scores.js";
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
    if (coded.some((other) => sameOrder(other, code))) {
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
      side.scores.push(rankScores(final));
    });
  });
}

function compareColumns(a: CodedColumn, b: CodedColumn): number {
  for (let row = 0; row < a.places.length; row++) {
    if (a.places[row] !== b.places[row]) return a.places[row] - b.places[row];
  }
  return 0;
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
