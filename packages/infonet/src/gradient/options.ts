/** Options of the gradient calls. */

import { InfoNetError } from "../errors.js";
import {
  finiteNumber,
  type OptionsOf,
  oneOf,
  readOptions,
  type TableOf,
  wholeNumber,
} from "../input/options.js";
import { ESTIMATE, MANY } from "../input/tables.js";
import type {
  ConditionalGradientOptions,
  GradientOptions,
  JointGradientOptions,
  ManyGradientOptions,
  SlicedGradientOptions,
} from "./types.js";

const OWN = {
  // Without one it depends on the number of rows.
  regularization: finiteNumber(
    (value) => value > 0,
    "a finite number of ranks above 0, or leave it out",
    undefined,
  ),
  through: oneOf(["estimate", "critic"], "critic"),
  jitter: finiteNumber((value) => value >= 0, "a finite number of standard deviations, 0 or above", 0),
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

/** Canonical pairs that the critic is asked about, at most. */
export const MOST_PAIRS = 16;

/** Of `jointGradient`. */
export const JOINT_GRADIENT_OPTIONS = {
  ...ESTIMATE,
  pairs: wholeNumber(0, MOST_PAIRS, MOST_PAIRS),
} satisfies TableOf<JointGradientOptions>;

/** Of `conditionalGradient`. */
export const CONDITIONAL_GRADIENT = { ...ESTIMATE } satisfies TableOf<ConditionalGradientOptions>;

/** Options as they are used by all of them. */
export type GradientSettings = OptionsOf<typeof GRADIENT>;

/**
 * The options of a gradient call.
 *
 * @throws InfoNetError "invalid-option", also for a regularization where nothing is smoothed by it
 */
export function readGradientOptions<Table extends typeof GRADIENT>(
  given: unknown,
  table: Table,
): OptionsOf<Table> {
  const settings = readOptions(given, table);
  const { through, regularization }: GradientSettings = settings;
  // The critic is read at the ranks themselves.
  if (through === "critic" && regularization !== undefined) {
    throw new InfoNetError(
      "invalid-option",
      `regularization is ${regularization} and through is "critic", where no estimate is smoothed; pass through "estimate", or leave regularization out.`,
    );
  }
  return settings;
}
