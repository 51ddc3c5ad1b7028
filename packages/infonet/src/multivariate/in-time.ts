/** Several columns whose rows follow each other in time: p-values and intervals of `joint` and `conditional`. */

import { codeColumn, selectRows } from "../copula/index.js";
import { InfoNetError } from "../errors.js";
import { columnFunctions } from "../evidence/index.js";
import {
  type FreedTarget,
  freedTarget,
  type KnownColumn,
  lookAt,
  randomSigns,
} from "../independence/covariance-given.js";
import { LEAST_IN_TIME, logAmong } from "../inference/permutation-tail.js";
import { type Cells, readCells } from "../input/cells.js";
import type { TableOf } from "../input/options.js";
import { ROWS } from "../input/tables.js";
import { mean } from "../numerics/moments.js";
import { timeWarnings, widened } from "../pairs/in-time.js";
import {
  inflationOf,
  type Panel,
  panelOf,
  type TimeColumn,
  testInTime,
  timeColumn,
} from "../surrogates/index.js";
import type { MutualInformation, RowOptions, Warning } from "../types.js";
import type { MixedRows } from "./mixed.js";

/** What rows are, for variables of several columns. */
export const SERIES_ROWS = {
  rows: ROWS.rows,
  cluster: ROWS.cluster,
} satisfies TableOf<Pick<RowOptions, "rows" | "cluster">>;

/** The cluster of every row of a series. */
export function clusterBeside({
  rows,
  cluster,
}: Pick<RowOptions, "rows" | "cluster">): (Cells & { name: string }) | undefined {
  if (cluster === undefined) return undefined;
  if (rows !== "series") {
    throw new InfoNetError(
      "invalid-option",
      'cluster is given and rows is not "series"; several columns have clusters only where each is a series of its own. Pass rows: "series", or leave cluster out.',
    );
  }
  const name = "cluster";
  return { name, ...readCells({ name, values: cluster }) };
}

/** What rows in time say. */
interface InTime {
  pValue: number | undefined;
  inflation: number;
  warnings: Warning[];
}

/** A result whose rows are independent, as it is where they follow each other. */
export function withTime<Result extends { mi: number; interval: [number, number]; warnings: Warning[] }>(
  result: Result,
  { pValue, inflation, warnings }: InTime,
): Result & { pValue: number | undefined } {
  const interval = widened(result as unknown as MutualInformation, pValue ?? 1, inflation);
  return { ...result, interval, pValue, warnings: [...result.warnings, ...warnings] };
}

function panelFor(read: MixedRows, cluster: Cells | undefined): Panel {
  return panelOf(read.n, cluster && selectRows(codeColumn(cluster.values), read.rows));
}

/** The columns of every variable that vary. */
function knownColumns({ columns, kinds }: MixedRows): KnownColumn[][] {
  return columns.map((list, side) =>
    list.flatMap((values, k): KnownColumn[] => {
      const coded = codeColumn(values);
      return coded.distinct > 1 ? [{ coded, kind: kinds[side][k] === "number" ? "number" : "category" }] : [];
    }),
  );
}

/**
 * Whether two variables of several columns tell of each other in time: their pairs of columns, each tested as a series, all together by
 * Simes's inequality (1986).
 */
export function jointInTime(read: MixedRows, cluster: Cells | undefined): InTime {
  const panel = panelFor(read, cluster);
  const [x, y] = knownColumns(read).map((list) =>
    list.map(({ coded, kind }) => timeColumn(coded, kind, panel)),
  );
  const tests = x.flatMap((a) => y.map((b) => testInTime(a, b)));
  const sorted = tests.map(({ pValue }) => pValue).sort((a, b) => a - b);
  const simes = sorted.map((value, k) => (sorted.length * value) / (k + 1));
  const drifting = ([name, list]: readonly [string, readonly TimeColumn[]]): [string, TimeColumn] => [
    list.length === 1 ? name : `a column of ${name}`,
    list.find((column) => column.nonstationary()) ?? list[0],
  ];
  const named = (
    [
      ["X", x],
      ["Y", y],
    ] as const
  ).map(drifting);
  return {
    pValue: Math.min(1, ...simes),
    inflation: tests.reduce((most, { inflation }) => Math.max(most, inflation), 1),
    warnings: timeWarnings([named[0][0], named[1][0]], [named[0][1], named[1][1]]),
  };
}

/** Rows that are worth so many independent ones stay together where signs are random; and there are so many such stretches at least. */
const STRETCH = 4;
const FEWEST_STRETCHES = 20;

/**
 * Whether two columns in time tell of each other beyond others: of numbers what is left of both when each is freed of the others is tested as
 * two series are; where there are levels, the covariances of what is left, with random signs of stretches of rows.
 */
export function conditionalInTime(read: MixedRows, cluster: Cells | undefined, seed: number): InTime {
  const panel = panelFor(read, cluster);
  const [[x], [y], z] = knownColumns(read).map((list) =>
    list.map(({ coded, kind }) => ({ coded: inOrder(coded, panel), kind })),
  );
  const sorted = { ...panel, order: undefined };
  const inTime = (column: KnownColumn) => timeColumn(column.coded, column.kind, sorted);
  const inflation = inflationOf(inTime(x), inTime(y));
  const freed = freedTarget(y, z, undefined, read.n / inflation);
  if (freed === undefined) return { pValue: undefined, inflation, warnings: [] };
  if (x.kind === "number" && y.kind === "number") {
    const [first, second] = [x, y].map((column) => inTime(leftOf(column, freed)));
    const test = testInTime(first, second);
    return {
      ...test,
      warnings: [
        ...fewEffectiveRows(read.n / inflation),
        ...timeWarnings(["what is left of X", "what is left of Y"], [first, second]),
      ],
    };
  }
  const stretch = Math.min(
    Math.ceil(STRETCH * inflation),
    Math.max(1, Math.floor(read.n / FEWEST_STRETCHES)),
  );
  const { seen, drawn } = lookAt(randomSigns(read.n, seed, stretch), freed, x);
  const warnings = fewEffectiveRows(read.n / inflation);
  return { pValue: Math.exp(logAmong(seen, drawn, LEAST_IN_TIME)), inflation, warnings };
}

/** Rows worth so many independent ones free two columns of others well enough for what is left to be tested at its level. */
const FEW_EFFECTIVE = 100;

function fewEffectiveRows(effective: number): Warning[] {
  if (effective >= FEW_EFFECTIVE) return [];
  const message =
    `The rows are worth about ${Math.round(effective)} independent ones, by which X and Y are freed of Z: ` +
    "p-values below 0.05 come up to twice as often as they should. Go by those below 0.01, or take a longer series.";
  return [{ code: "few-samples", message }];
}

function inOrder(coded: KnownColumn["coded"], { order }: Panel): KnownColumn["coded"] {
  return order === undefined ? coded : selectRows(coded, order);
}

/** Variances of what is left are no smaller than this share of their mean. */
const LEAST_VARIANCE = 0.1;

/** What is left of a column, divided by the deviation that the others tell it to have. */
function leftOf({ coded, kind }: KnownColumn, { free }: FreedTarget): KnownColumn {
  const [rest] = free(columnFunctions(coded, kind, 1));
  const squares = rest.map((value) => value * value);
  const whole = mean(squares);
  const [unexplained] = free([squares]);
  const values = rest.map(
    (value, row) => value / Math.sqrt(Math.max(squares[row] - unexplained[row], LEAST_VARIANCE * whole)),
  );
  return { coded: codeColumn(values), kind: "number" };
}
