/** Options of the gradient calls. */

import { describe, InfoNetError } from "../errors.js";
import { readOptions } from "../input.js";
import type { GradientOptions, Units } from "../types.js";

/** Options as they are used; without a regularisation it depends on the number of rows. */
export interface GradientSettings {
  seed: number;
  units: Units;
  regularization: number | undefined;
  through: "estimate" | "critic";
}

/**
 * The options, checked.
 *
 * @throws InfoNetError "invalid-option"
 */
export function readGradientOptions(options: GradientOptions): GradientSettings {
  const { regularization, through = "estimate" } = options;
  if (regularization !== undefined && !(regularization > 0 && regularization < Infinity)) {
    throw new InfoNetError(
      "invalid-option",
      `regularization is ${describe(regularization)}; pass a finite number of ranks above 0, or leave it out.`,
    );
  }
  if (through !== "estimate" && through !== "critic") {
    throw new InfoNetError("invalid-option", `through is ${describe(through)}; pass "estimate" or "critic".`);
  }
  return { ...readOptions(options), regularization, through };
}
