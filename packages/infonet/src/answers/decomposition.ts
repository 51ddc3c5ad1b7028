/**
 * What two columns tell of a target: each alone, both the same, only both together. The information of each and of both is that of the
 * estimator; how much of it is the same is told by unique information in tables of counts (Bertschinger et al., Entropy 2014).
 */

import { type CutColumn, cellsOf } from "./cells.js";
import { drawnToGarbling } from "./garbling.js";
import { informationOf, type PairTable, uniqueInformation } from "./unique-information.js";

/** Parts of the information of two columns about a target, which add up to what both tell. */
export interface Parts {
  unique: [number, number];
  redundant: number;
  synergistic: number;
}

/**
 * Share of what the weaker of two columns tells that the other tells too, 0 to 1.
 */
export function sharedPart(target: CutColumn, first: CutColumn, second: CutColumn): number {
  const { cells, widths } = cellsOf([target, first, second]);
  const [a, b] = [1, 2].map((k) => tableOf(cells[0], cells[k], widths[0], widths[k]));
  const [weak, strong] = informationOf(a) < informationOf(b) ? [a, b] : [b, a];
  const drawn = drawnToGarbling(weak, strong, cells[0].length);
  const [weaker, stronger] = [informationOf(drawn), informationOf(strong)];
  if (!(weaker > 0)) return 0;
  // Both are the same number; each is found from below.
  const redundant = Math.max(
    weaker - uniqueInformation(drawn, strong),
    stronger - uniqueInformation(strong, drawn),
  );
  return Math.max(0, Math.min(1, redundant / weaker));
}

/**
 * The parts of what both tell.
 *
 * @param alone what each tells by itself
 * @param both what both tell
 * @param shared share of what the weaker tells that the other tells too
 */
export function partsOf(alone: readonly [number, number], both: number, shared: number): Parts {
  const [one, two] = alone;
  const weaker = Math.min(one, two);
  // Together they tell no less than the stronger, and no less than their parts without what is the same.
  const together = Math.max(both, one, two);
  const redundant = Math.min(weaker, Math.max(shared * weaker, one + two - together));
  return {
    unique: [one - redundant, two - redundant],
    redundant,
    synergistic: Math.max(0, together - one - two + redundant),
  };
}

function tableOf(targets: Uint8Array, column: Uint8Array, count: number, width: number): PairTable {
  const cells = new Float64Array(count * width);
  for (const [row, target] of targets.entries()) cells[target * width + column[row]] += 1 / targets.length;
  return { cells, width };
}
