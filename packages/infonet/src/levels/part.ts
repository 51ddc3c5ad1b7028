/** Parts that information is the sum of, by the chain rule. */

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

/** What is said of an interval that is open upwards. */
export function openWarning(high: number, why: string): Warning[] {
  if (high < Infinity) return [];
  const message = `${why}, so the interval is open upwards: read the estimate as "at least".`;
  return [{ code: "open-interval", message }];
}

/** Why, where the finest strata still told much more than coarser ones. */
export const CHANGES_FAST = "the dependence changes faster with what is given than these rows can tell";
