/**
 * A test of independence of two columns of levels within strata, without a user's seed. Two statistics see what there is: the sum
 * of G² over the strata (2n times the information of the table), or of Pearson's X² where rows are few, which sees any dependence, and the quadratic form of what the strata have in common (Cochran 1954,
 * Mantel & Haenszel 1959, for any number of levels), which sees a dependence that is alike in strata too small to show one each. Their
 * p-values are combined.
 */

import { logCombined } from "../inference/combination.js";
import { logPermuted } from "../inference/permutation-tail.js";
import type { Codes } from "../input/variables.js";
import { logGammaTail } from "../numerics/gamma.js";
import { fixedStream } from "../numerics/random.js";
import { CommonForm } from "./common-form.js";
import { countTable } from "./count-table.js";
import { logPValue } from "./independence.js";
import { inCanonicalOrder, type Layer, logProbability } from "./layers.js";
import { pearsonMoments } from "./pearson-moments.js";
import { tallyOf } from "./tally.js";

/** Weights of the two in the combination. */
const SHARES = [0.9, 0.1];
/** Up to so many rows the laws of both are looked up among permutations, and wherever they have none with a shape: */
const SMALL_SAMPLE = 200;
/** where X² is so many times as skewed as a χ² law. */
const MOST_SKEWNESS = 1.5;
/** Permutations at most, and at least, and rows that are moved for all of them. */
const PERMUTATIONS = 1999;
const LEAST_PERMUTATIONS = 199;
const MOST_MOVED = 2e7;
const STREAM = 0x1f83d9ab;
/** Rows that every cell is expected to have, at least, from which G² has nearly its limiting law. */
const DENSE = 5;
/** What two orders of the same additions may differ by. */
const ROUNDING = 1e-9;

/**
 * ln of the probability, under independence within the strata and with the margins of each, of a dependence as strong as that
 * seen. Renaming levels, reordering rows and exchanging x and y change nothing.
 */
export function logStratified(x: Codes, y: Codes, z: Codes): number {
  if (z.distinct < 2) return logPValue(countTable(x, y));
  const layers = inCanonicalOrder(x, y, z);
  if (layers.length === 0) return 0;
  const test = new StratifiedTest(layers);
  const seen = test.evidence();
  if (seen === undefined) return 0;
  const n = layers.reduce((sum, { table }) => sum + table.n, 0);
  if (n > SMALL_SAMPLE && test.smooth) return Math.min(0, -seen);
  return permuted(test, layers, n, seen - ROUNDING);
}

function permuted(test: StratifiedTest, layers: readonly Layer[], n: number, seen: number): number {
  const { uniform } = fixedStream(STREAM);
  // From one order, whatever was seen: two levels that their counts do not tell apart stand in any.
  for (const { y } of layers) y.sort();
  const draw = (): number => {
    for (const { y } of layers) shuffle(y, uniform);
    return test.evidence() as number;
  };
  // No p-value is below the probability of the tables that were seen.
  const least = layers.reduce((sum, { table }) => sum + logProbability(table), 0);
  const most = Math.max(LEAST_PERMUTATIONS, Math.min(PERMUTATIONS, Math.floor(MOST_MOVED / n)));
  return logPermuted(seen, draw, least, most);
}

/** Puts values in a random order (Fisher & Yates). */
function shuffle(values: Uint32Array, uniform: () => number): void {
  for (let k = values.length - 1; k > 0; k--) {
    const other = Math.floor(uniform() * (k + 1));
    [values[k], values[other]] = [values[other], values[k]];
  }
}

class StratifiedTest {
  readonly #mean: number = 0;
  readonly #deviation: number;
  readonly #skewness: number;
  readonly #freedom: number;
  /** What brings G² to the mean of its law; undefined where X² is taken. */
  readonly #scaleG: number | undefined;
  readonly #common: CommonForm | undefined;
  readonly #layers: readonly Layer[];

