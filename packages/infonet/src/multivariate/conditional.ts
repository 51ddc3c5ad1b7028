/** Conditional mutual information of two columns of any kind, given others. */

import { type CodedColumn, codeColumn, sameOrder } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { readOptions } from "../input/options.js";
import type { Variable } from "../input/several.js";
import type { Column } from "../types.js";
import { sidesOfRows } from "../vine/sides.js";
import { conditionalOfMixed } from "./conditional-mixed.js";
import { CONDITIONAL, conditionalOfNumbers } from "./conditional-numbers.js";
import { withoutCopies } from "./copies.js";
import { clusterBeside, conditionalInTime, withTime } from "./in-time.js";
import { hasLevels, type MixedRows, readMixed, withFewAsLevels } from "./mixed.js";
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
  const distinct = rows === "series" ? all : withoutCopies(all);
  const copied = copiedSide(distinct);
  const read = withFewAsLevels(distinct, 2);
  const settings = { seed, units, permutations };
  const [[kindX], [kindY], kindsZ] = read.kinds;
  const kinds = { x: kindX, y: kindY, z: kindsZ };
  const call = engine.call(watched);
  return call.run(async () => {
    if (copied !== undefined) return { ...nothingBeyond(copied, read), kinds };
    const found = hasLevels(read)
      ? await conditionalOfMixed(engine, call, read, settings)
      : await conditionalOfNumbers(engine, call, sidesOfRows(given, read, seed), settings);
    const result = rows === "series" ? withTime(found, conditionalInTime(read, clusters, seed)) : found;
    return { ...result, kinds };
  });
}

/** X or Y, if it is a number that some number among Z orders the rows alike with. */
function copiedSide({ columns: [x, y, z], kinds }: MixedRows): "X" | "Y" | undefined {
  const numbers = (k: number): CodedColumn[] =>
    [x, y, z][k].filter((_, at) => kinds[k][at] === "number").map(codeColumn);
  const given = numbers(2);
  const isGiven = (k: number): boolean => numbers(k).some((own) => given.some((one) => sameOrder(own, one)));
  if (given.length === 0) return undefined;
  return isGiven(0) ? "X" : isGiven(1) ? "Y" : undefined;
}

/** What is left where Z tells all of X or of Y. */
function nothingBeyond(
  name: "X" | "Y",
  { complete, warnings }: MixedRows,
): Omit<ConditionalInformation, "kinds"> {
  const message = `a column of Z is in the same order as ${name}, of which nothing is left beyond Z; leave it out of Z if that is not what is asked.`;
  return {
    ...{ mi: 0, interval: [0, 0], pValue: 1, order: [], n: complete },
    warnings: [...warnings, { code: "little-noise", message }],
  };
}
