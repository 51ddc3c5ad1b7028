/**
 * From normal scores to the values of a variable whose law is a marginal of a mixture: z ↦ F⁻¹(Φ(z)), a smooth rising map
 * near the identity. It is a table with exact slopes (monotone cubic Hermite: Fritsch & Carlson 1980), a straight line
 * beyond its ends, and its derivative is that of the table: a density that is multiplied by it stays one, to the last
 * digit.
 */

import { logNormalDensity, normalQuantile } from "../numerics/normal.js";
import { firstAbove } from "../numerics/order.js";
import type { Mixture } from "./mixture.js";

/**
 * What a scale says of one score, in this order: the value; its slope and its bend (second derivative) by the score; the derivative of
 * the log density of the variable, between nodes along a line; the slope of that line.
 */
export const SCORE_NUMBERS = 5;

const FARTHEST = 5;
const STEPS = 8;
const NODES = 2 * FARTHEST * STEPS + 1;
/** Share of the law beyond a node from which the table's own precision counts. */
const LEAST_SHARE = 1e-7;
/** Steepest slope at a node in units of the slopes of the lines beside it: the cubic rises then. */
const STEEPEST = 3;

/** Scores beyond which hardly any row has values. */
const FEW_BEYOND = 3.5;

// Space for what is known of one score.
const here = new Float64Array(SCORE_NUMBERS);

/** Parts of the scale that nodes are looked up in: a few times as many as there are nodes. */
const PARTS = 256;

export class ScoreScale {
  /** Nodes by their scores, values there, slopes of the values by the scores. */
  readonly #scores: Float64Array;
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  /** Derivatives of the log density at the nodes. */
  readonly #pulls: Float64Array;
  /** Parts of the scale a score, and for every part the last node below it. */
  readonly #density: number;
  readonly #below: Int16Array;

  /** The scale of the first variable of a mixture. */
  constructor(mixture: Mixture) {
    const { below, density, slope } = mixture.marginals(-FARTHEST, 1 / STEPS, NODES);
    const [scores, values, slopes, pulls] = [0, 1, 2, 3].map(() => new Float64Array(NODES));
    let count = 0;
    for (let node = 0; node < NODES; node++) {
      if (below[node] < LEAST_SHARE || below[node] > 1 - LEAST_SHARE) continue;
      const score = normalQuantile(below[node]);
      if (count > 0 && score <= scores[count - 1]) continue;
      scores[count] = score;
      values[count] = node / STEPS - FARTHEST;
      slopes[count] = Math.exp(logNormalDensity(score)) / density[node];
      pulls[count++] = slope[node];
    }
    this.#scores = scores.subarray(0, count);
    this.#values = values.subarray(0, count);
    this.#slopes = slopes.subarray(0, count);
    this.#pulls = pulls.subarray(0, count);
    for (let node = 0; node < count; node++) {
      if (node > 0) this.#flatten(node, node - 1);
      if (node + 1 < count) this.#flatten(node, node + 1);
    }
    this.#density = count > 1 ? PARTS / (scores[count - 1] - scores[0]) : 0;
    this.#below = new Int16Array(PARTS + 1);
    let last = 0;
    for (let part = 0; part <= PARTS; part++) {
      while (last + 1 < count && this.#part(scores[last + 1]) < part) last++;
      this.#below[part] = last;
    }
  }

  #part(score: number): number {
    return Math.floor((score - this.#scores[0]) * this.#density);
  }

  /** The last node that is not above a score; −1 if all are. */
  #nodeAt(score: number): number {
    const nodes = this.#scores;
    const last = nodes.length - 1;
    if (!(score >= nodes[0])) return -1;
    if (score >= nodes[last]) return last;
    let node = this.#below[this.#part(score)];
    while (nodes[node + 1] <= score) node++;
    return node;
  }

  /** Keeps the slope at a node within what lets the cubic to another one rise. */
  #flatten(node: number, other: number): void {
    const line = (this.#values[other] - this.#values[node]) / (this.#scores[other] - this.#scores[node]);
    if (this.#slopes[node] > STEEPEST * line) this.#slopes[node] = STEEPEST * line;
  }

  /** Values of scores, and their slopes by the scores. */
  values(scores: Float64Array): { values: Float64Array; slopes: Float64Array } {
    const [values, slopes] = [new Float64Array(scores.length), new Float64Array(scores.length)];
    for (let k = 0; k < scores.length; k++) {
      this.#map(scores[k], here);
      values[k] = here[0];
      slopes[k] = here[1];
    }
    return { values, slopes };
  }

  /** Writes down what there is to say of a score, see {@link SCORE_NUMBERS}. */
  at(score: number, out: Float64Array): void {
    const nodes = this.#scores;
    const pulls = this.#pulls;
    const node = Math.min(Math.max(this.#map(score, out), 0), nodes.length - 2);
    const slope = (pulls[node + 1] - pulls[node]) / (nodes[node + 1] - nodes[node]);
    out[3] = pulls[node] + (score - nodes[node]) * slope;
    out[4] = slope;
  }

  /** Writes down the value of a score with its slope and bend; returns the node before it. */
  #map(score: number, out: Float64Array): number {
    const nodes = this.#scores;
    const values = this.#values;
    const slopes = this.#slopes;
    const node = this.#nodeAt(score);
    if (node < 0 || node >= nodes.length - 1) {
      const end = Math.max(node, 0);
      out[1] = slopes[end];
      out[0] = values[end] + slopes[end] * (score - nodes[end]);
      out[2] = 0;
      return node;
    }
    const width = nodes[node + 1] - nodes[node];
    const f = (score - nodes[node]) / width;
    const rise = values[node + 1] - values[node];
    const a = width * slopes[node];
    const b = width * slopes[node + 1];
    const second = 3 * rise - 2 * a - b;
    const third = a + b - 2 * rise;
    out[0] = values[node] + f * (a + f * (second + f * third));
    out[1] = (a + f * (2 * second + 3 * f * third)) / width;
    out[2] = (2 * second + 6 * f * third) / (width * width);
    return node;
  }

  /** Whether nearly all values lie within a distance of zero. */
  within(distance: number): boolean {
    const [low, high] = this.values(Float64Array.of(-FEW_BEYOND, FEW_BEYOND)).values;
    return low > -distance && high < distance;
  }

  /** The score of a value. */
  scoreOf(value: number): number {
    const [scores, values, slopes] = [this.#scores, this.#values, this.#slopes];
    const last = values.length - 1;
    const cell = firstAbove(values, value) - 1;
    if (cell < 0) return scores[0] + (value - values[0]) / slopes[0];
    if (cell >= last) return scores[last] + (value - values[last]) / slopes[last];
    let [low, high] = [scores[cell], scores[cell + 1]];
    let at = low + ((high - low) * (value - values[cell])) / (values[cell + 1] - values[cell]);
    for (let step = 0; step < 60; step++) {
      this.#map(at, here);
      const error = here[0] - value;
      if (error > 0) high = at;
      else low = at;
      const newton = at - error / here[1];
      const next = newton > low && newton < high ? newton : (low + high) / 2;
      if (Math.abs(next - at) < 1e-13) break;
      at = next;
    }
    return at;
  }
}
