/** Independence of a pair given others: how often it is denied where it holds, and where it does not. */
import { number, percent, Random } from "@infonet/training/evaluate";
import { CONDITIONAL_LAWS, drawConditional } from "./conditional-laws.js";
import type { Suite } from "./suite.js";

const LEVEL = 0.05;

export const independenceGiven: Suite = {
  title: "Independence given other columns",
  about: "type-I error and power of the test of conditional independence",
  threads: 1,
  async run({ quick, seed, net, journal, signal, tell }) {
    const sizes = quick ? [200] : [200, 500];
    const draws = quick ? { independent: 20, dependent: 10 } : { independent: 200, dependent: 50 };
    const results: { law: string; dependent: boolean; rejected: number[] }[] = [];
    for (const [k, law] of CONDITIONAL_LAWS.entries()) {
      const rejected: number[] = [];
      for (const n of sizes) {
        tell(`${law.name}, n = ${n}`);
        const count = law.dependent ? draws.dependent : draws.independent;
        const share = await journal.once(`${law.name}, n ${n}`, async () => {
          let found = 0;
          for (let draw = 0; draw < count; draw++) {
            const { x, y, z } = drawConditional(law, n, new Random(seed, (k * 10_007 + n) * 1009 + draw));
            const { pValue = 1 } = await net.conditional(x, y, z, { seed: draw, signal });
            if (pValue <= LEVEL + 1e-12) found++;
          }
          return found / count;
        });
        rejected.push(share);
      }
      results.push({ law: law.name, dependent: law.dependent, rejected });
    }
    const table = (title: string, dependent: boolean) => ({
      title,
      head: ["", ...sizes.map((n) => `n = ${n}`)],
      rows: results
        .filter((row) => row.dependent === dependent)
        .map(({ law, rejected }) => [law, ...rejected.map((share) => percent(share))]),
    });
    const error = 100 * Math.sqrt((LEVEL * (1 - LEVEL)) / draws.independent);
    return {
      notes: [
        `Share of samples that \`conditional\` calls dependent at a level of ${percent(LEVEL, 0)} %, with 199 permutations. Standard error of the upper table about ${number(error, 1)}.`,
      ],
      tables: [
        table(`X and Y independent given Z: rejected, % of ${draws.independent}`, false),
        table(`X and Y dependent given Z: rejected, % of ${draws.dependent}`, true),
      ],
      pictures: [],
      data: results,
    };
  },
};
