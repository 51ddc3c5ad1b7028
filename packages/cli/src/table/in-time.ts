/** Rows in time: their order, what is to be told of their steps, and the conveniences of differences and seasons. */
import { CliError } from "../errors.js";
import { count } from "../text/numbers.js";
import { atEqualSteps, type TimeStep } from "./time-step.js";
import type { Table, TableColumn, TableInTime } from "./types.js";

/** What the user says of rows in time. */
export interface TimeOptions {
  /** Rows follow each other as they stand, or by the column of times. */
  series?: boolean;
  /** The column of times that rows are sorted by. */
  time?: string;
  /** Values become their changes from row to row. */
  diff?: boolean;
  /** Values become what they are beyond the mean of their phase in a period of so many rows. */
  deseason?: number;
  /** Rows at equal steps of time. */
  step?: TimeStep;
  /** Lengths of time are asked for, not numbers of rows: nothing is said of steps that are not alike. */
  byTime?: boolean;
}

/** Steps that differ from the usual one by more than this share are irregular: months differ by less. */
const IRREGULAR = 0.12;
/** A step of more than this many usual ones is a gap. */
const GAP = 1.5;

/** Whether anything is said of time. */
export function saysTime({ series, time, diff, deseason, step }: TimeOptions): boolean {
  return (
    series === true || time !== undefined || diff === true || deseason !== undefined || step !== undefined
  );
}

/**
 * A table whose rows follow each other in time, within every cluster. Notes tell of rows without a time, of times that come twice, of gaps
 * and of steps that are not alike.
 *
 * @throws CliError for times that are neither numbers nor dates, and where too few rows are left
 */
export function inTime(table: Table, options: TimeOptions): Table {
  if (!saysTime(options)) return table;
  const { step, byTime = false, ...others } = options;
  const sorted = sortedInTime(table, { stepped: step !== undefined, byTime });
  return withChanges(step === undefined ? sorted : atEqualSteps(sorted, step), others);
}

/** What is made of steps of time. */
interface Steps {
  stepped: boolean;
  byTime: boolean;
}

/** The rows in their order. */
function sortedInTime(table: Table, steps: Steps): Table {
  const { rows, step, notes } = rowsInTime(table, steps);
  const sorted = <Column extends TableColumn>(column: Column): Column => ({
    ...column,
    values: Float64Array.from(rows, (row) => column.values[row]),
  });
  const { time, cluster } = table;
  const dates = time !== undefined && time.kind !== "number" ? true : undefined;
  return {
    ...table,
    rows: rows.length,
    columns: table.columns.map(sorted),
    cluster: cluster && sorted(cluster),
    time: time && sorted(time),
    inTime: { time: time?.name, step, dates },
    notes: [...table.notes, ...notes],
  };
}

/** Values less their season, and changes, where they are asked for. */
function withChanges(table: Table, { diff, deseason }: TimeOptions): Table {
  const starts = startsOf(table.cluster, table.rows);
  if (deseason !== undefined && longest(starts) < 2 * deseason) {
    throw new CliError(
      `${table.file}: --deseason ${deseason} needs two periods at least, and the longest series has ${count(longest(starts), "row")}; name a shorter period.`,
    );
  }
  const columns = table.columns.map((column) => {
    if (column.levels !== undefined) return column;
    const calm = deseason === undefined ? column : withoutSeason(column, starts, deseason);
    return diff === true ? changes(calm, starts) : calm;
  });
  const inTime: TableInTime = { ...table.inTime, diff: diff === true ? true : undefined, deseason };
  return { ...table, columns, inTime };
}

