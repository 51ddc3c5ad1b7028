/** Mutual information of two columns of levels. */

import type { CountTable } from "./count-table.js";
import type { CountsHead } from "./counts-head.js";
import { type TableFacts, tableFacts } from "./summary.js";

/** What a table of counts tells; all in nats. */
export interface CountEstimate {
  mi: number;
  /** 90 % interval. */
  interval: [low: number, high: number];
  /** Entropies of x and of y: Chao, Wang & Jost, at most ln(levels seen). */
  entropies: [x: number, y: number];
}

/** Standard errors on each side that hold nine in ten truths of a normal law. */
export const NINE_IN_TEN = 1.6448536269514722;

/**
 * Mutual information of a table. Neither the estimate nor the ends of its interval are below 0 or above the smaller
 * entropy. Where every level of x meets one level of y and the other way round, it is that entropy; where a side has a
 * single level, it is 0. Renaming levels, reordering the rows of the sample and exchanging x and y change nothing.
 *
 * @param head corrects the estimate and gives the interval; without it the estimate is that of Chao, Wang & Jost on the
 *   three entropies, and the interval comes from the standard error of the plug-in estimate
 */
export function estimateCounts(table: CountTable, head?: CountsHead): CountEstimate {
  const facts = tableFacts(table);
  const { small, large, entropies } = facts;
  const most = small.entropy;
  if (small.levels < 2 || large.levels < 2) return { mi: 0, interval: [0, 0], entropies };
  const within = (value: number): number => Math.min(most, Math.max(0, value));
  const [low, middle, high] = ends(facts, head).map(within);
  const one = oneToOne(facts);
  return { mi: one ? most : middle, interval: one ? [low, most] : [low, high], entropies };
}

function ends(facts: TableFacts, head: CountsHead | undefined): [low: number, middle: number, high: number] {
  if (head !== undefined) {
    const quantiles = head.quantiles(facts);
    return [quantiles[0], quantiles[head.median], quantiles[quantiles.length - 1]];
  }
  const { chaoWangJost: middle, error } = facts;
  return [middle - NINE_IN_TEN * error, middle, middle + NINE_IN_TEN * error];
}

/** Every level meets a single one, and some level has come back: otherwise nothing speaks for it. */
function oneToOne({ n, small, large, cells }: TableFacts): boolean {
  return cells.levels === small.levels && cells.levels === large.levels && cells.levels < n;
}
