/** Transfer entropy: what the past of one series tells of another beyond its own past (Schreiber 2000). */

import { codeColumn, selectRows } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { type Cells, isList, readCells } from "../input/cells.js";
import { requireEqualLengths } from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, ROWS } from "../input/tables.js";
import { conditionalInformation } from "../multivariate/conditional.js";
import { CONDITIONAL } from "../multivariate/conditional-numbers.js";
import { allRows } from "../numerics/rows.js";
import { type Panel, panelOf, timeColumn } from "../surrogates/index.js";
import type { Column } from "../types.js";
import type { TransferEntropy, TransferInformation, TransferOptions } from "./types.js";

/** The options of `transfer`. */
export const TRANSFER = {
  ...MANY,
  lag: wholeNumber(1, 1),
  history: wholeNumber(1, undefined),
  given: {
    fallback: undefined as readonly Column[] | undefined,
    accepts: (value) => Array.isArray(value) && value.every(isColumn),
    remedy: "a list of columns",
  },
  cluster: ROWS.cluster,
  permutations: CONDITIONAL.permutations,
} satisfies TableOf<TransferOptions>;

function isColumn(value: unknown): boolean {
  return isList(value) || isList((value as { values?: unknown } | undefined)?.values);
}

/** Rows of the past that are given at most, unless the user says otherwise. */
const MOST_HISTORY = 5;

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
  const { lag, history, given = [], cluster, ...others } = readOptions(options, TRANSFER);
  const [a, b, ...more] = [x, y, ...given].map((values, k) => {
    const name = ["x", "y"][k] ?? `given[${k - 2}]`;
    const cells = readCells({ name, values });
    requireEqualLengths({ name: "x", rows: lengthOf(x) }, { name, rows: cells.values.length });
    return cells;
  });
  const n = a.values.length;
  const clusters = cluster && codeColumn(readCells({ name: "cluster", values: cluster }).values);
  if (clusters !== undefined)
    requireEqualLengths({ name: "x", rows: n }, { name: "cluster", rows: clusters.places.length });
  const rows = clusters === undefined ? allRows(n) : completeRows([clusters.places]);
  const panel = panelOf(rows.length, clusters && selectRows(clusters, rows));
  const inOrder = panel.order === undefined ? rows : panel.order.map((k) => rows[k]);
  const direction = async (source: Cells, target: Cells): Promise<TransferEntropy> => {
    const own = history ?? historyOf(target, inOrder, panel);
    const at = shifter(inOrder, panel, Math.max(lag, own));
    const past = Array.from({ length: own }, (_, k) => at(target, k + 1));
    const beside = more.map((cells) => at(cells, lag));
    const result = await conditionalInformation(
      engine,
      at(source, lag),
      at(target, 0),
      [...past, ...beside],
      others,
    );
    const { mi, interval, pValue, n: complete, warnings } = result;
    return { mi, interval, pValue, history: own, n: complete, warnings };
  };
  const xToY = await direction(a, b);
  const yToX = await direction(b, a);
  return { lag, xToY, yToX, net: difference(xToY, yToX) };
}

function lengthOf(column: Column): number {
  return isList(column) ? column.length : (column as { values: ArrayLike<unknown> }).values.length;
}

/** Order of the autoregression of a column, within bounds. */
function historyOf({ kind, values }: Cells, rows: Uint32Array, { segments }: Panel): number {
  const present: number[] = [];
  const starts = [0];
  for (let s = 0; s + 1 < segments.length; s++) {
    for (let t = segments[s]; t < segments[s + 1]; t++) {
      if (!Number.isNaN(values[rows[t]])) present.push(values[rows[t]]);
    }
    starts.push(present.length);
  }
  if (present.length === 0) return 1;
  const panel = { order: undefined, segments: Uint32Array.from(starts) };
  const column = timeColumn(codeColumn(Float64Array.from(present)), kind, panel);
  if (column.kind === "levels") return 1;
  return Math.max(1, Math.min(MOST_HISTORY, column.series.model.order));
}

/** Columns as they were some rows before, from the first row of every series on that has so many before it. */
function shifter(rows: Uint32Array, { segments }: Panel, most: number) {
  const kept: number[] = [];
  for (let s = 0; s + 1 < segments.length; s++) {
    for (let t = segments[s] + most; t < segments[s + 1]; t++) kept.push(t);
  }
  return ({ kind, values }: Cells, before: number): Column => ({
    kind,
    values: Float64Array.from(kept, (t) => values[rows[t - before]]),
  });
}

function difference(a: TransferEntropy, b: TransferEntropy): TransferInformation["net"] {
  const mi = a.mi - b.mi;
  const below = Math.hypot(a.mi - a.interval[0], b.interval[1] - b.mi);
  const above = Math.hypot(a.interval[1] - a.mi, b.mi - b.interval[0]);
  return { mi, interval: [mi - below, mi + above] };
}
