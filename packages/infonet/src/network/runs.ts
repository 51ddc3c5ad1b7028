/** How many samples at once go through which graph: there are graphs for a few numbers of them. */

import type { GraphFile } from "./manifest.js";

/** The most samples that one of some graphs takes. */
export function largestOf(files: readonly GraphFile[]): number {
  return Math.max(...files.map(({ batch }) => batch));
}

/** A run takes as long as its slots, filled or not, and so many more (`npm run bench:gradient -- --parts graphs`). */
const OVERHEAD = 2;

/** Items that go through a graph together. */
export interface Run<Item> {
  file: GraphFile;
  /** Place of the first of them. */
  first: number;
  some: readonly Item[];
}

/**
 * Items in the runs of some graphs that take the least time for as many, the largest graphs first. It depends on their number alone. The
 * graph of one sample differs from all others in last bits, which these do not among each other: it takes a sample that is asked for by
 * itself, and none of several, so that nothing depends on which of them comes last.
 *
 * @param asked how many samples the call is about, of which these are some
 */
export function inRuns<Item>(
  items: readonly Item[],
  files: readonly GraphFile[],
  asked = items.length,
): Run<Item>[] {
  const wide = files.filter(({ batch }) => batch > 1);
  const possible = asked > 1 && wide.length > 0 ? wide : files;
  const graphs = possible.toSorted((a, b) => b.batch - a.batch);
  /** The least time for so many, and the graph of a run that belongs to it. */
  const best = [{ time: 0, file: graphs[0] }];
  for (let count = 1; count <= items.length; count++) {
    best[count] = { time: Infinity, file: graphs[0] };
    for (const file of graphs) {
      const time = file.batch + OVERHEAD + best[Math.max(0, count - file.batch)].time;
      if (time < best[count].time) best[count] = { time, file };
    }
  }
  const runs: Run<Item>[] = [];
  for (let first = 0; first < items.length; ) {
    const { file } = best[items.length - first];
    runs.push({ file, first, some: items.slice(first, first + file.batch) });
    first += file.batch;
  }
  return runs;
}
