import { expect, test } from "vitest";
import { callingThread } from "../engine/task.js";
import type { Network } from "../network/network.js";
import { draws } from "../testing/random.js";
import { COPULA_DIFFERENCES } from "./copula-difference.js";
import { groupedCounts, oddsEvidence, placesOf, withoutInteraction } from "./table-difference.js";

const workers = callingThread(undefined as unknown as Network);
const SIZES = [70, 130];
const ROWS = SIZES[0] + SIZES[1];

/** A row of a group: the two values. */
type Law = (group: number, random: ReturnType<typeof draws>) => [number, number];

/** p-values of pairs that follow a law, some columns of which are levels. */
function pValues(law: Law, count: number, levels: [boolean, boolean], seed: number): Promise<number[]> {
  const random = draws(seed);
  const pairs = Array.from({ length: count }, () => {
    const [a, b] = [new Float64Array(ROWS), new Float64Array(ROWS)];
    for (let row = 0; row < ROWS; row++) [a[row], b[row]] = law(row < SIZES[0] ? 0 : 1, random);
    const [x, y] = [a, b].map((values, side) => ({ values, levels: levels[side] ? [0, 1, 2] : undefined }));
    return { x, y, sizes: SIZES };
  });
  return workers.run(COPULA_DIFFERENCES, { pairs });
}

/** A level whose shares differ much between the groups. */
const level = (group: number, { uniform }: ReturnType<typeof draws>): number => {
  const u = uniform();
  return group === 0 ? (u < 0.2 ? 0 : u < 0.4 ? 1 : 2) : u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
};

const LAWS: [string, [boolean, boolean], (differ: boolean) => Law][] = [
  [
    "numbers, on other scales",
    [false, false],
    (differ) =>
      (group, { normal }) => {
        const [x, e] = [normal(), normal()];
        const y = group === 1 && differ ? -0.6 * x + 0.8 * e : 0.6 * x + 0.8 * e;
        return group === 0 ? [x, y] : [5 + 3 * x, Math.exp(y)];
      },
  ],
  [
    "numbers of few values",
    [false, false],
    (differ) =>
      (group, { normal }) => {
        const x = normal();
        const y = (group === 1 && differ ? -0.8 : 0.8) * x + 0.6 * normal();
        return [Math.round(x), Math.round(y)];
      },
  ],
  [
    "levels of other shares, beside a number",
    [true, false],
    (differ) => (group, random) => {
      const x = level(group, random);
      return [x, (group === 1 && differ ? -0.9 : 0.9) * x + random.normal() + 5 * group];
    },
  ],
  [
    "two columns of levels of other shares",
    [true, true],
    (differ) => (group, random) => {
      const x = level(group, random);
      const isSame = random.uniform() < 0.6;
      const other = Math.floor(3 * random.uniform());
      return [x, isSame ? (group === 1 && differ ? 2 - x : x) : other];
    },
  ],
];

test.each(LAWS)("%s: uniform where nothing differs, small where it does", async (_, levels, law) => {
  const same = await pValues(law(false), 50, levels, 21);
  // Binomial: three standard errors above 5, within three of 25.
  expect(same.filter((p) => p <= 0.1).length).toBeLessThan(12);
  expect(Math.abs(same.filter((p) => p <= 0.5).length - 25)).toBeLessThan(11);
  for (const p of await pValues(law(true), 3, levels, 22)) expect(p).toBeLessThan(1e-3);
});

test("tables: the fit has their margins, and odds ratios of all groups alike leave nothing", () => {
  // Odds ratio 6 in both groups, whose shares differ.
  const counts = Float64Array.of(60, 20, 10, 20, 15, 40, 5, 80);
  const shape = [2, 2, 2] as const;
  expect(oddsEvidence({ counts, shape })).toBeLessThan(1e-6);
  const other = Float64Array.of(60, 20, 10, 20, 40, 15, 5, 80);
  const fit = withoutInteraction({ counts: other, shape });
  const sum = (table: Float64Array, places: number[]) => places.reduce((all, place) => all + table[place], 0);
  for (const margin of [
    [0, 1],
    [2, 3],
    [0, 2],
    [0, 4],
    [3, 7],
    [5, 7],
  ]) {
    expect(sum(fit, margin)).toBeCloseTo(sum(other, margin), 2);
  }
  expect((fit[0] * fit[3]) / (fit[1] * fit[2])).toBeCloseTo((fit[4] * fit[7]) / (fit[5] * fit[6]), 2);
  expect(oddsEvidence({ counts: other, shape })).toBeGreaterThan(1);
  const values = Float64Array.of(0, 1, 1, 2, 9, 9);
  const rare = placesOf(values, [9, 1, 0, 2]);
  expect([...rare.places]).toEqual([2, 1, 1, 3, 0, 0]);
  expect(groupedCounts(rare, rare, [3, 3]).counts.reduce((a, b) => a + b)).toBe(6);
});
