import { CliError } from "../errors.js";
import type { Table, TableColumn } from "./types.js";

/** Rows of a table that are written out at most. */
const MOST_ROWS = 20_000_000;

/**
 * A table with every row as often as its counts say; a table without counts as it is.
 *
 * @throws CliError for more rows than memory holds
 */
export function writtenOut(table: Table): Table {
  const { file, counts, cluster, columns } = table;
  if (counts === undefined) return table;
  const total = counts.values.reduce((sum, count) => sum + count, 0);
  if (total > MOST_ROWS) {
    throw new CliError(
      `${file} stands for ${total} rows; a report draws at most ${MOST_ROWS}: divide the counts by a common number, or leave --report out.`,
    );
  }
  const written = (column: TableColumn): TableColumn => {
    const values = new Float64Array(total);
    let [at, missing] = [0, 0];
    for (const [row, value] of column.values.entries()) {
      const count = counts.values[row];
      values.fill(value, at, at + count);
      at += count;
      if (Number.isNaN(value)) missing += count;
    }
    return { ...column, values, missing };
  };
  return {
    ...table,
    rows: total,
    columns: columns.map(written),
    cluster: cluster && written(cluster),
    counts: undefined,
  };
}
