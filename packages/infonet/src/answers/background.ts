/**
 * Context likelihood of relatedness (Faith et al., PLoS Biology 2007): how far the information of a pair lies above what either column has
 * with all others. A column that shares something with everything, as by a common scale of the rows, has a high background.
 */

import { mean, squaresAbout } from "../numerics/moments.js";
import { normalDistribution } from "../numerics/normal.js";
import type { Link } from "./link.js";

/** A pair with its information, whether it depends on each other or not. */
export interface KnownPair {
  x: number;
  y: number;
  mi: number;
}

/**
 * Scores links, and keeps those that stand out of their background.
 *
 * @param pairs all pairs with an estimate
 */
export function aboveBackground(links: readonly Link[], pairs: readonly KnownPair[], columns: number): void {
  const own = Array.from({ length: columns }, (): number[] => []);
  for (const { x, y, mi } of pairs) {
    own[x].push(mi);
    own[y].push(mi);
  }
  const middles = own.map(mean);
  const deviations = own.map((values, k) => Math.sqrt(squaresAbout(values, middles[k]) / values.length));
  const above = (column: number, mi: number): number =>
    deviations[column] > 0 ? Math.max(0, (mi - middles[column]) / deviations[column]) : 0;
  for (const link of links) {
    link.score = Math.hypot(above(link.x, link.mi), above(link.y, link.mi));
    link.pGiven = backgroundTail(link.score);
  }
}

/**
 * Probability of a score as large if the information of a column with all others were normal: of two normal numbers, cut off below 0, the
 * length.
 */
export function backgroundTail(score: number): number {
  return score <= 0 ? 1 : 0.25 * Math.exp(-0.5 * score * score) + normalDistribution(-score);
}
