/** All pairs of a table over time: their information in windows of rows, and whether it changes. */

import { codeColumn, selectRows } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { InfoNetError, orFailure } from "../errors.js";
import { type Cells, isList, readCells } from "../input/cells.js";
import { readColumn, readColumns } from "../input/columns.js";
import { requireEqualLengths } from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { finiteNumber, invalidOption, readOptions, type TableOf } from "../input/options.js";
import { MANY, MATRIX } from "../input/tables.js";
import { firstAbove, firstFrom } from "../numerics/order.js";
import { estimatesOf } from "../pairs/estimate.js";
import { widened } from "../pairs/in-time.js";
import { plannedPairs } from "../pairs/matrix.js";
import { CHANCE } from "../pairs/reading.js";
import { testChange, type Window } from "../surrogates/index.js";
import type { Column, MutualInformation, PairResult } from "../types.js";
import type { MatrixWindows, PairWindows, WindowInformation, WindowsOptions } from "./types.js";

/** Fewest rows of a window. */
const FEWEST_ROWS = 30;

const length = finiteNumber((value) => value > 0, "a number above 0: rows, or a length of time", undefined);

/** The options of `windows`. */
export const WINDOWS = {
  ...MANY,
  window: length,
  step: length,
  times: {
    fallback: undefined as ArrayLike<number> | undefined,
    accepts: isList,
    remedy: "an array with the time of every row",
  },
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
  const { window, step, times, target, related, ...many } = readOptions(options, WINDOWS);
  if (window === undefined)
    throw new InfoNetError("invalid-option", "window is not given; pass the rows of a window.");
  const list = readColumns(columns);
  const names = list.map(({ name }) => name);
  const read = list.map((column) => orFailure(() => readCells(column)));
  const cells = read.map((own, k) => ({ name: names[k], ...("error" in own ? NO_CELLS : own) }));
  const unread = read.map((own) => ("error" in own ? own.error : undefined));
  const n = Math.max(...cells.map(({ values }) => values.length));
  const windows =
    times === undefined
      ? windowsAmong(n, window, step ?? Math.ceil(window / 2))
      : windowsInTime(readTimes(times, n), window, step ?? window / 2);
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
    const error = unread[i] ?? unread[j] ?? whole.error;
    if (whole.error !== undefined || error !== undefined) {
      const nothing = windows.map(() => undefined);
      return { x, y, whole: undefined, windows: nothing, change: undefined, error };
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
  if (!Number.isInteger(window) || window < FEWEST_ROWS)
    throw invalidOption("window", window, `a whole number from ${FEWEST_ROWS}`);
  if (!Number.isInteger(step)) throw invalidOption("step", step, "a whole number of rows");
  if (window >= n) {
    throw new InfoNetError(
      "invalid-option",
      `window is ${window} and there are ${n} rows; pass fewer rows, so that there are several windows.`,
    );
  }
  const result: Window[] = [];
  for (let from = 0; from + window <= n; from += step) result.push({ from, to: from + window });
  const { to } = result[result.length - 1];
  if (to < n) result.push({ from: n - window, to: n });
  return result;
}

/** Times of rows, which do not fall. */
function readTimes(times: ArrayLike<number>, n: number): Float64Array {
  const values = readColumn({ name: "times", values: times });
  requireEqualLengths({ name: "the columns", rows: n }, { name: "times", rows: values.length });
  for (let row = 0; row < n; row++) {
    if (Number.isNaN(values[row]) || (row > 0 && values[row] < values[row - 1])) {
      throw new InfoNetError(
        "invalid-option",
        `times has ${values[row]} at row ${row}, after ${values[row - 1]}; pass rows in the order of their times.`,
      );
    }
  }
  return values;
}

/** Windows at most. */
const MOST_WINDOWS = 10_000;

/** Windows of a length of time, from the first time on, the last one where the rows end. */
function windowsInTime(times: Float64Array, window: number, step: number): Window[] {
  const n = times.length;
  const [first, last] = [times[0], times[n - 1]];
  // Whole windows that end before the last row, or with it.
  const count = Math.max(0, Math.floor((last - first - window) / step) + 1);
  const result: Window[] = Array.from({ length: Math.min(count, MOST_WINDOWS) }, (_, k) => {
    const begin = first + k * step;
    return { from: firstFrom(times, begin), to: firstFrom(times, begin + window) };
  });
  if (count > 0 && result[result.length - 1].to < n)
    result.push({ from: firstAbove(times, last - window), to: n });
  if (result.length < 2 || result.length > MOST_WINDOWS) {
    throw new InfoNetError(
      "invalid-option",
      `window is ${window}, step ${step}, and the times reach from ${first} to ${last}; pass lengths that make several windows, and at most ${MOST_WINDOWS}.`,
    );
  }
  return result;
}

/** A column of a table. */
interface NamedCells extends Cells {
  name: string;
}

/** Of a column that cannot be read. */
const NO_CELLS: Cells = { kind: "number", values: new Float64Array() };

function columnOf({ name, kind, values }: NamedCells, from = 0, to = values.length): Column {
  return { name, kind, values: values.subarray(from, to) };
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
  const own = windows.map(({ from, to }) => {
    const found = { from: firstFrom(rows, from), to: firstFrom(rows, to) };
    return found.to - found.from < FEWEST_ROWS ? { from: 0, to: 0 } : found;
  });
  if (own.every(({ to }) => to === 0)) return undefined;
  const columns = [
    [selectRows(a, rows), x.kind],
    [selectRows(b, rows), y.kind],
  ] as const;
  const { logP, window } = testChange(columns, own, inflation);
  return { pValue: Math.exp(logP), window };
}
