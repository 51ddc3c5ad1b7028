/**
 * The test of independence of two variables of several columns: what their pairs of columns show, what permutations of the rows say of the
 * covariances of all columns and of their squares, and what the vine is worth on rows that it was not fitted to, which also sees what
 * only several columns together show.
 */

import type { Task } from "../engine/task.js";
import { logAmong, logTails } from "../inference/permutation-tail.js";
import { centred, dotProducts } from "../numerics/moments.js";
import { shuffled, streamOf } from "../numerics/random.js";
import { allRows } from "../numerics/rows.js";
import type { PairEngine } from "../vine/pair-engine.js";
import type { Side } from "../vine/sides.js";
import type { Trial } from "../vine/trial.js";

/** Shares of the level (a weighted Bonferroni correction: two of the three are near 1 under independence, which an average would heed). */
const SHARES = { pairs: 0.25, permutations: 0.65, heldOut: 0.1 };
/** ln of a p-value below which no permutation has to say more. */
const CERTAIN = Math.log(1e-50);
const PERMUTATIONS = 199;
/** Products of values that permutations may cost, all together: of more rows, the first are looked at. */
const MOST_PRODUCTS = 4e8;
const FEWEST_ROWS = 500;
const STREAM = 0x1f83d9ab;

/** ln of the p-value; undefined where the pairs have none. */
export async function logJoint(
  sides: readonly Side[],
  logPairs: number | undefined,
  trials: readonly Trial[],
  engine: PairEngine,
): Promise<number | undefined> {
  if (logPairs === undefined) return undefined;
  const told = Math.min(logPairs - Math.log(SHARES.pairs), logHeldOut(trials) - Math.log(SHARES.heldOut));
  if (told < CERTAIN) return told;
  return Math.min(0, told, (await logPermuted(sides, engine)) - Math.log(SHARES.permutations));
}

/** Values of two variables, to be looked at in some orders of the rows. */
interface Orders {
  x: readonly Float64Array[];
  y: readonly Float64Array[];
  /** Numbers of the orders; 0 is the one that the rows have. */
  orders: readonly number[];
}

/** Σ of the squared covariances of columns with columns, and of columns and squares with each other, for orders of the rows. */
export const COVARIANCES: Task<Orders, [number, number][]> = {
  name: "covariances",
  run({ x, y, orders }) {
    const n = x[0].length;
    const withSquares = (columns: readonly Float64Array[]) => [
      ...columns,
      ...columns.map((column) =>
        centred(column.map((value) => value * value)).map((value) => value / Math.SQRT2),
      ),
    ];
    const [a, b] = [withSquares(x), withSquares(y)];
    const moved = new Float64Array(n);
    const sums = new Float64Array(a.length);
    return orders.map((number): [number, number] => {
      const rows = number === 0 ? allRows(n) : shuffled(n, streamOf(STREAM, number));
      let [plain, all] = [0, 0];
      b.forEach((column, j) => {
        for (let k = 0; k < n; k++) moved[k] = column[rows[k]];
        dotProducts(a, moved, sums);
        for (let i = 0; i < a.length; i++) {
          const square = sums[i] * sums[i];
          if (i < x.length && j < y.length) plain += square;
          else all += square;
        }
      });
      return [plain, all];
    });
  },
};

/** Orders that one task looks at. */
const ORDERS_A_TASK = 25;

async function logPermuted([x, y]: readonly Side[], { workers }: PairEngine): Promise<number> {
  const n = x.scores[0].length;
  const products = 4 * x.scores.length * y.scores.length * PERMUTATIONS;
  const most = Math.max(FEWEST_ROWS, Math.floor(MOST_PRODUCTS / products));
  const some = (side: Side) =>
    side.scores.map((values) => (n > most ? centred(values.slice(0, most)) : values));
  const [a, b] = [some(x), some(y)];
  const numbers = Array.from({ length: 1 + PERMUTATIONS }, (_, k) => k);
  const parts = Array.from({ length: Math.ceil(numbers.length / ORDERS_A_TASK) }, (_, k) =>
    workers.run(COVARIANCES, {
      x: a,
      y: b,
      orders: numbers.slice(k * ORDERS_A_TASK, (k + 1) * ORDERS_A_TASK),
    }),
  );
  const [seen, ...permuted] = (await Promise.all(parts)).flat();
  const tails = [0, 1].map((k) => logTails(permuted.map((sums) => sums[k])));
  const evidence = permuted.map((_, k) => -Math.min(...tails.map(({ logs }) => logs[k])));
  return logAmong(-Math.min(...tails.map(({ logOf }, k) => logOf(seen[k]))), evidence);
}

/**
 * Fitted to other rows, the density of the vine over that of independence is a likelihood ratio of a fold: one whose mean is one under
 * independence, so it is rarely large (universal inference: Wasserman, Ramdas & Balakrishnan 2020). That of all folds and coordinates
 * is their mean. What chance has added to coordinates that were found on all rows is taken off, twice.
 */
function logHeldOut(trials: readonly Trial[]): number {
  const logs = trials.flatMap(({ parts, basis }) =>
    parts.flatMap((ratios) =>
      ratios === undefined
        ? []
        : [ratios.reduce((sum, ratio) => sum + ratio, 0) - 2 * ratios.length * basis.optimism],
    ),
  );
  if (logs.length === 0) return 0;
  const largest = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - largest), 0);
  return Math.min(0, -(largest + Math.log(sum / logs.length)));
}
