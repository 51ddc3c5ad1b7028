/** Two series at several lags: which leads, and is it more than chance? */

import { type CodedColumn, codeColumn, selectRows } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { type ErrorCode, InfoNetError } from "../errors.js";
import { type Cells, nameOf, readCells } from "../input/cells.js";
import { invalidOption, readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, ROWS } from "../input/tables.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import { estimatesOf } from "../pairs/estimate.js";
import { pairInTime, widened } from "../pairs/in-time.js";
import { completePair, type NamedPrepared, prepareCells } from "../pairs/prepared.js";
import {
  type LagsEvidence,
  type Panel,
  panelOf,
  rowsBeside,
  testLags,
  timesOf,
} from "../surrogates/index.js";
import type { Column, MutualInformation, Warning } from "../types.js";
import type { LagInformation, LagsInformation, LagsOptions } from "./types.js";

const lag = {
  fallback: undefined as number | undefined,
  accepts: Number.isSafeInteger,
  remedy: "a whole number",
};

/** The options of `lags`. */
export const LAGS = {
  ...MANY,
  maxLag: wholeNumber(0, 10),
  from: lag,
  to: lag,
  cluster: ROWS.cluster,
} satisfies TableOf<LagsOptions>;

/**
 * The information of two series at several lags.
 *
 * @throws InfoNetError as `estimate`, and "invalid-option" for lags that leave too few rows; AbortedError without a partial result
 */
export async function lagsOf(
  engine: Engine,
  x: Column,
  y: Column,
  options: LagsOptions,
): Promise<LagsInformation> {
  const { maxLag, from, to, cluster, ...many } = readOptions(options, LAGS);
  const [nameX, nameY] = [nameOf(x, "x"), nameOf(y, "y")];
  const [a, b] = [readCells({ name: nameX, values: x }), readCells({ name: nameY, values: y })];
  const clusters = cluster && codeColumn(readCells({ name: "cluster", values: cluster }).values);
  const first = { name: nameX, ...prepareCells(a) };
  const second = { name: nameY, ...prepareCells(b) };
  const tested = testedPair([first, second], clusters, [from ?? -maxLag, to ?? maxLag]);
  const { wanted, inflation } = tested;
  const samples = wanted.map((lag) => {
    const [own, later] = laggedPair([a, b], tested, lag);
    return [
      { ...own, name: nameX },
      { ...later, name: nameY },
    ] as const;
  });
  const results = await estimatesOf(engine, samples, many);
  const lags: LagInformation[] = [];
  const failed: { lag: number; error: string; code: ErrorCode }[] = [];
  for (const [at, result] of results.entries()) {
    if (result.error === undefined) lags.push(lagInformation(result, tested, at));
    else failed.push({ lag: wanted[at], ...result });
  }
  if (lags.length === 0) throw new InfoNetError(failed[0].code, `lag ${failed[0].lag}: ${failed[0].error}`);
  const warnings = results.flatMap((result) => (result.error === undefined ? result.warnings : []));
  const best = tested.best === undefined ? undefined : wanted[tested.best];
  return {
    lags,
    best: lags.find(({ lag }) => lag === best),
    pValue: tested.pValue,
    effectiveSize: tested.n / inflation,
    n: tested.n,
    warnings: [...tested.warnings, ...failedLags(failed), ...ofAllLags(warnings)],
  };
}

/** What is said of lags without an estimate, in the words of the first. */
function failedLags(failed: readonly { lag: number; error: string }[]): Warning[] {
  if (failed.length === 0) return [];
  const [{ lag, error }] = failed;
  const which =
    failed.length === 1 ? `lag ${lag} is left out` : `${failed.length} lags are left out, the first ${lag}`;
  return [{ code: "missing", message: `${which}: ${error}` }];
}

/** What is said of the samples of lags, once for all. */
export function ofAllLags(warnings: readonly Warning[]): Warning[] {
  return firstOfEach(warnings).filter(({ code }) => code !== "serial-dependence");
}

/** The estimate of the lag at a place, with the p-values of the test. */
export function lagInformation(
  result: MutualInformation,
  { wanted, found, inflation }: TestedPair,
  at: number,
): LagInformation {
  const pValue = Math.exp(found[at].logP);
  return {
    lag: wanted[at],
    mi: result.mi,
    interval: widened(result, pValue, inflation),
    pValue,
    familyPValue: Math.exp(found[at].familyLogP),
    n: result.n,
  };
}

function firstOfEach(warnings: readonly Warning[]): Warning[] {
  return [...new Map([...warnings].reverse().map((warning) => [warning.code, warning])).values()].reverse();
}

