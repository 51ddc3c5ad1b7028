/** Samples of a law of levels. */

import type { Random } from "../prior/random.js";
import type { TableLaw } from "./law.js";

/** Occupied cells of a sample, with levels that were seen renumbered from 0. */
export interface TableSample {
  n: number;
  rows: Uint32Array;
  columns: Uint32Array;
  cells: { x: Uint32Array; y: Uint32Array; count: Uint32Array };
}

/** Rows a cell from which cells are drawn one after the other, and not rows. */
const DENSE = 2;

/** A sample of n rows. */
export function sampleTable(rng: Random, law: TableLaw, n: number): TableSample {
  const counts = n > DENSE * law.p.length ? byCells(rng, law.p, n) : byRows(rng, law.p, n);
  return compact(law, counts, n);
}

/** Every row for itself: the cell in which a uniform number falls. */
function byRows(rng: Random, p: Float64Array, n: number): Uint32Array {
  const ends = new Float64Array(p.length);
  let sum = 0;
  for (let c = 0; c < p.length; c++) {
    sum += p[c];
    ends[c] = sum;
  }
  const counts = new Uint32Array(p.length);
  for (let row = 0; row < n; row++) {
    const at = rng.uniform() * sum;
    let [low, high] = [0, p.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] > at) high = middle;
      else low = middle + 1;
    }
    counts[low]++;
  }
  return counts;
}

/** A multinomial draw: every count given those before it. */
function byCells(rng: Random, p: Float64Array, n: number): Uint32Array {
  const counts = new Uint32Array(p.length);
  let [rows, mass] = [n, 1];
  let last = 0;
  for (let c = 0; c < p.length && rows > 0; c++) {
    if (p[c] <= 0) continue;
    last = c;
    counts[c] = binomial(rng, rows, Math.min(1, p[c] / mass));
    rows -= counts[c];
    mass = Math.max(1e-300, mass - p[c]);
  }
  counts[last] += rows;
  return counts;
}

/** Variance from which a binomial number is a rounded normal one. */
const NEARLY_NORMAL = 400;

function binomial(rng: Random, n: number, p: number): number {
  if (p > 0.5) return n - binomial(rng, n, 1 - p);
  const variance = n * p * (1 - p);
  if (variance > NEARLY_NORMAL) {
    return Math.min(n, Math.max(0, Math.round(n * p + Math.sqrt(variance) * rng.normal())));
  }
  // Inversion from 0 upwards: the mean is below twice the variance.
  let weight = Math.exp(n * Math.log1p(-p));
  let left = rng.uniform();
  let k = 0;
  while (left > weight && k < n) {
    left -= weight;
    weight *= ((n - k) * p) / ((k + 1) * (1 - p));
    k++;
    if (weight < 1e-300 && k > n * p) break;
  }
  return k;
}

function compact({ rows, columns }: TableLaw, counts: Uint32Array, n: number): TableSample {
  const [x, y] = [new Uint32Array(rows), new Uint32Array(columns)];
  const cells: { x: number[]; y: number[]; count: number[] } = { x: [], y: [], count: [] };
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      const count = counts[i * columns + k];
      if (count === 0) continue;
      x[i] += count;
      y[k] += count;
      cells.x.push(i);
      cells.y.push(k);
      cells.count.push(count);
    }
  }
  const [toX, toY] = [places(x), places(y)];
  return {
    n,
    rows: x.filter((count) => count > 0),
    columns: y.filter((count) => count > 0),
    cells: {
      x: Uint32Array.from(cells.x, (level) => toX[level]),
      y: Uint32Array.from(cells.y, (level) => toY[level]),
      count: Uint32Array.from(cells.count),
    },
  };
}

/** The number of every level among those that were seen. */
function places(counts: Uint32Array): Uint32Array {
  let next = 0;
  return counts.map((count) => (count > 0 ? next++ : 0));
}
