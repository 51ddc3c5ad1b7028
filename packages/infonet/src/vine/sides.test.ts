import { expect, test } from "vitest";
import type { Variable } from "../input/variables.js";
import { readSides } from "../multivariate/variables.js";
import { correlation } from "../numerics/moments.js";
import { normalQuantile } from "../numerics/normal.js";
import { ofColumns } from "../testing/matrices.js";
import { draws } from "../testing/random.js";

const column = (n: number, value: (row: number) => number) =>
  Float64Array.from({ length: n }, (_, k) => value(k));
const noise = (seed: number, n: number) => Float64Array.from({ length: n }, draws(seed).normal);
const sidesOf = (values: Record<string, Variable>, seed = 1) =>
  readSides(
    Object.entries(values).map(([name, value]) => ({ name, value })),
    seed,
    10_000,
  );

test("ranks count smaller values, and scores are normal quantiles of their middles", () => {
  const values = noise(3, 64);
  const { ranks, scores } = sidesOf({ X: values }).sides[0];
  expect([...ranks[0]]).toEqual([...values].map((v) => values.filter((other) => other < v).length));
  expect([...scores[0]]).toEqual([...ranks[0]].map((rank) => normalQuantile((rank + 0.5) / 64)));
});

test("tied values are put in random order, of the seed; a word from ten rows a value on", () => {
  const few = column(40, (row) => row % 4);
  const { sides, warnings } = sidesOf({ X: ofColumns(noise(4, 40), few), Y: few.map((v) => v % 2) }, 5);
  expect(warnings).toEqual([
    {
      code: "heavy-ties",
      message:
        "column 1 of X has 4 different values and 1 more columns have few in 40 rows; tied values are put in random order (seed 5), so the last digits change with the seed.",
    },
  ]);
  const ranks = sides[0].ranks[1];
  expect(new Set(ranks).size).toBe(40);
  ranks.forEach((rank, row) => {
    expect(Math.floor(rank / 10)).toBe(few[row]);
  });
  expect(sidesOf({ X: few }, 5).sides[0].ranks[0]).not.toEqual(sidesOf({ X: few }, 6).sides[0].ranks[0]);
  expect(sidesOf({ X: few.subarray(1) }, 5).warnings).toEqual([]);
  expect(sidesOf({ X: few }, 5).warnings[0].message).toMatch(
    /^column 0 of X has 4 different values in 40 rows; /,
  );
});

test("columns that tie the same rows get orders of their own, which go with the values from side to side", () => {
  // They differ from the second row on.
  const three = column(1500, (row) => row % 3);
  const other = three.map((v) => (2 * v) % 3);
  const [x, y] = sidesOf({ X: three, Y: other }).sides;
  const [y2, x2] = sidesOf({ Y: other, X: three }).sides;
  expect(x2.ranks).toEqual(x.ranks);
  expect(y2.ranks).toEqual(y.ranks);
  for (const value of [0, 1, 2]) {
    const of = (ranks: Uint32Array) => ranks.filter((_, row) => three[row] === value);
    const [a, b] = [of(x.ranks[0]), of(y.ranks[0])];
    // Four standard errors of a correlation of independent ranks.
    expect(Math.abs(correlation(a, b))).toBeLessThan(4 / Math.sqrt(a.length - 1));
  }
});
