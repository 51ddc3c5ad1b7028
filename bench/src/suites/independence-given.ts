/** Independence of a pair given others: how often it is denied where it holds, and where it does not. */
import { number, percent, Random } from "@infonet/training/evaluate";
import { correlationTest } from "../reference/textbook.js";
import { CONDITIONAL_LAWS, type ConditionalLaw, drawConditional } from "./conditional-laws.js";
import { callsOf } from "./sides.js";
import type { Context, Suite } from "./suite.js";

const LEVELS = [0.05, 0.01];
/** Rows, and samples of an independent and of a dependent law; the level is what has to be known to a percent. */
const SIZES = [
  { n: 200, independent: 400, dependent: 200 },
  { n: 500, independent: 400, dependent: 50 },
  { n: 2000, independent: 400, dependent: 20 },
];
const QUICK = [{ n: 200, independent: 20, dependent: 10 }];
/** Samples of a piece of the journal. */
const AT_ONCE = 10;

/** What became of some samples. */
interface Counts {
  draws: number;
  /** P-values at or below each level. */
  rejected: number[];
  /** Samples without a p-value: the noise is smaller than their rows can free of Z. */
  unanswered: number;
  /** Samples whose noises themselves the test of Pearson's correlation calls dependent at the first level; undefined where they are unknown. */
  noises?: number;
}

interface Result extends Counts {
  law: string;
  dependent: boolean;
  n: number;
}

async function piece(
  { net, seed, signal }: Context,
  law: ConditionalLaw,
  n: number,
  from: number,
  size: number,
): Promise<Counts> {
  const counts: Counts = { draws: size, rejected: LEVELS.map(() => 0), unanswered: 0 };
  const stream = (CONDITIONAL_LAWS.indexOf(law) * 10_007 + n) * 1009;
  for (let draw = from; draw < from + size; draw++) {
    const { x, y, z, noises } = drawConditional(law, n, new Random(seed, stream + draw));
    if (noises !== undefined)
      counts.noises = (counts.noises ?? 0) + Number(correlationTest(...noises) <= LEVELS[0]);
    const { pValue } = await callsOf(net).conditional(x, y, z, { seed: draw, signal });
    if (pValue === undefined) counts.unanswered++;
    else
      LEVELS.forEach((level, l) => {
        if (pValue <= level + 1e-12) counts.rejected[l]++;
      });
  }
  return counts;
}

/** All draws of a law at one size; no draws where its columns are refused. */
async function tested(
  context: Context,
  law: ConditionalLaw,
  n: number,
  draws: number,
  refused: Set<string>,
): Promise<Result> {
  const { journal, signal, tell } = context;
  const total: Counts = { draws: 0, rejected: LEVELS.map(() => 0), unanswered: 0 };
  try {
    for (let from = 0; from < draws; from += AT_ONCE) {
      const size = Math.min(AT_ONCE, draws - from);
      tell(`${law.name}, n = ${n}: ${from} of ${draws} samples`);
      const key = `${law.name}, n ${n}, draws ${from} + ${size}`;
      const counts = await journal.once(key, () => piece(context, law, n, from, size));
      total.draws += counts.draws;
      total.rejected = total.rejected.map((sum, l) => sum + counts.rejected[l]);
      total.unanswered += counts.unanswered;
      if (counts.noises !== undefined) total.noises = (total.noises ?? 0) + counts.noises;
    }
  } catch (error) {
    signal.throwIfAborted();
    refused.add(`${law.name}: ${error instanceof Error ? error.message : String(error)}`);
    total.draws = 0;
  }
  return { law: law.name, dependent: law.dependent, n, ...total };
}

/** Cells of a row: all samples at every level, then those that have a p-value. */
export function cellsOf({ draws, rejected, unanswered, noises }: Counts): string[] {
  if (draws === 0) return ["–", "–", "–", "–", "–"];
  const answered = draws - unanswered;
  const [often, seldom] = rejected;
  return [
    ...[often, seldom, unanswered].map((count) => percent(count / draws)),
    answered === 0 ? "–" : percent(often / answered),
    noises === undefined ? "–" : percent(noises / draws),
  ];
}

const lawOf = ({ law }: Result): number => CONDITIONAL_LAWS.findIndex(({ name }) => name === law);

export const independenceGiven: Suite = {
  title: "Independence given other columns",
  about: "type-I error and power of the test of conditional independence",
  threads: 1,
  async run(context) {
    const { quick } = context;
    const sizes = quick ? QUICK : SIZES;
    const results: Result[] = [];
    const refused = new Set<string>();
    for (const { n, independent, dependent } of sizes) {
      for (const law of CONDITIONAL_LAWS) {
        results.push(await tested(context, law, n, law.dependent ? dependent : independent, refused));
      }
    }
    results.sort((a, b) => lawOf(a) - lawOf(b) || a.n - b.n);
    const table = (title: string, dependent: boolean) => ({
      title,
      head: ["", "n", "at 5 %", "at 1 %", "no p-value", "at 5 % of those with one", "noises"],
      rows: results
        .filter((row) => row.dependent === dependent)
        .map((row) => [row.law, `${row.n}`, ...cellsOf(row)]),
    });
    const error = (level: number): string =>
      number(100 * Math.sqrt((level * (1 - level)) / SIZES[0].independent), 1);
    const many = (which: "independent" | "dependent"): string => sizes.map((size) => size[which]).join(", ");
    const rows = sizes.map(({ n }) => n).join(", ");
    const notes = [
      `Share of samples that \`conditional\` calls dependent, with 199 permutations; samples of ${rows} rows: ${many("independent")} of independent laws, ${many("dependent")} of dependent ones. A sample without a p-value, where the noise is smaller than its rows can free of Z, is not called dependent; the last column but one leaves such samples out. "noises": the test of Pearson's correlation at 5 % of what X and Y are beyond Z, which no test is given: how far the draws themselves are from the level. Standard errors of the upper table, if the level is kept: about ${error(LEVELS[0])} and ${error(LEVELS[1])}.`,
    ];
    if (refused.size > 0) notes.push(`Not answered: ${[...refused].join("; ")}.`);
    return {
      notes,
      tables: [
        table(`X and Y independent given Z: rejected, %`, false),
        table(`X and Y dependent given Z: rejected, %`, true),
      ],
      pictures: [],
      data: results,
    };
  },
};
