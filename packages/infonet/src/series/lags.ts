/** Two series at several lags: which leads, and is it more than chance? */

import { codeColumn, selectRows } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { InfoNetError } from "../errors.js";
import { type Cells, readCells } from "../input/cells.js";
import { invalidOption, readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, ROWS } from "../input/tables.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import { estimatesOf } from "../pairs/estimate.js";
import { driftWarning, widened } from "../pairs/in-time.js";
import { completePair, prepareCells } from "../pairs/prepared.js";
import { type Panel, panelOf, rowsBeside, testLags, timeColumn } from "../surrogates/index.js";
import type { Column, Warning } from "../types.js";
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

/** From this p-value on, no lag stands out. */
const CHANCE = 0.05;

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
  const [a, b] = [readCells({ name: "x", values: x }), readCells({ name: "y", values: y })];
  const [first, second] = [
    { name: "x", ...prepareCells(a) },
    { name: "y", ...prepareCells(b) },
  ];
  const clusters = cluster && codeColumn(readCells({ name: "cluster", values: cluster }).values);
  const pair = completePair(first, second, { counts: undefined, clusters, series: true });
  const own = clusters && (pair.rows === undefined ? clusters : selectRows(clusters, pair.rows));
  const panel = panelOf(pair.n, own);
  const wanted = lagsFrom(from ?? -maxLag, to ?? maxLag, panel);
  const columns = [timeColumn(pair.x, a.kind, panel), timeColumn(pair.y, b.kind, panel)] as const;
  const { lags: found, logP, inflation } = testLags(...columns, wanted);
  const rows = orderOf(pair.rows, panel, pair.n);
  const samples = wanted.map((lag) => laggedPair([a, b], rows, panel, lag));
  const results = await estimatesOf(engine, samples, many);
  const lags = results.map((result, at): LagInformation => {
    if (result.error !== undefined) throw new InfoNetError(result.code, `lag ${wanted[at]}: ${result.error}`);
    const pValue = Math.exp(found[at].logP);
    return {
      lag: wanted[at],
      mi: result.mi,
      interval: widened(result, pValue, inflation),
      pValue,
      familyPValue: Math.exp(found[at].familyLogP),
      n: result.n,
    };
  });
  const pValue = Math.exp(logP);
  const strongest = found.reduce(
    (best, { evidence }, at) => (evidence > found[best].evidence ? at : best),
    0,
  );
  const warnings = results.flatMap((result) => (result.error === undefined ? result.warnings : []));
  return {
    lags,
    best: pValue <= CHANCE ? lags[strongest] : undefined,
    pValue,
    effectiveSize: pair.n / inflation,
    n: pair.n,
    warnings: [
      ...pair.warnings,
      ...driftWarning(["x", "y"], columns),
      ...firstOfEach(warnings).filter(({ code }) => code !== "serial-dependence"),
    ],
  };
}

function firstOfEach(warnings: readonly Warning[]): Warning[] {
  return [...new Map([...warnings].reverse().map((warning) => [warning.code, warning])).values()].reverse();
}

/** Lags leave at least this share of the longest series. */
const LEAST_LEFT = 0.75;

/** @throws InfoNetError "invalid-option" */
function lagsFrom(from: number, to: number, { segments }: Panel): number[] {
  if (from > to) throw invalidOption("from", from, `a lag up to that of to, ${to}`);
  let longest = 0;
  for (let s = 0; s + 1 < segments.length; s++) longest = Math.max(longest, segments[s + 1] - segments[s]);
  const most = Math.floor((1 - LEAST_LEFT) * longest);
  const far = Math.max(Math.abs(from), Math.abs(to));
  const left = Math.min(
    ...[from, to].map((lag) => rowsBeside(segments, lag).reduce((n, [, , rows]) => n + rows, 0)),
  );
  if (far > most || left < FEWEST_SAMPLES) {
    throw new InfoNetError(
      "invalid-option",
      `the lags go to ${far}, and the longest series has ${longest} rows; pass lags up to a quarter of them, ${most}.`,
    );
  }
  return Array.from({ length: to - from + 1 }, (_, k) => from + k);
}

/** Rows of the input in the order of the panel. */
function orderOf(rows: Uint32Array | undefined, { order }: Panel, n: number): Uint32Array {
  const own = order ?? Uint32Array.from({ length: n }, (_, k) => k);
  return rows === undefined ? own : own.map((k) => rows[k]);
}

/** x, and y so many rows later, as columns. */
function laggedPair(
  [x, y]: readonly [Cells, Cells],
  rows: Uint32Array,
  { segments }: Panel,
  lag: number,
): [Column, Column] {
  const stretches = rowsBeside(segments, lag);
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
