/** Many rows: faint dependence that only they show, and errors that should go on falling. */
import {
  type FamilyScore,
  familiesOfSizes,
  number,
  percent,
  type Random,
  scoreFamilies,
} from "@infonet/training/evaluate";
import { infonetMethod } from "../methods.js";
import { correlationTest, mannWhitney } from "../reference/textbook.js";
import {
  OWN,
  type Part,
  rejections,
  shareOf,
  shown,
  streamOf,
  type Tallies,
  type Trial,
} from "./rejections.js";
import type { Context } from "./suite.js";

/** A normal pair. */
function faint(n: number, rho: number): (rng: Random) => Trial {
  return (rng) => {
    const x = Float64Array.from({ length: n }, () => rng.normal());
    const y = x.map((value) => rho * value + Math.sqrt(1 - rho * rho) * rng.normal());
    return { x, y, others: { "correlation's t test": correlationTest(x, y) } };
  };
}

/** The first rows are another class, whose values are higher. */
function rareClass(n: number, few: number, shift: number): (rng: Random) => Trial {
  return (rng) => {
    const y = Float64Array.from({ length: n }, (_, k) => rng.normal() + (k < few ? shift : 0));
    const others = { "Mann–Whitney": mannWhitney(y.subarray(few), y.subarray(0, few)) };
    return { x: Array.from(y, (_, k) => k < few), y, others };
  };
}

const LEVEL = 0.001;
const SIZES = [
  { n: 10_000, draws: 20, quickDraws: 2 },
  { n: 100_000, draws: 10, quickDraws: 1 },
  { n: 1_000_000, draws: 3, quickDraws: 0 },
];

/** More than there are families: each has seeds of its own. */
const FAMILIES = 100;

export async function manyRows(context: Context): Promise<Part> {
  const { net, journal, signal, seed, quick, tell } = context;
  const cases = [
    {
      name: "normal, ρ = 0.02",
      ...{ n: 100_000, draws: quick ? 10 : 100, draw: faint(100_000, 0.02) },
    },
    {
      name: "200 rows higher by 2 deviations",
      ...{ n: 200_000, draws: quick ? 3 : 10, draw: rareClass(200_000, 200, 2) },
    },
  ];
  const found: Array<{ name: string; n: number } & Tallies> = [];
  for (const [c, { name, n, draws, draw }] of cases.entries()) {
    const label = `${name}, n = ${n}`;
    const plan = { label, stream: streamOf(4, c), draws, n, levels: [LEVEL], draw };
    found.push({ name, n, ...(await rejections(context, plan)) });
  }
  const families = familiesOfSizes();
  const scores: FamilyScore[] = [];
  const { estimate } = infonetMethod(net, signal);
  for (const { n, draws, quickDraws } of SIZES) {
    const some = quick ? quickDraws : draws;
    if (some === 0) continue;
    for (const [f, family] of families.entries()) {
      tell(`${family.name}, n = ${n}`);
      // One family is one piece: some copulas take longer to draw than to estimate.
      const score = await journal.once(`errors, ${family.name}, n = ${n}, ${some} draws`, async () => {
        const own = { n, draws: some, seed: seed * FAMILIES + f };
        return (await scoreFamilies([family], estimate, own))[0];
      });
      // What is no number is null in the journal.
      scores.push({ ...score, floor: score.floor ?? Number.NaN });
    }
  }
  const sizes = [...new Set(scores.map(({ n }) => n))];
  const mean = (rows: readonly FamilyScore[], value: (row: FamilyScore) => number): number =>
    rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  return {
    notes: [
      `Many rows: share of samples with a p-value of at most ${LEVEL}, in %, and the largest p-value of all, beside the textbook's test on the same samples. Below, the ${families.length} distributions of "Other families by sample size" drawn anew: mean absolute error in nats, and how often the 90 % interval holds the truth, in %. The floor is the error of the mean exact log density ratio over the same rows, where there is one.`,
    ],
    tables: [
      {
        title: "Faint dependence in many rows",
        head: ["", "n", "draws", "test", `p ≤ ${LEVEL}`, "largest p"],
        rows: found.flatMap((tallies) =>
          Object.entries(tallies.tests).map(([test, { largest }]) => [
            ...[tallies.name, String(tallies.n), String(tallies.draws), test],
            ...[shown(tallies, test), largest.toPrecision(2)],
          ]),
        ),
      },
      {
        title: "Errors at many rows, mean over the distributions",
        head: ["n", "draws each", "MAE", "worst", "90 % holds"],
        rows: sizes.map((n) => {
          const rows = scores.filter((row) => row.n === n);
          return [
            ...[String(n), String(rows[0].draws)],
            ...[number(mean(rows, ({ mae }) => mae)), number(Math.max(...rows.map(({ mae }) => mae)))],
            percent(mean(rows, ({ coverage }) => coverage)),
          ];
        }),
      },
      {
        title: "Errors at many rows, each distribution",
        head: ["", "n", "truth", "mean", "MAE", "floor", "90 % holds"],
        rows: scores.map(({ name, n, truth, mean: average, mae, floor, coverage }) => [
          ...[name, String(n), number(truth), number(average)],
          ...[number(mae), number(floor), percent(coverage, 0)],
        ]),
      },
    ],
    data: {
      level: LEVEL,
      faint: found.map((row) => ({ ...row, share: shareOf(row, OWN) })),
      scores,
    },
  };
}
