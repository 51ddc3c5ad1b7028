/** All pairs of a table over time: their information in windows of rows, and whether it changes. */

import { codeColumn, selectRows } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { InfoNetError } from "../errors.js";
import { type Cells, readCells } from "../input/cells.js";
import { readColumns } from "../input/columns.js";
import { completeRows } from "../input/missing.js";
import { readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, MATRIX } from "../input/tables.js";
import { estimatesOf } from "../pairs/estimate.js";
import { widened } from "../pairs/in-time.js";
import { plannedPairs } from "../pairs/matrix.js";
import { CHANCE } from "../pairs/reading.js";
import { testChange, type Window } from "../surrogates/index.js";
import type { Column, MutualInformation, PairResult } from "../types.js";
import type { MatrixWindows, PairWindows, WindowInformation, WindowsOptions } from "./types.js";

/** Fewest rows of a window. */
const FEWEST_ROWS = 30;

/** The options of `windows`. */
export const WINDOWS = {
  ...MANY,
  window: wholeNumber(FEWEST_ROWS, undefined),
  step: wholeNumber(1, undefined),
  target: MATRIX.target,
  related: MATRIX.related,
} satisfies TableOf<Partial<WindowsOptions>>;

/**
 * The pairs of a table in windows.
 *
 * @throws InfoNetError as `matrix`, and "invalid-option" for windows of as many rows as there are; AbortedError without a partial result
 */
export async function windowsOf(
  engine: Engine,
  columns: unknown,
  options: WindowsOptions,
): Promise<MatrixWindows> {
  const { window, step, target, related, ...many } = readOptions(options, WINDOWS);
  if (window === undefined)
    throw new InfoNetError("invalid-option", "window is not given; pass the rows of a window.");
  const list = readColumns(columns);
  const names = list.map(({ name }) => name);
  const cells = list.map(({ name, values }) => readCells({ name, values }));
  const n = cells[0].values.length;
  if (window >= n) {
    throw new InfoNetError(
      "invalid-option",
      `window is ${window} and there are ${n} rows; pass fewer rows, so that there are several windows.`,
    );
  }
  const windows = windowsAmong(n, window, step ?? Math.ceil(window / 2));
  const pairs = plannedPairs(names, { target, related });
  const wholes = await estimatesOf(
    engine,
    pairs.map(([i, j]) => [columnOf(cells[i]), columnOf(cells[j])] as const),
    { ...many, rows: "series" },
  );
  const slices = windows.map(({ from, to }) => cells.map((own) => columnOf(own, from, to)));
  const parts = await estimatesOf(
    engine,
    slices.flatMap((slice) => pairs.map(([i, j]) => [slice[i], slice[j]] as const)),
    many,
  );
  const results = pairs.map(([i, j], p): PairWindows => {
    const [x, y] = [names[i], names[j]];
    const whole = wholes[p];
    if (whole.error !== undefined) {
      return {
        x,
        y,
        whole: undefined,
        windows: windows.map(() => undefined),
        change: undefined,
        error: whole.error,
      };
    }
    const inflation = whole.n / (whole.effectiveSize ?? whole.n);
    return {
      ...{ x, y, whole },
      windows: windows.map((_, w) => inWindow(parts[w * pairs.length + p], inflation)),
      change: changeOf([cells[i], cells[j]], windows, inflation),
    };
  });
  return { windows, pairs: results.sort((a, b) => (b.whole?.mi ?? -1) - (a.whole?.mi ?? -1)) };
}

/** Windows from the first row on, the last one where the rows end. */
function windowsAmong(n: number, window: number, step: number): Window[] {
  const result: Window[] = [];
  for (let from = 0; from + window <= n; from += step) result.push({ from, to: from + window });
  const { to } = result[result.length - 1];
  if (to < n) result.push({ from: n - window, to: n });
  return result;
}

function columnOf({ kind, values }: Cells, from = 0, to = values.length): Column {
  return { kind, values: values.subarray(from, to) };
}

function inWindow(result: PairResult, inflation: number): WindowInformation | undefined {
  if (result.error !== undefined) return undefined;
  return {
    mi: result.mi,
    interval: widened(result as MutualInformation, result.pValue ?? CHANCE, inflation),
    n: result.n,
  };
}

function changeOf(
  [x, y]: readonly [Cells, Cells],
  windows: readonly Window[],
  inflation: number,
): PairWindows["change"] {
  const [a, b] = [codeColumn(x.values), codeColumn(y.values)];
  const rows = completeRows([a.places, b.places]);
  const before = (row: number): number => {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle] < row) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const own = windows.map(({ from, to }) => ({ from: before(from), to: before(to) }));
  const columns = [
    [selectRows(a, rows), x.kind],
    [selectRows(b, rows), y.kind],
  ] as const;
  const { logP, window } = testChange(columns, own, inflation);
  return { pValue: Math.exp(logP), window };
}
