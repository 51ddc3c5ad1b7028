/**
 * The exact law of Pearson's X² where one side has a level with all rows but a few, and these are either of one level or
 * of a level each: X² then takes few values, and depends on how many of the few rows fall into every level of the other
 * side.
 */

import type { CountTable } from "./count-table.js";

/** Bounds on the rows outside the largest level, the levels of the other side, and the different sums: on the work. */
const MOST_MINOR = 50;
const MOST_LEVELS = 200;
const MOST_SUMS = 1500;

/** Sums that differ by less than this are one. */
const GRID = 2 ** -36;

/** Probability of an X² as large, undefined where the table is of another kind. */
export function fewMinorPValue(table: CountTable): number | undefined {
  const { n, rows, columns, cells } = table;
  const across = { n, rows: columns, columns: rows, cells: { ...cells, x: cells.y, y: cells.x } };
  const both = [ofRows(table), ofRows(across)].filter((p) => p !== undefined);
  // Where both sides are of this kind their values differ in the last digit.
  return both.length === 0 ? undefined : Math.min(1, Math.max(...both));
}

function ofRows({ n, rows, columns, cells }: CountTable): number | undefined {
  if (columns.length > MOST_LEVELS || rows.length > MOST_MINOR + 1) return undefined;
  const largest = Math.max(...rows);
  const minor = n - largest;
  const single = rows.length === 2;
  if (minor > MOST_MINOR || minor >= largest || !(single || minor === rows.length - 1)) return undefined;
  // What k of the few rows in a level of s rows add to X², by a factor and up to a constant.
  const part = (s: number, k: number): number =>
    Math.round(((single ? (k * k) / minor : k) / s + ((s - k) ** 2 / s - s) / largest) / GRID);

  const met = new Uint32Array(columns.length);
  for (let cell = 0; cell < cells.count.length; cell++) {
    if (rows[cells.x[cell]] < largest) met[cells.y[cell]] += cells.count[cell];
  }
  let observed = 0;
  met.forEach((k, level) => {
    observed += part(columns[level], k);
  });

  // Ways to place 0, 1, … of the few rows in the levels so far, by the sum of the parts.
  let ways = Array.from({ length: minor + 1 }, () => new Map<number, number>());
  ways[0].set(0, 1);
  for (const s of columns.slice().sort()) {
    const next = ways.map(() => new Map<number, number>());
    for (let used = 0; used <= minor; used++) {
      for (const [sum, count] of ways[used]) {
        let choices = count;
        for (let k = 0; used + k <= minor && k <= s; k++) {
          if (k > 0) choices *= (s - k + 1) / k;
          const key = sum + part(s, k);
          const there = next[used + k];
          there.set(key, (there.get(key) ?? 0) + choices);
        }
      }
    }
    if (next.reduce((total, sums) => total + sums.size, 0) > MOST_SUMS) return undefined;
    ways = next;
  }
  let [all, above] = [0, 0];
  for (const [sum, count] of [...ways[minor]].sort(([a], [b]) => a - b)) {
    all += count;
    // Every level rounds once.
    if (sum >= observed - columns.length) above += count;
  }
  return above / all;
}
