/** Names that pandas gives to an index that has none. */
const UNNAMED = /^__index_level_\d+__$/;

/**
 * Columns that pandas wrote for an index without a name: they hold the names of the rows. One with a name may well be meant.
 *
 * @param metadata what the footer of a Parquet file says under `pandas`
 */
export function unnamedIndex(metadata: string | undefined): string[] {
  try {
    const { index_columns: index } = JSON.parse(metadata ?? "{}") as { index_columns?: unknown };
    return Array.isArray(index) ? index.filter((name) => typeof name === "string" && UNNAMED.test(name)) : [];
  } catch {
    // Whoever else wrote there, the table is what it is.
    return [];
  }
}
