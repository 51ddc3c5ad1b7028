import { readFile } from "node:fs/promises";
import { familiesOfSizes, Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { INDEPENDENT_PAIRS, isAbove, varying } from "./power-level.js";
import { TEXTBOOK_CASES } from "./power-textbook.js";

test("the textbook's tests have the power on the cases that theory gives them", () => {
  // From the noncentral laws of SciPy 1.10.1 (ncx2, nct, ncf), but for Mann–Whitney: 10,000 draws with its mannwhitneyu.
  const theory: Array<readonly [name: string, power: number]> = [
    ["Pearson's χ²", 0.807],
    ["t test", 0.697],
    ["F test", 0.72],
    ["Mann–Whitney", 1],
    ["Mann–Whitney", 0.9249],
  ];
  const draws = 800;
  for (const [c, { level, n, draw }] of TEXTBOOK_CASES.entries()) {
    const [name, power] = theory[c];
    let rejected = 0;
    for (let k = 0; k < draws; k++) {
      const { x, y, others } = draw(new Random(2, 1000 * c + k));
      if (k === 0) expect([(x as string[]).length, (y as string[]).length], name).toEqual([n, n]);
      if ((others?.[name] ?? 1) <= level) rejected++;
    }
    // Standard errors are at most 0.018.
    expect(Math.abs(rejected / draws - power), name).toBeLessThan(0.06);
  }
});

test("independent columns are of the length asked for, vary, and do not know of each other", () => {
  for (const [k, [a, b]] of INDEPENDENT_PAIRS.entries()) {
    for (const n of [12, 400]) {
      const rng = new Random(7, 10 * k + n);
      const [x, y] = [varying(rng, a, n), varying(rng, b, n)] as unknown as Array<Array<number | string>>;
      expect([x.length, y.length]).toEqual([n, n]);
      expect(new Set(x).size).toBeGreaterThan(1);
      expect(new Set(y).size).toBeGreaterThan(1);
      if (typeof x[0] === "number") expect(x).not.toEqual(y);
    }
  }
});

test("laws of columns have their shares", () => {
  const cells = (law: Parameters<typeof varying>[1]) =>
    varying(new Random(8, 1), law, 20_000) as unknown as Array<number | boolean | string>;
  const share = (law: Parameters<typeof varying>[1], value: number | boolean | string): number =>
    cells(law).filter((cell) => cell === value).length / 20_000;
  expect(Math.abs(share("binary, 10 %", true) - 0.1)).toBeLessThan(0.01);
  expect(Math.abs(share("70 % zeros", 0) - 0.7)).toBeLessThan(0.015);
  // e⁻³ and 3 e⁻³.
  expect(Math.abs(share("counts", 0) - 0.0498)).toBeLessThan(0.007);
  expect(Math.abs(share("counts", 1) - 0.1494)).toBeLessThan(0.012);
  expect(new Set(cells("five categories")).size).toBe(5);
  expect(new Set(cells("four categories")).size).toBe(4);
  expect(Math.abs(share("numbers 1 … 5", 5) - 0.2)).toBeLessThan(0.013);
});

test("no more is above the level than accident allows", () => {
  // scipy.stats.binom.isf(0.0005, 4000, p) + 1 are the first that are above.
  for (const [level, first] of [
    [0.05, 248],
    [0.01, 63],
    [0.001, 13],
  ] as const) {
    expect(isAbove(first, 4000, level)).toBe(true);
    expect(isAbove(first - 1, 4000, level)).toBe(false);
  }
  expect(isAbove(0, 4000, 0.001)).toBe(false);
});

test("the distributions are those of the suite of sample sizes", async () => {
  const text = await readFile(new URL("../../results/sizes.json", import.meta.url), "utf8");
  const { scores } = JSON.parse(text).data.InfoNet as {
    scores: Array<{ name: string; n: number; truth: number }>;
  };
  const wanted = scores.filter(({ n }) => n === 200).map(({ name, truth }) => ({ name, truth }));
  expect(familiesOfSizes().map(({ name, truth }) => ({ name, truth }))).toEqual(wanted);
});
