/** How near estimates of tables of counts come to the truth. */

import { CountsHead, type CountsDocument, estimateCounts, tableFacts } from "infonet/internal/release";
import { Random } from "../prior/random.js";
import { informationOf, sampleTable } from "../prior-tables/index.js";
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

/** Scores all laws. Draw k of a law depends on the seed, the law, the size and k alone. */
export function scoreCountLaws(
  document: CountsDocument | undefined,
  { draws, seed }: { draws: number; seed: number },
  onScore?: (score: CountScore) => void,
): CountScore[] {
  const head = document && new CountsHead(document);
  return COUNT_LAWS.flatMap(([law, sizes], number) =>
    sizes.map((n) => {
      const score = scoreLaw(head, law, { n, draws, seed: seed + 1000 * number });
      onScore?.(score);
      return score;
    }),
  );
}

function scoreLaw(
  head: CountsHead | undefined,
  law: NamedLaw,
  { n, draws, seed }: { n: number; draws: number; seed: number },
): CountScore {
  const sums = { truth: 0, head: 0, bias: 0, coverage: 0, width: 0, chaoWangJost: 0, millerMadow: 0, plugIn: 0 };
  for (let k = 0; k < draws; k++) {
    const rng = new Random(seed, n * 100_003 + k);
    const table = law.draw(rng);
    const truth = informationOf(table);
    const sample = sampleTable(rng, table, n);
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
  const root = (sum: number): number => Math.sqrt(sum / draws);
  return {
    ...{ law: law.name, n, draws, truth: sums.truth / draws, bias: sums.bias / draws },
    ...{ coverage: sums.coverage / draws, width: sums.width / draws, head: root(sums.head) },
    chaoWangJost: root(sums.chaoWangJost),
    millerMadow: root(sums.millerMadow),
    plugIn: root(sums.plugIn),
  };
}
