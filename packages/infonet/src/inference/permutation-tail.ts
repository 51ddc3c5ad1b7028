/** p-values from permutations, beyond the last of them too. */

/** Permutations at most, and how many that show as much are enough (Besag & Clifford 1991). */
const PERMUTATIONS = 1999;
const ENOUGH = 100;
/** Permutations from which the tail is read. */
const TAIL = 50;

/**
 * ln of the share of permutations with as much evidence. Where none of them has, the tail of the evidence, which is about exponential,
 * goes on beyond it (Knijnenburg et al. 2009).
 *
 * @param seen evidence, in nats, and its greatest if no order shows more
 * @param draw evidence of one more permutation
 * @param least ln of a probability that no p-value is below
 * @param most permutations at most
 */
export function logPermuted(
  seen: number,
  draw: () => number,
  least: number,
  most: number = PERMUTATIONS,
): number {
  const all: number[] = [];
  let above = 0;
  while (all.length < most && above < ENOUGH) {
    const value = draw();
    all.push(value);
    if (value >= seen) above++;
  }
  if (above >= ENOUGH) return Math.log(above / all.length);
  const log = Math.log((above + 1) / (all.length + 1));
  if (above > 0) return log;
  const largest = all.sort((a, b) => b - a).slice(0, TAIL + 1);
  const from = largest[TAIL];
  const excess = largest.slice(0, TAIL).reduce((sum, value) => sum + value - from, 0) / TAIL;
  const tail = Math.log(TAIL / (all.length + 1)) - (seen - from) / Math.max(excess, 1);
  return Math.min(log, Math.max(tail, least));
}
