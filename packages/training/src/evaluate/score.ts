/** Errors of estimates on families: the rows of the scoreboard. */
import { Random } from "../prior/random.js";
import type { Estimator, Scored } from "./estimator.js";
import { type Family, noiseFloor } from "./family.js";

/** How an estimator did on one family. */
export interface FamilyScore {
  name: string;
  n: number;
  draws: number;
  truth: number;
  /** Mean estimate. */
  mean: number;
  /** Mean absolute error, nats. */
  mae: number;
  /** The same of the mean exact log ratio over each sample; NaN where the family has none. */
  floor: number;
  /** Share of intervals that hold the truth; NaN without intervals. */
  coverage: number;
}

/** Scores families at one sample size. Draw k of family f depends on the seed, f and k alone. */
export async function scoreFamilies(
  families: readonly Family[],
  estimator: Estimator,
  { n, draws, seed }: { n: number; draws: number; seed: number },
): Promise<FamilyScore[]> {
  const scores: FamilyScore[] = [];
  for (const [f, family] of families.entries()) {
    const samples = Array.from({ length: draws }, (_, k) =>
      family.sample(new Random(seed, f * 100_003 + k), n),
    );
    const results = await estimator(samples);
    const { truth, name } = family;
    scores.push({
      name,
      n,
      draws,
      truth,
      mean: mean(results.map(({ mi }) => mi)),
      mae: mean(results.map(({ mi }) => Math.abs(mi - truth))),
      floor: mean(samples.map((sample) => Math.abs(noiseFloor(family, sample) - truth))),
      coverage: mean(results.map((result) => covers(result, truth))),
    });
  }
  return scores;
}

/** 1 if the interval holds the truth, 0 if not, NaN without an interval. */
export function covers({ interval }: Scored, truth: number): number {
  if (interval === undefined) return Number.NaN;
  return truth >= interval[0] - 1e-9 && truth <= interval[1] + 1e-9 ? 1 : 0;
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
