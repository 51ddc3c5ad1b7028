/**
 * From normal scores to the values of a variable whose law is a marginal of a mixture: z ↦ F⁻¹(Φ(z)), a smooth rising map
 * near the identity. It is a table with exact slopes (monotone cubic Hermite: Fritsch & Carlson 1980), a straight line
 * beyond its ends, and its derivative is that of the table: a density that is multiplied by it stays one, to the last
 * digit.
 */

import { logNormalDensity, normalQuantile } from "../numerics/normal.js";
import { firstAbove } from "../numerics/order.js";
import type { Mixture } from "./mixture.js";

const FARTHEST = 5;
const STEPS = 8;
const NODES = 2 * FARTHEST * STEPS + 1;
/** Share of the law beyond a node from which the table's own precision counts. */
const LEAST_SHARE = 1e-7;
/** Steepest slope at a node in units of the slopes of the lines beside it: the cubic rises then. */
const STEEPEST = 3;

/** Scores beyond which hardly any row has values. */
const FEW_BEYOND = 3.5;

export class ScoreScale {
  /** Nodes by their scores, values there, slopes of the values by the scores. */
  readonly #scores: Float64Array;
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  /** Derivatives of the log density at the nodes. */
  readonly #pulls: Float64Array;

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
  }

  /** Keeps the slope at a node within what lets the cubic to another one rise. */
  #flatten(node: number, other: number): void {
    const line = (this.#values[other] - this.#values[node]) / (this.#scores[other] - this.#scores[node]);
    if (this.#slopes[node] > STEEPEST * line) this.#slopes[node] = STEEPEST * line;
  }

  /** Values of scores, and the slopes and bends (second derivatives) of the values there. */
  values(scores: Float64Array): { values: Float64Array; slopes: Float64Array; bends: Float64Array } {
    const [values, slopes, bends] = [0, 1, 2].map(() => new Float64Array(scores.length));
    const [nodes, last] = [this.#scores, this.#scores.length - 1];
    for (let k = 0; k < scores.length; k++) {
      const cell = firstAbove(nodes, scores[k]) - 1;
      if (cell < 0 || cell >= last) {
        const end = cell < 0 ? 0 : last;
        slopes[k] = this.#slopes[end];
        values[k] = this.#values[end] + slopes[k] * (scores[k] - nodes[end]);
        continue;
      }
      const width = nodes[cell + 1] - nodes[cell];
      const f = (scores[k] - nodes[cell]) / width;
      const rise = this.#values[cell + 1] - this.#values[cell];
      const [a, b] = [width * this.#slopes[cell], width * this.#slopes[cell + 1]];
      const [second, third] = [3 * rise - 2 * a - b, a + b - 2 * rise];
      values[k] = this.#values[cell] + f * (a + f * (second + f * third));
      slopes[k] = (a + f * (2 * second + 3 * f * third)) / width;
      bends[k] = (2 * second + 6 * f * third) / (width * width);
    }
    return { values, slopes, bends };
  }

  /** Derivatives of the log density of the variable at scores, between nodes along a line, and the slopes of the lines. */
  pulls(scores: Float64Array): { pulls: Float64Array; slopes: Float64Array } {
    const [nodes, all, last] = [this.#scores, this.#pulls, this.#scores.length - 1];
    const [pulls, slopes] = [new Float64Array(scores.length), new Float64Array(scores.length)];
    for (let k = 0; k < scores.length; k++) {
      const cell = Math.min(Math.max(firstAbove(nodes, scores[k]) - 1, 0), last - 1);
      slopes[k] = (all[cell + 1] - all[cell]) / (nodes[cell + 1] - nodes[cell]);
      pulls[k] = all[cell] + (scores[k] - nodes[cell]) * slopes[k];
    }
    return { pulls, slopes };
  }

  /** Whether nearly all values lie within a distance of zero. */
  within(distance: number): boolean {
    const { values } = this.values(Float64Array.of(-FEW_BEYOND, FEW_BEYOND));
    return values[0] > -distance && values[1] < distance;
  }

  /** The score of a value. */
  scoreOf(value: number): number {
    const [scores, values, slopes] = [this.#scores, this.#values, this.#slopes];
    const last = values.length - 1;
    const cell = firstAbove(values, value) - 1;
    if (cell < 0) return scores[0] + (value - values[0]) / slopes[0];
    if (cell >= last) return scores[last] + (value - values[last]) / slopes[last];
    let [low, high] = [scores[cell], scores[cell + 1]];
    const at = Float64Array.of(
      low + ((high - low) * (value - values[cell])) / (values[cell + 1] - values[cell]),
    );
    for (let step = 0; step < 60; step++) {
      const here = this.values(at);
      const error = here.values[0] - value;
      if (error > 0) high = at[0];
      else low = at[0];
      const newton = at[0] - error / here.slopes[0];
      const next = newton > low && newton < high ? newton : (low + high) / 2;
      if (Math.abs(next - at[0]) < 1e-13) break;
      at[0] = next;
    }
    return at[0];
  }
}
