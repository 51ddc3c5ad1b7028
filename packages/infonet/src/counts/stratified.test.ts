import { describe, expect, test } from "vitest";
import { codesOf } from "../testing/count-tables.js";
import { draws } from "../testing/random.js";
import { countTable } from "./count-table.js";
import { logPValue } from "./independence.js";
import { logStratified } from "./stratified.js";

/** Columns with these counts: strata of rows of counts. */
function columnsOf(strata: readonly (readonly (readonly number[])[])[]) {
  const rows = strata.flatMap((table, z) =>
    table.flatMap((row, x) => row.flatMap((count, y) => Array.from({ length: count }, () => [x, y, z]))),
  );
  return [0, 1, 2].map((k) => codesOf(rows.map((row) => row[k])));
}

const pOf = (strata: readonly (readonly (readonly number[])[])[]): number => {
  const [x, y, z] = columnsOf(strata);
  return Math.exp(logStratified(x, y, z));
};

test("one stratum: the test of the table", () => {
  const [x, y, z] = columnsOf([
    [
      [12, 5, 3],
      [4, 9, 8],
    ],
  ]);
  expect(logStratified(x, y, z)).toBe(logPValue(countTable(x, y)));
});

test("pairs of rows, of which only those that agree in nothing tell: the sign test", () => {
  // 18 strata of two rows where x and y go together, 4 where they do not: 2 P(Bin(22, ½) ≥ 18) = 0.0043.
  const alike = [
    [1, 0],
    [0, 1],
  ];
  const other = [
    [0, 1],
    [1, 0],
  ];
  const p = pOf([...Array.from({ length: 18 }, () => alike), ...Array.from({ length: 4 }, () => other)]);
  expect(p).toBeGreaterThan(0.002);
  expect(p).toBeLessThan(0.009);
});

test("nothing to tell: constants in every stratum, rows alone", () => {
  expect(pOf([[[5, 3]], [[2], [4]]])).toBe(1);
  expect(pOf(Array.from({ length: 20 }, () => [[1]]))).toBe(1);
});

test("dependence in turns: strata that differ in sign", () => {
  const up = [
    [40, 20],
    [20, 40],
  ];
  const down = up.map((row) => row.toReversed());
  const p = pOf([up, down, up, down]);
  // X² is 13.33 in each of four strata: χ² with four degrees of freedom at 53.3, 7e-11.
  expect(p).toBeGreaterThan(1e-11);
  expect(p).toBeLessThan(1e-9);
});

describe("level", () => {
  test.each([
    [60, 2, 2, 3],
    [120, 3, 3, 30],
    [300, 4, 5, 5],
    [1000, 2, 2, 400],
    [1000, 6, 5, 20],
  ])("n = %i, %i × %i levels, %i strata", (n, kx, ky, kz) => {
    const { uniform } = draws(n + kz);
    const rounds = n < 1000 ? 200 : 100;
    const counts = [0.05, 0.2, 0.5].map((level) => ({ level, below: 0 }));
    for (let round = 0; round < rounds; round++) {
      const z = Array.from({ length: n }, () => Math.floor(kz * uniform()));
      const of = (k: number) => codesOf(z.map((v) => Math.floor(k * uniform() ** (1 + (2 * v) / kz))));
      const p = Math.exp(logStratified(of(kx), of(ky), codesOf(z)));
      for (const count of counts) if (p <= count.level) count.below++;
    }
    // Four standard errors above.
    for (const { level, below } of counts) {
      expect(below / rounds).toBeLessThan(level + 4 * Math.sqrt((level * (1 - level)) / rounds));
    }
  });
});
