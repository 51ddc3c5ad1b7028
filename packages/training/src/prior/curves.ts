/** Random curves in the plane, as polylines: functions, closed curves, arcs of ellipses, broken lines. */

import type { Random } from "./random.js";

/** Nodes of a polyline, scaled so that each coordinate has deviation 1 along the curve. */
export interface Polyline {
  x: Float64Array;
  y: Float64Array;
}

function standardise(values: Float64Array): Float64Array {
  let mean = 0;
  for (const v of values) mean += v / values.length;
  let square = 0;
  for (const v of values) square += (v - mean) ** 2 / values.length;
  const scale = 1 / Math.sqrt(square + 1e-12);
  return values.map((v) => (v - mean) * scale);
}

/** y a random Fourier series over x ∈ [−1, 1] with a linear part. */
function randomFunction(rng: Random, nodes: number): Polyline {
  const terms = rng.integer(1, 5);
  const decay = rng.between(0.3, 1.5);
  const rate = rng.logBetween(0.5, 2.5);
  const linear = rng.chance(0.5) ? rng.normal() : 0;
  const amplitudes = Float64Array.from({ length: terms }, (_, j) => rng.normal() / (j + 1) ** decay);
  const phases = Float64Array.from({ length: terms }, () => rng.between(0, 2 * Math.PI));
  const x = new Float64Array(nodes);
  const y = new Float64Array(nodes);
  for (let i = 0; i < nodes; i++) {
    const t = (2 * i) / (nodes - 1) - 1;
    let value = linear * t;
    for (let j = 0; j < terms; j++)
      value += amplitudes[j] * Math.sin(Math.PI * rate * (j + 1) * t + phases[j]);
    x[i] = t;
    y[i] = value;
  }
  return rng.chance(0.5) ? { x, y } : { x: y, y: x };
}

/** Both coordinates random Fourier series of the same period. */
function closedCurve(rng: Random, nodes: number): Polyline {
  const terms = rng.integer(1, 4);
  const decay = rng.between(0.5, 2);
  const coordinate = (): Float64Array => {
    const series = Array.from({ length: terms }, (_, j) => {
      const size = (j + 1) ** -decay;
      return [size * rng.normal(), size * rng.normal()];
    });
    return Float64Array.from({ length: nodes }, (_, i) => {
      const t = (2 * Math.PI * i) / (nodes - 1);
      return series.reduce(
        (sum, [c, s], j) => sum + c * Math.cos((j + 1) * t) + s * Math.sin((j + 1) * t),
        0,
      );
    });
  };
  const x = coordinate();
  return { x, y: coordinate() };
}

/** Part of a rotated ellipse, at most one turn. */
function ellipticArc(rng: Random, nodes: number): Polyline {
  const flatness = rng.logBetween(0.15, 1);
  const start = rng.between(0, 2 * Math.PI);
  const extent = 2 * Math.PI * rng.between(0.2, 1);
  const angle = rng.between(0, Math.PI);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const x = new Float64Array(nodes);
  const y = new Float64Array(nodes);
  for (let i = 0; i < nodes; i++) {
    const t = start + (extent * i) / (nodes - 1);
    const a = Math.cos(t);
    const b = flatness * Math.sin(t);
    x[i] = a * cos - b * sin;
    y[i] = a * sin + b * cos;
  }
  return { x, y };
}

/** Straight from corner to corner, a function of x or of y: two to ten pieces of any lengths and slopes. */
function brokenLine(rng: Random, nodes: number): Polyline {
  const pieces = rng.logInteger(2, 10);
  const widths = rng.dirichlet(pieces, rng.logBetween(1, 20));
  const corners = Float64Array.from({ length: pieces + 1 }, () => rng.between(-1, 1));
  // Mostly up and down in turns, as functions with many inverses do.
  const heights = rng.chance(0.6) ? corners.map((y, k) => (k % 2 ? 1 : -1) * Math.abs(y)) : corners;
  const x = Float64Array.from({ length: nodes }, (_, i) => i / (nodes - 1));
  const y = new Float64Array(nodes);
  for (let i = 0, piece = 0, from = 0; i < nodes; i++) {
    while (piece < pieces - 1 && x[i] > from + widths[piece]) from += widths[piece++];
    y[i] = heights[piece] + ((heights[piece + 1] - heights[piece]) * (x[i] - from)) / widths[piece];
  }
  return rng.chance(0.5) ? { x, y } : { x: y, y: x };
}

/** A random polyline: three in ten smooth functions of x or of y, as many broken lines, the rest closed curves and arcs. */
export function randomPolyline(rng: Random, nodes: number): Polyline {
  const form = rng.uniform();
  const draw = form < 0.3 ? randomFunction : form < 0.6 ? brokenLine : form < 0.8 ? closedCurve : ellipticArc;
  const { x, y } = draw(rng, nodes);
  return { x: standardise(x), y: standardise(y) };
}
