/** Mixtures strung along random curves: narrow components whose long axis follows the curve. */

import { randomPolyline } from "./curves.js";
import { GaussianMixture } from "./gaussian-mixture.js";
import type { Random } from "./random.js";
import { SegmentMixture } from "./segment-mixture.js";

/** What both constructions share: the curve, the weight and noise of each of its pieces, the background. */
interface Plan {
  x: Float64Array;
  y: Float64Array;
  weights: Float64Array;
  noise: Float64Array;
  /** Weight of a broad component over everything; 0 for none. */
  background: number;
  backgroundSize: number;
}

// Noise across the curve, in units of the curve's own deviation. A fifth are nearly noiseless functions,
// whose information only the finest features can tell.
const NOISE_FINEST = 0.0001;
const NOISE_LOW = 0.002;
const NOISE_HIGH = 0.8;

function plan(rng: Random): Plan {
  const pieces = rng.logInteger(8, 64);
  const { x, y } = randomPolyline(rng, pieces + 1);
  const form = rng.uniform();
  const weights =
    form < 0.4
      ? new Float64Array(pieces).fill(1 / pieces)
      : form < 0.7
        ? alongLength(x, y)
        : rng.dirichlet(pieces, form < 0.85 ? 1 : 5);
  const width = rng.chance(0.2)
    ? rng.logBetween(NOISE_FINEST, NOISE_LOW)
    : rng.logBetween(NOISE_LOW, NOISE_HIGH);
  const swell = rng.chance(0.3) ? rng.between(0.3, 1.2) : 0;
  const phase = rng.between(0, 2 * Math.PI);
  const noise = new Float64Array(pieces);
  for (let k = 0; k < pieces; k++) noise[k] = width * Math.exp(swell * Math.sin((4 * k) / pieces + phase));
  const background = rng.chance(0.3) ? rng.between(0.02, 0.9) : 0;
  return { x, y, weights, noise, background, backgroundSize: rng.between(0.8, 2) };
}

function alongLength(x: Float64Array, y: Float64Array): Float64Array {
  const lengths = new Float64Array(x.length - 1);
  let total = 0;
  for (let k = 0; k < lengths.length; k++) {
    lengths[k] = Math.hypot(x[k + 1] - x[k], y[k + 1] - y[k]) + 1e-9;
    total += lengths[k];
  }
  return lengths.map((length) => length / total);
}

/** A curve of Gaussians that run into each other. */
export function strungGaussians(rng: Random, kind: string): GaussianMixture {
  const { x, y, weights, noise, background, backgroundSize } = plan(rng);
  const overlap = rng.between(0.3, 0.7);
  const mixture = new GaussianMixture(kind);
  for (let k = 0; k < weights.length; k++) {
    const dx = x[k + 1] - x[k];
    const dy = y[k + 1] - y[k];
    const length = Math.hypot(dx, dy) + 1e-9;
    const long = Math.max(overlap * length, noise[k]);
    const mx = x[k] + dx / 2;
    mixture.addAxes(weights[k], mx, y[k] + dy / 2, dx / length, dy / length, long, noise[k]);
  }
  if (background > 0) {
    mixture.add(background / (1 - background), 0, 0, backgroundSize, 0, backgroundSize);
  }
  return mixture.finish();
}

/** A curve of straight pieces with hard ends, the noise across them uniform or normal. */
export function strungSegments(rng: Random, kind: string): SegmentMixture {
  const { x, y, weights, noise, background, backgroundSize } = plan(rng);
  const noiseShape = rng.chance(0.6) ? "uniform" : "normal";
  const mixture = new SegmentMixture(kind);
  for (let k = 0; k < weights.length; k++) {
    const dx = (x[k + 1] - x[k]) / 2;
    const dy = (y[k + 1] - y[k]) / 2;
    // The variable that changes faster carries the stretch, so slopes stay within ±1.
    const exchanged = Math.abs(dy) > Math.abs(dx);
    const half = Math.max(1e-6, Math.abs(exchanged ? dy : dx));
    const slope = (exchanged ? dx : dy) / (exchanged ? dy : dx) || 0;
    mixture.add({
      weight: weights[k],
      centre: exchanged ? y[k] + dy : x[k] + dx,
      level: exchanged ? x[k] + dx : y[k] + dy,
      slope: Number.isFinite(slope) ? slope : 0,
      stretch: { shape: "uniform", size: half },
      noise: { shape: noiseShape, size: noise[k] * Math.sqrt(1 + slope * slope) },
      exchanged,
    });
  }
  if (background > 0) {
    const shape = rng.chance(0.5) ? "uniform" : "normal";
    const size = shape === "uniform" ? 1.7 * backgroundSize : backgroundSize;
    mixture.add({
      weight: background / (1 - background),
      centre: 0,
      level: 0,
      slope: 0,
      stretch: { shape, size },
      noise: { shape, size },
      exchanged: false,
    });
  }
  return mixture.finish();
}
