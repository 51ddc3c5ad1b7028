/**
 * What a table of independent columns shows by chance: means over all tables with the same margins, of which every
 * order of the rows of y beside those of x is equally likely (Vinh, Epps & Bailey, "Information theoretic measures for
 * clusterings comparison", 2010).
 */

import { onGrid, type Tally } from "./tally.js";

/** Means over tables with given margins. */
export interface ExpectedTable {
  /** Plug-in information, nats. */
  information: number;
  /** Occupied cells. */
  occupied: number;
  /** Cells with a single row of the sample. */
  once: number;
}

/**
 * The means for margins. Exact where neither margin has more than {@link MOST_TOTALS} different totals, but for cells of
 * more than {@link MANY} expected rows; otherwise the mean of a cell is interpolated between totals, to about 1e-5 of
 * itself. Exchanging the margins changes nothing. A few milliseconds at most.
 */
export function expectedTable(rows: Tally, columns: Tally, n: number): ExpectedTable {
  const [a, b] = [knotsOf(rows), knotsOf(columns)];
  const sums: ExpectedTable = { information: 0, occupied: 0, once: 0 };
  for (let i = 0; i < a.totals.length; i++) {
    for (let k = 0; k < b.totals.length; k++) {
      const weight = a.weights[i] * b.weights[k];
      const cell = expectedCell(a.totals[i], b.totals[k], n);
      sums.information += onGrid((weight * cell.information) / n);
      sums.occupied += onGrid((weight * cell.occupied) / n);
      sums.once += onGrid((weight * cell.once) / n);
    }
  }
  return {
    information: Math.max(0, sums.information),
    occupied: n * sums.occupied,
    once: n * sums.once,
  };
}

/** Different totals of a margin of which each is looked at. */
export const MOST_TOTALS = 40;
/** Expected rows of a cell from which its moments are enough. */
export const MANY = 200;

/** Totals and how many levels each stands for; no whole numbers where it is one of several between which is interpolated. */
interface Knots {
  totals: number[];
  weights: number[];
}

/** Totals up to here are knots themselves. */
const EACH_UP_TO = 16;
const KNOT_RATIO = 1.3;

function knotsOf({ counts, times }: Tally): Knots {
  if (counts.length <= MOST_TOTALS) return { totals: [...counts], weights: [...times] };
  const largest = counts[counts.length - 1];
  const totals: number[] = [];
  for (let total = counts[0]; total < largest; ) {
    totals.push(total);
    total = total < EACH_UP_TO ? total + 1 : Math.ceil(total * KNOT_RATIO);
  }
  totals.push(largest);
  const weights = new Array<number>(totals.length).fill(0);
  let near = 0;
  counts.forEach((count, k) => {
    while (near < totals.length - 1 && totals[near + 1] <= count) near++;
    if (totals[near] === count) {
      weights[near] += times[k];
      return;
    }
    // Lagrange's cubic through the four knots around it, along the logarithm.
    const first = Math.max(0, Math.min(near - 1, totals.length - 4));
    const around = totals.slice(first, first + 4).map(Math.log);
    const at = Math.log(count);
    around.forEach((knot, i) => {
      const others = around.filter((_, j) => j !== i);
      weights[first + i] +=
        times[k] * others.reduce((product, other) => (product * (at - other)) / (knot - other), 1);
    });
  });
  return { totals, weights };
}

const LOGARITHMS = Float64Array.from({ length: 1024 }, (_, k) => (k === 0 ? 0 : Math.log(k)));
const logarithm = (count: number): number =>
  count < LOGARITHMS.length ? LOGARITHMS[count] : Math.log(count);

/** Terms below this share of the largest are left out. */
const NEGLIGIBLE = 1e-17;

/**
 * A cell whose count is hypergeometric: mean of c ln(c n/(r s)), and the probabilities of a count above 0 and of 1. The
 * weights are found from the likeliest count outwards by their ratios, and divided by their sum.
 */
function expectedCell(one: number, other: number, n: number): ExpectedTable {
  const [r, s] = one < other ? [one, other] : [other, one];
  const mean = (r * s) / n;
  if (mean > MANY) return { information: byMoments(r, s, n), occupied: 1, once: 0 };
  const least = Math.max(0, r + s - n);
  const start = Math.max(least, Math.min(r, Math.floor(((r + 1) * (s + 1)) / (n + 2))));
  let whole = 1;
  let sum = start * logarithm(start);
  let empty = start === 0 ? 1 : 0;
  let once = start === 1 ? 1 : 0;
  for (let c = start, weight = 1; c < r && weight > NEGLIGIBLE; c++) {
    weight *= ((r - c) * (s - c)) / ((c + 1) * (n - r - s + c + 1));
    whole += weight;
    sum += weight * (c + 1) * logarithm(c + 1);
    if (c === 0) once = weight;
  }
  for (let c = start, weight = 1; c > least && weight > NEGLIGIBLE; c--) {
    weight *= (c * (n - r - s + c)) / ((r - c + 1) * (s - c + 1));
    whole += weight;
    sum += weight * (c - 1) * logarithm(c - 1);
    if (c === 1) empty = weight;
    else if (c === 2) once = weight;
  }
  return {
    information: sum / whole - mean * Math.log(mean),
    occupied: 1 - empty / whole,
    once: once / whole,
  };
}

/** Mean of c ln(c/e) from the cumulants of a count with a large mean e: Taylor's series to the sixth moment. */
function byMoments(r: number, s: number, n: number): number {
  const e = (r * s) / n;
  const [p, q] = [r / n, s / n];
  const variance = (e * (1 - p) * (n - s)) / (n - 1);
  const third = variance * (1 - 2 * p) * (1 - 2 * q);
  const fourth = 3 * variance ** 2 + variance * (1 - 6 * p * (1 - p)) * (1 - 6 * q * (1 - q));
  return (
    variance / (2 * e) -
    third / (6 * e ** 2) +
    fourth / (12 * e ** 3) -
    (third * variance) / (2 * e ** 4) +
    variance ** 3 / (2 * e ** 5)
  );
}
