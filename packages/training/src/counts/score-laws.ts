/** How near estimates of tables of counts come to the truth. */

import { CountsHead, checkCounts, estimateCounts, tableFacts } from "infonet/internal/release";
import { FIRST } from "../heads/examples.js";
import { Random } from "../prior/random.js";
import { drawTable, informationOf, sampleTable, type TableDraw } from "../prior-tables/index.js";
import { COUNT_LAWS, type NamedLaw } from "./laws.js";

/** Root mean square errors of one law at one sample size, nats. */
export interface CountScore {
  law: string;
  n: number;
  draws: number;
  /** Mean truth. */
  truth: number;
  head: number;
  /** Mean error of the head's estimate. */
  bias: number;
  /** Share of its 90 % intervals that hold the truth, and their mean width. */
  coverage: number;
  width: number;
  chaoWangJost: number;
  millerMadow: number;
  plugIn: number;
}

/** Truths this near an end of an interval count as held: a sum has a last digit. */
const LAST_DIGIT = 1e-9;

/**
 * Scores fresh draws of the prior, and all laws. Draw k of a law depends on the seed, the law, the size and k alone.
 *
 * @param document a `counts.json`; without one the estimate is that without a head
 * @throws InfoNetError "model" if the library would refuse it
 */
export function scoreCountLaws(
  document: unknown,
  { draws, seed }: { draws: number; seed: number },
  onScore?: (score: CountScore) => void,
): CountScore[] {
  const head = document === undefined ? undefined : new CountsHead(checkCounts(document));
  const prior = scorePrior(head, { draws, seed });
  for (const score of prior) onScore?.(score);
  const laws = COUNT_LAWS.flatMap(([law, sizes], number) =>
    sizes.map((n) => {
      const score = scoreLaw(head, law, { n, draws, seed: seed + 1000 * number });
      onScore?.(score);
      return score;
    }),
  );
  return [...prior, ...laws];
}

/** Sizes in which draws of the prior are told apart. */
const BANDS: readonly (readonly [from: number, to: number])[] = [
  [8, 50],
  [50, 500],
  [500, 5000],
  [5000, Number.POSITIVE_INFINITY],
];
/** Draws of the prior for each of a law. */
const PRIOR_DRAWS = 100;

function scorePrior(
  head: CountsHead | undefined,
  { draws, seed }: { draws: number; seed: number },
): CountScore[] {
  const all = Array.from({ length: PRIOR_DRAWS * draws }, (_, k) => drawTable(seed, FIRST.evaluation + k));
  return BANDS.map(([from, to]) => {
    const own = all.filter(({ sample: { n } }) => n >= from && n < to);
    return scoreOf(head, own, { law: to < 1e9 ? `prior, n < ${to}` : "prior, larger n", n: from });
  });
}

function scoreLaw(
  head: CountsHead | undefined,
  law: NamedLaw,
  { n, draws, seed }: { n: number; draws: number; seed: number },
): CountScore {
  const own = Array.from({ length: draws }, (_, k) => {
    const rng = new Random(seed, n * 100_003 + k);
    const table = law.draw(rng);
    return { sample: sampleTable(rng, table, n), mi: informationOf(table) };
  });
  return scoreOf(head, own, { law: law.name, n });
}

function scoreOf(
  head: CountsHead | undefined,
  all: readonly TableDraw[],
  name: { law: string; n: number },
): CountScore {
  const sums = {
    truth: 0,
    head: 0,
    bias: 0,
    coverage: 0,
    width: 0,
    chaoWangJost: 0,
    millerMadow: 0,
    plugIn: 0,
  };
  for (const { sample, mi: truth } of all) {
    const facts = tableFacts(sample);
    const { mi, interval } = estimateCounts(sample, head);
    sums.truth += truth;
    sums.head += (mi - truth) ** 2;
    sums.bias += mi - truth;
    sums.coverage += Number(interval[0] <= truth + LAST_DIGIT && truth <= interval[1] + LAST_DIGIT);
    sums.width += interval[1] - interval[0];
    for (const method of ["chaoWangJost", "millerMadow", "plugIn"] as const) {
      sums[method] += (facts[method] - truth) ** 2;
    }
  }
  const draws = all.length;
  const root = (sum: number): number => Math.sqrt(sum / draws);
  return {
    ...{ ...name, draws, truth: sums.truth / draws, bias: sums.bias / draws },
    ...{ coverage: sums.coverage / draws, width: sums.width / draws, head: root(sums.head) },
    chaoWangJost: root(sums.chaoWangJost),
    millerMadow: root(sums.millerMadow),
    plugIn: root(sums.plugIn),
  };
}
