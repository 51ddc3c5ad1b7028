/** The estimate of one pair, as users have it. */

import { unitScale } from "../input/units.js";
import type { Copula, CriticTable, Estimate, MutualInformation, Units } from "../types.js";
import type { PairDensity } from "./local.js";

/**
 * An estimate. Its own properties are data, so that it can be posted between threads and printed as JSON; what is read from the density
 * is computed when it is first asked for.
 */
export class PairEstimate implements Estimate {
  readonly mi: number;
  readonly interval: [number, number];
  readonly pValue: number | undefined;
  readonly n: number;
  declare readonly effectiveSize?: number;
  readonly kinds: Estimate["kinds"];
  readonly entropies: Estimate["entropies"];
  readonly normalized: number | undefined;
  readonly warnings: Estimate["warnings"];
  readonly #local: PairDensity;
  readonly #length: number;
  readonly #scale: number;
  #critic: CriticTable | undefined;
  #copula: Copula | undefined;

  /**
   * @param local its density
   * @param length rows of the input
   */
  constructor(
    numbers: MutualInformation,
    local: PairDensity,
    { length, units }: { length: number; units: Units },
  ) {
    this.mi = numbers.mi;
    this.interval = numbers.interval;
    this.pValue = numbers.pValue;
    this.n = numbers.n;
    if (numbers.effectiveSize !== undefined) this.effectiveSize = numbers.effectiveSize;
    this.kinds = numbers.kinds;
    this.entropies = numbers.entropies;
    this.normalized = numbers.normalized;
    this.warnings = numbers.warnings;
    this.#local = local;
    this.#length = length;
    this.#scale = unitScale(units);
  }

  get lowerBound(): number {
    return this.#scale * this.#local.lowerBound();
  }

  get critic(): CriticTable {
    this.#critic ??= this.#local.critic(this.#scale);
    return this.#critic;
  }

  get copula(): Copula {
    this.#copula ??= this.#local.view();
    return this.#copula;
  }

  pointwise(): Float64Array {
    return this.#local.pointwise(this.#length, this.#scale);
  }

  /** The numbers, with the lower bound. */
  toJSON(): MutualInformation & { lowerBound: number } {
    const { mi, interval, pValue, lowerBound, n, effectiveSize, kinds, entropies, normalized, warnings } =
      this;
    const size = effectiveSize === undefined ? {} : { effectiveSize };
    return { mi, interval, pValue, lowerBound, n, ...size, kinds, entropies, normalized, warnings };
  }
}
