/**
 * Data-processing pruning (ARACNE: Margolin et al., BMC Bioinformatics 2006): of three columns that are all linked, the weakest link goes
 * through the third, if it is clearly the weakest. All triples are judged by the links as they were, so that their order means nothing.
 */

import type { Link } from "./link.js";

/** Share by which a link has to be below the weaker of the two others. */
export const TOLERANCE = 0.15;

/** Takes away the weakest links of triples, each with the column that it goes through: the one that leaves it farthest behind. */
export function withoutWeakest(links: readonly Link[], columns: number): void {
  const linked = Array.from({ length: columns }, () => new Map<number, number>());
  for (const { x, y, mi } of links) {
    linked[x].set(y, mi);
    linked[y].set(x, mi);
  }
  for (const link of links) {
    const { x, y, mi } = link;
    const [few, many] = linked[x].size < linked[y].size ? [linked[x], linked[y]] : [linked[y], linked[x]];
    let [strongest, through] = [0, -1];
    for (const [z, own] of few) {
      const other = many.get(z);
      if (other === undefined) continue;
      const weaker = Math.min(own, other);
      if (weaker > strongest || (weaker === strongest && z < through)) [strongest, through] = [weaker, z];
    }
    if (through < 0 || mi > (1 - TOLERANCE) * strongest) continue;
    link.stands = false;
    link.given = [through];
  }
}
