/** Conditional mutual information of two columns of any kind, given others. */

import type { Engine } from "../engine/engine.js";
import { readOptions } from "../input/options.js";
import type { Variable } from "../input/several.js";
import type { Column } from "../types.js";
import { sidesOfRows } from "../vine/sides.js";
import { conditionalOfMixed } from "./conditional-mixed.js";
import { CONDITIONAL, conditionalOfNumbers } from "./conditional-numbers.js";
import { withoutCopies } from "./copies.js";
import { clusterBeside, conditionalInTime, withTime } from "./in-time.js";
import { hasLevels, readMixed } from "./mixed.js";
import type { ConditionalInformation, ConditionalOptions } from "./types.js";

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
  const { seed, units, permutations: asked, rows, cluster, ...watched } = readOptions(options, CONDITIONAL);
  const clusters = clusterBeside({ rows, cluster });
  // Permutations are of rows that are exchangeable.
  const permutations = rows === "series" ? 0 : asked;
  const given = [
    { name: "X", value: x, single: true },
    { name: "Y", value: y, single: true },
    { name: "Z", value: z, optional: true },
  ];
  const all = readMixed(given, engine.model.rows[1], clusters);
  // Of a series every row is one moment.
  const read = rows === "series" ? all : withoutCopies(all);
  const settings = { seed, units, permutations };
  const [[kindX], [kindY], kindsZ] = read.kinds;
  const kinds = { x: kindX, y: kindY, z: kindsZ };
  const call = engine.call(watched);
  return call.run(async () => {
    const found = hasLevels(read)
      ? await conditionalOfMixed(engine, call, read, settings)
      : await conditionalOfNumbers(engine, call, sidesOfRows(given, read, seed), settings);
    const result = rows === "series" ? withTime(found, conditionalInTime(read, clusters, seed)) : found;
    return { ...result, kinds };
  });
}
