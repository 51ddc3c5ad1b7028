/** Mutual information of two variables of several columns of any kind. */

import type { Engine } from "../engine/engine.js";
import { readOptions } from "../input/options.js";
import type { Variable } from "../input/several.js";
import { sidesOfRows } from "../vine/sides.js";
import { interactionOf } from "./interaction.js";
import { jointOfMixed } from "./joint-mixed.js";
import { JOINT, jointOfNumbers } from "./joint-numbers.js";
import { hasLevels, readMixed } from "./mixed.js";
import type { JointInformation, JointOptions } from "./types.js";

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
  const { seed, units, basis, ...watched } = readOptions(options, JOINT);
  const given = [
    { name: "X", value: x },
    { name: "Y", value: y },
  ];
  const read = readMixed(given, engine.model.rows[1]);
  const settings = { seed, units, basis };
  const [kindsX, kindsY] = read.kinds;
  const kinds = { x: kindsX, y: kindsY };
  const call = engine.call(watched);
  return call.run(async () => {
    const result = hasLevels(read)
      ? await jointOfMixed(engine, call, read, settings)
      : await jointOfNumbers(engine, call, sidesOfRows(given, read, seed), settings);
    const interaction = await interactionOf(engine, read, result, { units, signal: watched.signal });
    return { ...result, interaction, kinds };
  });
}
