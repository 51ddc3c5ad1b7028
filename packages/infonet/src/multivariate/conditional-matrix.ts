/** All pairs of a table, given the same columns. */

import type { Engine } from "../engine/engine.js";
import { AbortedError, failureOf, InfoNetError } from "../errors.js";
import { readColumns } from "../input/columns.js";
import { readOptions } from "../input/options.js";
import { MATRIX } from "../input/tables.js";
import { assembleMatrix, cellOf, plannedPairs, positions } from "../pairs/matrix.js";
import type { DependenceMatrix, MatrixOptions, PairResult } from "../types.js";
import { conditionalInformation } from "./conditional.js";

/** Options that say of rows, or of a first look, what conditional information has no room for. */
const NOT_WITH_GIVEN = ["cluster", "counts", "screen"] as const;

/**
 * Conditional information of the pairs of a table, each as `conditional` has it. The columns that are given take part in no pair.
 *
 * @throws AbortedError with the matrix so far; InfoNetError "unknown-column", "invalid-option"
 */
export async function conditionalMatrix(
  engine: Engine,
  columns: unknown,
  options: MatrixOptions,
): Promise<DependenceMatrix> {
  const settings = readOptions(options, MATRIX);
  const { seed, units, target, pairs: asked, related, signal, onProgress, onPairs } = settings;
  const list = readColumns(columns);
  const placeOf = positions(
    "given",
    list.map(({ name }) => name),
  );
  const known = [...new Set([settings.given ?? []].flat().map(placeOf))];
  for (const name of NOT_WITH_GIVEN) if (settings[name] !== undefined) throw notTogether(name);
  if (settings.rows === "series") throw notTogether("rows");
  const others = list.filter((_, place) => !known.includes(place));
  const names = others.map(({ name }) => name);
  const kept = related?.map((group) => group.filter((name) => !known.includes(placeOf(name))));
  const pairs = plannedPairs(names, { target, pairs: asked, related: kept });
  const given = known.map((place) => list[place].values);
  const { name, sha256 } = engine.model.info;
  const head = {
    units,
    seed,
    model: `${name} ${sha256.slice(0, 12)}`,
    columns: names,
    given: known.map((place) => list[place].name),
  };
  const results: (PairResult | undefined)[] = new Array(pairs.length);
  const call = engine.call({ signal, onProgress });
  call.expect(pairs.length);
  const work = async (): Promise<DependenceMatrix> => {
    for (const [k, [i, j]] of pairs.entries()) {
      try {
        const found = await conditionalInformation(engine, others[i].values, others[j].values, given, {
          seed,
          units,
          signal,
        });
        const { mi, interval, pValue, n, kinds, warnings } = found;
        results[k] = {
          ...{ mi, interval, pValue, n, warnings },
          kinds: [kinds.x, kinds.y],
          // What is left of an entropy once others are known is not told.
          entropies: [undefined, undefined],
          normalized: undefined,
        };
      } catch (error) {
        if (error instanceof AbortedError) {
          call.check();
          throw error.cause;
        }
        const isOfData = error instanceof InfoNetError && !["disposed", "worker"].includes(error.code);
        if (!isOfData) throw error;
        results[k] = failureOf(error);
      }
      onPairs?.([cellOf(names, pairs[k], results[k] as PairResult)]);
      await call.advance(1);
    }
    return assembleMatrix(head, pairs, results);
  };
  return call.run(work, () => assembleMatrix(head, pairs, results));
}

function notTogether(name: string): InfoNetError {
  return new InfoNetError(
    "invalid-option",
    `given and ${name} are both there; conditional information takes every row for itself. Leave one of them out.`,
  );
}
