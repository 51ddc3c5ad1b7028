import type { Copula } from "infonet";
import { uniform } from "../random.js";

/**
 * The copula of a table of counts, as the library gives it for two columns of levels: constant where two levels cross.
 *
 * @param counts rows of y, each with a count for every x
 */
export function tableCopula(counts: readonly (readonly number[])[]): Copula {
  const n = counts.flat().reduce((sum, count) => sum + count, 0);
  const xs = counts[0].map((_, i) => counts.reduce((sum, row) => sum + row[i], 0) / n);
  const ys = counts.map((row) => row.reduce((sum, count) => sum + count, 0) / n);
  const density = (i: number, j: number) => counts[j][i] / n / (xs[i] * ys[j]);
  /** The level at a place, and how much of it lies below the place. */
  const levelAt = (shares: readonly number[], place: number): [number, number] => {
    let start = 0;
    for (const [level, share] of shares.entries()) {
      if (place < start + share || level === shares.length - 1) return [level, place - start];
      start += share;
    }
    throw new RangeError("no levels");
  };
  const below = (shares: readonly number[], place: number, within: (level: number) => number) => {
    const [last, rest] = levelAt(shares, place);
    return shares.slice(0, last).reduce((sum, share, k) => sum + share * within(k), rest * within(last));
  };
  const copula: Copula = {
    logDensity: (u, v) => Math.log(density(levelAt(xs, u)[0], levelAt(ys, v)[0])),
    logDensities: (u, v) => Float64Array.from(u, (each, k) => copula.logDensity(each, v[k])),
    conditional(u, v) {
      const [i, j] = [levelAt(xs, u)[0], levelAt(ys, v)[0]];
      return { u: below(xs, u, (k) => density(k, j)), v: below(ys, v, (k) => density(i, k)) };
    },
    quantile(p, u) {
      let [low, high] = [0, 1];
      while (high - low > 1e-9) {
        const v = (low + high) / 2;
        if (copula.conditional(u, v).v < p) low = v;
        else high = v;
      }
      return high;
    },
    sample(many, seed = 0) {
      const random = uniform(seed);
      const u = Float64Array.from({ length: many }, () => random());
      return { u, v: u.map((each) => copula.quantile(random(), each)) };
    },
  };
  return copula;
}

/** Counts of two columns of codes. */
export function countsOf(x: ArrayLike<number>, y: ArrayLike<number>): number[][] {
  const [width, height] = [x, y].map((codes) => 1 + Math.max(...Array.from(codes)));
  const counts = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  for (let row = 0; row < x.length; row++) counts[y[row]][x[row]]++;
  return counts;
}
