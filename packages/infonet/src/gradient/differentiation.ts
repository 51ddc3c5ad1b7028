/** Mutual information with its derivatives by the values of both columns. */

import { resultWarnings } from "../inference/reading.js";
import { readColumn } from "../input/columns.js";
import { unitScale } from "../input/units.js";
import type { Network } from "../network/network.js";
import { type PairSample, PreparedColumn, preparePair } from "../pairs/pairs.js";
import type { Column, Gradient } from "../types.js";
import type { GradientSettings } from "./options.js";
import { type SoftPair, softPair } from "./soft-pair.js";

/** A pair that was read and ranked. */
export interface PreparedGradient {
  pair: SoftPair;
  /** Permutation in canonical orientation, and what is known of the rows. */
  sample: PairSample;
}

/** Reads pairs and differentiates them, with one set of options. */
export class Differentiation {
  readonly #network: Network;
  readonly #settings: GradientSettings;

  constructor(network: Network, settings: GradientSettings) {
    this.#network = network;
    this.#settings = settings;
  }

  /**
   * Pairs that {@link run} takes at once.
   *
   * @throws InfoNetError "model" if the model has no gradient graphs and they are needed
   */
  get batch(): number {
    return this.#settings.through === "critic"
      ? this.#network.largestBatch
      : this.#network.largestDifferentiated;
  }

  /**
   * Reads a pair and computes its soft ranks.
   *
   * @throws InfoNetError "not-a-number", "not-finite", "unequal-lengths", "too-few-samples", "constant"
   */
  prepare(x: Column, y: Column): PreparedGradient {
    const { seed } = this.#settings;
    const [a, b] = [readColumn({ name: "x", values: x }), readColumn({ name: "y", values: y })];
    const most = this.#network.manifest.range.n[1];
    const sample = preparePair(
      { name: "x", column: new PreparedColumn(a, seed) },
      { name: "y", column: new PreparedColumn(b, seed) },
      { seed, most },
    );
    return { pair: softPair(a, b, sample, this.#settings), sample };
  }

  /**
   * Differentiates prepared pairs, at most {@link batch} of them.
   *
   * @throws InfoNetError "model" if the model has no gradient graphs
   */
  async run(prepared: readonly PreparedGradient[]): Promise<Gradient[]> {
    const { manifest } = this.#network;
    const scale = unitScale(this.#settings.units);
    const critic = this.#settings.through === "critic";
    const samples = prepared.map(({ pair, sample }) => ({ perm: sample.perm, soft: pair.soft }));
    const derivatives = await (critic
      ? this.#network.differentiateCritics(samples)
      : this.#network.differentiate(samples));
    return derivatives.map(({ median, gradient }, k) => {
      const { pair, sample } = prepared[k];
      // MI is the square of the median where that is positive, and 0 elsewhere.
      const root = Math.max(median, 0);
      const { dx, dy } = pair.pull(gradient);
      const slope = scale * (critic ? 1 : 2 * root);
      for (let row = 0; row < dx.length; row++) {
        dx[row] *= slope;
        dy[row] *= slope;
      }
      const warnings = resultWarnings(sample, root ** 2, manifest);
      return { mi: scale * root ** 2, dx, dy, n: sample.n, warnings };
    });
  }
}
