/**
 * A column as the library works with it: its values replaced by their places among the distinct values.
 * From there on nothing can depend on the scale of a variable.
 */

import { MISSING } from "../input/missing.js";
import { order } from "../numerics/order.js";

/** A column whose values are replaced by their places among its distinct values, ascending. */
export interface CodedColumn {
  /** Place per row, 0 … distinct − 1, or {@link MISSING}. */
  places: Uint32Array;
  /** Number of distinct values. */
  distinct: number;
  /** Number of missing values. */
  missing: number;
}

/** Codes a column; NaN is missing, other values must be finite. O(n). */
export function codeColumn(values: Float64Array): CodedColumn {
  const places = new Uint32Array(values.length);
  let missing = 0;
  for (const value of values) if (Number.isNaN(value)) missing++;
  const sorted = order(values);
  let distinct = 0;
  let previous = Number.NaN;
  for (const row of sorted) {
    const value = values[row];
    if (Number.isNaN(value)) {
      places[row] = MISSING;
      continue;
    }
    if (value !== previous) distinct++;
    previous = value;
    places[row] = distinct - 1;
  }
  return { places, distinct, missing };
}

/** The column of the given rows alone, none of which may be missing: places are counted anew. */
export function selectRows({ places, distinct }: CodedColumn, rows: Uint32Array): CodedColumn {
  const selected = new Uint32Array(rows.length);
  const renumbered = new Uint32Array(distinct);
  for (let k = 0; k < rows.length; k++) {
    const place = places[rows[k]];
    selected[k] = place;
    renumbered[place] = 1;
  }
  let count = 0;
  for (let place = 0; place < distinct; place++) {
    if (renumbered[place] === 1) renumbered[place] = count++;
  }
  for (let k = 0; k < rows.length; k++) selected[k] = renumbered[selected[k]];
  return { places: selected, distinct: count, missing: 0 };
}

/** Whether two columns order the rows alike, or in reverse, and miss the same ones: either tells all of the other. */
export function sameOrder(a: CodedColumn, b: CodedColumn): boolean {
  if (a.distinct !== b.distinct || a.missing !== b.missing) return false;
  const alike = a.places.every((place, row) => place === b.places[row]);
  return (
    alike ||
    a.places.every((place, row) =>
      place === MISSING ? b.places[row] === MISSING : place === a.distinct - 1 - b.places[row],
    )
  );
}

/** A column without missing values in the other direction: its largest value first. */
export function mirroredColumn({ places, distinct, missing }: CodedColumn): CodedColumn {
  return { places: places.map((place) => distinct - 1 - place), distinct, missing };
}
