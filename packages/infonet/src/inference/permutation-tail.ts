/** p-values from permutations, beyond the last of them too. */

import { logGammaTail } from "../numerics/gamma.js";
import { mean } from "../numerics/moments.js";

/** Permutations at most, and how many that show as much are enough (Besag & Clifford 1991). */
const PERMUTATIONS = 1999;
const ENOUGH = 100;
/** Permutations from which the tail is read. */
const TAIL = 50;
/** ln of a probability that no p-value of series is below: the tail of a few hundred surrogates does not go on for ever. */
export const LEAST_IN_TIME = Math.log(1e-12);

/**
 * ln of the share of permutations with as much evidence. Where none of them has, the tail of the evidence, which is about exponential,
 * goes on beyond it (Knijnenburg et al. 2009).
 *
 * @param seen evidence, in nats, and its greatest if no order shows more
 * @param draw evidence of one more permutation
 * @param least ln of a probability that no p-value is below
 * @param most permutations at most
 * @param when how many that show as much are enough, and how many permutations are only drawn together
 */
export function logPermuted(
  seen: number,
  draw: () => number,
  least: number,
  most: number = PERMUTATIONS,
  { enough = ENOUGH, together = 1 }: { enough?: number; together?: number } = {},
): number {
  const all: number[] = [];
  let above = 0;
  while (all.length < most && above < enough) {
    for (let k = 0; k < together; k++) {
      const value = draw();
      all.push(value);
      if (value >= seen) above++;
    }
  }
  if (above >= enough) return Math.log(above / all.length);
  if (above > 0) return Math.log((above + 1) / (all.length + 1));
  return logBeyond(seen, all, least);
}

/**
 * ln of a p-value from the evidence of permutations, in nats: the share of them with as much, the sample itself among them; where none has,
 * their tail goes on beyond the last.
 *
 * @param least ln of a probability that no p-value is below
 */
export function logAmong(
  seen: number,
  all: readonly number[],
  least: number = Number.NEGATIVE_INFINITY,
): number {
  const above = all.filter((value) => value >= seen).length;
  if (above > 0) return Math.log((above + 1) / (all.length + 1));
  return logBeyond(seen, all, least);
}

function logBeyond(seen: number, all: readonly number[], least: number): number {
  const log = -Math.log(all.length + 1);
  const tail = Math.min(TAIL, all.length >> 2);
  if (tail < 2) return log;
  const largest = [...all].sort((a, b) => b - a).slice(0, tail + 1);
  const from = largest[tail];
  const excess = largest.slice(0, tail).reduce((sum, value) => sum + value - from, 0) / tail;
  const beyond = Math.log(tail / (all.length + 1)) - (seen - from) / Math.max(excess, 1);
  return Math.min(log, Math.max(beyond, least));
}

/** A sum of evidence is never less skewed. */
const LEAST_SKEWNESS = 0.3;

/**
 * ln of tail probabilities of a statistic, by the moments of its permutations: a gamma distribution that has the first three of them
 * (Pearson's type III).
 */
export function logTails(values: readonly number[]): { logs: number[]; logOf: (value: number) => number } {
  const middle = mean(values);
  const moment = (power: number): number => mean(values.map((value) => (value - middle) ** power));
  const deviation = Math.sqrt(moment(2));
  if (!(deviation > 0)) return { logs: values.map(() => 0), logOf: (value) => (value > middle ? -1 : 0) };
  const skewness = Math.max(LEAST_SKEWNESS, moment(3) / deviation ** 3);
  const shape = 4 / skewness ** 2;
  const logOf = (value: number): number => {
    const scaled = shape + ((value - middle) / deviation) * Math.sqrt(shape);
    return scaled > 0 ? logGammaTail(shape, scaled) : 0;
  };
  return { logs: values.map(logOf), logOf };
}