/** Two series, tested at several lags. */
export interface TestedPair {
  wanted: number[];
  found: LagsEvidence["lags"];
  /** Place of the lag with the most evidence. */
  strongest: number;
  /** The same, where it is more than chance. */
  best: number | undefined;
  /** Of all lags together. */
  pValue: number;
  inflation: number;
  n: number;
  /** Rows of the input in the order of the panel, and when they are. */
  rows: Uint32Array;
  panel: Panel;
  times: Uint32Array | undefined;
  warnings: Warning[];
}

/** From this p-value on, no lag stands out. */
const CHANCE = 0.05;

/**
 * Tests two columns at the lags from one to another.
 *
 * @throws InfoNetError as `estimate`, and "invalid-option" for lags that leave too few rows
 */
export function testedPair(
  [first, second]: readonly [NamedPrepared, NamedPrepared],
  clusters: CodedColumn | undefined,
  [from, to]: readonly [from: number, to: number],
): TestedPair {
  const pair = completePair(first, second, { counts: undefined, clusters, series: true });
  const own = clusters && (pair.rows === undefined ? clusters : selectRows(clusters, pair.rows));
  const panel = panelOf(pair.n, own);
  const times = timesOf(panel, pair.rows, clusters);
  const { wanted, left } = lagsFrom(from, to, panel, times);
  const { columns, warnings } = pairInTime([first, second], pair, {
    counts: undefined,
    clusters,
    series: true,
  });
  const { lags: found, logP, inflation } = testLags(...columns, wanted, times);
  const pValue = Math.exp(logP);
  const strongest = found.reduce(
    (most, { evidence }, at) => (evidence > found[most].evidence ? at : most),
    0,
  );
  return {
    ...{ wanted, found, strongest, pValue, inflation, panel, times },
    best: pValue <= CHANCE ? strongest : undefined,
    n: pair.n,
    rows: orderOf(pair.rows, panel, pair.n),
    warnings: [...pair.warnings, ...lagsWithoutRows(wanted, left), ...warnings],
  };
}

/** Lags leave at least this share of the longest series. */
const LEAST_LEFT = 0.75;

/**
 * The lags from one to another that have rows so far apart, and those that have not.
 *
 * @throws InfoNetError "invalid-option"
 */
function lagsFrom(
  from: number,
  to: number,
  { segments }: Panel,
  times: Uint32Array | undefined,
): { wanted: number[]; left: number[] } {
  if (from > to) throw invalidOption("from", from, `a lag up to that of to, ${to}`);
  let longest = 0;
  for (let s = 0; s + 1 < segments.length; s++) longest = Math.max(longest, segments[s + 1] - segments[s]);
  const most = Math.floor((1 - LEAST_LEFT) * longest);
  const far = Math.max(Math.abs(from), Math.abs(to));
  const rowsAt = (lag: number): number =>
    rowsBeside(segments, lag, times).reduce((n, [, , rows]) => n + rows, 0);
  const all = Array.from({ length: far > most ? 0 : to - from + 1 }, (_, k) => from + k);
  const wanted = all.filter((lag) => rowsAt(lag) >= FEWEST_SAMPLES);
  if (wanted.length === 0) {
    throw new InfoNetError(
      "invalid-option",
      `the lags go to ${far}, and the longest series has ${longest} rows; pass lags up to a quarter of them, ${most}.`,
    );
  }
  return { wanted, left: all.filter((lag) => !wanted.includes(lag)) };
}

/** What is said of lags that no rows, or few, are apart. */
function lagsWithoutRows(wanted: readonly number[], left: readonly number[]): Warning[] {
  if (left.length === 0) return [];
  const all = wanted.length + left.length;
  const message = `${left.length} of ${all} lags are left out, the first ${left[0]}: fewer than ${FEWEST_SAMPLES} pairs of rows are so far apart in time.`;
  return [{ code: "missing", message }];
}

/** Rows of the input in the order of the panel. */
function orderOf(rows: Uint32Array | undefined, { order }: Panel, n: number): Uint32Array {
  const own = order ?? Uint32Array.from({ length: n }, (_, k) => k);
  return rows === undefined ? own : own.map((k) => rows[k]);
}

/** x, and y so many rows later, as columns. */
export function laggedPair(
  [x, y]: readonly [Cells, Cells],
  { rows, panel, times }: Pick<TestedPair, "rows" | "panel" | "times">,
  lag: number,
): [Column, Column] {
  const stretches = rowsBeside(panel.segments, lag, times);
  const n = stretches.reduce((sum, [, , count]) => sum + count, 0);
  const [a, b] = [new Float64Array(n), new Float64Array(n)];
  let at = 0;
  for (const [fromX, fromY, count] of stretches) {
    for (let k = 0; k < count; k++, at++) {
      a[at] = x.values[rows[fromX + k]];
      b[at] = y.values[rows[fromY + k]];
    }
  }
  return [
    { values: a, kind: x.kind },
    { values: b, kind: y.kind },
  ];
}
