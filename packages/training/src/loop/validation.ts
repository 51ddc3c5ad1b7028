/** Evaluation on a fixed set drawn from the prior, which no training stream contains. */
import type { Estimate } from "../architecture/index.js";

/** Seed of the validation set's stream. Streams are numbered by seed; no sensible training seed comes near this one. */
export const VALIDATION_SEED = 2_000_000_011;

/** Batches in the validation set, each of the trainer's default size unless the run has another. */
export const VALIDATION_BATCHES = 16;

/** Sums over examples that make up an evaluation. */
export class ValidationScore {
  #losses: Record<string, number> = {};
  #batches = 0;
  #count = 0;
  #absolute = 0;
  #covered = 0;
  #intervals = 0;

  /** Adds one batch: its mean losses, its B estimates and its B truths. */
  add(losses: Record<string, number>, estimates: readonly Estimate[], mi: Float32Array): void {
    this.#batches++;
    for (const [name, value] of Object.entries(losses)) {
      this.#losses[name] = (this.#losses[name] ?? 0) + value;
    }
    for (const [row, { mi: estimate, interval }] of estimates.entries()) {
      this.#count++;
      this.#absolute += Math.abs(estimate - mi[row]);
      if (interval === undefined) continue;
      const [low, high] = interval;
      this.#intervals++;
      // The lower end may round to the truth itself at independence.
      if (mi[row] >= low - 1e-9 && mi[row] <= high + 1e-9) this.#covered++;
    }
  }

  /** Mean losses, mean absolute error of the MI (nats), and coverage of the 90 % interval if there is one. */
  result(): Record<string, number> {
    const means = Object.fromEntries(
      Object.entries(this.#losses).map(([name, value]) => [name, value / this.#batches]),
    );
    const result = { ...means, mae: this.#absolute / this.#count };
    return this.#intervals === 0 ? result : { ...result, coverage: this.#covered / this.#intervals };
  }
}
