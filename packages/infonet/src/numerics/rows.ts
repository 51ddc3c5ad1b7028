/** Choosing rows. Plain loops: `from` with a function goes through the iterator and takes ten times as long. */

/** 0 … n − 1. */
export function allRows(n: number): Uint32Array {
  const rows = new Uint32Array(n);
  for (let row = 0; row < n; row++) rows[row] = row;
  return rows;
}

/** The values at some rows. */
export function pick(values: Float64Array, rows: Uint32Array): Float64Array;
export function pick(values: Uint32Array, rows: Uint32Array): Uint32Array;
export function pick(values: Uint8Array, rows: Uint32Array): Uint8Array;
export function pick(values: Values, rows: Uint32Array): Values {
  const picked = emptied(values, rows.length);
  for (let k = 0; k < picked.length; k++) picked[k] = values[rows[k]];
  return picked;
}

/** One after the other; at least one. */
export function appended<Some extends Values>(parts: readonly Some[]): Some {
  const all = emptied(
    parts[0],
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all as Some;
}

type Values = Float64Array | Float32Array | Uint32Array | Uint8Array;

/** Zeros of the kind of some values. */
function emptied(like: Values, length: number): Values {
  return new (like.constructor as new (length: number) => Values)(length);
}

/** Rows of one fold, or of all the others. */
export function rowsOfFold(fold: Uint8Array, wanted: number, inside: boolean): Uint32Array {
  const rows = new Uint32Array(fold.length);
  let count = 0;
  for (let row = 0; row < fold.length; row++) {
    if ((fold[row] === wanted) === inside) rows[count++] = row;
  }
  return rows.subarray(0, count);
}
