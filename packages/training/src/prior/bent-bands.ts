/** Bands of constant width along broken lines: hard edges far below the resolution of the histogram. */

import type { Random } from "./random.js";
import { SegmentMixture } from "./segment-mixture.js";

// Half the width of the band, in units of the deviation of the line.
const WIDTH_LOW = 0.0005;
const WIDTH_HIGH = 1.5;
// The smallest and the largest slope of a line differ at least by this factor: a straight band is a family
// that the network is tested on.
const LEAST_BEND = 1.3;

/** Slopes of the pieces, positive or of either sign, some much steeper than others. */
function slopes(rng: Random, pieces: number): Float64Array {
  const variety = rng.between(0.05, 1.2);
  const turning = rng.chance(0.5) ? rng.uniform() : 0;
  const out = Float64Array.from({ length: pieces }, () => {
    const slope = Math.exp(variety * rng.normal());
    return rng.chance(turning) ? -slope : slope;
  });
  const low = Math.min(...out);
  const high = Math.max(...out);
  if (low > 0 && high < LEAST_BEND * low) out[0] *= out[0] === low ? 1 / LEAST_BEND : LEAST_BEND;
  return out;
}

/**
 * Y = f(X) + noise, f a broken line of 2 to 16 pieces, the noise uniform or normal. X is uniform,
 * or its density differs from piece to piece; sometimes X and Y change places.
 */
export function bentBand(rng: Random, kind: string): SegmentMixture {
  const pieces = rng.logInteger(2, 16);
  const lengths = rng.dirichlet(pieces, rng.logBetween(1, 20));
  const weights = rng.chance(0.6) ? lengths : rng.dirichlet(pieces, 3);
  const rises = slopes(rng, pieces).map((slope, k) => slope * lengths[k]);
  const levels = new Float64Array(pieces);
  let y = 0;
  rises.forEach((rise, k) => {
    levels[k] = y + rise / 2;
    y += rise;
  });
  const mean = levels.reduce((sum, level, k) => sum + weights[k] * level, 0);
  const square = levels.reduce(
    (sum, level, k) => sum + weights[k] * ((level - mean) ** 2 + rises[k] ** 2 / 12),
    0,
  );
  const shape = rng.chance(0.5) ? "uniform" : "normal";
  const size = Math.sqrt(square) * rng.logBetween(WIDTH_LOW, WIDTH_HIGH);
  const exchanged = rng.chance(0.5);
  const mixture = new SegmentMixture(kind);
  let x = 0;
  for (let k = 0; k < pieces; k++) {
    const length = Math.max(lengths[k], 1e-9);
    mixture.add({
      weight: Math.max(weights[k], 1e-9),
      centre: x + length / 2,
      level: levels[k],
      slope: rises[k] / length,
      stretch: { shape: "uniform", size: length / 2 },
      noise: { shape, size },
      exchanged,
    });
    x += length;
  }
  return mixture.finish();
}
