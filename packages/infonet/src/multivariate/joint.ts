/** Mutual information of two variables of several columns of any kind. */

import type { Engine } from "../engine/engine.js";
import { readOptions } from "../input/options.js";
import type { Variable } from "../input/several.js";
import { pick } from "../numerics/rows.js";
import { sidesOfRows } from "../vine/sides.js";
import { withoutCopies } from "./copies.js";
import { clusterBeside, jointInTime, withTime } from "./in-time.js";
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
  const { seed, units, basis, rows, cluster, ...watched } = readOptions(options, JOINT);
  const clusters = clusterBeside({ rows, cluster });
  const given = [
    { name: "X", value: x },
    { name: "Y", value: y },
  ];
  const all = readMixed(given, engine.model.rows[1], clusters);
  // Of a series every row is one moment.
  const read = rows === "series" ? all : withoutCopies(all);
  const chosen = { seed, units, basis };
  const [kindsX, kindsY] = read.kinds;
  const kinds = { x: kindsX, y: kindsY };
  const call = engine.call(watched);
  return call.run(async () => {
    const found = hasLevels(read)
      ? await jointOfMixed(engine, call, read, chosen)
      : await jointOfNumbers(engine, call, sidesOfRows(given, read, seed), chosen);
    const result = rows === "series" ? withTime(found, jointInTime(read, clusters)) : found;
    const own = clusters && pick(clusters.values, read.rows);
    const settings = { units, signal: watched.signal, rows, cluster: own };
    const interaction = await interactionOf(engine, read, result, settings);
    return { ...result, interaction, kinds };
  });
}
