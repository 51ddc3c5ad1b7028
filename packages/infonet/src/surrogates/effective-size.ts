/** How many independent rows two series are worth (Bartlett 1935): the variance of their correlations over that of independent rows. */

import { WAVES } from "../evidence/index.js";
import { type Autoregression, autocorrelations } from "./autoregression.js";

/** No correlation is surer than from this many times as many rows. */
const LEAST = 0.2;

/**
 * Factors by which chance is larger in n rows of two series than in as many independent ones: for the i-th wave of one and the j-th of the
 * other at (j − 1) · WAVES + (i − 1). Waves are about Hermite polynomials of normal scores, whose autocorrelations are powers.
 */
export function inflations(x: Autoregression, y: Autoregression, n: number): Float64Array {
  const [a, b] = [x, y].map((model) => autocorrelations(model, n - 1));
  const result = new Float64Array(WAVES * WAVES).fill(1);
  for (let lag = 1; lag < Math.min(a.length, b.length); lag++) {
    const weight = 2 * (1 - lag / n);
    let ofY = 1;
    for (let j = 0; j < WAVES; j++) {
      ofY *= b[lag];
      let both = weight * ofY;
      for (let i = 0; i < WAVES; i++) {
        both *= a[lag];
        result[j * WAVES + i] += both;
      }
    }
  }
  return result.map((factor) => Math.max(LEAST, factor));
}
