/** Independence of vectors: the paper's test of 16 and 128 coordinates, the power of ours beside others', its level. */
import { number, percent, Random } from "@infonet/training/evaluate";
import { HIGH_SIZES, PAPER, PUBLISHED_AUC } from "../published.js";
import { distanceKernel, gaussianKernel, type PermutationTest, permutationTest } from "../reference/hsic.js";
import type { Vectors } from "./bmi-tasks.js";
import type { Context, Suite } from "./suite.js";
import { drawAlternative, VECTOR_ALTERNATIVES } from "./vector-alternatives.js";

/** How Y hangs on X, after the paper's notebook; independent in the second half of the trials. */
export type Relation = 1 | 2 | 3;

const WIDTHS = [16, 128];
const PERMUTATIONS = 199;
const LEVEL = 0.05;
const LEVELS = [0.01, LEVEL, 0.1];
/** Rows of the samples whose type-I error is counted. */
const LEVEL_ROWS = 50;
/** Rows and columns of the samples that power is measured on. */
const POWER_ROWS = 100;
const POWER_WIDTHS = [2, 5];

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

const OURS = "InfoNet";

type Test = (x: Vectors, y: Vectors, rng: Random) => Promise<PermutationTest>;

function testsOf({ net, signal }: Context): Record<string, Test> {
  const reference =
    (kernel: (rows: Vectors) => Float64Array): Test =>
    async (x, y, rng) => {
      // Ctrl-C is a message too.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      return permutationTest(kernel(x), kernel(y), PERMUTATIONS, () => rng.uniform());
    };
  return {
    [OURS]: async (x, y, rng) => {
      const seed = rng.integer(0, 1e9);
      const options = { seed, permutations: PERMUTATIONS, signal };
      const { statistic: score, pValue } = await net.independence(x, y, options);
      return { score, pValue };
    },
    "distance correlation": reference(distanceKernel),
    HSIC: reference(gaussianKernel),
  };
}

const rejected = (pValues: readonly number[], level: number): number =>
  pValues.filter((p) => p <= level + 1e-12).length / pValues.length;

/** A number for every test; those of others than ours stay in the journal when the weights change. */
async function ofEach(
  tests: Record<string, Test>,
  journal: Context["journal"],
  piece: string,
  measure: (test: Test) => Promise<number>,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, test] of Object.entries(tests)) {
    found[name] = await journal.once(`${piece}, ${name}`, () => measure(test), name !== OURS);
  }
  return found;
}

interface Area {
  relation: Relation;
  d: number;
  n: number;
  areas: Record<string, number>;
}

async function measureAreas(
  { quick, seed, journal, tell }: Context,
  tests: Record<string, Test>,
  trials: number,
): Promise<Area[]> {
  const sizes = quick ? HIGH_SIZES.slice(0, 2) : HIGH_SIZES;
  const results: Area[] = [];
  for (const relation of [1, 2, 3] as const) {
    for (const d of WIDTHS) {
      for (const n of sizes) {
        tell(`relation ${relation}, ${d} coordinates, n = ${n}`);
        const areas = await ofEach(tests, journal, `relation ${relation}, d ${d}, n ${n}`, async (test) => {
          const values: number[][] = [[], []];
          for (let k = 0; k < trials; k++) {
            const dependent = k < trials / 2;
            const rng = new Random(seed, ((relation * 1000 + d) * 1000 + n) * 1009 + k);
            const [x, y] = drawRelation(dependent ? relation : undefined, n, d, rng);
            values[dependent ? 0 : 1].push((await test(x, y, rng)).score);
          }
          return areaUnderCurve(values[0], values[1]);
        });
        results.push({ relation, d, n, areas });
      }
    }
  }
  return results;
}

interface Power {
  alternative: string;
  d: number;
  shares: Record<string, number>;
}

