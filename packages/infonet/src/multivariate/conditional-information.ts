/** Conditional mutual information of two columns of any kind, given others. */

import type { Engine } from "../engine/engine.js";
import { readOptions } from "../input/options.js";
import type { Variable } from "../input/several.js";
import type { Column } from "../types.js";
import { CONDITIONAL, conditionalOfNumbers } from "./conditional.js";
import { readMixed } from "./mixed.js";
import type { ConditionalInformation, ConditionalOptions } from "./types.js";
import { sidesOfRows } from "./variables.js";

/**
 * I(X; Y | Z): of numbers by a vine, of levels by the tables of their strata, of both by the chain rule.
 *
 * @throws InfoNetError for what cannot be read, AbortedError (without a partial result) if the signal ends it
 */
export async function conditionalInformation(
  engine: Engine,
  x: Column,
  y: Column,
  z: Variable,
  options: ConditionalOptions = {},
): Promise<ConditionalInformation> {
  const { model } = engine;
  const { seed, units, permutations, ...watched } = readOptions(options, CONDITIONAL);
  const given = [
    { name: "X", value: x },
    { name: "Y", value: y },
    { name: "Z", value: z, optional: true },
  ];
  const read = readMixed(given, model.rows[1]);
  const call = engine.call(watched);
  const sides = sidesOfRows(given, read, seed);
  return call.run(async () => ({
    ...(await conditionalOfNumbers(engine, call, sides, { seed, units, permutations })),
    kinds: { x: read.kinds[0][0], y: read.kinds[1][0], z: read.kinds[2] },
  }));
}
