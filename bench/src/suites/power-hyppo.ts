/** Power on the twenty laws of hyppo, beside its published tests. */
import { percent } from "@infonet/training/evaluate";
import { dotChart } from "../chart.js";
import { HYPPO_SIZES, HYPPO_TESTS, PUBLISHED_POWER } from "../published.js";
import { HYPPO_LAWS, hyppoSample, INDEPENDENT, isOfSeventeen } from "./hyppo-laws.js";
import { OWN, type Part, rejections, shareOf, streamOf } from "./rejections.js";
import type { Context } from "./suite.js";

const LEVEL = 0.05;
const DRAWS = 2000;
const QUICK_DRAWS = 60;

/** A law at one sample size: share rejected by each test. */
interface LawPower {
  law: string;
  n: number;
  shares: Record<string, number>;
}

const TESTS = [OWN, ...HYPPO_TESTS];

export async function hyppoPower(context: Context): Promise<Part> {
  const draws = context.quick ? QUICK_DRAWS : DRAWS;
  const results: LawPower[] = [];
  for (const [s, n] of HYPPO_SIZES.entries()) {
    for (const [l, law] of HYPPO_LAWS.entries()) {
      const tallies = await rejections(context, {
        label: `${law.name}, n = ${n}`,
        stream: streamOf(1, s * 100 + l),
        ...{ draws, n, levels: [LEVEL] },
        draw: (rng) => hyppoSample(law, n, rng),
      });
      const published = HYPPO_TESTS.map((test) => [test, PUBLISHED_POWER[law.name][test][s]]);
      results.push({
        ...{ law: law.name, n },
        shares: { [OWN]: shareOf(tallies, OWN), ...Object.fromEntries(published) },
      });
    }
  }
  const mean = (n: number, test: string, counts: (law: string) => boolean): number => {
    const rows = results.filter((row) => row.n === n && counts(row.law));
    return rows.reduce((sum, { shares }) => sum + shares[test], 0) / rows.length;
  };
  const means = [
    { name: "seventeen laws", counts: isOfSeventeen },
    { name: "all nineteen dependent laws", counts: (law: string) => law !== INDEPENDENT },
  ];
  return {
    notes: [
      `Laws of hyppo: share of ${draws} samples that InfoNet's test rejects at the level of ${percent(LEVEL, 0)} %, in %. MGC, HHG, dCor (distance correlation) and HSIC are as hyppo published them (github.com/neurodata/hyppo, benchmarks/vs_samplesize), on other draws of the same laws with the same noise. The means over seventeen laws, those that are quoted of MGC, leave out ${leftOut()}. Of independent columns, the last law, the level is what should be rejected. A test of ranks sees no difference between circle and ellipse.`,
    ],
    tables: [
      {
        title: "Laws of hyppo, means",
        head: ["", "n", ...TESTS],
        rows: means.flatMap(({ name, counts }) =>
          HYPPO_SIZES.map((n) => [name, String(n), ...TESTS.map((test) => percent(mean(n, test, counts)))]),
        ),
      },
      {
        title: "Laws of hyppo, each",
        head: ["", "n", ...TESTS],
        rows: results.map(({ law, n, shares }) => [
          ...[shownName(law), String(n)],
          ...TESTS.map((test) => percent(shares[test])),
        ]),
      },
    ],
    pictures: [powerChart(results)],
    data: { level: LEVEL, draws, laws: results },
  };
}

/** Rows of the samples in the picture. */
const SHOWN = 100;

function powerChart(results: readonly LawPower[]) {
  const rows = results
    .filter(({ n, law }) => n === SHOWN && law !== INDEPENDENT)
    .sort((a, b) => b.shares[OWN] - a.shares[OWN]);
  const svg = dotChart(
    rows.map(({ law }) => shownName(law)),
    TESTS.map((name, colour) => ({ name, values: rows.map(({ shares }) => shares[name]), colour })),
    "share of samples found dependent",
  );
  return { name: "power", title: `Power on the laws of hyppo, ${SHOWN} rows`, svg };
}

const shownName = (law: string): string => law.replaceAll("_", " ");

/** The laws that have no part in the means over seventeen, as a list in a sentence. */
function leftOut(): string {
  const names = HYPPO_LAWS.map(({ name }) => name).filter((name) => !isOfSeventeen(name));
  return `${names.slice(0, -1).map(shownName).join(", ")} and ${shownName(names[names.length - 1])}`;
}
