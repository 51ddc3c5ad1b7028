/** Calibration: coverage on fresh draws from the prior, and the level of the independence test. */
import { drawDistribution, MAX_TRUTH_POINTS, meanRatio, Random, truthPoints } from "../prior/index.js";
import type { Estimator } from "./estimator.js";
import type { Sample } from "./family.js";
import { covers, mean } from "./score.js";

// The training stream is numbered by example; no stream has this seed.
const FRESH_SEED = 2_100_000_000;

/** Bands of sample size and of true mutual information (nats), by their lower ends. */
export const SIZE_BANDS: readonly number[] = [8, 32, 128, 512, 2048, 10_000];
export const INFORMATION_BANDS: readonly number[] = [0, 0.02, 0.1, 0.3, 1, 2, 4];

/** One band: how many draws, mean absolute error, share of intervals that hold the truth. */
export interface Band {
  from: number;
  to: number;
  draws: number;
  mae: number;
  coverage: number;
}

/** Coverage by bands of n and of the truth, over fresh draws from the prior. */
export async function priorCoverage(
  estimator: Estimator,
  draws: number,
  seed: number,
): Promise<{ overall: Band; byN: Band[]; byInformation: Band[] }> {
  const samples: Sample[] = [];
  const truths: number[] = [];
  const x = new Float64Array(MAX_TRUTH_POINTS);
  const y = new Float64Array(MAX_TRUTH_POINTS);
  const ratios = new Float64Array(MAX_TRUTH_POINTS);
  for (let k = 0; k < draws; k++) {
    const rng = new Random(FRESH_SEED + seed, k);
    const n = rng.logInteger(SIZE_BANDS[0], SIZE_BANDS[SIZE_BANDS.length - 1]);
    const distribution = drawDistribution(rng);
    const sample = { x: new Float64Array(n), y: new Float64Array(n) };
    distribution.sample(rng, sample.x, sample.y, n);
    samples.push(sample);
    // Several stratified sets: what remains of the label's noise is small against the interval.
    const m = truthPoints(distribution);
    const sets = distribution.mi === undefined ? 4 : 0;
    let sum = 0;
    for (let set = 0; set < sets; set++) {
      distribution.stratified(rng, x, y, m);
      distribution.logRatio(x, y, m, ratios);
      sum += meanRatio(ratios, m) / sets;
    }
    truths.push(distribution.mi ?? sum);
  }
  const results = await estimator(samples);
  const band = (from: number, to: number, inside: (k: number) => boolean): Band => {
    const kept = results.flatMap((_, k) => (inside(k) ? [k] : []));
    return {
      from,
      to,
      draws: kept.length,
      mae: mean(kept.map((k) => Math.abs(results[k].mi - truths[k]))),
      coverage: mean(kept.map((k) => covers(results[k], truths[k]))),
    };
  };
  const bands = (ends: readonly number[], value: (k: number) => number): Band[] =>
    ends.map((from, b) => {
      const to = ends[b + 1] ?? Infinity;
      return band(from, to, (k) => value(k) >= from && value(k) < to);
    });
  return {
    overall: band(SIZE_BANDS[0], Infinity, () => true),
    byN: bands(SIZE_BANDS.slice(0, -1), (k) => samples[k].x.length),
    byInformation: bands(INFORMATION_BANDS, (k) => truths[k]),
  };
}

/** Levels at which the independence test is tried. */
export const LEVELS: readonly number[] = [0.05, 0.01, 0.001];

/** Share of independent samples called dependent, by level. */
export interface LevelScore {
  name: string;
  n: number;
  draws: number;
  /** In the order of {@link LEVELS}. */
  rejected: number[];
  /** Median estimate under independence, nats. */
  median: number;
}

const INDEPENDENT: ReadonlyArray<readonly [name: string, draw: (rng: Random) => number]> = [
  ["continuous", (rng) => rng.normal()],
  ["ten integers", (rng) => rng.integer(1, 10)],
  ["three categories", (rng) => (rng.uniform() < 0.6 ? 0 : rng.integer(1, 2))],
];

/** Type-I error of the test on continuous, tied and categorical data. */
export async function testLevels(
  estimator: Estimator,
  { sizes, draws, seed }: { sizes: readonly number[]; draws: number; seed: number },
): Promise<LevelScore[]> {
  const scores: LevelScore[] = [];
  for (const n of sizes) {
    for (const [kind, [name, draw]] of INDEPENDENT.entries()) {
      const samples = Array.from({ length: draws }, (_, k) => {
        const rng = new Random(FRESH_SEED + seed, (kind + 10 * n) * 1_000_003 + k);
        return {
          x: Float64Array.from({ length: n }, () => draw(rng)),
          y: Float64Array.from({ length: n }, () => draw(rng)),
        };
      });
      const results = await estimator(samples);
      // Without a null table there are no p-values, and the shares are NaN.
      const rejected = LEVELS.map((level) =>
        mean(results.map(({ pValue }) => (pValue === undefined ? Number.NaN : Number(pValue <= level)))),
      );
      const sorted = results.map(({ mi }) => mi).sort((a, b) => a - b);
      scores.push({ name, n, draws, rejected, median: sorted[draws >> 1] });
    }
  }
  return scores;
}
