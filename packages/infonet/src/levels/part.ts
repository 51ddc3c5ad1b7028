/** Parts that information is the sum of, by the chain rule. */

import type { PairReading } from "../engine/model.js";
import type { Warning } from "../types.js";

/** What a part says, nats. */
export interface Part {
  mi: number;
  /** 90 % interval. */
  low: number;
  high: number;
  /** ln of the p-value of its test; undefined where it has none. */
  logP?: number | undefined;
}

/** The sum of parts, whose errors are independent of each other. */
export function added(parts: readonly Part[]): Omit<Part, "logP"> {
  const sum = (value: (part: Part) => number): number =>
    parts.reduce((total, part) => total + value(part), 0);
  const mi = Math.max(
    0,
    sum((part) => part.mi),
  );
  const below = Math.sqrt(sum((part) => (part.mi - part.low) ** 2));
  const above = Math.sqrt(sum((part) => (part.high - part.mi) ** 2));
  return { mi, low: Math.max(0, mi - below), high: mi + above };
}

/** The mean of readings with weights; their errors are independent. */
export function weighted(readings: readonly PairReading[], shares: readonly number[]): Part {
  const sum = (value: (reading: PairReading, share: number) => number): number =>
    readings.reduce((total, reading, k) => total + value(reading, shares[k]), 0);
  const mi = sum((reading, share) => share * reading.mi);
  const below = Math.sqrt(sum((reading, share) => (share * (reading.mi - reading.low)) ** 2));
  const above = Math.sqrt(sum((reading, share) => (share * (reading.high - reading.mi)) ** 2));
  return { mi, low: Math.max(0, mi - below), high: mi + above };
}

/** Probability of such differences between levels, if there are none, below which what they have in common is not all there is. */
const SURELY_UNLIKE = 0.01;

/**
 * What n rows tell of numbers less the means of some levels, each of which is estimated from its own rows and leaves one less to tell anything by.
 *
 * @param logAlike ln of the p-value of levels that are all alike: where they are not, the interval is open upwards
 */
export function aboutMeans({ mi, low, high }: Part, n: number, levels: number, logAlike: number): Part {
  const wider = Math.sqrt(n / (n - levels));
  return {
    mi,
    low: Math.max(0, mi - wider * (mi - low)),
    high: logAlike > Math.log(SURELY_UNLIKE) ? mi + wider * (high - mi) : Number.POSITIVE_INFINITY,
  };
}

/** Twice the rows, or strata, bring a part of what is still missing: so many times what the last doubling brought may be. */
const STILL_MISSING = 2;

/** A part with an interval that reaches as far as the information may still grow, by what half of what it rests on told of it. */
export function stillGrowing(part: Part, ofHalf: Pick<Part, "mi">): Part {
  return { ...part, high: part.high + STILL_MISSING * Math.max(0, part.mi - ofHalf.mi) };
}

/** What is said of an interval that is open upwards. */
export function openWarning(high: number, why: string): Warning[] {
  if (high < Infinity) return [];
  const message = `${why}, so the interval is open upwards: read the estimate as "at least".`;
  return [{ code: "open-interval", message }];
}

/** Why, where the finest strata still told much more than coarser ones. */
export const CHANGES_FAST = "the dependence changes faster with what is given than these rows can tell";
