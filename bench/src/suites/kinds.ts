/** Columns of every kind: tables of counts, levels beside a number, mixtures of both. */
import { number, Random } from "@infonet/training/evaluate";
import type { Column } from "infonet";
import { discrete, ross } from "infonet/classical";
import type { Table } from "../report.js";
import { type KindLaw, type KindSample, levelLaws, mixedLaws, tableLaws } from "./kind-laws.js";
import type { Context, Suite } from "./suite.js";

const DRAWS = 30;
const QUICK_DRAWS = 2;

/** An estimate of one sample, nats, and its 90 % interval if it has one. */
interface Answer {
  mi: number;
  interval?: readonly [number, number];
}

interface Contestant {
  name: string;
  estimate(sample: KindSample, rng: Random): Promise<Answer> | Answer;
}

/** Our estimate, told which columns are categories. */
function infonet({ net }: Context): Contestant {
  const column = (values: Float64Array, category: boolean): Column =>
    category ? { values, kind: "category" } : values;
  return {
    name: "infonet",
    estimate: ({ x, y, categories: [a, b] }) => net.estimate(column(x, a), column(y, b)),
  };
}

/** Codes taken for numbers, ties in one random order: what one gets who ranks whatever there is. */
function ranked({ net }: Context): Contestant {
  return {
    name: "codes, ties at random",
    estimate: ({ x, y }, rng) => {
      const untied = (values: Float64Array): Float64Array => {
        const order = [...values.keys()].map((row) => [values[row], rng.uniform(), row] as const);
        const result = new Float64Array(values.length);
        order
          .sort(([a, p], [b, q]) => a - b || p - q)
          .forEach(([, , row], rank) => {
            result[row] = rank;
          });
        return result;
      };
      return net.estimate(untied(x), untied(y));
    },
  };
}

const counted = (name: string, correction: "none" | "miller-madow" | "chao-wang-jost"): Contestant => ({
  name,
  estimate: ({ x, y }) => ({ mi: Math.max(0, discrete(x, y, { correction })) }),
});

const neighbours: Contestant = {
  name: "Ross, k = 3",
  estimate: ({ x, y }) => ({ mi: Math.max(0, ross(x, y)) }),
};

/** Streams of random numbers of a law: those of its samples, and after them those of estimators that draw. */
const STREAMS = 10_007;

async function scored(
  laws: readonly KindLaw[],
  contestants: readonly Contestant[],
  { journal, seed, quick, tell }: Context,
): Promise<{ table: Omit<Extract<Table, { head: string[] }>, "title">; data: unknown[] }> {
  const draws = quick ? QUICK_DRAWS : DRAWS;
  const rows: string[][] = [];
  const data: unknown[] = [];
  for (const [l, law] of laws.entries()) {
    tell(`${law.name}, n = ${law.n}`);
    const { truth, scores, held } = await journal.once(`${law.name} ${law.n}`, async () => {
      const errors = contestants.map((): number[] => []);
      let [held, truth] = [0, 0];
      for (let k = 0; k < draws; k++) {
        const sample = law.draw(new Random(seed, 2 * l * STREAMS + k));
        truth += sample.truth / draws;
        for (const [c, { estimate }] of contestants.entries()) {
          const { mi, interval } = await estimate(sample, new Random(seed, (2 * l + 1) * STREAMS + k));
          errors[c].push(mi - sample.truth);
          if (c > 0 || interval === undefined) continue;
          held += Number(interval[0] <= sample.truth + 1e-9 && sample.truth <= interval[1] + 1e-9) / draws;
        }
      }
      const scores = errors.map((list) => ({
        bias: list.reduce((sum, error) => sum + error, 0) / draws,
        rmse: Math.sqrt(list.reduce((sum, error) => sum + error ** 2, 0) / draws),
      }));
      return { truth, scores, held };
    });
    rows.push([
      law.name,
      `${law.n}`,
      number(truth),
      number(scores[0].bias),
      ...scores.map(({ rmse }) => number(rmse)),
      held.toFixed(2),
    ]);
    data.push({
      law: law.name,
      ...{ n: law.n, draws, truth, held },
      scores: Object.fromEntries(contestants.map(({ name }, c) => [name, scores[c]])),
    });
  }
  const head = ["", "n", "truth", "bias", ...contestants.map(({ name }) => `RMSE ${name}`), "held"];
  return { table: { head, rows }, data };
}

export const kinds: Suite = {
  title: "Columns of every kind",
  about: "tables of counts, levels beside a number, numbers with atoms, beside the estimators made for each",
  threads: 1,
  async run(context) {
    const [own, codes] = [infonet(context), ranked(context)];
    const parts = [
      {
        title: "Two columns of levels",
        laws: tableLaws(),
        contestants: [
          own,
          codes,
          counted("plug-in", "none"),
          counted("Miller–Madow", "miller-madow"),
          counted("Chao–Wang–Jost", "chao-wang-jost"),
        ],
      },
      { title: "Levels beside a number", laws: levelLaws(), contestants: [own, codes, neighbours] },
      { title: "Mixed laws", laws: mixedLaws(), contestants: [own, codes] },
    ];
    const results = [];
    for (const { title, laws, contestants } of parts) {
      results.push({ title, ...(await scored(laws, contestants, context)) });
    }
    const draws = context.quick ? QUICK_DRAWS : DRAWS;
    return {
      notes: [
        `${draws} draws a row; errors in nats, estimates below zero count as zero. "held": share of our 90 % intervals that hold the truth. Laws "kept": y is x's partner with probability ½, otherwise any level. Dirichlet: all cells Dirichlet(1), a new law every draw. Levels beside a number: normal numbers whose means or deviations differ. Mixed laws: the first five after Gao et al. 2017, with the information of zero-inflated Poissonisation by quadrature.`,
      ],
      tables: results.map(({ title, table }) => ({ title, ...table })),
      pictures: [],
      data: Object.fromEntries(results.map(({ title, data }) => [title, data])),
    };
  },
};
