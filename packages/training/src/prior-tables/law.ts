/** A law of two columns of levels: a table of probabilities, and its information. */

/** Probabilities row by row, sum 1. */
export interface TableLaw {
  rows: number;
  columns: number;
  p: Float64Array;
}

/** Sums over the columns, and over the rows. */
export function marginsOf({ rows, columns, p }: TableLaw): [x: Float64Array, y: Float64Array] {
  const x = new Float64Array(rows);
  const y = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      x[i] += p[i * columns + k];
      y[k] += p[i * columns + k];
    }
  }
  return [x, y];
}

/** Mutual information, nats: a finite sum. */
export function informationOf(law: TableLaw): number {
  const [x, y] = marginsOf(law);
  let sum = 0;
  for (let i = 0; i < law.rows; i++) {
    for (let k = 0; k < law.columns; k++) {
      const cell = law.p[i * law.columns + k];
      if (cell > 0) sum += cell * Math.log(cell / (x[i] * y[k]));
    }
  }
  return Math.max(0, sum);
}

/** The law of which every cell has the weight that a function gives it. */
export function lawOf(rows: number, columns: number, weight: (i: number, k: number) => number): TableLaw {
  const p = new Float64Array(rows * columns);
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      const value = weight(i, k);
      p[i * columns + k] = value;
      sum += value;
    }
  }
  for (let c = 0; c < p.length; c++) p[c] /= sum;
  return { rows, columns, p };
}

/** The law with its columns exchanged. */
export function exchanged({ rows, columns, p }: TableLaw): TableLaw {
  return lawOf(columns, rows, (i, k) => p[k * columns + i]);
}
