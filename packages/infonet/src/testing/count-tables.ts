/** Random tables of counts, and the same ones in other words. */

import fc from "fast-check";
import { type CountTable, countTable } from "../counts/count-table.js";
import type { Codes } from "../input/variables.js";
import { type Stream, shuffled } from "../numerics/random.js";

/** Levels by number, in the order of their first appearance. */
export function codesOf(values: readonly number[]): Codes {
  const known = new Map<number, number>();
  const codes = Uint32Array.from(values, (value) => {
    if (!known.has(value)) known.set(value, known.size);
    return known.get(value)!;
  });
  return { codes, distinct: known.size };
}

/** The table of two columns. */
export function tableOf(x: readonly number[], y: readonly number[]): CountTable {
  return countTable(codesOf(x), codesOf(y));
}

/** The table with these counts, row by row. */
export function tableOfCounts(counts: readonly (readonly number[])[]): CountTable {
  const rows = counts.flatMap((row, i) =>
    row.flatMap((count, k) => Array.from({ length: count }, () => [i, k])),
  );
  return tableOf(
    rows.map(([i]) => i),
    rows.map(([, k]) => k),
  );
}

/** Two columns of a few levels, of which some rows agree. */
export const columnsOfLevels = fc
  .record({
    levels: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
    rows: fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.boolean()), { minLength: 8, maxLength: 120 }),
  })
  .map(({ levels: [a, b], rows }) => ({
    x: rows.map(([x]) => x % a),
    y: rows.map(([x, y, same]) => (same ? x : y) % b),
  }));

/** The columns in another order of the rows, with other names of the levels, and exchanged. */
export function inOtherWords(
  { x, y }: { x: readonly number[]; y: readonly number[] },
  stream: Stream,
): { x: number[]; y: number[] } {
  const order = shuffled(x.length, stream);
  const [a, b] = [shuffled(1000, stream), shuffled(1000, stream)];
  return {
    x: Array.from(order, (row) => b[y[row]]),
    y: Array.from(order, (row) => a[x[row]]),
  };
}
