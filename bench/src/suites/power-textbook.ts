/** Power on tables and groups, beside the test that a textbook has for each, on the same draws. */
import { number, percent, type Random } from "@infonet/training/evaluate";
import { fisherExact, mannWhitney, pearsonTest, studentTest, varianceTest } from "../reference/textbook.js";
import { OWN, type Part, rejections, shown, streamOf, type Trial } from "./rejections.js";
import type { Context } from "./suite.js";

const DRAWS = 2000;
const QUICK_DRAWS = 60;

/** A law that a textbook has a test for. */
export interface TextbookCase {
  name: string;
  n: number;
  level: number;
  draw(rng: Random): Trial;
}

/** Groups of numbers as two columns, the groups' names in one. */
function columns(groups: ReadonlyArray<Float64Array>): Pick<Trial, "x" | "y"> {
  return {
    x: groups.flatMap((group, g) => Array.from(group, () => `group ${"abcdefgh"[g]}`)),
    y: Float64Array.from(groups.flatMap((group) => [...group])),
  };
}

const normals = (rng: Random, size: number, mean: number): Float64Array =>
  Float64Array.from({ length: size }, () => mean + rng.normal());

/** Both answers are as likely; they agree more often than not. */
function agreement(n: number, more: number): TextbookCase {
  return {
    name: `2 × 2 table, P(y | x) = ½ ± ${more}`,
    ...{ n, level: 0.05 },
    draw: (rng) => {
      const x = Array.from({ length: n }, () => rng.chance(0.5));
      const y = x.map((yes) => rng.chance(yes ? 0.5 + more : 0.5 - more));
      const table = [
        [0, 0],
        [0, 0],
      ];
      x.forEach((yes, k) => {
        table[Number(yes)][Number(y[k])]++;
      });
      return {
        x,
        y,
        others: { "Pearson's χ²": pearsonTest(table), "Fisher's exact test": fisherExact(table) },
      };
    },
  };
}

function halves(n: number, shift: number): TextbookCase {
  return {
    name: `two halves ${shift} deviations apart`,
    ...{ n, level: 0.05 },
    draw: (rng) => {
      const [a, b] = [normals(rng, n / 2, 0), normals(rng, n / 2, shift)];
      return { ...columns([a, b]), others: { "t test": studentTest(a, b) } };
    },
  };
}

/** At n = 200 the F test finds means of 0 and this many deviations in 72 of 100 samples. */
const STEP = 0.464;

function zigzag(n: number): TextbookCase {
  return {
    name: `five groups, means 0 1 0 1 0 times ${STEP}`,
    ...{ n, level: 0.05 },
    draw: (rng) => {
      const groups = [0, 1, 0, 1, 0].map((mean) => normals(rng, n / 5, STEP * mean));
      return { ...columns(groups), others: { "F test": varianceTest(groups) } };
    },
  };
}

function rare(n: number, few: number, shift: number): TextbookCase {
  return {
    name: `${few} rows higher by ${shift} ${shift === 1 ? "deviation" : "deviations"}`,
    ...{ n, level: 0.01 },
    draw: (rng) => {
      const [a, b] = [normals(rng, n - few, 0), normals(rng, few, shift)];
      return { ...columns([a, b]), others: { "Mann–Whitney": mannWhitney(a, b) } };
    },
  };
}

export const TEXTBOOK_CASES: readonly TextbookCase[] = [
  agreement(200, 0.1),
  halves(100, 0.5),
  zigzag(200),
  rare(1000, 10, 3),
  rare(200, 20, 1),
];

export async function textbookPower(context: Context): Promise<Part> {
  const draws = context.quick ? QUICK_DRAWS : DRAWS;
  const rows: string[][] = [];
  const data: unknown[] = [];
  for (const [c, { name, n, level, draw }] of TEXTBOOK_CASES.entries()) {
    const tallies = await rejections(context, {
      label: `${name}, n = ${n}`,
      stream: streamOf(2, c),
      ...{ draws, n, levels: [level], draw },
    });
    for (const test of Object.keys(tallies.tests).filter((test) => test !== OWN)) {
      rows.push([name, String(n), percent(level, 0), shown(tallies, OWN), test, shown(tallies, test)]);
    }
    data.push({ name, n, level, ...tallies });
  }
  return {
    notes: [
      `Tables and groups: share of ${draws} samples that are rejected, in %, by InfoNet and by the textbook's test on the same samples. Groups and answers are categories to InfoNet. Pearson's χ² is without correction, the F test that of one-way analysis of variance with means ${number(STEP, 3)} deviations apart, Mann–Whitney by the normal law with corrections for ties and continuity.`,
    ],
    tables: [
      {
        title: "Tables and groups",
        head: ["", "n", "level, %", OWN, "textbook's test", "its share"],
        rows,
      },
    ],
    data,
  };
}
