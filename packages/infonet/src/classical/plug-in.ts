/** Plug-in information of counts, which the estimators by categories and by bins share. */

import { chaoWangJost } from "../counts/index.js";
import { oneOf } from "../input/options.js";
import type { Codes } from "../input/variables.js";

/** What is done about the bias of the plug-in estimate. */
export type Correction = "none" | "miller-madow" | "chao-wang-jost";

/** The option of that name. */
export const CORRECTION = oneOf(["none", "miller-madow", "chao-wang-jost"], "none");

/**
 * Σ p ln(p / (p_x p_y)) of the observed frequencies, in nats. With "miller-madow", every entropy gets
 * (occupied cells − 1)/2n added (Miller, "Note on the bias of information estimates", 1955); with "chao-wang-jost" it is
 * estimated by what the rare cells say of those that were not seen (Chao, Wang & Jost, "Entropy and the species accumulation
 * curve", 2013).
 */
export function plugIn(x: Codes, y: Codes, correction: Correction): number {
  const n = x.codes.length;
  const joint = jointCounts(x, y);
  const [marginX, marginY] = [counts(x), counts(y)];
  if (correction === "chao-wang-jost") {
    return chaoWangJost(marginX) + chaoWangJost(marginY) - chaoWangJost(joint);
  }
  // n ln n is the same sum over a single cell: a variable of one category gives 0, not nearly 0.
  const whole = countLogCount(Uint32Array.of(n), n);
  const difference =
    whole + countLogCount(joint, n) - (countLogCount(marginX, n) + countLogCount(marginY, n));
  const information = difference / n;
  if (correction === "none") return Math.max(0, information);
  return information + (x.distinct + y.distinct - joint.length - 1) / (2 * n);
}

function counts({ codes, distinct }: Codes): Uint32Array {
  const result = new Uint32Array(distinct);
  for (const code of codes) result[code]++;
  return result;
}

/** Counts of the cells that occur. */
function jointCounts(x: Codes, y: Codes): Uint32Array {
  const cells = new Map<number, number>();
  for (let row = 0; row < x.codes.length; row++) {
    const cell = x.codes[row] * y.distinct + y.codes[row];
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  return Uint32Array.from(cells.values());
}

/** Σ c ln c, by ascending c: the order of rows, cells and variables does not reach the last bit. */
function countLogCount(cells: Uint32Array, n: number): number {
  const tally = new Uint32Array(n + 1);
  for (const count of cells) tally[count]++;
  let sum = 0;
  for (let count = 2; count <= n; count++) {
    if (tally[count] > 0) sum += tally[count] * count * Math.log(count);
  }
  return sum;
}
