/** Mutual information of two variables of several columns of any kind. */

import type { Engine } from "../engine/engine.js";
import { readOptions } from "../input/options.js";
import type { Variable } from "../input/several.js";
import { JOINT, jointOfNumbers } from "./joint.js";
import { readMixed } from "./mixed.js";
import type { JointInformation, JointOptions } from "./types.js";
import { sidesOfRows } from "./variables.js";

/**
 * I(X; Y): of numbers by a vine, of levels by their table, of both by the chain rule.
 *
 * @throws InfoNetError for what cannot be read, AbortedError (without a partial result) if the signal ends it
 */
export async function jointInformation(
  engine: Engine,
  x: Variable,
  y: Variable,
  options: JointOptions = {},
): Promise<JointInformation> {
  const { model } = engine;
  const { seed, units, basis, ...watched } = readOptions(options, JOINT);
  const given = [
    { name: "X", value: x },
    { name: "Y", value: y },
  ];
  const read = readMixed(given, model.rows[1]);
  const call = engine.call(watched);
  const sides = sidesOfRows(given, read, seed);
  return call.run(async () => ({
    ...(await jointOfNumbers(engine, call, sides, { seed, units, basis })),
    kinds: { x: read.kinds[0], y: read.kinds[1] },
  }));
}