  constructor(layers: readonly Layer[]) {
    this.#layers = layers;
    let [mean, variance, third, freedom, meanG] = [0, 0, 0, 0, 0];
    for (const { table } of layers) {
      meanG += meanOfG(table);
      const moments = momentsOf(table);
      mean += moments.mean;
      variance += moments.variance;
      third += moments.skewness * moments.variance ** 1.5;
      freedom += (table.rows.length - 1) * (table.columns.length - 1);
    }
    this.#mean = mean;
    this.#deviation = variance > 1e-9 * mean * mean ? Math.sqrt(variance) : 0;
    this.#skewness = this.#deviation > 0 ? third / variance ** 1.5 : 0;
    this.#freedom = freedom;
    this.#scaleG = layers.every(({ table }) => leastExpected(table) >= DENSE) ? freedom / meanG : undefined;
    this.#common = CommonForm.of(layers);
    this.smooth = this.#skewness <= MOST_SKEWNESS * Math.sqrt(8 / freedom) && (this.#common?.smooth ?? true);
  }

  /** Whether both statistics have a law that is nearly known. */
  readonly smooth: boolean;

  /** −ln of the combined p-value of the layers as they are; undefined where no order of the rows differs from another. */
  evidence(): number | undefined {
    const logs: number[] = [];
    const shares: number[] = [];
    if (this.#deviation > 0) {
      logs.push(this.#scaleG === undefined ? this.#logPearson() : this.#logG(this.#scaleG));
      shares.push(SHARES[0]);
    }
    if (this.#common !== undefined) {
      logs.push(this.#common.logTail(this.#layers));
      shares.push(SHARES[1]);
    }
    return logs.length === 0 ? undefined : -logCombined(logs, shares);
  }

  #logG(scale: number): number {
    const statistic = this.#layers.reduce((sum, layer) => sum + gOf(layer), 0);
    return logGammaTail(this.#freedom / 2, (scale * statistic) / 2);
  }

  /** A gamma law with the mean, variance and skewness that the sum has over all orders (Pearson's type III). */
  #logPearson(): number {
    let statistic = 0;
    for (const layer of this.#layers) statistic += pearsonOf(layer);
    const root = 2 / Math.max(0.005, this.#skewness);
    const shape = root * root;
    return logGammaTail(shape, Math.max(0, shape + (root * (statistic - this.#mean)) / this.#deviation));
  }
}

/** X² of a layer's rows as they lie. */
function pearsonOf({ x, y, table, met }: Layer): number {
  const width = table.columns.length;
  met.fill(0);
  let sum = 0;
  for (let k = 0; k < x.length; k++) {
    // c² is the sum of the odd numbers up to 2c − 1.
    sum += (2 * met[x[k] * width + y[k]]++ + 1) / (table.rows[x[k]] * table.columns[y[k]]);
  }
  return table.n * (sum - 1);
}

/** G² = 2 Σ o ln(o/e) of a layer's rows as they lie. */
function gOf({ x, y, table, met }: Layer): number {
  const width = table.columns.length;
  met.fill(0);
  for (let k = 0; k < x.length; k++) met[x[k] * width + y[k]]++;
  let sum = 0;
  table.rows.forEach((row, i) => {
    table.columns.forEach((column, j) => {
      const seen = met[i * width + j];
      if (seen > 0) sum += seen * Math.log((seen * table.n) / (row * column));
    });
  });
  return 2 * sum;
}

/** The mean of G² of a table, to the order of 1/n (Williams 1976). */
function meanOfG({ n, rows, columns }: Layer["table"]): number {
  const inverses = (counts: ArrayLike<number>): number =>
    n * Array.from(counts).reduce((sum, count) => sum + 1 / count, 0) - 1;
  return (rows.length - 1) * (columns.length - 1) + (inverses(rows) * inverses(columns)) / (6 * n);
}

/** The least count that independence expects of a cell. */
function leastExpected({ n, rows, columns }: Layer["table"]): number {
  return (Math.min(...rows) * Math.min(...columns)) / n;
}

/** Mean, variance and skewness of X² over all orders: of three rows or fewer by counting them. */
function momentsOf(table: Layer["table"]): { mean: number; variance: number; skewness: number } {
  const { n, rows, columns } = table;
  const freedom = (rows.length - 1) * (columns.length - 1);
  const mean = (n * freedom) / (n - 1);
  if (n > 3) {
    const moments = pearsonMoments(tallyOf(rows), tallyOf(columns), n);
    // The formula of the third moment begins at seven rows.
    return n < 7 ? { ...moments, skewness: Math.sqrt(8 / freedom) } : moments;
  }
  // Two of three rows alike in both: the third rows meet once in three times.
  if (n === 3 && freedom === 1) return { mean, variance: 9 / 8, skewness: Math.SQRT1_2 };
  return { mean, variance: 0, skewness: 0 };
}
