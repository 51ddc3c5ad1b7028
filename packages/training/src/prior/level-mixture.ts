/** A variable with levels beside a number: every level has a law of its own, a normal one or a mixture of two. */

import {
  AliasTable,
  componentScratch,
  type Distribution,
  shiftedLattice,
  systematic,
} from "./distribution.js";
import { expNegative } from "./exp.js";
import { normalQuantile } from "./normal.js";
import type { Random } from "./random.js";

/** One part of a level's law. */
interface Part {
  level: number;
  /** Its share of all. */
  weight: number;
  mean: number;
  deviation: number;
}

const MOST_LEVELS = 256;
/** Terms this far below the largest one, in log, are left out. */
const NEGLIGIBLE = 24;

/** X is the number of the level, Y a mixture of normal laws given X. */
export class LevelMixture implements Distribution {
  readonly mi?: number;
  readonly terms: number;
  private readonly parts: readonly Part[];
  private readonly weights: Float64Array;
  private readonly alias: AliasTable;
  /** Per part: ln of its factor, mean, 1/(√2 · deviation); the parts of a level stand together. */
  private readonly constants: Float64Array;
  /** First part of every level, and the number of parts. */
  private readonly starts: Uint16Array;
  private readonly logShares: Float64Array;
  private readonly logs: Float64Array;

  /**
   * @param parts level by level, ascending
   * @param independent whether all levels have the same law
   */
  constructor(
    readonly kind: string,
    readonly levels: number,
    parts: readonly Part[],
    independent: boolean,
  ) {
    const total = parts.reduce((sum, { weight }) => sum + weight, 0);
    this.parts = parts.map((part) => ({ ...part, weight: part.weight / total }));
    this.terms = parts.length;
    if (independent) this.mi = 0;
    this.weights = Float64Array.from(this.parts, ({ weight }) => weight);
    this.alias = new AliasTable(this.weights);
    this.constants = new Float64Array(3 * parts.length);
    this.starts = new Uint16Array(levels + 1);
    const shares = new Float64Array(levels);
    this.parts.forEach(({ level, weight, mean, deviation }, k) => {
      this.constants.set([Math.log(weight / deviation), mean, Math.SQRT1_2 / deviation], 3 * k);
      this.starts[level + 1] = k + 1;
      shares[level] += weight;
    });
    this.logShares = shares.map(Math.log);
    this.logs = new Float64Array(parts.length);
  }

  sample(rng: Random, x: Float64Array, y: Float64Array, n: number): void {
    for (let i = 0; i < n; i++) {
      const { level, mean, deviation } = this.parts[this.alias.draw(rng)];
      x[i] = level;
      y[i] = mean + deviation * rng.normal();
    }
  }

  stratified(rng: Random, x: Float64Array, y: Float64Array, m: number): void {
    systematic(rng, this.weights, componentScratch, m);
    shiftedLattice(rng, x, y, m);
    for (let j = 0; j < m; j++) {
      const { level, mean, deviation } = this.parts[componentScratch[j]];
      x[j] = level;
      y[j] = mean + deviation * normalQuantile(y[j]);
    }
  }

  logRatio(x: Float64Array, y: Float64Array, m: number, out: Float64Array): void {
    const { constants, logs, starts } = this;
    for (let j = 0; j < m; j++) {
      let most = -Infinity;
      for (let k = 0; k < logs.length; k++) {
        const z = (y[j] - constants[3 * k + 1]) * constants[3 * k + 2];
        logs[k] = constants[3 * k] - z * z;
        if (logs[k] > most) most = logs[k];
      }
      const level = x[j];
      const own = logSum(logs, starts[level], starts[level + 1]) - this.logShares[level];
      out[j] = own - logSum(logs, 0, logs.length, most);
    }
  }
}

/** ln Σ exp over a stretch of logarithms. */
function logSum(logs: Float64Array, from: number, to: number, largest?: number): number {
  let most = largest ?? -Infinity;
  if (largest === undefined) for (let k = from; k < to; k++) if (logs[k] > most) most = logs[k];
  let sum = 0;
  for (let k = from; k < to; k++) if (logs[k] > most - NEGLIGIBLE) sum += expNegative(logs[k] - most);
  return most + Math.log(sum);
}

/**
 * Two to 256 levels of equal or very unequal shares. They differ in their means (freely, in few groups, or hardly), in their
 * spreads, in their shapes, in all of these, or in nothing.
 */
export function levelMixture(rng: Random, kind: string): LevelMixture {
  const levels = rng.logInteger(2, MOST_LEVELS);
  const shares = rng.dirichlet(levels, rng.chance(0.3) ? 1 : rng.logBetween(2, 50));
  const independent = rng.chance(0.12);
  const apart = independent || rng.chance(0.25) ? 0 : rng.logBetween(0.05, 6);
  const groups = rng.chance(0.25) ? rng.integer(2, 5) : levels;
  const centres = Float64Array.from({ length: groups }, () => apart * rng.normal());
  const swell = independent || rng.chance(0.4) ? 0 : rng.between(0.1, 1.3);
  const split = independent || rng.chance(0.6) ? 0 : rng.between(0.5, 3);
  const parts: Part[] = [];
  for (let level = 0; level < levels; level++) {
    const mean = centres[groups === levels ? level : rng.integer(0, groups - 1)];
    const deviation = Math.exp(swell * rng.normal());
    if (split > 0 && rng.chance(0.5)) {
      const share = rng.between(0.2, 0.8);
      const distance = split * deviation;
      parts.push(
        { level, weight: share * shares[level], mean: mean - (1 - share) * distance, deviation },
        { level, weight: (1 - share) * shares[level], mean: mean + share * distance, deviation },
      );
    } else {
      parts.push({ level, weight: shares[level], mean, deviation });
    }
  }
  return new LevelMixture(kind, levels, parts, independent);
}
