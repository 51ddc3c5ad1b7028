/** Laws of levels beside a number: how near an estimate comes to their mutual information. */
import { normalQuantile } from "../prior/normal.js";
import { Random } from "../prior/random.js";
import type { Estimator, LevelSample } from "./estimator.js";
import { mean } from "./score.js";

/** What differs between the levels: means, deviations or nothing. */
export const LEVEL_LAWS = ["means", "spreads", "nothing"] as const;

export type LevelLaw = (typeof LEVEL_LAWS)[number];

/** How an estimator did on one law at one number of levels. */
export interface LevelScoreOfLaw {
  law: LevelLaw;
  levels: number;
  n: number;
  draws: number;
  /** Mean mutual information, nats: every draw has a law of its own. */
  truth: number;
  bias: number;
  /** Root mean square error. */
  rmse: number;
}

/** Given its level, y is normal; the levels are equally likely. */
interface NormalLevels {
  means: number[];
  deviations: number[];
}

/** Deviation of the levels' means, and of their deviations' logarithms. */
const MEANS = 1.3;
const LOG_SPREADS = 1.2;

function drawLaw(rng: Random, law: LevelLaw, levels: number): NormalLevels {
  const each = (draw: () => number): number[] => Array.from({ length: levels }, draw);
  return {
    means: each(() => (law === "means" ? MEANS * rng.normal() : 0)),
    deviations: each(() => (law === "spreads" ? Math.exp(LOG_SPREADS * rng.normal()) : 1)),
  };
}

/** A sample in which every level has a row. */
function drawSample(rng: Random, { means, deviations }: NormalLevels, n: number): LevelSample {
  const levels = means.length;
  const codes = Uint32Array.from({ length: n }, (_, i) => (i < levels ? i : rng.integer(0, levels - 1)));
  const y = Float64Array.from(codes, (level) => means[level] + deviations[level] * rng.normal());
  return { codes, levels, y };
}

/** Points at which the information is a mean of exact log ratios. */
const TRUTH_POINTS = 8000;

/** Mutual information, nats: the mean log ratio at evenly spread quantiles of every level. */
export function informationOfLevels({ means, deviations }: NormalLevels): number {
  const levels = means.length;
  const points = Math.ceil(TRUTH_POINTS / levels);
  const density = (y: number, level: number): number =>
    Math.exp(-0.5 * ((y - means[level]) / deviations[level]) ** 2) / deviations[level];
  let sum = 0;
  for (let level = 0; level < levels; level++) {
    for (let k = 0; k < points; k++) {
      const y = means[level] + deviations[level] * normalQuantile((k + 0.5) / points);
      let all = 0;
      for (let other = 0; other < levels; other++) all += density(y, other);
      sum += Math.log((levels * density(y, level)) / all);
    }
  }
  return sum / (levels * points);
}

/** A law of a kind, a sample of it, and its information in nats. */
export function levelDraw(
  rng: Random,
  law: LevelLaw,
  levels: number,
  n: number,
): { sample: LevelSample; truth: number } {
  const own = drawLaw(rng, law, levels);
  return { truth: informationOfLevels(own), sample: drawSample(rng, own, n) };
}

/** Scores laws of levels. Draw k depends on the seed, the law, the number of levels and k alone. */
export async function scoreLevels(
  estimate: NonNullable<Estimator["levels"]>,
  { levels: counts, n, draws, seed }: { levels: readonly number[]; n: number; draws: number; seed: number },
): Promise<LevelScoreOfLaw[]> {
  const scores: LevelScoreOfLaw[] = [];
  for (const [l, law] of LEVEL_LAWS.entries()) {
    for (const levels of counts) {
      const truths: number[] = [];
      const samples = Array.from({ length: draws }, (_, k) => {
        const { sample, truth } = levelDraw(
          new Random(seed, (l + 10 * levels) * 100_003 + k),
          law,
          levels,
          n,
        );
        truths.push(truth);
        return sample;
      });
      const errors = (await estimate(samples)).map((mi, k) => mi - truths[k]);
      const rmse = Math.sqrt(mean(errors.map((error) => error ** 2)));
      scores.push({ law, levels, n, draws, truth: mean(truths), bias: mean(errors), rmse });
    }
  }
  return scores;
}
