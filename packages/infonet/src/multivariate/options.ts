/** Options that are numbers. */

import { describe, InfoNetError } from "../errors.js";

/** @throws InfoNetError "invalid-option" unless it is a whole number from `least` */
export function wholeNumber(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new InfoNetError(
    "invalid-option",
    `${name} is ${describe(value)}; pass a whole number from ${least}.`,
  );
}

/** @throws InfoNetError "invalid-option" unless it is a number of at least 0 */
export function positive(name: string, value: number): number {
  if (typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new InfoNetError("invalid-option", `${name} is ${describe(value)}; pass a number of at least 0.`);
}
