/**
 * Independence. The network sees ranks alone, and the ranks of independent variables are a uniformly random
 * permutation whatever the two marginals are: a product of uniforms stands for every product there is.
 */

import { type Distribution, type NormalScores, shiftedLattice } from "./distribution.js";
import { normalQuantile } from "./normal.js";
import type { Random } from "./random.js";

/** The uniform distribution on the unit square. */
export class Independent implements Distribution {
  kind: string;
  readonly terms = 1;
  readonly mi = 0;

  constructor(kind: string) {
    this.kind = kind;
  }

  sample(rng: Random, x: Float64Array, y: Float64Array, n: number): void {
    for (let i = 0; i < n; i++) {
      x[i] = rng.uniform();
      y[i] = rng.uniform();
    }
  }

  stratified(rng: Random, x: Float64Array, y: Float64Array, m: number): void {
    shiftedLattice(rng, x, y, m);
  }

  logRatio(_x: Float64Array, _y: Float64Array, m: number, out: Float64Array): void {
    out.fill(0, 0, m);
  }

  normalScores(x: Float64Array, y: Float64Array, m: number, out: NormalScores): void {
    for (let j = 0; j < m; j++) {
      out.x[j] = normalQuantile(x[j]);
      out.y[j] = normalQuantile(y[j]);
    }
    out.slopeX.fill(0, 0, m);
    out.slopeY.fill(0, 0, m);
  }
}
