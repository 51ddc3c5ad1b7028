/** Scattered line segments and boxes: hard edges, crossings, regressions in mixture. */

import { BoxGrid } from "./box-grid.js";
import type { Random } from "./random.js";
import { SegmentMixture, type Spread } from "./segment-mixture.js";

const NOISE_LOW = 0.002;
const NOISE_HIGH = 1;

/**
 * Two to sixteen segments, sometimes over a broad background. Never one: a single line plus uniform noise is a family that the network is
 * tested on.
 */
export function segments(rng: Random, kind: string): SegmentMixture {
  const size = rng.logInteger(2, 16);
  const weights = rng.dirichlet(size, rng.chance(0.5) ? 1 : 4);
  const width = rng.logBetween(NOISE_LOW, NOISE_HIGH);
  const variety = rng.chance(0.5) ? rng.between(0, 1) : 0;
  const normalStretches = rng.chance(0.3) ? 0.5 : rng.chance(0.5) ? 1 : 0;
  const normalNoise = rng.chance(0.3) ? 0.5 : rng.chance(0.4) ? 1 : 0;
  const exchanges = rng.chance(0.5) ? 0.5 : 0;
  const steepness = rng.between(0.2, 1.5);
  const spread = rng.between(0.2, 1.5);
  const length = rng.logBetween(0.1, 1.5);
  const common = rng.chance(0.25);
  const commonCentre = rng.between(-1, 1);
  const shape = (share: number): Spread["shape"] => (rng.chance(share) ? "normal" : "uniform");
  const mixture = new SegmentMixture(kind);
  for (let k = 0; k < size; k++) {
    mixture.add({
      weight: weights[k],
      centre: common ? commonCentre : rng.between(-1, 1),
      level: spread * rng.between(-1, 1),
      slope: steepness * rng.normal(),
      stretch: { shape: shape(normalStretches), size: common ? 1 : length * Math.exp(0.5 * rng.normal()) },
      noise: { shape: shape(normalNoise), size: width * Math.exp(variety * rng.normal()) },
      exchanged: rng.chance(exchanges),
    });
  }
  if (rng.chance(0.15)) {
    const share = rng.between(0.1, 0.95);
    const side: Spread = { shape: shape(0.5), size: rng.between(0.7, 2) };
    mixture.add({
      weight: share / (1 - share),
      centre: 0,
      level: 0,
      slope: 0,
      stretch: side,
      noise: side,
      exchanged: false,
    });
  }
  return mixture.finish();
}

/** Two to twelve overlapping upright boxes of any proportions. */
export function scatteredBoxes(rng: Random, kind: string): SegmentMixture {
  const size = rng.logInteger(2, 12);
  const weights = rng.dirichlet(size);
  const typical = rng.logBetween(0.05, 1);
  const variety = rng.between(0, 1.2);
  const mixture = new SegmentMixture(kind);
  const side = (): Spread => ({ shape: "uniform", size: typical * Math.exp(variety * rng.normal()) });
  for (let k = 0; k < size; k++) {
    mixture.add({
      weight: weights[k],
      centre: rng.between(-1, 1),
      level: rng.between(-1, 1),
      slope: 0,
      stretch: side(),
      noise: side(),
      exchanged: false,
    });
  }
  return mixture.finish();
}

/** A grid of boxes with random or equal weights, some cells empty, sometimes diluted towards independence. */
export function boxGrid(rng: Random, kind: string): BoxGrid {
  const columns = rng.logInteger(2, 24);
  const rows = rng.chance(0.3) ? columns : rng.logInteger(2, 24);
  const empty = rng.between(0, 0.95);
  const shape = rng.logBetween(0.3, 5);
  const weight = rng.chance(0.4) ? () => 1 : () => rng.gamma(shape) + 1e-9;
  const weights = new Float64Array(columns * rows);
  for (let at = 0; at < weights.length; at++) if (!rng.chance(empty)) weights[at] = weight();
  // At least two cells, neither in the other's row or column, carry mass.
  weights[0] += 1e-9 + rng.gamma(shape) / 4;
  weights[weights.length - 1] += 1e-9 + rng.gamma(shape) / 4;
  if (rng.chance(0.35)) dilute(weights, columns, rows, rng.uniform());
  return new BoxGrid(kind, columns, rows, weights);
}

/** Mixes a grid with the product of its own marginals, which it gets the given share of. */
function dilute(weights: Float64Array, columns: number, rows: number, share: number): void {
  const alongX = new Float64Array(columns);
  const alongY = new Float64Array(rows);
  let total = 0;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const w = weights[j * columns + i];
      alongX[i] += w;
      alongY[j] += w;
      total += w;
    }
  }
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const at = j * columns + i;
      weights[at] = (1 - share) * weights[at] + (share * alongX[i] * alongY[j]) / total;
    }
  }
}
