/** How the values of a column are spread, small enough for a line or a cell. */
import type { TableColumn } from "../table/types.js";

/** Steps that a distribution has at most. */
const STEPS = 12;

/** Rows in equal steps from the lowest to the highest value; of levels, the rows of each, or of the most frequent ones. */
export function distributionOf({ values, levels }: Pick<TableColumn, "values" | "levels">): number[] {
  if (levels !== undefined) {
    const counts = new Array<number>(levels.length).fill(0);
    for (const code of values) if (!Number.isNaN(code)) counts[code]++;
    return levels.length <= STEPS ? counts : counts.sort((a, b) => b - a).slice(0, STEPS);
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const { steps, width } = stepsOf(values, low, high);
  const counts = new Array<number>(steps).fill(0);
  for (const value of values) {
    // Halves, because the distance of the ends may be beyond what a double holds.
    const at = Math.floor((value / 2 - low / 2) / width + 1e-9);
    if (!Number.isNaN(value)) counts[Math.min(steps - 1, at)]++;
  }
  return counts;
}

/** Values on a grid no finer than this are counted in steps of whole cells, or some steps would hold more of them than others. */
const GRID = 144;

/** How many steps there are, and half the width of each. */
function stepsOf(values: Float64Array, low: number, high: number): { steps: number; width: number } {
  const found = new Set<number>();
  for (const value of values) {
    if (!Number.isNaN(value)) found.add(value);
    if (found.size > GRID) break;
  }
  const even = { steps: STEPS, width: (high / 2 - low / 2) / STEPS || 1 };
  if (found.size > GRID || found.size < 2) return found.size < 2 ? { steps: 1, width: 1 } : even;
  const sorted = [...found].sort((p, q) => p - q);
  const gap = Math.min(...sorted.slice(1).map((value, k) => value / 2 - sorted[k] / 2));
  const cells = Math.round((high / 2 - low / 2) / gap) + 1;
  if (!(cells <= GRID)) return even;
  const each = Math.ceil(cells / STEPS);
  return { steps: Math.ceil(cells / each), width: gap * each };
}

const BLOCKS = "▁▂▃▄▅▆▇█";

/** Counts as bars of a text; what is not nothing is seen. */
export function spark(counts: readonly number[]): string {
  const most = Math.max(...counts, 1);
  return counts
    .map((count) => (count === 0 ? " " : BLOCKS[Math.ceil((count / most) * BLOCKS.length) - 1]))
    .join("");
}

/** Cells of the longest bar text. */
export const SPARK_WIDTH = STEPS;
