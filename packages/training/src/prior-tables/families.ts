/** Families of random tables. Each draws a law for given numbers of levels. */

import type { Random } from "../prior/random.js";
import { lawOf, type TableLaw } from "./law.js";
import { normalized, randomShares, shuffledShares } from "./shares.js";

/** Draws a law. */
export type TableFamily = (rng: Random, rows: number, columns: number) => TableLaw;

/** Nothing depends on anything. */
export const independent: TableFamily = (rng, rows, columns) => {
  const [x, y] = [randomShares(rng, rows), randomShares(rng, columns)];
  return lawOf(rows, columns, (i, k) => x[i] * y[k]);
};

/** A share of a map beside the rest: of any size, often near none or near all. */
function strength(rng: Random): number {
  const kind = rng.uniform();
  if (kind < 0.6) return rng.uniform();
  return kind < 0.8 ? rng.logBetween(0.01, 1) : 1 - rng.logBetween(1e-4, 0.5);
}

/** Where every level is sent: at random, by shares, or as evenly as can be. */
function randomMap(rng: Random, from: number, to: number): Uint32Array {
  const kind = rng.uniform();
  if (kind < 0.35) return Uint32Array.from({ length: from }, () => rng.integer(0, to - 1));
  if (kind < 0.55) return Uint32Array.from({ length: from }, pickerOf(rng, randomShares(rng, to)));
  return shuffledShares(
    rng,
    Uint32Array.from({ length: from }, (_, k) => k % to),
  );
}

/** Draws levels by their shares. */
function pickerOf(rng: Random, shares: Float64Array): () => number {
  return () => {
    let left = rng.uniform();
    const k = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return k < 0 ? shares.length - 1 : k;
  };
}

/** y is the partner of x with some probability, which may differ between levels, and otherwise does not depend on it. */
export const noisyMap: TableFamily = (rng, rows, columns) => {
  const [x, y] = [randomShares(rng, rows), randomShares(rng, columns)];
  const map = randomMap(rng, rows, columns);
  const whole = strength(rng);
  const own = rng.chance(0.4);
  const share = Float64Array.from({ length: rows }, () => (own ? whole ** rng.logBetween(0.3, 3) : whole));
  return lawOf(rows, columns, (i, k) => x[i] * ((1 - share[i]) * y[k] + (map[i] === k ? share[i] : 0)));
};

/** y is a function of x, or nearly so. */
export const functional: TableFamily = (rng, rows, columns) => {
  const x = randomShares(rng, rows);
  const y = randomShares(rng, columns);
  const map = randomMap(rng, rows, columns);
  const noise = rng.chance(0.6) ? 0 : rng.logBetween(1e-5, 0.1);
  return lawOf(rows, columns, (i, k) => x[i] * (noise * y[k] + (map[i] === k ? 1 - noise : 0)));
};

/** Every level of x has a few partners, of unequal weight, beside a background. */
export const partners: TableFamily = (rng, rows, columns) => {
  const [x, y] = [randomShares(rng, rows), randomShares(rng, columns)];
  const count = rng.logInteger(1, columns);
  const share = strength(rng);
  const shape = rng.logBetween(0.2, 20);
  const weights = Array.from({ length: rows }, () => {
    const row = new Float64Array(columns);
    for (let k = 0; k < count; k++) row[rng.integer(0, columns - 1)] += rng.gamma(shape) + 1e-9;
    return normalized(row);
  });
  return lawOf(rows, columns, (i, k) => x[i] * ((1 - share) * y[k] + share * weights[i][k]));
};

/** Levels belong to blocks, and within two blocks everything is independent. */
export const blocks: TableFamily = (rng, rows, columns) => {
  const [x, y] = [randomShares(rng, rows), randomShares(rng, columns)];
  const [a, b] = [rng.logInteger(2, Math.min(30, rows)), rng.logInteger(2, Math.min(30, columns))];
  const [inA, inB] = [randomMap(rng, rows, a), randomMap(rng, columns, b)];
  const shape = rng.logBetween(0.05, 10);
  const weights = Float64Array.from({ length: a * b }, () => rng.gamma(shape) + 1e-9);
  return lawOf(rows, columns, (i, k) => x[i] * y[k] * weights[inA[i] * b + inB[k]]);
};

/** A latent class, given which the columns are independent. */
export const latentClasses: TableFamily = (rng, rows, columns) => {
  const classes = rng.logInteger(2, 20);
  const weights = rng.dirichlet(classes, rng.logBetween(0.3, 10));
  const side = (levels: number): Float64Array[] => {
    const shape = rng.logBetween(0.03, 3);
    const base = randomShares(rng, levels);
    return Array.from({ length: classes }, () =>
      normalized(base.map((share) => (share + 1e-12) * (rng.gamma(shape) + 1e-9))),
    );
  };
  const [a, b] = [side(rows), side(columns)];
  return lawOf(rows, columns, (i, k) => {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += weights[c] * a[c][i] * b[c][k];
    return sum;
  });
};

/** Ordered quantities cut into levels: near positions go together, by a kernel of some width, on a line or a circle. */
export const ordered: TableFamily = (rng, rows, columns) => {
  const [x, y] = [randomShares(rng, rows), randomShares(rng, columns)];
  const places = (levels: number): Float64Array =>
    Float64Array.from({ length: levels }, (_, k) => (k + rng.uniform()) / levels);
  const [a, b] = [places(rows), places(columns)];
  const width = rng.logBetween(0.01, 2);
  const circle = rng.chance(0.3);
  const heavy = rng.uniform();
  const background = rng.chance(0.5) ? 0 : rng.logBetween(1e-3, 0.5);
  return lawOf(rows, columns, (i, k) => {
    const apart = Math.abs(a[i] - b[k]);
    const distance = (circle ? Math.min(apart, 1 - apart) : apart) / width;
    const kernel =
      heavy < 0.5
        ? Math.exp(-0.5 * distance ** 2)
        : heavy < 0.8
          ? Math.exp(-distance)
          : 1 / (1 + distance ** 2);
    return x[i] * y[k] * (kernel + background + 1e-12);
  });
};

/** Every cell is random by itself. */
export const noise: TableFamily = (rng, rows, columns) => {
  const [x, y] = [randomShares(rng, rows), randomShares(rng, columns)];
  const shape = rng.logBetween(0.03, 30);
  return lawOf(rows, columns, (i, k) => x[i] * y[k] * (rng.gamma(shape) + 1e-12));
};

/** All families with dependence, and how often each is drawn. */
export const DEPENDENT: readonly (readonly [weight: number, family: TableFamily])[] = [
  [4, noisyMap],
  [2, functional],
  [2, partners],
  [2, blocks],
  [2, latentClasses],
  [2, ordered],
  [8, noise],
];
