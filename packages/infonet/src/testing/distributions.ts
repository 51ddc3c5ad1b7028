/** Ten kinds of dependence, for tests of what must hold for any. */

import { draws } from "./random.js";

/** Two latent columns, and the pair that is made of them. */
export interface Distribution {
  name: string;
  p: Float64Array;
  q: Float64Array;
  columns(p: Float64Array, q: Float64Array): [x: Float64Array, y: Float64Array];
  /** Derivatives of x by p and of y by q; 1 if absent. */
  slopes?(p: Float64Array, q: Float64Array): [Float64Array, Float64Array];
}

/** A sample of n rows of each: strong and weak, rising and falling, functions, curves, heavy tails, clusters. */
export function tenDistributions(n: number): Distribution[] {
  const { normal, uniform } = draws(3);
  const column = (draw: () => number): Float64Array => Float64Array.from({ length: n }, draw);
  const x = column(normal);
  const angles = column(() => 2 * Math.PI * uniform());
  const cluster = column(() => Math.floor(3 * uniform()));
  const heavy = x.map((v) => v / normal());
  const plain = (name: string, p: Float64Array, q: Float64Array): Distribution => ({
    name,
    p,
    q,
    columns: (a, b) => [a, b],
  });
  return [
    plain(
      "weak normal",
      x,
      x.map((v) => 0.5 * v + normal()),
    ),
    plain(
      "normal",
      x,
      x.map((v) => v + 0.7 * normal()),
    ),
    plain(
      "strong normal",
      x,
      x.map((v) => v + 0.05 * normal()),
    ),
    plain(
      "falling",
      x,
      x.map((v) => -v + 0.3 * normal()),
    ),
    plain(
      "parabola",
      x,
      x.map((v) => v * v + 0.3 * normal()),
    ),
    plain(
      "circle",
      angles.map((a) => Math.cos(a) + 0.05 * normal()),
      angles.map((a) => Math.sin(a) + 0.05 * normal()),
    ),
    plain(
      "heavy tails",
      heavy,
      heavy.map((v) => v + normal() / normal()),
    ),
    plain(
      "wave",
      x,
      x.map((v) => Math.sin(3 * v) + 0.2 * normal()),
    ),
    plain(
      "clusters",
      cluster.map((v) => 3 * v + normal()),
      cluster.map((v) => 5 * (v % 2) + normal()),
    ),
    {
      name: "log-normal",
      p: x,
      q: x.map((v) => v + 0.5 * normal()),
      columns: (p, q) => [p.map((v) => Math.exp(2 * v)), q.map((v) => -Math.exp(-v))],
      slopes: (p, q) => [p.map((v) => 2 * Math.exp(2 * v)), q.map((v) => Math.exp(-v))],
    },
  ];
}
