/** How many samples at once go through which graph: there are graphs for a few numbers of them. */

import type { GraphFile } from "./manifest.js";

/** The most samples that one of some graphs takes. */
export function largestOf(files: readonly GraphFile[]): number {
  return Math.max(...files.map(({ batch }) => batch));
}

/** A run takes as long as its slots, filled or not, and so many more (`npm run bench:gradient -- --parts graphs`). */
const OVERHEAD = 2;

/**
 * Items in the runs of some graphs that take the least time for as many, the largest graphs first, with the place of the first item of
 * each. It depends on their number alone.
 */
export function inRuns<Item>(
  items: readonly Item[],
  files: readonly GraphFile[],
): [first: number, some: readonly Item[]][] {
  const sizes = files.map(({ batch }) => batch).sort((a, b) => b - a);
  /** The least time for so many, and the size of a run that belongs to it. */
  const best = [{ time: 0, size: 0 }];
  for (let count = 1; count <= items.length; count++) {
    best[count] = { time: Infinity, size: 0 };
    for (const size of sizes) {
      const time = size + OVERHEAD + best[Math.max(0, count - size)].time;
      if (time < best[count].time) best[count] = { time, size };
    }
  }
  const runs: [number, readonly Item[]][] = [];
  for (let first = 0; first < items.length; ) {
    const { size } = best[items.length - first];
    runs.push([first, items.slice(first, first + size)]);
    first += size;
  }
  return runs;
}
