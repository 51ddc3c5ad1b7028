/** What lies between the ends of the pairs of a vine. */

import { mean, squaresAbout } from "../numerics/moments.js";
import { normalScoresOf } from "../numerics/normal-scores.js";
import { shared } from "../numerics/shared.js";

/** Columns of one vine: all pairs have some of them between their ends, so all are packed once, and threads share them. */
export interface Between {
  /** Rows that the vine is fitted to; those held out follow them. */
  fitted: number;
  rows: number;
  /** Normal scores of the columns of the vine, one after the other, and their squares. */
  scores: Float64Array;
  squares: Float64Array;
  /** Σ (f − mean)² over the rows fitted, of the scores and of the squares of each column. */
  spreads: Float64Array;
  /** The columns that are meant, from the first of them to before the last. */
  from: number;
  to: number;
}

/** A function of what lies between, at the rows fitted. */
export interface SlowFunction {
  values: Float64Array;
  /** Σ (values − mean)². */
  spread: number;
}

/** One of the columns. */
interface Column {
  /** Normal scores at the rows fitted, then at those held out. */
  scores: Float64Array;
  /** The scores and their squares. */
  slow: readonly [SlowFunction, SlowFunction];
}

/**
 * @param columns values without ties, at the rows fitted, then at those held out
 * @param fitted how many rows are fitted
 */
export function between(columns: readonly Float64Array[], fitted: number): Between {
  const rows = columns[0]?.length ?? fitted;
  const scores = new Float64Array(columns.length * rows);
  for (const [k, values] of columns.entries()) scores.set(normalScoresOf(values), k * rows);
  const squares = timesEach(scores, scores);
  const spreads = columns.flatMap((_, k) =>
    [scores, squares].map((of) => slowFunction(of.subarray(k * rows, k * rows + fitted)).spread),
  );
  return {
    fitted,
    rows,
    scores: shared(scores),
    squares: shared(squares),
    spreads: Float64Array.from(spreads),
    from: 0,
    to: columns.length,
  };
}

export function columnsOf({ fitted, rows, scores, squares, spreads, from, to }: Between): Column[] {
  return Array.from({ length: to - from }, (_, k) => {
    const at = (from + k) * rows;
    const slow = (of: Float64Array, place: number): SlowFunction => ({
      values: of.subarray(at, at + fitted),
      spread: spreads[2 * (from + k) + place],
    });
    return { scores: scores.subarray(at, at + rows), slow: [slow(scores, 0), slow(squares, 1)] };
  });
}

export function slowFunction(values: Float64Array): SlowFunction {
  return { values, spread: squaresAbout(values, mean(values)) };
}

/** a b, row by row. */
export function timesEach(a: Float64Array, b: Float64Array): Float64Array {
  const values = new Float64Array(a.length);
  for (let row = 0; row < values.length; row++) values[row] = a[row] * b[row];
  return values;
}
