/** Transfer entropy: what the past of one series tells of another beyond its own past (Schreiber 2000). */

import type { Engine } from "../engine/engine.js";
import { InfoNetError } from "../errors.js";
import { freedTarget, lookAt, randomSigns } from "../independence/covariance-given.js";
import { LEAST_IN_TIME, logAmong } from "../inference/permutation-tail.js";
import { type Cells, nameOf, readCells } from "../input/cells.js";
import { requireEqualLengths } from "../input/data-errors.js";
import { readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, ROWS } from "../input/tables.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import { conditionalInformation } from "../multivariate/conditional.js";
import { CHANCE } from "../pairs/reading.js";
import type { Column, ManyOptions } from "../types.js";
import { historyOf, isColumn, knownColumns, shifter, timeRows } from "./in-time.js";
import type { TransferEntropy, TransferInformation, TransferOptions } from "./types.js";

/** Columns that are given beside the target's own past. */
export const GIVEN = {
  fallback: undefined as readonly Column[] | undefined,
  accepts: (value: unknown): boolean => Array.isArray(value) && value.every(isColumn),
  remedy: "a list of columns",
};

/** The options of `transfer`. */
export const TRANSFER = {
  ...MANY,
  lag: wholeNumber(1, 1),
  history: wholeNumber(1, undefined),
  given: GIVEN,
  cluster: ROWS.cluster,
} satisfies TableOf<TransferOptions>;

/**
 * Transfer entropy of two series in both directions.
 *
 * @throws InfoNetError as `conditional`; AbortedError without a partial result
 */
export async function transferOf(
  engine: Engine,
  x: Column,
  y: Column,
  options: TransferOptions,
): Promise<TransferInformation> {
  const { lag, history, given = [], cluster, ...many } = readOptions(options, TRANSFER);
  const columns = [x, y, ...given].map((values, k) => ({
    name: nameOf(values, ["x", "y"][k] ?? `given[${k - 2}]`),
    values,
  }));
  const [a, b, ...more] = columns.map(readCells);
  const [first, ...others] = columns.map(({ name }) => name);
  [b, ...more].forEach(({ values }, k) => {
    requireEqualLengths({ name: first, rows: a.values.length }, { name: others[k], rows: values.length });
  });
  const time = timeRows(a.values.length, cluster, first);
  const direction = async (source: Cells, target: Cells): Promise<TransferEntropy> => {
    const own = history ?? historyOf(target, time);
    const at = shifter(time, Math.max(lag, own));
    const rows = at(target, 0).values.length;
    if (rows < FEWEST_SAMPLES) {
      const remedy = a.values.length > FEWEST_SAMPLES ? "Pass smaller ones." : "Collect more rows.";
      throw new InfoNetError(
        "invalid-option",
        `lag ${lag} and history ${own} leave ${rows} of ${a.values.length} rows; at least ${FEWEST_SAMPLES} are needed. ${remedy}`,
      );
    }
    const past = Array.from({ length: own }, (_, k) => at(target, k + 1));
    const beside = more.map((cells) => at(cells, lag));
    const question = { target: at(target, 0), source: at(source, lag), given: [...past, ...beside] };
    return { ...(await transferEntropy(engine, question, many)), history: own };
  };
  const xToY = await direction(a, b);
  const yToX = await direction(b, a);
  return { lag, xToY, yToX, net: difference(xToY, yToX) };
}

/** A target, a source before it, and what is given, row by row. */
export interface TransferQuestion {
  target: Cells;
  source: Cells;
  given: readonly Cells[];
}

/**
 * What a source tells of a target beyond what is given, with the p-value of the test that heeds that rows follow each other.
 *
 * @throws InfoNetError as `conditional`
 */
export async function transferEntropy(
  engine: Engine,
  { target, source, given }: TransferQuestion,
  options: ManyOptions & { seed: number },
): Promise<Omit<TransferEntropy, "history">> {
  // What is left is permuted there as if its rows were exchangeable.
  const settings = { ...options, permutations: 0 };
  const { mi, interval, n, warnings } = await conditionalInformation(
    engine,
    source,
    target,
    [...given],
    settings,
  );
  const [y, x, ...others] = knownColumns([target, source, ...given]);
  const freed = freedTarget(y, others);
  const found = freed && lookAt(randomSigns(freed.n, options.seed), freed, x);
  const pValue = found && Math.exp(logAmong(found.seen, found.drawn, LEAST_IN_TIME));
  return { mi, interval: heeding(interval, pValue), pValue, n, warnings };
}

/** An interval from 0 where chance may have made the estimate. */
export function heeding([low, high]: [number, number], pValue: number | undefined): [number, number] {
  return [pValue === undefined || pValue > CHANCE ? 0 : low, high];
}

function difference(a: TransferEntropy, b: TransferEntropy): TransferInformation["net"] {
  const mi = a.mi - b.mi;
  const below = Math.hypot(a.mi - a.interval[0], b.interval[1] - b.mi);
  const above = Math.hypot(a.interval[1] - a.mi, b.mi - b.interval[0]);
  return { mi, interval: [mi - below, mi + above] };
}
