/** The level: how often independent columns of every kind are called dependent. */
import { percent, type Random } from "@infonet/training/evaluate";
import type { Column } from "infonet";
import { binomialTail } from "../reference/tails.js";
import { poisson } from "./kind-laws.js";
import { OWN, type Part, rejections, streamOf, type Tallies } from "./rejections.js";
import type { Context } from "./suite.js";

const LEVELS: readonly number[] = [0.05, 0.01, 0.001];
const SIZES: readonly number[] = [12, 30, 100, 500, 2000, 5000];
const DRAWS = 4000;
const QUICK_DRAWS = 200;

/** A share this far above its level is no accident: half of the probability outside of an interval of 99.9 %. */
const ACCIDENT = 0.0005;

type Cell = number | string | boolean;

const LAWS = {
  continuous: (rng: Random): Cell => rng.normal(),
  counts: (rng: Random): Cell => poisson(rng, 3),
  "five categories": (rng: Random): Cell => "abcde"[rng.integer(0, 4)],
  "numbers 1 … 5": (rng: Random): Cell => rng.integer(1, 5),
  "binary, 10 %": (rng: Random): Cell => rng.chance(0.1),
  "70 % zeros": (rng: Random): Cell => (rng.chance(0.7) ? 0 : -Math.log(rng.uniform())),
  "four categories": (rng: Random): Cell => "abcd"[rng.integer(0, 3)],
};

type Law = keyof typeof LAWS;

/** Pairs of independent columns. */
export const INDEPENDENT_PAIRS: ReadonlyArray<readonly [Law, Law]> = [
  ["continuous", "continuous"],
  ["counts", "counts"],
  ["counts", "continuous"],
  ["five categories", "continuous"],
  ["numbers 1 … 5", "numbers 1 … 5"],
  ["binary, 10 %", "continuous"],
  ["70 % zeros", "70 % zeros"],
  ["70 % zeros", "continuous"],
  ["four categories", "four categories"],
];

/** A column that varies: one that does not is drawn again, which leaves columns as independent as they were. */
export function varying(rng: Random, law: Law, n: number): Column {
  for (;;) {
    const cells = Array.from({ length: n }, () => LAWS[law](rng));
    if (cells.some((cell) => cell !== cells[0])) return cells as Column;
  }
}

/** Whether as many rejections as this are no accident at the level. */
export const isAbove = (rejected: number, draws: number, level: number): boolean =>
  binomialTail(rejected, draws, level) <= ACCIDENT;

export async function levels(context: Context): Promise<Part> {
  const draws = context.quick ? QUICK_DRAWS : DRAWS;
  const results: Array<{ pair: string; n: number } & Tallies> = [];
  for (const [s, n] of SIZES.entries()) {
    for (const [p, [a, b]] of INDEPENDENT_PAIRS.entries()) {
      const pair = `${a} × ${b}`;
      const tallies = await rejections(context, {
        label: `level, ${pair}, n = ${n}`,
        stream: streamOf(3, s * 100 + p),
        ...{ draws, n, levels: LEVELS },
        draw: (rng) => ({ x: varying(rng, a, n), y: varying(rng, b, n) }),
      });
      results.push({ pair, n, ...tallies });
    }
  }
  const cell = ({ tests }: Tallies, l: number): string => {
    const count = tests[OWN].rejected[l];
    return `${percent(count / draws, 2)}${isAbove(count, draws, LEVELS[l]) ? " (!)" : ""}`;
  };
  const refused = results.reduce((sum, row) => sum + row.refused, 0);
  return {
    notes: [
      `Level: share of ${draws} samples of independent columns that InfoNet's test rejects, in %. It should not be above the level; a table of few rows has few p-values, and its share can be below. "(!)": above by more than accident (exact binomial, two-sided 99.9 %). Counts are Poisson with mean 3, "70 % zeros" exponential otherwise; a column that does not vary is drawn again.${refused > 0 ? ` ${refused} samples were refused as too few of a level; they count as not rejected.` : ""}`,
    ],
    tables: [
      {
        title: "Level",
        head: ["independent columns", "n", ...LEVELS.map((level) => `at ${percent(level, 1)} %`)],
        rows: results.map((row) => [row.pair, String(row.n), ...LEVELS.map((_, l) => cell(row, l))]),
      },
    ],
    data: { levels: LEVELS, results },
  };
}
