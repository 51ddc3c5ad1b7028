/** The dependences of vectors that independence tests are put to. */
import type { Random } from "@infonet/training/evaluate";
import type { Vectors } from "./bmi-tasks.js";

/** A shape of dependence between a standard normal X and a Y of as many coordinates. */
export interface VectorAlternative {
  name: string;
  /** Turns a row of Y, standard normal and independent of that row of X, into one that hangs on it. */
  tie(x: Float64Array, y: Float64Array): void;
}

const norm = (row: Float64Array): number => Math.sqrt(row.reduce((sum, v) => sum + v * v, 0));

export const VECTOR_ALTERNATIVES: readonly VectorAlternative[] = [
  {
    name: "one pair of columns, correlation 0.4",
    tie(x, y) {
      y[0] = 0.4 * x[0] + Math.sqrt(1 - 0.16) * y[0];
    },
  },
  {
    name: "every pair of columns, correlation 0.2",
    tie(x, y) {
      for (let k = 0; k < y.length; k++) y[k] = 0.2 * x[k] + Math.sqrt(1 - 0.04) * y[k];
    },
  },
  {
    name: "the sum of X in all columns of Y",
    tie(x, y) {
      const sum = x.reduce((a, b) => a + b, 0) / Math.sqrt(x.length);
      for (let k = 0; k < y.length; k++) y[k] += 0.3 * sum;
    },
  },
  {
    name: "a square",
    tie(x, y) {
      y[0] += x[0] ** 2;
    },
  },
  {
    name: "a wave",
    tie(x, y) {
      y[0] = Math.sin(2.5 * x[0]) + 0.3 * y[0];
    },
  },
  {
    name: "a product",
    tie(x, y) {
      y[0] = x[0] * x[1] + 0.5 * y[0];
    },
  },
  {
    name: "a sign that only two columns together have",
    tie(x, y) {
      y[0] = Math.sign(x[0] * x[1]) * Math.abs(y[0]);
    },
  },
  {
    name: "the norm of X scales Y",
    tie(x, y) {
      const scale = norm(x) ** 2 / x.length;
      for (let k = 0; k < y.length; k++) y[k] *= scale;
    },
  },
];

/** A sample of n rows of an alternative in d ≥ 2 dimensions. */
export function drawAlternative(
  { tie }: VectorAlternative,
  n: number,
  d: number,
  rng: Random,
): [Vectors, Vectors] {
  const [x, y] = [0, 1].map(() => Float64Array.from({ length: n * d }, () => rng.normal()));
  for (let i = 0; i < n; i++) tie(x.subarray(i * d, (i + 1) * d), y.subarray(i * d, (i + 1) * d));
  return [
    { data: x, width: d },
    { data: y, width: d },
  ];
}