async function measurePower(
  { seed, journal, tell }: Context,
  tests: Record<string, Test>,
  draws: number,
): Promise<Power[]> {
  const results: Power[] = [];
  for (const [a, alternative] of VECTOR_ALTERNATIVES.entries()) {
    for (const d of POWER_WIDTHS) {
      tell(`power: ${alternative.name}, ${d} coordinates`);
      const shares = await ofEach(tests, journal, `power ${alternative.name}, d ${d}`, async (test) => {
        const pValues: number[] = [];
        for (let k = 0; k < draws; k++) {
          const rng = new Random(seed + 2, (a * 100 + d) * 10_007 + k);
          const [x, y] = drawAlternative(alternative, POWER_ROWS, d, rng);
          pValues.push((await test(x, y, rng)).pValue);
        }
        return rejected(pValues, LEVEL);
      });
      results.push({ alternative: alternative.name, d, shares });
    }
  }
  return results;
}

async function measureLevels(
  { seed, journal, tell }: Context,
  { [OURS]: test }: Record<string, Test>,
  draws: number,
): Promise<{ d: number; shares: number[] }[]> {
  const levels: { d: number; shares: number[] }[] = [];
  for (const d of WIDTHS) {
    tell(`type-I error, ${d} coordinates`);
    const pValues = await journal.once(`level, d ${d}`, async () => {
      const found: number[] = [];
      for (let k = 0; k < draws; k++) {
        const rng = new Random(seed + 1, d * 1_000_003 + k);
        const [x, y] = drawRelation(undefined, LEVEL_ROWS, d, rng);
        found.push((await test(x, y, rng)).pValue);
      }
      return found;
    });
    levels.push({ d, shares: LEVELS.map((level) => rejected(pValues, level)) });
  }
  return levels;
}

export const independenceHigh: Suite = {
  title: "Independence of vectors",
  about: "16 and 128 coordinates: area under the curve beside the paper's; power; type-I error",
  threads: 1,
  async run(context) {
    const { quick } = context;
    const tests = testsOf(context);
    const names = Object.keys(tests);
    // The paper's hundred trials are half dependent, half not.
    const [trials, draws, nullDraws] = quick ? [20, 20, 100] : [100, 300, 1000];
    const areas = await measureAreas(context, tests, trials);
    const power = await measurePower(context, tests, draws);
    const levels = await measureLevels(context, tests, nullDraws);
    const published = ({ relation, d, n }: Area): string =>
      relation === 1 ? (PUBLISHED_AUC[d]?.[HIGH_SIZES.indexOf(n)]?.toFixed(3) ?? "–") : "–";
    return {
      notes: [
        `InfoNet is \`independence\`. Distance correlation and HSIC (Gaussian kernels of the median width) as they come, on the columns themselves. All with ${PERMUTATIONS} permutations.`,
        `Area under the curve over ${trials} trials, half of them dependent; the statistics are measured in standard deviations of their permutations. Relation 1: Y = (1ᵀX/√d · 1 + Z)/√2; 2: every coordinate of Y is the sum of half of X plus noise; 3: Y = (X + Z)/√2, after the notebook of ${PAPER}, which prints relation 1 only (InfoNet there: the mean over 1024 random slices).`,
        `Power: share of ${draws} dependent samples of ${POWER_ROWS} rows whose p-value is at most ${percent(LEVEL, 0)} %. Type-I error: the same of ${nullDraws} independent samples of ${LEVEL_ROWS} rows.`,
      ],
      tables: [
        {
          title: "Area under the curve",
          head: ["relation", "coordinates", "n", ...names, "paper, published"],
          rows: areas.map((row) => [
            ...[row.relation, row.d, row.n].map(String),
            ...names.map((name) => number(row.areas[name], 3)),
            published(row),
          ]),
        },
        {
          title: "Power, %",
          head: ["", "coordinates", ...names],
          rows: power.map(({ alternative, d, shares }) => [
            alternative,
            String(d),
            ...names.map((name) => percent(shares[name])),
          ]),
        },
        {
          title: "Type-I error, %",
          head: ["coordinates", ...LEVELS.map((level) => `at ${percent(level, 0)} %`)],
          rows: levels.map(({ d, shares }) => [String(d), ...shares.map((share) => percent(share))]),
        },
      ],
      pictures: [],
      data: { areas, power, levels },
    };
  },
};
