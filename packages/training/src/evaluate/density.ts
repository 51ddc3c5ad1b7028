/**
 * How near a copula density comes to the law's own: its mean logarithm at fresh points, which is never above that of the
 * law itself in expectation. The difference is the Kullback–Leibler distance.
 */
import { Random } from "../prior/random.js";
import type { Estimator } from "./estimator.js";
import type { Family } from "./family.js";
import { mean } from "./score.js";

/** How a density did on one family. */
export interface DensityScore {
  name: string;
  n: number;
  draws: number;
  /** Mean exact log ratio at the fresh points. */
  truth: number;
  /** How much lower the mean log density is, over the samples; nats. */
  gap: number;
  /** Of the worst sample. */
  worst: number;
}

/** Fresh points a sample. */
const FRESH = 4000;
/** Streams of fresh points are far from those of the samples. */
const FRESH_STREAM = 50_000_017;
/** Points are at least so far from the border, where ranks never are. */
const BORDER = 1e-7;

/**
 * Scores densities on families whose log ratio and marginals are known. Draw k of family f depends on the seed, f and k
 * alone.
 */
export async function scoreDensities(
  families: readonly Family[],
  densities: NonNullable<Estimator["densities"]>,
  { n, draws, seed }: { n: number; draws: number; seed: number },
): Promise<DensityScore[]> {
  const scores: DensityScore[] = [];
  for (const [f, { name, sample, logRatio, uniforms }] of families.entries()) {
    if (logRatio === undefined || uniforms === undefined) {
      throw new TypeError(`${name} has no log ratio or no marginals; a density cannot be compared with it`);
    }
    const streams = (first: number) =>
      Array.from({ length: draws }, (_, k) => new Random(seed, first + f * 100_003 + k));
    const estimated = await densities(streams(0).map((rng) => sample(rng, n)));
    const inside = (u: number): number => Math.min(Math.max(u, BORDER), 1 - BORDER);
    const rows = streams(FRESH_STREAM).map((rng, k) => {
      const { x, y } = sample(rng, FRESH);
      let [exact, own] = [0, 0];
      for (let i = 0; i < FRESH; i++) {
        const [u, v] = uniforms(x[i], y[i]);
        exact += logRatio(x[i], y[i]) / FRESH;
        own += estimated[k](inside(u), inside(v)) / FRESH;
      }
      return { exact, gap: exact - own };
    });
    const gaps = rows.map(({ gap }) => gap);
    const truth = mean(rows.map(({ exact }) => exact));
    scores.push({ name, n, draws, truth, gap: mean(gaps), worst: Math.max(...gaps) });
  }
  return scores;
}
