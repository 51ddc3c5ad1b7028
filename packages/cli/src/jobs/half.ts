/** Random halves of the rows of a table: the replicates of a job. */

import { createHash } from "node:crypto";
import { sample } from "../random.js";
import type { Table, TableColumn } from "../table/types.js";

/**
 * Half of the rows of a table, or of what `--cluster` says they belong to, drawn without replacement; the same rows for all columns. With n
 * independent rows, an average of n/2 of them that are drawn from the n varies between draws just as the average of n rows does
 * between tables: (1/m) (1 − m/n) is 1/n for m = n/2 (Politis, Romano & Wolf, Subsampling, 1999). Rows that are drawn with replacement would
 * come several times, which ranks take for ties or copies.
 *
 * @param replicate from 1; with the seed it says which half
 */
export function halfOf(table: Table, replicate: number, seed: number): Table {
  const { cluster } = table;
  const chance = createHash("sha256").update(`half ${seed} ${replicate}`).digest().readUInt32LE();
  const half = <Item extends number>(items: readonly Item[]): number[] =>
    sample(items, items.length >> 1, chance);
  let rows: number[];
  if (cluster === undefined) rows = half(Array.from({ length: table.rows }, (_, row) => row));
  else {
    const kept = new Set(
      half([...new Set(cluster.values)].filter((code) => !Number.isNaN(code)).sort((a, b) => a - b)),
    );
    rows = [...cluster.values.keys()].filter((row) => kept.has(cluster.values[row]));
  }
  const taken = (column: TableColumn): TableColumn => {
    const values = Float64Array.from(rows, (row) => column.values[row]);
    return {
      ...column,
      values,
      missing: values.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0),
    };
  };
  return {
    ...table,
    rows: rows.length,
    columns: table.columns.map(taken),
    cluster: cluster && taken(cluster),
  };
}
