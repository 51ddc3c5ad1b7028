/** Three-dimensional Gaussian mixtures by the recipe of the paper's order test. */
import { type OrderTest, orderTest, Random, type Triple } from "@infonet/training/evaluate";

/** Triples whose two truths are nearer than this decide nothing; the paper leaves them out. */
const LEAST_DIFFERENCE = 0.02;

/** Weights Dirichlet(1), means U(−5, 5), covariances A·Aᵀ with the entries of A from U(−3, 3). */
export function drawTriple(rng: Random, components: number): Triple {
  const axes = [0, 1, 2];
  const covariance = (): number[][] => {
    const a = axes.map(() => axes.map(() => rng.between(-3, 3)));
    return axes.map((i) => axes.map((j) => axes.reduce((sum, k) => sum + a[i][k] * a[j][k], 0)));
  };
  const list = <T>(draw: () => T): T[] => Array.from({ length: components }, draw);
  return {
    components,
    weights: [...rng.dirichlet(components)],
    means: list(() => axes.map(() => rng.between(-5, 5))),
    covariances: list(covariance),
    // Published triples carry the authors' Monte-Carlo truths; fresh ones get exact ones with their samples.
    miXY: Number.NaN,
    miXZ: Number.NaN,
  };
}

/** A fresh triple with its samples. Draw `index` of (seed, components) is always the same. */
export function freshTest(components: number, n: number, seed: number, index: number): OrderTest {
  const stream = 1_000_003 * components + index;
  const rng = new Random(seed, stream);
  for (;;) {
    const test = orderTest(drawTriple(rng, components), n, seed + 1, stream);
    if (Math.abs(test.truths[0] - test.truths[1]) >= LEAST_DIFFERENCE) return test;
  }
}
