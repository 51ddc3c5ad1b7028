/** Evaluation on a fixed set drawn from the prior, which no training stream contains. */
import { QUANTILE_LEVELS } from "../network/copula-transformer.js";

/** Sums over examples that make up an evaluation. */
export class ValidationScore {
  #losses: Record<string, number> = {};
  #batches = 0;
  #count = 0;
  #absolute = 0;
  #covered = 0;
  readonly #median = QUANTILE_LEVELS.indexOf(0.5);

  /** Adds one batch: its mean losses, its quantiles [B, 9] of √MI and its truths [B]. */
  add(losses: Record<string, number>, quantiles: Float32Array, mi: Float32Array): void {
    this.#batches++;
    for (const [name, value] of Object.entries(losses)) {
      this.#losses[name] = (this.#losses[name] ?? 0) + value;
    }
    const levels = QUANTILE_LEVELS.length;
    const information = (row: number, level: number): number =>
      Math.max(quantiles[row * levels + level], 0) ** 2;
    for (let row = 0; row < mi.length; row++) {
      this.#count++;
      this.#absolute += Math.abs(information(row, this.#median) - mi[row]);
      const low = information(row, 0);
      const high = information(row, levels - 1);
      // The lower end may round to the truth itself at independence.
      if (mi[row] >= low - 1e-9 && mi[row] <= high + 1e-9) this.#covered++;
    }
  }

  /** Mean losses, mean absolute error of the MI (nats) and coverage of the 90 % interval. */
  result(): Record<string, number> {
    const means = Object.fromEntries(
      Object.entries(this.#losses).map(([name, value]) => [name, value / this.#batches]),
    );
    return { ...means, mae: this.#absolute / this.#count, coverage: this.#covered / this.#count };
  }
}
