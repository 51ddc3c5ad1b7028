/** The density of one sample, and what it says of the sample's rows. */

import { midRanks } from "../copula/index.js";
import type { CountTable } from "../counts/index.js";
import { CopulaDensity, type StepCopula } from "../density/index.js";
import { GRID } from "../features/index.js";
import { requireEqualLengths } from "../input/data-errors.js";
import { finiteNumber, readArgument, wholeNumber } from "../input/options.js";
import { SEED } from "../input/tables.js";
import { mean } from "../numerics/moments.js";
import { normalQuantile } from "../numerics/normal.js";
import type { Copula, CriticTable } from "../types.js";
import { levelsOf, type NetworkPart, networkParts, type PairPlan } from "./plan.js";
import type { CompletePair } from "./prepared.js";
import { stepDensity } from "./step-density.js";

const SHARE = finiteNumber(
  (value) => value > 0 && value < 1,
  "a number between 0 and 1, both excluded",
  undefined,
);
const DRAWS = wholeNumber(1, 1, 1e8);

const share = (name: string, value: number): number => readArgument(name, value, SHARE);

/** Normal scores of shares. */
function scores(name: string, shares: ArrayLike<number>): Float64Array {
  return Float64Array.from(shares, (value, k) => normalQuantile(share(`${name}[${k}]`, value)));
}

/** What an estimate reads from its density. */
export type PairDensity = Pick<LocalInformation, "lowerBound" | "pointwise" | "critic" | "view">;

/** The densities of draws of the rows: the first stands for all, and what is said of rows is averaged over the draws. */
export class DrawnInformation implements PairDensity {
  readonly #pair: CompletePair;
  readonly #draws: readonly LocalInformation[];

  /** @param pair all rows */
  constructor(pair: CompletePair, draws: readonly LocalInformation[]) {
    this.#pair = pair;
    this.#draws = draws;
  }

  lowerBound(): number {
    return mean(this.#draws.map((draw) => draw.lowerBound()));
  }

  /** Of every row over the draws that hold its x and y; NaN where none does. */
  pointwise(length: number, scale: number): Float64Array {
    const { x, y, rows, n } = this.#pair;
    const keyOf = (k: number): number => x.places[k] * y.distinct + y.places[k];
    const sums = new Map<number, [sum: number, count: number]>();
    for (const draw of this.#draws) {
      const values = draw.pointwise(length, scale);
      for (let k = 0; k < n; k++) {
        const value = values[rows?.[k] ?? k];
        if (Number.isNaN(value)) continue;
        const [sum, count] = sums.get(keyOf(k)) ?? [0, 0];
        sums.set(keyOf(k), [sum + value, count + 1]);
      }
    }
    const result = new Float64Array(length).fill(Number.NaN);
    for (let k = 0; k < n; k++) {
      const [sum, count] = sums.get(keyOf(k)) ?? [Number.NaN, 1];
      result[rows?.[k] ?? k] = sum / count;
    }
    return result;
  }

  critic(scale: number): CriticTable {
    return this.#draws[0].critic(scale);
  }

  view(): Copula {
    return this.#draws[0].view();
  }
}

/** The copula density of a pair in the user's orientation, read at the pair's own rows. Nats. */
export class LocalInformation {
  readonly #plan: PairPlan;
  readonly #mixtures: ReadonlyMap<NetworkPart, ArrayLike<number>>;
  #copula: CopulaDensity | StepCopula | undefined;
  #atRows: Float64Array | undefined;

  /** @param mixtures densities on the canonical squares of the pair's parts, as the network gives them */
  constructor(plan: PairPlan, mixtures: ReadonlyMap<NetworkPart, ArrayLike<number>>) {
    this.#plan = plan;
    this.#mixtures = mixtures;
  }

  /** Made when it is first asked for: many an estimate is asked for its number alone. */
  get copula(): CopulaDensity | StepCopula {
    this.#copula ??= this.#made();
    return this.#copula;
  }

  #made(): CopulaDensity | StepCopula {
    const { kinds, numbers } = this.#plan;
    if (kinds.some((kind) => kind !== "number") || numbers === undefined) {
      return stepDensity(this.#plan, this.#mixtures);
    }
    return CopulaDensity.read(this.#mixtures.get(numbers) as ArrayLike<number>, numbers.sample.orientation);
  }

  /** Donsker–Varadhan value on the sample: the mean log density, whose exponential integrates to one. */
  lowerBound(): number {
    const [{ weights }] = this.#plan.sides;
    let sum = 0;
    for (const [row, value] of this.#values().entries()) sum += (weights?.[row] ?? 1) * value;
    return sum / this.#plan.n;
  }

  /** ln c(u_i, v_i) for every row of the input, in units of `1 / scale` nats; NaN where a value is missing. */
  pointwise(length: number, scale: number): Float64Array {
    const { rows, positions } = this.#plan;
    const values = this.#values();
    const result = new Float64Array(length).fill(Number.NaN);
    const used = positions?.length ?? values.length;
    for (let k = 0; k < used; k++) result[rows?.[k] ?? k] = scale * values[positions?.[k] ?? k];
    return result;
  }

  /** The density as a table, in units of `1 / scale` nats. */
  critic(scale: number): CriticTable {
    return { size: GRID, values: this.copula.table(GRID).map((value) => scale * value) };
  }

  /** The density as users ask it. */
  view(): Copula {
    return {
      logDensity: (u, v) => this.copula.logDensity(share("u", u), share("v", v)),
      logDensities: (u, v) => {
        requireEqualLengths({ name: "u", rows: u.length }, { name: "v", rows: v.length });
        return this.copula.logDensities(scores("u", u), scores("v", v));
      },
      conditional: (u, v) => this.copula.conditional(share("u", u), share("v", v)),
      quantile: (p, u) => this.copula.quantile(share("p", p), share("u", u)),
      sample: (n, seed = 0) =>
        this.copula.sample(readArgument("n", n, DRAWS), readArgument("seed", seed, SEED)),
    };
  }

  /** At the pseudo-observations (rank + ½)/n of the complete rows; tied rows are in the middle of theirs. */
  #values(): Float64Array {
    if (this.#atRows === undefined) {
      const { n, sides, counts } = this.#plan;
      if (counts !== undefined && networkParts(this.#plan).length === 0) {
        this.#atRows = countedRatios(counts, sides);
        return this.#atRows;
      }
      const [u, v] = sides.map(({ column }) => {
        return midRanks(column).map((rank) => normalQuantile((rank + 0.5) / n));
      });
      this.#atRows = this.copula.logDensities(u, v);
    }
    return this.#atRows;
  }
}

/** ln of how many times as often as by chance the levels of each row meet. O(n), however many levels there are. */
function countedRatios({ n, rows, columns, cells }: CountTable, sides: PairPlan["sides"]): Float64Array {
  const counts = new Map<number, number>();
  cells.count.forEach((count, k) => {
    counts.set(cells.x[k] * columns.length + cells.y[k], count);
  });
  const [x, y] = sides.map((side) => levelsOf(side).places);
  const ratios = new Float64Array(x.length);
  for (let row = 0; row < ratios.length; row++) {
    const count = counts.get(x[row] * columns.length + y[row]) as number;
    ratios[row] = Math.log((count / rows[x[row]]) * (n / columns[y[row]]));
  }
  return ratios;
}
