/** Options of the gradient calls. */

import { finiteNumber, type OptionsOf, oneOf, type TableOf, wholeNumber } from "../input/options.js";
import { ESTIMATE, MANY } from "../input/tables.js";
import type { GradientOptions, ManyGradientOptions, SlicedGradientOptions } from "../types.js";

const OWN = {
  // Without one it depends on the number of rows.
  regularization: finiteNumber(
    (value) => value > 0,
    "a finite number of ranks above 0, or leave it out",
    undefined,
  ),
  through: oneOf(["estimate", "critic"], "estimate"),
};

/** Of `gradient`. */
export const GRADIENT = { ...ESTIMATE, ...OWN } satisfies TableOf<GradientOptions>;

/** Of `gradientMany`. */
export const MANY_GRADIENT = { ...MANY, ...OWN } satisfies TableOf<ManyGradientOptions>;

/** Of `slicedGradient`. */
export const SLICED_GRADIENT = {
  ...MANY_GRADIENT,
  slices: wholeNumber(1, 64),
} satisfies TableOf<SlicedGradientOptions>;

/** Options as they are used by all of them. */
export type GradientSettings = OptionsOf<typeof GRADIENT>;
