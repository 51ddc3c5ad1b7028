/** Independence of vectors of 16 and 128 coordinates: the paper's test, and the level of ours. */
import { number, percent, Random } from "@infonet/training/evaluate";
import { HIGH_SIZES, PAPER, PUBLISHED_AUC } from "../published.js";
import { distanceKernel, gaussianKernel, permutationScore } from "../reference/hsic.js";
import type { Vectors } from "./bmi-tasks.js";
import type { Suite } from "./suite.js";

/** How Y hangs on X, after the paper's notebook; independent in the second half of the trials. */
export type Relation = 1 | 2 | 3;

const WIDTHS = [16, 128];
/** Of the references; ours has its own. */
const PERMUTATIONS = 99;
const LEVELS = [0.01, 0.05, 0.1];

/**
 * X and Z standard normal in d dimensions. Relation 1: Y = (1ᵀX/√d · 1 + Z)/√2. Relation 2: every coordinate of Y is the
 * sum of the first half of X plus noise, over d√2. Relation 3: Y = (X + Z)/√2. Without a relation, Y = Z.
 */
export function drawRelation(
  relation: Relation | undefined,
  n: number,
  d: number,
  rng: Random,
): [Vectors, Vectors] {
  const [x, y] = [new Float64Array(n * d), new Float64Array(n * d)];
  for (let i = 0; i < n; i++) {
    let [sum, half] = [0, 0];
    for (let k = 0; k < d; k++) {
      const value = rng.normal();
      x[i * d + k] = value;
      sum += value;
      if (k < d >> 1) half += value;
    }
    for (let k = 0; k < d; k++) {
      const noise = rng.normal();
      const at = i * d + k;
      if (relation === 1) y[at] = (sum / Math.sqrt(d) + noise) * Math.SQRT1_2;
      else if (relation === 2) y[at] = (half + noise) / (d * Math.SQRT2);
      else if (relation === 3) y[at] = (x[at] + noise) * Math.SQRT1_2;
      else y[at] = noise;
    }
  }
  return [
    { data: x, width: d },
    { data: y, width: d },
  ];
}

/** Area under the curve: the probability that a dependent sample's statistic is above an independent one's. */
export function areaUnderCurve(dependent: readonly number[], independent: readonly number[]): number {
  let sum = 0;
  for (const a of dependent) for (const b of independent) sum += a > b ? 1 : a === b ? 0.5 : 0;
  return sum / (dependent.length * independent.length);
}

export const independenceHigh: Suite = {
  title: "Independence of vectors",
  about: "16 and 128 coordinates: area under the curve beside the paper's, and type-I error",
  threads: 1,
  async run({ net, quick, seed, journal, signal, tell }) {
    // The paper's hundred trials are half dependent, half not.
    const trials = quick ? 20 : 100;
    const levelTrials = quick ? 100 : 1000;
    const sizes = quick ? HIGH_SIZES.slice(0, 2) : HIGH_SIZES;
    const score = (kernel: (rows: Vectors) => Float64Array) => async (x: Vectors, y: Vectors, rng: Random) =>
      permutationScore(kernel(x), kernel(y), PERMUTATIONS, () => rng.uniform());
    const methods: Record<string, (x: Vectors, y: Vectors, rng: Random) => Promise<number>> = {
      InfoNet: async (x, y) => (await net.independence(x, y, { signal })).statistic,
      "distance covariance": score(distanceKernel),
      HSIC: score(gaussianKernel),
    };
    const results: { relation: Relation; d: number; n: number; areas: Record<string, number> }[] = [];
    for (const relation of [1, 2, 3] as const) {
      for (const d of WIDTHS) {
        for (const n of sizes) {
          tell(`relation ${relation}, ${d} coordinates, n = ${n}`);
          const areas = await journal.once(`relation ${relation}, d ${d}, n ${n}`, async () => {
            const found: Record<string, number> = {};
            for (const [name, statistic] of Object.entries(methods)) {
              const values: number[][] = [[], []];
              for (let k = 0; k < trials; k++) {
                signal.throwIfAborted();
                const dependent = k < trials / 2;
                const rng = new Random(seed, ((relation * 1000 + d) * 1000 + n) * 1009 + k);
                const [x, y] = drawRelation(dependent ? relation : undefined, n, d, rng);
                values[dependent ? 0 : 1].push(await statistic(x, y, rng));
              }
              found[name] = areaUnderCurve(values[0], values[1]);
            }
            return found;
          });
          results.push({ relation, d, n, areas });
        }
      }
    }
    const levels: { d: number; n: number; shares: number[] }[] = [];
    for (const d of WIDTHS) {
      const n = 50;
      tell(`type-I error, ${d} coordinates`);
      const pValues = await journal.once(`level, d ${d}`, async () => {
        const found: number[] = [];
        for (let k = 0; k < levelTrials; k++) {
          signal.throwIfAborted();
          const [x, y] = drawRelation(undefined, n, d, new Random(seed + 1, d * 1_000_003 + k));
          found.push((await net.independence(x, y, { seed: k, signal })).pValue);
        }
        return found;
      });
      const shares = LEVELS.map((level) => pValues.filter((p) => p <= level + 1e-12).length / levelTrials);
      levels.push({ d, n, shares });
    }
    const published = (relation: Relation, d: number, n: number): string =>
      relation === 1 ? (PUBLISHED_AUC[d]?.[HIGH_SIZES.indexOf(n)]?.toFixed(3) ?? "–") : "–";
    return {
      notes: [
        `Area under the curve of the statistic over ${trials} trials, half of them dependent. Relation 1: Y = (1ᵀX/√d · 1 + Z)/√2; 2: every coordinate of Y is the sum of half of X plus noise; 3: Y = (X + Z)/√2, after the notebook of ${PAPER}, which prints relation 1 only (InfoNet there: the mean over 1024 random slices). Distance covariance and HSIC (Gaussian kernels of the median width) are measured in standard deviations of ${PERMUTATIONS} permutations.`,
        `Type-I error: share of ${levelTrials} independent samples of 50 rows whose p-value (199 permutations) is at most the level.`,
      ],
      tables: [
        {
          title: "Area under the curve",
          head: ["relation", "coordinates", "n", ...Object.keys(methods), "paper, published"],
          rows: results.map(({ relation, d, n, areas }) => [
            String(relation),
            String(d),
            String(n),
            ...Object.keys(methods).map((name) => number(areas[name], 3)),
            published(relation, d, n),
          ]),
        },
        {
          title: "Type-I error",
          head: ["coordinates", "n", ...LEVELS.map((level) => `at ${percent(level, 0)} %`)],
          rows: levels.map(({ d, n, shares }) => [
            String(d),
            String(n),
            ...shares.map((share) => `${percent(share)} %`),
          ]),
        },
      ],
      pictures: [],
      data: { results, levels },
    };
  },
};
