/** Two columns of any kind in time: the p-value, and what chance is there. */

import type { CodedColumn } from "../copula/index.js";
import { rankScores } from "../numerics/normal-scores.js";
import type { ColumnKind } from "../types.js";
import { autocorrelations } from "./autoregression.js";
import {
  type LevelSeries,
  levelSeries,
  likenesses,
  testLevels,
  testLevelsBesideNumbers,
} from "./level-series.js";
import type { Panel } from "./panel.js";
import { NO_SEASONS, type Seasons, seasonsOf } from "./seasons.js";
import { type SeriesColumn, type SeriesRanks, seriesColumn } from "./series-column.js";
import { testSeries } from "./series-test.js";

/** A column in time. */
export type TimeColumn = (
  | { kind: "number"; series: SeriesColumn }
  | { kind: "levels"; series: LevelSeries }
) & {
  /** Whether it has no mean that it returns to; found out when it is first asked for. */
  nonstationary: () => boolean;
  /** How much of it repeats, by the period in rows; found out when it is first asked for. */
  seasons: () => Seasons;
};

/** A column in time: levels where it is categories or has two values. */
export function timeColumn(column: CodedColumn, kind: ColumnKind, panel: Panel): TimeColumn {
  if (kind === "category" || column.distinct <= 2) {
    return {
      kind: "levels",
      series: levelSeries(column, panel),
      nonstationary: () => false,
      seasons: () => NO_SEASONS,
    };
  }
  const series = seriesColumn(column, panel);
  let known: boolean | undefined;
  const nonstationary = (): boolean => {
    known ??= isNonstationary(series);
    return known;
  };
  let found: Seasons | undefined;
  const seasons = (): Seasons => {
    found ??= seasonsOf(rankScores(series.itself.ranks), series.segments);
    return found;
  };
  return { kind: "number", series, nonstationary, seasons };
}

/** What two columns in time say of each other. */
export interface TimeEvidence {
  pValue: number;
  /** How many times as many rows as independent ones say the same, at least 1. */
  inflation: number;
}

/** Tests two columns in time for independence of each other. */
export function testInTime(x: TimeColumn, y: TimeColumn): TimeEvidence {
  if (x.kind === "number" && y.kind === "number") {
    const { logP, inflation } = testSeries(x.series, y.series);
    return { pValue: Math.exp(logP), inflation };
  }
  const pValue = Math.exp(
    x.kind === "levels"
      ? y.kind === "levels"
        ? testLevels(x.series, y.series)
        : testLevelsBesideNumbers(x.series, y.series)
      : testLevelsBesideNumbers((y as { series: LevelSeries }).series, x.series),
  );
  return { pValue, inflation: inflationOf(x, y) };
}

/** Factor by which chance is larger than in independent rows, at least 1. */
export function inflationOf(x: TimeColumn, y: TimeColumn): number {
  const [a, b] = [x, y].map(likenessOf);
  const n = rowsOf(x);
  let sum = 1;
  for (let lag = 1; lag < Math.min(a.length, b.length); lag++) sum += 2 * (1 - lag / n) * a[lag] * b[lag];
  return Math.max(1, sum);
}

function likenessOf(column: TimeColumn): Float64Array {
  if (column.kind === "levels") return likenesses(column.series);
  return autocorrelations(column.series.itself.model, rowsOf(column) - 1);
}

function rowsOf({ kind, series }: TimeColumn): number {
  return kind === "number" ? series.n : series.levels.places.length;
}

/** A series that forgets less than this many rows' worth in its whole length wanders like one that never does. */
const WANDERS = 10;

/** Whether a column has no mean that it returns to: it wanders as a random walk does, or follows a trend. */
function isNonstationary(series: SeriesColumn): boolean {
  const { n, segments } = series;
  const { model } = series.itself;
  const persistence = model.coefficients[model.order].reduce((sum, value) => sum + value, 0);
  if (1 - persistence <= (WANDERS * (segments.length - 1)) / n) return true;
  return segments.length === 2 && trends(series);
}

/** Surrogates none of which rises or falls as much. */
const TREND_DRAWS = 50;

/** Whether a column rises or falls as series of its kind hardly do by chance. */
function trends({ n, itself, surrogate }: SeriesColumn): boolean {
  const along = ({ ranks }: SeriesRanks): number => {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += (t - (n - 1) / 2) * ranks[t];
    return Math.abs(sum);
  };
  const seen = along(itself);
  for (let draw = 0; draw < TREND_DRAWS; draw++) if (along(surrogate(draw)) >= seen) return false;
  return true;
}
