/** What is left of columns once others are known: their scores less what the others tell of them, in units of the spread that they tell. */

import { centred } from "../numerics/moments.js";
import { pick } from "../numerics/rows.js";
import { predictions } from "../prediction/prediction.js";
import type { AnswerColumn } from "./columns.js";

/** Share of a deviation that is added to sizes before their logarithms, so that a row without a rest does not rule them. */
const LEAST_SIZE = 0.05;

/** Frees columns of others. */
export class FreedColumns {
  readonly #known = new Map<string, Float64Array[]>();

  constructor(
    readonly columns: readonly AnswerColumn[],
    private readonly seed: number,
  ) {}

  /**
   * The functions of a column, freed of the columns given; NaN where any of them is missing.
   *
   * @param given positions, in any order
   */
  of(column: number, given: readonly number[]): Float64Array[] {
    return this.ofAll([column], given)[0];
  }

  /** The same of several columns, which takes little more time than of one. */
  ofAll(wanted: readonly number[], given: readonly number[]): Float64Array[][] {
    if (given.length === 0) return wanted.map((column) => this.columns[column].functions);
    const sorted = [...given].sort((a, b) => a - b);
    const keyOf = (column: number): string => `${column}|${sorted.join()}`;
    const missing = wanted.filter((column) => !this.#known.has(keyOf(column)));
    for (const group of this.#ofSameRows(missing, sorted)) {
      const rows = completeRows(
        group.flatMap((column) => this.columns[column].functions),
        this.#functions(sorted),
      );
      const targets = group.flatMap((column) => this.columns[column].functions);
      const rest = freed(targets, this.#functions(sorted), rows, this.seed);
      let at = 0;
      for (const column of group) {
        const count = this.columns[column].functions.length;
        this.#known.set(keyOf(column), rest.slice(at, at + count));
        at += count;
      }
    }
    return wanted.map((column) => this.#known.get(keyOf(column)) as Float64Array[]);
  }

  /** Forgets all that was freed of others than these, so that memory does not grow with the number of questions. */
  forget(): void {
    this.#known.clear();
  }

  #functions(columns: readonly number[]): Float64Array[] {
    return columns.flatMap((column) => this.columns[column].functions);
  }

  /** Columns without a missing value together, every other by itself: rows that one lacks are of use to the others. */
  #ofSameRows(columns: readonly number[], given: readonly number[]): number[][] {
    const rows = completeRows([], this.#functions(given)).length;
    const isWhole = (column: number): boolean =>
      completeRows(this.columns[column].functions.slice(0, 1), this.#functions(given)).length === rows;
    const whole = columns.filter(isWhole);
    const others = columns.filter((column) => !whole.includes(column)).map((column) => [column]);
    return whole.length === 0 ? others : [whole, ...others];
  }
}

function completeRows(...lists: (readonly Float64Array[])[]): Uint32Array {
  const columns = lists.flat();
  const rows: number[] = [];
  const n = columns[0]?.length ?? 0;
  for (let row = 0; row < n; row++) {
    if (columns.every((column) => !Number.isNaN(column[row]))) rows.push(row);
  }
  return Uint32Array.from(rows);
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
