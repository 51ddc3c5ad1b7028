/**
 * The normal scores of a variable whose law is a marginal of a mixture: z ↦ Φ⁻¹(P(X ≤ z)), a smooth rising map near the
 * identity. It is a table with exact slopes (monotone cubic Hermite: Fritsch & Carlson 1980), a straight line beyond
 * its ends, and its derivative is that of the table: a density that is divided by it stays one, to the last digit.
 */

import { logNormalDensity, normalQuantile } from "../numerics/normal.js";
import type { Mixture } from "./mixture.js";

const FARTHEST = 5;
const STEPS = 8;
const NODES = 2 * FARTHEST * STEPS + 1;
/** Share of the law beyond a node from which the table's own precision counts. */
const LEAST_SHARE = 1e-7;
/** Steepest slope at a node in units of the slopes of the lines beside it: the cubic rises then. */
const STEEPEST = 3;

export class ScoreScale {
  /** Nodes, scores there, slopes. */
  readonly #values: Float64Array;
  readonly #scores: Float64Array;
  readonly #slopes: Float64Array;

  /** The scale of the first variable of a mixture. */
  constructor(mixture: Mixture) {
    const [values, scores, slopes]: [number[], number[], number[]] = [[], [], []];
    for (let node = 0; node < NODES; node++) {
      const value = node / STEPS - FARTHEST;
      const { below, density } = mixture.marginal(value);
      if (below < LEAST_SHARE || below > 1 - LEAST_SHARE) continue;
      const score = normalQuantile(below);
      values.push(value);
      scores.push(score);
      slopes.push(density / Math.exp(logNormalDensity(score)));
    }
    for (let node = 0; node < values.length; node++) {
      for (const other of [node - 1, node + 1]) {
        if (other < 0 || other >= values.length) continue;
        const line = (scores[other] - scores[node]) / (values[other] - values[node]);
        slopes[node] = Math.min(slopes[node], STEEPEST * line);
      }
    }
    this.#values = Float64Array.from(values);
    this.#scores = Float64Array.from(scores);
    this.#slopes = Float64Array.from(slopes);
  }

  /** The score of a value. */
  scoreOf(value: number): number {
    const cell = this.#cell(this.#values, value);
    const [values, scores, slopes] = [this.#values, this.#scores, this.#slopes];
    if (cell < 0) return scores[0] + slopes[0] * (value - values[0]);
    const last = values.length - 1;
    if (cell >= last) return scores[last] + slopes[last] * (value - values[last]);
    const width = values[cell + 1] - values[cell];
    return this.#cubic(cell, (value - values[cell]) / width);
  }

  /** The value of a score, and the slope of the score there. */
  valueOf(score: number): { value: number; slope: number } {
    const cell = this.#cell(this.#scores, score);
    const [values, scores, slopes] = [this.#values, this.#scores, this.#slopes];
    const last = values.length - 1;
    const end = cell < 0 ? 0 : last;
    if (cell < 0 || cell >= last) {
      return { value: values[end] + (score - scores[end]) / slopes[end], slope: slopes[end] };
    }
    const width = values[cell + 1] - values[cell];
    const rise = scores[cell + 1] - scores[cell];
    let [low, high] = [0, 1];
    let f = (score - scores[cell]) / rise;
    for (let step = 0; step < 40; step++) {
      const error = this.#cubic(cell, f) - score;
      if (error > 0) high = f;
      else low = f;
      const next = f - error / (this.#slope(cell, f) * width);
      const better = next > low && next < high ? next : (low + high) / 2;
      if (Math.abs(better - f) < 1e-12) break;
      f = better;
    }
    return { value: values[cell] + f * width, slope: this.#slope(cell, f) };
  }

  /** The last node that is not above a number, −1 below the first. */
  #cell(nodes: Float64Array, number: number): number {
    let [low, high] = [-1, nodes.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (nodes[middle] <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #cubic(cell: number, f: number): number {
    const width = this.#values[cell + 1] - this.#values[cell];
    const start = this.#scores[cell];
    const rise = this.#scores[cell + 1] - start;
    const [a, b] = [width * this.#slopes[cell], width * this.#slopes[cell + 1]];
    return start + f * (a + f * (3 * rise - 2 * a - b + f * (a + b - 2 * rise)));
  }

  /** Slope by the value, not by the share of the cell. */
  #slope(cell: number, f: number): number {
    const width = this.#values[cell + 1] - this.#values[cell];
    const rise = this.#scores[cell + 1] - this.#scores[cell];
    const [a, b] = [width * this.#slopes[cell], width * this.#slopes[cell + 1]];
    return (a + f * (2 * (3 * rise - 2 * a - b) + 3 * f * (a + b - 2 * rise))) / width;
  }
}
