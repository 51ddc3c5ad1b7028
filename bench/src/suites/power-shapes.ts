/** Power on shapes with noise, beside tests on KSG and distance correlation. */
import { number, percent, Random, type Sample } from "@infonet/training/evaluate";
import { ksg } from "infonet/classical";
import { inverse, order } from "infonet/copula";
import { infonetMethod, journaled, type Method } from "../methods.js";
import { distanceCorrelation } from "../reference/distance-correlation.js";
import { ALTERNATIVES, sampleOf } from "./alternatives.js";
import type { Part } from "./rejections.js";
import type { Context } from "./suite.js";

const LEVEL = 0.05;
const SIZES = [100, 400];

/** A statistic of ranks, so that its distribution under independence is that of any independent sample. */
interface RankTest {
  name: string;
  statistic: (x: Float64Array, y: Float64Array) => number;
}

const RANK_TESTS: readonly RankTest[] = [
  { name: "KSG, k = 3", statistic: (x, y) => ksg(x, y, { k: 3 }) },
  { name: "KSG, k = 10", statistic: (x, y) => ksg(x, y, { k: 10 }) },
  {
    name: "distance correlation",
    statistic: (x, y) => distanceCorrelation({ data: x, width: 1 }, { data: y, width: 1 }),
  },
];

/** Ranks 1 … n as numbers; the data here have no ties. */
export function ranksOf(values: Float64Array): Float64Array {
  return Float64Array.from(inverse(order(values)), (rank) => rank + 1);
}

/** Share of samples whose statistic is above the critical value. */
export function powerOf(statistics: readonly number[], critical: number): number {
  return statistics.filter((value) => value > critical).length / statistics.length;
}

/** The value that a share `level` of the statistics of independent samples lies above. */
export function criticalValue(independent: readonly number[], level: number): number {
  const sorted = [...independent].sort((a, b) => b - a);
  return sorted[Math.floor(level * (sorted.length + 1)) - 1] ?? Infinity;
}

const asMethod = ({ name, statistic }: RankTest): Method => ({
  name,
  chunk: 100,
  estimate: async (samples) => {
    await new Promise((resolve) => setImmediate(resolve));
    return samples.map(({ x, y }) => ({ mi: statistic(ranksOf(x), ranksOf(y)) }));
  },
});

/** Five shapes at three levels of noise each. */
export async function shapes({ net, journal, signal, seed, quick, tell }: Context): Promise<Part> {
  const draws = quick ? 100 : 500;
  const nullDraws = quick ? 200 : 2000;
  const results: Array<{ n: number; alternative: string; noise: number; shares: Record<string, number> }> =
    [];
  for (const n of SIZES) {
    const cases = ALTERNATIVES.flatMap((alternative, a) =>
      alternative.noise.map((noise, level) => {
        const samples = Array.from({ length: draws }, (_, k) =>
          sampleOf(alternative, noise, n, new Random(seed, ((n * 10 + a) * 10 + level) * 10_007 + k)),
        );
        return { alternative: alternative.name, noise, samples };
      }),
    );
    const shares = cases.map((): Record<string, number> => ({}));
    const all = cases.flatMap(({ samples }) => samples);
    const blocks = <T>(values: readonly T[]): T[][] =>
      cases.map((_, c) => values.slice(c * draws, (c + 1) * draws));
    const ours = infonetMethod(net, signal);
    const found = await journaled(ours, { journal, tell, label: `n = ${n}` })(all);
    blocks(found).forEach((block, c) => {
      shares[c][ours.name] = block.filter(({ pValue = 1 }) => pValue <= LEVEL).length / draws;
    });
    const independent = Array.from({ length: nullDraws }, (_, k) => uniform(n, new Random(seed, n * 7 + k)));
    for (const test of RANK_TESTS) {
      const estimate = journaled(asMethod(test), { journal, tell, label: `n = ${n}` });
      const reference = await estimate(independent);
      const critical = criticalValue(
        reference.map(({ mi }) => mi),
        LEVEL,
      );
      blocks(await estimate(all)).forEach((block, c) => {
        shares[c][test.name] = powerOf(
          block.map(({ mi }) => mi),
          critical,
        );
      });
    }
    cases.forEach(({ alternative, noise }, c) => {
      results.push({ n, alternative, noise, shares: shares[c] });
    });
  }
  const names = Object.keys(results[0].shares);
  const mean = (rows: typeof results, name: string): number =>
    rows.reduce((sum, { shares }) => sum + shares[name], 0) / rows.length;
  return {
    notes: [
      `Shapes: share of ${draws} dependent samples that the test calls dependent at the level of ${percent(LEVEL, 0)} %, in %. InfoNet by its tabulated p-value. The others on ranks, where the distribution under independence depends on n alone: their critical values come from ${nullDraws} independent samples, which is what permuting the rows would give.`,
    ],
    tables: [
      {
        title: "Shapes, mean over three levels of noise",
        head: ["", "n", ...names],
        rows: SIZES.flatMap((n) =>
          ALTERNATIVES.map(({ name }) => {
            const rows = results.filter((row) => row.n === n && row.alternative === name);
            return [name, String(n), ...names.map((test) => percent(mean(rows, test)))];
          }),
        ),
      },
      {
        title: "Shapes, each level of noise",
        head: ["", "noise", "n", ...names],
        rows: results.map(({ n, alternative, noise, shares }) => [
          ...[alternative, number(noise, 1), String(n)],
          ...names.map((test) => percent(shares[test])),
        ]),
      },
    ],
    data: results,
  };
}

function uniform(n: number, rng: Random): Sample {
  return {
    x: Float64Array.from({ length: n }, () => rng.uniform()),
    y: Float64Array.from({ length: n }, () => rng.uniform()),
  };
}
