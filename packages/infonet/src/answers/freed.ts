/** What is left of columns once others are known: their scores less what the others tell of them, in units of the spread that they tell. */

import type { Task, Workers } from "../engine/task.js";
import { completeRows } from "../input/missing.js";
import { centred } from "../numerics/moments.js";
import { stream } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import { predictions } from "../prediction/prediction.js";
import type { AnswerColumn } from "./columns.js";

/** Share of a deviation that is added to sizes before their logarithms, so that a row without a rest does not rule them. */
const LEAST_SIZE = 0.05;

/** Draws the seeds of further divisions. */
const DIVISION = 0x0d1f;

/** Functions of some columns, and of those that they are freed of. */
interface Rows {
  targets: readonly Float64Array[];
  given: readonly Float64Array[];
  seed: number;
}

/** Targets freed of what is given; NaN where any of them is missing. */
export const FREED: Task<Rows, Float64Array[]> = {
  name: "freed",
  run: ({ targets, given, seed }) => freed(targets, given, completeRows([...targets, ...given]), seed),
};

/** Columns that are freed by one task. */
const COLUMNS_A_TASK = 16;

/** Frees columns of others. */
export class FreedColumns {
  readonly #known = new Map<string, Promise<Float64Array[]>>();

  constructor(
    readonly columns: readonly AnswerColumn[],
    private readonly workers: Workers,
    private readonly seed: number,
  ) {}

  /** The same columns, freed by another division of the rows. */
  divided(division: number): FreedColumns {
    const seed = stream(this.seed, DIVISION, division).whole(0, 0x7fffffff);
    return new FreedColumns(this.columns, this.workers, seed);
  }

  /**
   * The functions of columns, freed of the columns given; NaN where any of them is missing.
   *
   * @param given positions, in any order
   */
  ofAll(wanted: readonly number[], given: readonly number[]): Promise<Float64Array[][]> {
    if (given.length === 0) {
      return Promise.resolve(wanted.map((column) => this.columns[column].functions));
    }
    const sorted = [...given].sort((a, b) => a - b);
    const keyOf = (column: number): string => `${column}|${sorted.join()}`;
    const missing = wanted.filter((column) => !this.#known.has(keyOf(column)));
    for (const group of this.#ofSameRows(missing, sorted)) {
      const targets = this.#functions(group);
      const rest = this.workers.run(FREED, { targets, given: this.#predictors(sorted), seed: this.seed });
      let at = 0;
      for (const column of group) {
        const from = at;
        at += this.columns[column].functions.length;
        const to = at;
        const own = rest.then((found) => found.slice(from, to));
        // Whoever asked for it hears of a failure.
        own.catch(() => {});
        this.#known.set(keyOf(column), own);
      }
    }
    return Promise.all(wanted.map((column) => this.#known.get(keyOf(column)) as Promise<Float64Array[]>));
  }

  /** Forgets what was freed, so that memory does not grow with the number of questions. */
  forget(): void {
    this.#known.clear();
  }

  #functions(columns: readonly number[]): Float64Array[] {
    return columns.flatMap((column) => this.columns[column].functions);
  }

  #predictors(columns: readonly number[]): Float64Array[] {
    return columns.flatMap((column) => this.columns[column].predictors);
  }

  /** Columns without a missing value some at a time, every other by itself: rows that one lacks are of use to the others. */
  #ofSameRows(columns: readonly number[], given: readonly number[]): number[][] {
    const rows = completeRows(this.#predictors(given)).length;
    const isWhole = (column: number): boolean =>
      completeRows([this.columns[column].functions[0], ...this.#predictors(given)]).length === rows;
    const whole = columns.filter(isWhole);
    const groups = columns.filter((column) => !whole.includes(column)).map((column) => [column]);
    for (let from = 0; from < whole.length; from += COLUMNS_A_TASK) {
      groups.push(whole.slice(from, from + COLUMNS_A_TASK));
    }
    return groups;
  }
}

/** Targets less their predictions, divided by the predictions of their sizes, at the rows; NaN at the others. */
function freed(
  targets: readonly Float64Array[],
  given: readonly Float64Array[],
  rows: Uint32Array,
  seed: number,
): Float64Array[] {
  const own = targets.map((target) => centred(pick(target, rows)));
  const told = given.map((column) => pick(column, rows));
  const found = predictions(own, told, seed);
  const rest = own.map((target, k) => {
    const values = found[k]?.values;
    return values === undefined ? target : target.map((value, row) => value - values[row]);
  });
  const sizes = rest.map((values) => centred(values.map((value) => Math.log(Math.abs(value) + LEAST_SIZE))));
  const scales = predictions(sizes, told, seed);
  return rest.map((values, k) => {
    const scale = scales[k]?.values;
    const all = new Float64Array(targets[k].length).fill(Number.NaN);
    values.forEach((value, at) => {
      all[rows[at]] = scale === undefined ? value : value / Math.exp(scale[at]);
    });
    return all;
  });
}
