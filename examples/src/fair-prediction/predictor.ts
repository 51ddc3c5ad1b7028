/** Logistic regression on features and their squares. */

/** Scores are Σ weight · function of the features. */
export class Predictor {
  readonly #m: Float64Array;
  readonly #v: Float64Array;
  #steps = 0;

  constructor(
    width: number,
    /** Not all 0: a score that is the same for all shares nothing with anything. */
    readonly weights = new Float64Array(2 * width + 1).fill(0.1),
  ) {
    this.#m = new Float64Array(weights.length);
    this.#v = new Float64Array(weights.length);
  }

  /** Log odds of every row. */
  scores(features: readonly Float64Array[]): Float64Array {
    const result = new Float64Array(features[0].length).fill(this.weights[2 * features.length]);
    for (const [f, column] of features.entries()) {
      for (let k = 0; k < result.length; k++) {
        result[k] += this.weights[2 * f] * column[k] + this.weights[2 * f + 1] * column[k] ** 2;
      }
    }
    return result;
  }

  /** One step of Adam (Kingma & Ba 2015) down a loss whose derivatives by the scores are given. */
  step(features: readonly Float64Array[], slopes: Float64Array, rate: number): void {
    this.#steps++;
    const by = new Float64Array(this.weights.length);
    for (let k = 0; k < slopes.length; k++) {
      for (const [f, column] of features.entries()) {
        by[2 * f] += slopes[k] * column[k];
        by[2 * f + 1] += slopes[k] * column[k] ** 2;
      }
      by[2 * features.length] += slopes[k];
    }
    for (let w = 0; w < by.length; w++) {
      this.#m[w] = 0.9 * this.#m[w] + 0.1 * by[w];
      this.#v[w] = 0.99 * this.#v[w] + 0.01 * by[w] ** 2;
      const root = Math.sqrt(this.#v[w] / (1 - 0.99 ** this.#steps)) + 1e-8;
      this.weights[w] -= (rate * (this.#m[w] / (1 - 0.9 ** this.#steps))) / root;
    }
  }
}

/** Derivatives of the mean cross entropy by the scores. */
export function logisticSlopes(scores: Float64Array, label: Uint8Array): Float64Array {
  return scores.map((score, k) => (1 / (1 + Math.exp(-score)) - label[k]) / scores.length);
}

/** Share of rows whose score is on the side of the label. */
export function accuracy(scores: Float64Array, label: Uint8Array): number {
  return scores.reduce((sum, score, k) => sum + (score > 0 === (label[k] === 1) ? 1 : 0), 0) / scores.length;
}