/** Rows in their order, and what is to be told of it. */
function rowsInTime(
  { file, rows: total, time, cluster }: Table,
  { stepped, byTime }: Steps,
): {
  rows: Uint32Array;
  step?: number;
  notes: string[];
} {
  const clusterOf = (row: number): number => cluster?.values[row] ?? 0;
  const all = Uint32Array.from({ length: total }, (_, row) => row);
  if (time === undefined) {
    return {
      rows: cluster === undefined ? all : all.sort((a, b) => clusterOf(a) - clusterOf(b) || a - b),
      notes: [],
    };
  }
  if (time.levels !== undefined) {
    throw new CliError(
      `${file}: --time names ${JSON.stringify(time.name)}, which holds texts; name a column of dates or numbers, or say with --date what it is.`,
    );
  }
  const at = time.values;
  const rows = all
    .filter((row) => !Number.isNaN(at[row]))
    .sort((a, b) => clusterOf(a) - clusterOf(b) || at[a] - at[b] || a - b);
  const notes: string[] = [];
  const without = total - rows.length;
  if (without > 0) notes.push(`${count(without, "row")} without a ${time.name} left out`);
  const steps: number[] = [];
  for (let k = 1; k < rows.length; k++) {
    if (clusterOf(rows[k]) === clusterOf(rows[k - 1])) steps.push(at[rows[k]] - at[rows[k - 1]]);
  }
  const repeated = steps.filter((step) => step === 0).length;
  // Of rows at equal steps, those tell what was uneven.
  if (stepped) return { rows, notes };
  const moving = steps.filter((step) => step > 0).sort((a, b) => a - b);
  const step = moving[moving.length >> 1];
  const gaps = moving.filter((other) => other > GAP * step).length;
  const uneven = moving.filter(
    (other) => other <= GAP * step && Math.abs(other - step) > IRREGULAR * step,
  ).length;
  if (repeated > 0) {
    notes.push(
      `${time.name}: ${count(repeated, "time")} come again; such rows follow each other as they stand`,
    );
  }
  if (gaps > 0 && !byTime) {
    notes.push(
      `${time.name}: ${count(gaps, "gap")} of more than a step; lags count rows, not time, unless --step says the step`,
    );
  }
  if (uneven > 0 && !byTime) {
    notes.push(
      `${time.name}: ${uneven} of ${count(moving.length, "step")} differ from the usual one; lags count rows, not time, unless --step says the step`,
    );
  }
  return { rows, step, notes };
}

/** Where the rows of each cluster begin, and the number of all at the end. */
function startsOf(cluster: TableColumn | undefined, rows: number): number[] {
  const starts = [0];
  if (cluster !== undefined) {
    for (let k = 1; k < rows; k++) {
      if (!Object.is(cluster.values[k], cluster.values[k - 1])) starts.push(k);
    }
  }
  return [...starts, rows];
}

function longest(starts: readonly number[]): number {
  return starts.slice(1).reduce((most, end, s) => Math.max(most, end - starts[s]), 0);
}

/** Values less the mean of their phase, plus the mean of all; phases are counted from the first row of every cluster. */
function withoutSeason(column: TableColumn, starts: readonly number[], period: number): TableColumn {
  const values = column.values.slice();
  for (let s = 0; s + 1 < starts.length; s++) {
    const [from, to] = [starts[s], starts[s + 1]];
    const meanOf = (first: number, step: number): number => {
      let [sum, present] = [0, 0];
      for (let k = first; k < to; k += step) {
        if (Number.isNaN(values[k])) continue;
        sum += values[k];
        present++;
      }
      return sum / present;
    };
    const whole = meanOf(from, 1);
    for (let phase = 0; phase < period && from + phase < to; phase++) {
      const shift = meanOf(from + phase, period) - whole;
      for (let k = from + phase; k < to; k += period) values[k] -= shift;
    }
  }
  return { ...column, values };
}

/** Changes from row to row; the first row of every cluster has none. */
function changes(column: TableColumn, starts: readonly number[]): TableColumn {
  const values = new Float64Array(column.values.length).fill(Number.NaN);
  for (let s = 0; s + 1 < starts.length; s++) {
    for (let k = starts[s] + 1; k < starts[s + 1]; k++) values[k] = column.values[k] - column.values[k - 1];
  }
  return { ...column, values, missing: values.filter(Number.isNaN).length };
}
