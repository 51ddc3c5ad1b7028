/** The density of one sample, and what it says of the sample's rows. */

import { CopulaDensity, rankScores } from "../density/index.js";
import { GRID } from "../features/index.js";
import { finiteNumber, readArgument, wholeNumber } from "../input/options.js";
import { SEED } from "../input/tables.js";
import type { Copula, CriticTable } from "../types.js";
import type { PairSample } from "./pairs.js";

const SHARE = finiteNumber(
  (value) => value > 0 && value < 1,
  "a number between 0 and 1, both excluded",
  undefined,
);
const DRAWS = wholeNumber(1, 1, 1e8);

const share = (name: string, value: number): number => readArgument(name, value, SHARE);

/** The copula density of a pair in the user's orientation, read at the pair's own rows. Nats. */
export class LocalInformation {
  readonly #mixture: ArrayLike<number>;
  readonly #sample: PairSample;
  #copula: CopulaDensity | undefined;
  #atRows: Float64Array | undefined;

  /** @param mixture the density on the canonical square, as the network gives it */
  constructor(mixture: ArrayLike<number>, sample: PairSample) {
    this.#mixture = mixture;
    this.#sample = sample;
  }

  /** Made when it is first asked for: many an estimate is asked for its number alone. */
  get copula(): CopulaDensity {
    this.#copula ??= CopulaDensity.read(this.#mixture, this.#sample.orientation);
    return this.#copula;
  }

  /** Donsker–Varadhan value on the sample: the mean log density, whose exponential integrates to one. */
  lowerBound(): number {
    let sum = 0;
    for (const value of this.#values()) sum += value;
    return sum / this.#sample.n;
  }

  /** ln c(u_i, v_i) for every row of the input, in units of `1 / scale` nats; NaN where a value is missing. */
  pointwise(length: number, scale: number): Float64Array {
    const { n, rows } = this.#sample;
    const values = this.#values();
    const result = new Float64Array(length).fill(Number.NaN);
    for (let k = 0; k < n; k++) result[rows?.[k] ?? k] = scale * values[k];
    return result;
  }

  /** The density as a table, in units of `1 / scale` nats; made when its values are first asked for. */
  critic(scale: number): CriticTable {
    const density = (): CopulaDensity => this.copula;
    let values: Float32Array | undefined;
    return {
      size: GRID,
      get values() {
        values ??= density()
          .table(GRID)
          .map((value) => scale * value);
        return values;
      },
    };
  }

  /** The density as users ask it. */
  view(): Copula {
    return {
      logDensity: (u, v) => this.copula.logDensity(share("u", u), share("v", v)),
      conditional: (u, v) => this.copula.conditional(share("u", u), share("v", v)),
      quantile: (p, u) => this.copula.quantile(share("p", p), share("u", u)),
      sample: (n, seed = 0) =>
        this.copula.sample(readArgument("n", n, DRAWS), readArgument("seed", seed, SEED)),
    };
  }

  /** At the pseudo-observations (rank + ½)/n of the complete rows. */
  #values(): Float64Array {
    const { xRanks, yRanks } = this.#sample;
    this.#atRows ??= this.copula.logDensities(rankScores(xRanks), rankScores(yRanks));
    return this.#atRows;
  }
}
