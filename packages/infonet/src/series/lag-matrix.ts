/** All pairs of a table at several lags: which leads which, and by how much. */

import { codeColumn } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { type failureOf, orFailure } from "../errors.js";
import { qValues } from "../inference/false-discovery.js";
import { type Cells, readCells } from "../input/cells.js";
import { readColumns } from "../input/columns.js";
import { readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, MATRIX, ROWS } from "../input/tables.js";
import { estimatesOf } from "../pairs/estimate.js";
import { plannedPairs } from "../pairs/matrix.js";
import { prepareCells } from "../pairs/prepared.js";
import type { Column } from "../types.js";
import { laggedPair, lagInformation, ofAllLags, type TestedPair, testedPair } from "./lags.js";
import type { LagMatrix, LagMatrixOptions, LagPair } from "./types.js";

/** The options of `lagMatrix`. */
export const LAG_MATRIX = {
  ...MANY,
  maxLag: wholeNumber(0, 10),
  target: MATRIX.target,
  related: MATRIX.related,
  cluster: ROWS.cluster,
} satisfies TableOf<LagMatrixOptions>;

/**
 * The pairs of a table at the lag of each that has the most evidence.
 *
 * @throws InfoNetError as `matrix`; AbortedError without a partial result
 */
export async function lagMatrixOf(
  engine: Engine,
  columns: unknown,
  options: LagMatrixOptions,
): Promise<LagMatrix> {
  const { maxLag, target, related, cluster, ...many } = readOptions(options, LAG_MATRIX);
  const { signal, onProgress, seed, units } = many;
  const list = readColumns(columns);
  const names = list.map(({ name }) => name);
  const pairs = plannedPairs(names, { target, related });
  const clusters = cluster && codeColumn(readCells({ name: "cluster", values: cluster }).values);
  const cells = list.map((column) => orFailure(() => readCells(column)));
  const prepared = cells.map((own, k) => ("error" in own ? own : { name: names[k], ...prepareCells(own) }));
  const call = engine.call({ signal, onProgress }, "pairs");
  return call.run(async () => {
    call.expect(pairs.length);
    const tested: ({ tested: TestedPair } | ReturnType<typeof failureOf>)[] = [];
    for (const [i, j] of pairs) {
      const [x, y] = [prepared[i], prepared[j]];
      tested.push(
        orFailure(() => {
          for (const column of [x, y]) if ("error" in column) return column;
          return {
            tested: testedPair([x, y] as Parameters<typeof testedPair>[0], clusters, [-maxLag, maxLag]),
          };
        }),
      );
      await call.advance(1);
    }
    const samples = tested.flatMap((own, k): [Column, Column][] => {
      if ("error" in own) return [];
      const both = pairs[k].map((column) => cells[column]) as [Cells, Cells];
      return [laggedPair(both, own.tested, own.tested.wanted[own.tested.strongest])];
    });
    const results = await estimatesOf(engine, samples, { seed, units, signal });
    let next = 0;
    const found = tested.map((own, k): LagPair => {
      const [x, y] = pairs[k].map((column) => names[column]);
      if ("error" in own) return { x, y, ...own };
      const result = results[next++];
      if (result.error !== undefined) return { x, y, error: result.error, code: result.code };
      const { strongest, pValue, inflation, n, warnings } = own.tested;
      const { familyPValue: _, pValue: alone, ...at } = lagInformation(result, own.tested, strongest);
      return {
        ...{ x, y, ...at, pValue, lagPValue: alone, effectiveSize: n / inflation, qValue: undefined },
        warnings: [...warnings, ...ofAllLags(result.warnings)],
      };
    });
    const estimated = found.filter((pair) => pair.error === undefined);
    const rates = qValues(estimated.map(({ pValue }) => pValue));
    estimated.forEach((pair, k) => {
      pair.qValue = rates[k];
    });
    const order = (pair: LagPair): number => (pair.error === undefined ? pair.mi : -1);
    return { maxLag, units, seed, pairs: found.sort((a, b) => order(b) - order(a)) };
  });
}
