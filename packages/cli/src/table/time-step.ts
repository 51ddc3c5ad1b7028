/** Lengths of time on the command line, and rows at equal steps of time. */
import { CliError, UsageError } from "../errors.js";
import { count } from "../text/numbers.js";
import type { Table } from "./types.js";

/** A length of time as it was written: so many of a unit, or of the column's own where there is none. */
export interface TimeStep {
  text: string;
  amount: number;
  unit: Unit | undefined;
}

type Unit = "s" | "min" | "h" | "d" | "w" | "mo" | "y";

/** Seconds; of months and years on average. */
const SECONDS: Record<Unit, number> = {
  s: 1,
  min: 60,
  h: 3600,
  d: 86400,
  w: 604800,
  mo: 365.2425 * 7200,
  y: 365.2425 * 86400,
};
const MONTHS: Partial<Record<Unit, number>> = { mo: 1, y: 12 };

/**
 * Reads a length of time: `6h`, `1mo`, or `0.5` where times are numbers.
 *
 * @throws UsageError
 */
export function readTimeStep(name: string, text: string): TimeStep {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(s|min|h|d|w|mo|y)?$/.exec(text) ?? [];
  const amount = Number(number);
  if (!(amount > 0)) {
    throw new UsageError(
      `${name} takes a length of time such as 1d, 6h, 15min or 1mo, or a number where times are numbers, not ${JSON.stringify(text)}.`,
    );
  }
  return { text, amount, unit: unit as Unit | undefined };
}

/** Half of a length of time. */
export function halfOf({ amount, unit }: TimeStep): TimeStep {
  return { text: `${amount / 2}${unit ?? ""}`, amount: amount / 2, unit };
}

/**
 * The length in the unit of the times: seconds, where they are dates.
 *
 * @throws UsageError where a unit is missing, or means nothing
 */
export function lengthOf(name: string, { text, amount, unit }: TimeStep, { time, file }: Table): number {
  if (time === undefined)
    throw new UsageError(`${name} ${text} is a length of time; name the times with --time.`);
  if (time.levels !== undefined) return amount;
  if (time.kind === "number") {
    if (unit === undefined) return amount;
    throw new UsageError(
      `${name} ${text}: ${JSON.stringify(time.name)} of ${file} holds numbers, whose unit is not known; leave ${unit} out.`,
    );
  }
  if (unit !== undefined) return amount * SECONDS[unit];
  throw new UsageError(
    `${name} ${text}: ${JSON.stringify(time.name)} of ${file} holds dates; say the unit, such as ${text}d.`,
  );
}

/** Steps without a row, for every row, at most. */
const MOST_EMPTY = 50;

/**
 * A table in time with a row at every step from the first time of each series on; steps without a row miss all values, of rows in one step
 * the first is kept.
 *
 * @throws UsageError as {@link lengthOf}, CliError for steps far shorter than those of the rows
 */
export function atEqualSteps(table: Table, step: TimeStep): Table {
  const { time, cluster, rows: total, file } = table;
  const length = lengthOf("--step", step, table);
  const at = time!.values;
  const places: { row: number; time: number }[] = [];
  let [crowded, empty] = [0, 0];
  for (let row = 0, last = -1, first = 0; row < total; row++) {
    if (row === 0 || !Object.is(cluster?.values[row], cluster?.values[row - 1])) [last, first] = [-1, row];
    const number = stepsBetween(at[first], at[row], step, length);
    if (number <= last) {
      crowded++;
      continue;
    }
    empty += number - last - 1;
    if (empty > MOST_EMPTY * total) {
      throw new CliError(
        `${file}: --step ${step.text} is far shorter than the steps of ${JSON.stringify(time!.name)}; name the step at which rows follow each other.`,
      );
    }
    for (let k = last + 1; k < number; k++) places.push({ row: -1 - row, time: at[first] + k * length });
    places.push({ row, time: at[row] });
    last = number;
  }
  const spread = (values: Float64Array): Float64Array =>
    Float64Array.from(places, ({ row }) => (row < 0 ? Number.NaN : values[row]));
  const notes = [
    ...(crowded > 0
      ? [`${count(crowded, "row")} within a step of ${step.text} of another one left out`]
      : []),
    ...(empty > 0 ? [`${count(empty, "step")} of ${step.text} without a row`] : []),
  ];
  return {
    ...table,
    rows: places.length,
    columns: table.columns.map((column) => {
      const values = spread(column.values);
      return { ...column, values, missing: values.filter(Number.isNaN).length };
    }),
    cluster: cluster && {
      ...cluster,
      values: Float64Array.from(places, ({ row }) => cluster.values[row < 0 ? -1 - row : row]),
    },
    time: { ...time!, values: Float64Array.from(places, (place) => place.time) },
    inTime: { ...table.inTime, step: length, grid: step.text },
    notes: [...table.notes, ...notes],
  };
}

/** Whole steps from one time to another, of months by the calendar. */
function stepsBetween(from: number, to: number, { amount, unit }: TimeStep, length: number): number {
  const months = unit === undefined ? undefined : MONTHS[unit];
  if (months === undefined) return Math.round((to - from) / length);
  const [a, b] = [from, to].map((seconds) => new Date(seconds * 1000));
  const between = 12 * (b.getUTCFullYear() - a.getUTCFullYear()) + b.getUTCMonth() - a.getUTCMonth();
  return Math.floor(between / (months * amount));
}
