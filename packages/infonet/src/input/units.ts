/** Units of information. */

import type { Units } from "../types.js";

/** Factor from nats to the unit. */
export function unitScale(units: Units): number {
  return units === "bits" ? 1 / Math.LN2 : 1;
}
