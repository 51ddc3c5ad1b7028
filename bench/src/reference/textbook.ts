/** The tests that a textbook has for each kind of columns: p-values, two-sided where there are sides. */
import { logGamma } from "@infonet/training/evaluate";
import { chiSquaredTail, fisherTail, normalTwoSided, studentTwoSided } from "./tails.js";

const total = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum;
};

/** Sum of squares about a centre. */
const squares = (values: ArrayLike<number>, centre: number): number => {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += (values[k] - centre) ** 2;
  return sum;
};

/** Student's t test of two groups, equal variances. */
export function studentTest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanOfA, meanOfB] = [total(a) / a.length, total(b) / b.length];
  const degrees = a.length + b.length - 2;
  const variance = (squares(a, meanOfA) + squares(b, meanOfB)) / degrees;
  return studentTwoSided((meanOfA - meanOfB) / Math.sqrt(variance * (1 / a.length + 1 / b.length)), degrees);
}

/** The F test of a one-way analysis of variance. */
export function varianceTest(groups: ReadonlyArray<ArrayLike<number>>): number {
  const n = groups.reduce((sum, { length }) => sum + length, 0);
  const grand = groups.reduce((sum, group) => sum + total(group), 0) / n;
  let [between, within] = [0, 0];
  for (const group of groups) {
    const mean = total(group) / group.length;
    between += group.length * (mean - grand) ** 2;
    within += squares(group, mean);
  }
  const [above, below] = [groups.length - 1, n - groups.length];
  return fisherTail(between / above / (within / below), above, below);
}

/** The Mann–Whitney test of two groups by the normal law, with the corrections for ties and continuity. */
export function mannWhitney(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [p, q] = [a.length, b.length];
  const n = p + q;
  const values = new Float64Array(n);
  values.set(a);
  values.set(b, p);
  const order = Uint32Array.from(values, (_, k) => k).sort((i, k) => values[i] - values[k]);
  let [ranks, ties] = [0, 0];
  for (let start = 0; start < n; ) {
    let end = start;
    while (end < n && values[order[end]] === values[order[start]]) end++;
    const tied = end - start;
    ties += tied ** 3 - tied;
    // Ranks start + 1 … end have this mean.
    for (let k = start; k < end; k++) if (order[k] < p) ranks += (start + end + 1) / 2;
    start = end;
  }
  const above = Math.abs(ranks - (p * (p + 1)) / 2 - (p * q) / 2) - 0.5;
  const variance = ((p * q) / 12) * (n + 1 - ties / (n * (n - 1)));
  return above <= 0 ? 1 : normalTwoSided(above / Math.sqrt(variance));
}

/** Pearson's χ² test of a table of counts, without correction. Rows and columns that are empty have no part in it. */
export function pearsonTest(table: ReadonlyArray<ArrayLike<number>>): number {
  const rows = table.filter((row) => total(row) > 0);
  const sums = rows.map(total);
  const columns = Array.from({ length: table[0].length }, (_, k) =>
    rows.reduce((sum, row) => sum + row[k], 0),
  );
  const n = total(sums);
  let statistic = 0;
  rows.forEach((row, i) => {
    columns.forEach((column, k) => {
      const expected = (sums[i] * column) / n;
      if (column > 0) statistic += (row[k] - expected) ** 2 / expected;
    });
  });
  const degrees = (rows.length - 1) * (columns.filter((column) => column > 0).length - 1);
  return degrees === 0 ? 1 : chiSquaredTail(statistic, degrees);
}

/** Tables as likely as the observed one count as such within this factor. */
const SAME = 1 + 1e-7;

/** Fisher's exact test of a 2 × 2 table: the tables with its margins that are no likelier. */
export function fisherExact([[a, b], [c, d]]: ReadonlyArray<readonly number[]>): number {
  const logFactorial = (k: number): number => logGamma(k + 1);
  const logWeight = (corner: number): number =>
    -[corner, a + b - corner, a + c - corner, d - a + corner].reduce((sum, k) => sum + logFactorial(k), 0);
  const observed = logWeight(a);
  let [all, asUnlikely] = [0, 0];
  for (let corner = Math.max(0, a - d); corner <= Math.min(a + b, a + c); corner++) {
    const weight = Math.exp(logWeight(corner) - observed);
    all += weight;
    if (weight <= SAME) asUnlikely += weight;
  }
  return asUnlikely / all;
}

/** The t test of Pearson's correlation. */
export function correlationTest(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  const [meanOfX, meanOfY] = [total(x) / n, total(y) / n];
  let products = 0;
  for (let k = 0; k < n; k++) products += (x[k] - meanOfX) * (y[k] - meanOfY);
  const r2 = products ** 2 / (squares(x, meanOfX) * squares(y, meanOfY));
  return r2 >= 1 ? 0 : studentTwoSided(Math.sqrt(((n - 2) * r2) / (1 - r2)), n - 2);
}
