/** Laws of two columns of levels on which estimates are compared. */

import type { Random } from "../prior/random.js";
import { lawOf, type TableLaw } from "../prior-tables/index.js";

/** A law, or a random family of them. */
export interface NamedLaw {
  name: string;
  draw(rng: Random): TableLaw;
}

/** x is uniform; y is its partner with some probability, otherwise uniform. */
const kept = (levels: number, share = 0.5): NamedLaw => ({
  name:
    share === 1 ? `identity of ${levels}` : `kept ${levels} × ${levels}${share === 0.5 ? "" : `, ${share}`}`,
  draw: () => lawOf(levels, levels, (i, k) => (1 - share) / levels + (i === k ? share : 0)),
});

/** Independent columns, both with shares 1, 1/2, 1/3 … */
const zipf = (rows: number, columns: number): NamedLaw => ({
  name: `independent Zipf ${rows} × ${columns}`,
  draw: () => lawOf(rows, columns, (i, k) => 1 / ((i + 1) * (k + 1))),
});

/** Cells are Dirichlet: a new law every draw. */
const dirichlet = (rows: number, columns: number, shape = 1): NamedLaw => ({
  name: `Dirichlet ${rows} × ${columns}${shape === 1 ? "" : `, a = ${shape}`}`,
  draw: (rng) => {
    const p = rng.dirichlet(rows * columns, shape);
    return lawOf(rows, columns, (i, k) => p[i * columns + k]);
  },
});

/** x is uniform, y a random function of it. */
const map = (from: number, to: number): NamedLaw => ({
  name: `function ${from} → ${to}`,
  draw: (rng) => {
    const target = Uint32Array.from({ length: from }, () => rng.integer(0, to - 1));
    return lawOf(from, to, (i, k) => Number(target[i] === k));
  },
});

/** Two binary columns that agree with some probability. */
const agree = (probability: number): NamedLaw => ({
  name: `2 × 2, agree ${probability}`,
  draw: () => lawOf(2, 2, (i, k) => (i === k ? probability : 1 - probability)),
});

const uniform = (rows: number, columns: number): NamedLaw => ({
  name: `independent uniform ${rows} × ${columns}`,
  draw: () => lawOf(rows, columns, () => 1),
});

/** Laws and the sample sizes at which they are looked at. */
export const COUNT_LAWS: readonly (readonly [law: NamedLaw, sizes: readonly number[]])[] = [
  [kept(20), [200, 2000]],
  [kept(50), [200, 2000]],
  [kept(100), [200, 2000]],
  [zipf(50, 50), [200, 2000]],
  [uniform(50, 50), [200, 2000]],
  [dirichlet(50, 50), [200, 2000]],
  [dirichlet(100, 3), [200, 2000]],
  [dirichlet(50, 50, 0.1), [200, 2000]],
  [map(100, 3), [200, 2000]],
  [map(100, 10), [200, 2000]],
  [kept(30, 1), [200, 2000]],
  [kept(30, 0.95), [200, 2000]],
  [agree(0.5), [30, 200, 1000, 5000]],
  [agree(0.6), [30, 200, 1000, 5000]],
  [agree(0.75), [30, 200, 1000, 5000]],
  [agree(0.9), [30, 200, 1000, 5000]],
  [dirichlet(2, 2), [30, 200, 1000, 5000]],
  [dirichlet(3, 4), [30, 200, 1000, 5000]],
  [kept(4), [30, 200, 1000, 5000]],
  [kept(8, 0.2), [30, 200, 1000, 5000]],
  [uniform(3, 4), [30, 200, 1000, 5000]],
  [kept(2, 1), [12, 40, 100]],
];
