import { expect, test } from "vitest";
import { readSides } from "../multivariate/variables.js";
import { seededStream } from "../numerics/random.js";
import { isBeyondReach } from "./reach.js";
import { conditionOf, toldOf } from "./residual.js";

type Row = [x: number, y: number, ...z: number[]];

/** Whether some rows are too few to free X and Y of Z. */
function beyond(seed: number, n: number, row: (normal: () => number) => Row): boolean {
  const { normal } = seededStream(seed);
  const rows = Array.from({ length: n }, () => row(normal));
  const [x, y, ...z] = rows[0].map((_, k) => Float64Array.from(rows, (values) => values[k]));
  const data = Float64Array.from(rows.flatMap((values) => values.slice(2)));
  const given = [
    { name: "X", value: x },
    { name: "Y", value: y },
    { name: "Z", value: { data, width: z.length } },
  ];
  const [sideX, sideY, sideZ] = readSides(given, 1, n).sides;
  const [toldX, toldY] = toldOf([sideX, sideY], conditionOf(sideZ), 1);
  return isBeyondReach([toldX, toldY], 1);
}

const seeds = [1, 2, 3, 4, 5];

test("two functions of one product of columns, with little noise, are beyond the reach of 400 rows", () => {
  const found = seeds.filter((seed) =>
    beyond(seed, 400, (normal) => {
      const [a, b, c] = [normal(), normal(), normal()];
      const q = (a * b + c) ** 2;
      return [q + 0.2 * normal(), Math.sqrt(q) + 0.1 * normal(), a, b, c];
    }),
  );
  expect(found).toEqual(seeds);
});

test("lines are within reach, whether or not X and Y share anything beyond them", () => {
  const found = seeds.filter((seed) =>
    [0, 0.9].some((share) =>
      beyond(seed, 400, (normal) => {
        const [a, b, e] = [normal(), normal(), normal()];
        return [a + b + 0.3 * e, a - b + 0.3 * (share * e + Math.sqrt(1 - share ** 2) * normal()), a, b];
      }),
    ),
  );
  expect(found).toEqual([]);
});

test("so is a condition that tells nothing", () => {
  const found = seeds.filter((seed) =>
    beyond(seed, 400, (normal) => {
      const x = normal();
      return [x, 0.5 * x + normal(), normal(), normal()];
    }),
  );
  expect(found).toEqual([]);
});

test("of fewer than 90 rows nothing is said", () => {
  expect(beyond(1, 80, (normal) => [normal(), normal(), normal()])).toBe(false);
});
