/** Units of information. */

import type { Units } from "../types.js";

/** Factor from nats to the unit. */
export function unitScale(units: Units): number {
  return units === "bits" ? 1 / Math.LN2 : 1;
}

/** An amount of information in the unit, as text: `1.44 bits`. */
export function amountOf(nats: number, units: Units, digits = 2): string {
  return `${(unitScale(units) * nats).toFixed(digits)} ${units}`;
}
