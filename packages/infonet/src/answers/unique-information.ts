/**
 * Unique information of one of two columns about a target (Bertschinger, Rauh, Olbrich, Jost & Ay, Entropy 2014): the least that it tells beyond
 * the other, I(Y; X₁ | X₂), over all joint distributions in which each of the two has what it has with the target. What both tell of it
 * is then the rest of what either tells.
 */

/** Probabilities of a target and of a column, `cells[target * width + column]`; those of a pair of tables have the same sums by target. */
export interface PairTable {
  cells: Float64Array;
  /** Levels of the column. */
  width: number;
}

/** Rounds at most, and the change of the information, in nats, at which it is done. */
const ROUNDS = 5000;
const EXACT = 1e-8;
/** Steps of an iterative fit to two margins, at most, and how far off a margin may be. */
const FITS = 200;
const NEAR = 1e-9;

/**
 * Unique information of the first column, in nats. The minimum of a convex function, by projections in turns (Banerjee, Rauh & Montúfar, ISIT
 * 2018): of the joint distribution of each level of the target to its two margins, and of what is taken for X₁ given X₂.
 */
export function uniqueInformation(first: PairTable, second: PairTable): number {
  const [k1, k2] = [first.width, second.width];
  const targets = first.cells.length / k1;
  const joint = Array.from({ length: targets }, () => new Float64Array(k1 * k2));
  const [rows, columns] = [first, second].map(({ cells, width }) =>
    Array.from({ length: targets }, (_, t) => cells.subarray(t * width, (t + 1) * width)),
  );
  for (let t = 0; t < targets; t++) {
    const total = rows[t].reduce((sum, p) => sum + p, 0);
    for (let i = 0; i < k1; i++) {
      for (let j = 0; j < k2; j++)
        joint[t][i * k2 + j] = total > 0 ? (rows[t][i] * columns[t][j]) / total : 0;
    }
  }
  // Factors of the rows of one round are nearly those of the next.
  const factors = joint.map(() => new Float64Array(k1).fill(1));
  let value = conditional(joint, k1, k2);
  for (let round = 0; round < ROUNDS; round++) {
    const given = firstGivenSecond(joint, k1, k2);
    for (let t = 0; t < targets; t++) {
      const own = joint[t];
      for (let i = 0; i < k1; i++) {
        for (let j = 0; j < k2; j++) own[i * k2 + j] = factors[t][i] * columns[t][j] * given[i * k2 + j];
      }
      fit(own, rows[t], columns[t], factors[t]);
    }
    const next = conditional(joint, k1, k2);
    if (Math.abs(value - next) <= EXACT) return Math.max(0, next);
    value = next;
  }
  return Math.max(0, value);
}

/** Information of the column about the target, in nats. */
export function informationOf({ cells, width }: PairTable): number {
  const targets = cells.length / width;
  const [own, others] = [new Float64Array(targets), new Float64Array(width)];
  for (const [k, p] of cells.entries()) {
    own[Math.floor(k / width)] += p;
    others[k % width] += p;
  }
  let sum = 0;
  for (const [k, p] of cells.entries()) {
    if (p > 0) sum += p * Math.log(p / (own[Math.floor(k / width)] * others[k % width]));
  }
  return Math.max(0, sum);
}

/** P(X₁ | X₂) of a joint distribution. */
function firstGivenSecond(joint: readonly Float64Array[], k1: number, k2: number): Float64Array {
  const given = new Float64Array(k1 * k2);
  for (const own of joint) for (let k = 0; k < given.length; k++) given[k] += own[k];
  for (let j = 0; j < k2; j++) {
    let total = 0;
    for (let i = 0; i < k1; i++) total += given[i * k2 + j];
    for (let i = 0; i < k1; i++) given[i * k2 + j] = total > 0 ? given[i * k2 + j] / total : 0;
  }
  return given;
}

/** I(Y; X₁ | X₂). */
function conditional(joint: readonly Float64Array[], k1: number, k2: number): number {
  const given = firstGivenSecond(joint, k1, k2);
  let sum = 0;
  for (const own of joint) {
    for (let j = 0; j < k2; j++) {
      let total = 0;
      for (let i = 0; i < k1; i++) total += own[i * k2 + j];
      for (let i = 0; i < k1; i++) {
        const p = own[i * k2 + j];
        if (p > 0) sum += p * Math.log(p / (total * given[i * k2 + j]));
      }
    }
  }
  return sum;
}

/** Fits a table to the sums of its rows and columns; what rows are multiplied by, their factors are too. */
function fit(table: Float64Array, rows: Float64Array, columns: Float64Array, factors: Float64Array): void {
  const [k1, k2] = [rows.length, columns.length];
  for (let step = 0; step < FITS; step++) {
    for (let i = 0; i < k1; i++) {
      let sum = 0;
      for (let j = 0; j < k2; j++) sum += table[i * k2 + j];
      const factor = sum > 0 ? rows[i] / sum : 0;
      if (factor > 0) factors[i] *= factor;
      for (let j = 0; j < k2; j++) table[i * k2 + j] *= factor;
    }
    let off = 0;
    for (let j = 0; j < k2; j++) {
      let sum = 0;
      for (let i = 0; i < k1; i++) sum += table[i * k2 + j];
      const factor = sum > 0 ? columns[j] / sum : 0;
      off = Math.max(off, Math.abs(sum - columns[j]));
      for (let i = 0; i < k1; i++) table[i * k2 + j] *= factor;
    }
    if (off < NEAR) return;
  }
}
