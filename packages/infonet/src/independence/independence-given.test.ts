import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "../engine/engine.js";
import { LongCall } from "../long-call.js";
import { readSides } from "../multivariate/variables.js";
import { ofColumns } from "../testing/matrices.js";
import { draws } from "../testing/random.js";
import { releasedEngine } from "../testing/released.js";
import { pairEngine } from "../vine/pair-engine.js";
import { independenceGiven } from "./independence-given.js";
import { conditionOf, toldOf } from "./residual.js";

let released: Engine;
beforeAll(async () => {
  released = await releasedEngine();
});
afterAll(() => released.dispose());

interface Row {
  x: number;
  y: number;
  z: readonly number[];
}
type Draws = ReturnType<typeof draws>;

async function independence(seed: number, n: number, law: (random: Draws) => Row, permutations: number) {
  const random = draws(seed);
  const rows = Array.from({ length: n }, () => law(random));
  const z = rows[0].z.map((_, k) => rows.map((row) => row.z[k]));
  const given = [
    { name: "X", value: rows.map(({ x }) => x) },
    { name: "Y", value: rows.map(({ y }) => y) },
    { name: "Z", value: ofColumns(...z) },
  ];
  const [sideX, sideY, sideZ] = readSides(given, seed, n).sides;
  const [toldX, toldY] = toldOf([sideX, sideY], conditionOf(sideZ), seed);
  const call = new LongCall({}, "pairs", async () => {});
  return independenceGiven([toldX, toldY], permutations, seed, await pairEngine(released, 1), call);
}

const cause = ({ normal }: Draws): Row => {
  const z = normal();
  return { x: z + 0.5 * normal(), y: Math.tanh(z) + 0.5 * normal(), z: [z] };
};

test("a common cause: of 20 samples about one has a p-value below 5 %", async () => {
  const [found, shared]: [number[], number[]] = [[], []];
  for (let seed = 1; seed <= 20; seed++) {
    const { pValue, left } = await independence(seed, 300, cause, 79);
    found.push(pValue ?? 1);
    shared.push(left.mi);
  }
  expect(shared.sort((a, b) => a - b)[12]).toBeLessThan(0.005);
  // Five or more come once in 390 times, 13 or more above one half in 8.
  expect(found.filter((p) => p <= 0.05).length).toBeLessThan(5);
  expect(found.filter((p) => p > 0.5).length).toBeGreaterThan(4);
});

/** Z sets where X is cut and put together again; what is freed of Z shows little in all rows together, and much in strata of Z. */
const wrapped = ({ uniform }: Draws): Row => {
  const [x, z] = [uniform(), uniform()];
  return { x, y: ((x + z) % 1) + 0.1 * (uniform() - 0.5), z: [z] };
};

test("a few orders do not end the test where strata show more than all of these", async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { pValue } = await independence(seed, 500, wrapped, 199);
    expect(pValue, `draws ${seed}`).toBeLessThan(1e-9);
  }
});

test("dependence that cancels where all rows are pooled is seen in strata", async () => {
  const { pValue, left } = await independence(
    1,
    600,
    ({ uniform, normal }) => {
      const [x, z] = [uniform(), uniform()];
      return { x, y: ((x + z) % 1) + 0.05 * normal(), z: [z] };
    },
    199,
  );
  expect(pValue).toBeLessThan(1e-6);
  // Freed of Z by itself, neither holds what only a change along Z shows.
  expect(left.mi).toBeLessThan(0.2);
});

test("a slope by the sign of one of two columns", async () => {
  const law = ({ normal }: Draws): Row => {
    const [x, p, q] = [normal(), normal(), normal()];
    return { x, y: Math.sign(p) * x + 0.5 * normal() + q, z: [p, q] };
  };
  expect((await independence(2, 500, law, 99)).pValue).toBeLessThan(1e-6);
});

test("dependence that is the same everywhere: far beyond the last permutation", async () => {
  const law = ({ normal }: Draws): Row => {
    const [z, common] = [normal(), normal()];
    return { x: z + common, y: z + common + 0.7 * normal(), z: [z] };
  };
  const { pValue, left } = await independence(3, 500, law, 99);
  expect(pValue).toBeLessThan(1e-8);
  expect(Math.abs(left.mi + 0.5 * Math.log(1 - 1 / 1.49))).toBeLessThan(0.12);
});

test("without permutations the p-value is that of the table, for what is left of both", async () => {
  const { pValue, left } = await independence(4, 300, cause, 0);
  expect(pValue).toBe(left.pValue);
  const permuted = await independence(4, 300, cause, 39);
  expect(permuted.left).toEqual(left);
  expect(permuted.pValue).not.toBe(pValue);
});

/** A common cause of two columns, one of which sets the place of the noise and the other its shape. */
const shapes: Record<string, (b: number, random: Draws) => number> = {
  "the sign of its skewness": (b, { uniform }) => Math.sign(b) * (-Math.log(uniform()) - 1),
  "its size, in stripes": (b, { normal }) => (Math.sin(5 * b) > 0 ? 2.15 : 0.15) * normal(),
};

test.each(Object.entries(shapes))(
  "noise of which another column than that of its place sets %s is no dependence",
  async (_, noise) => {
    // Permuted among rows of the same place alone, all of them had p-values far below it.
    let small = 0;
    for (const seed of [1, 2, 3, 4, 5]) {
      const law = (random: Draws): Row => {
        const [a, b] = [random.normal(), random.normal()];
        return { x: 2 * a + noise(b, random), y: 2 * a + noise(b, random), z: [a, b] };
      };
      const { pValue = 1 } = await independence(seed, 1000, law, 99);
      if (pValue <= 0.01) small++;
    }
    expect(small).toBeLessThanOrEqual(1);
  },
);

test("noise whose size jumps between the cells of two columns is no dependence, or there is no p-value", async () => {
  // Orders among alike rows alone gave 12 of 40 such samples p-values below 0.05.
  let small = 0;
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const law = (random: Draws): Row => {
      const [a, b] = [random.normal(), random.normal()];
      const noise = (): number => (a * b > 0 ? 1.5 : 0.3) * random.normal();
      return { x: a + b + noise(), y: a + b + noise(), z: [a, b] };
    };
    const { pValue = 1 } = await independence(seed, 1000, law, 99);
    if (pValue <= 0.05) small++;
  }
  expect(small).toBeLessThanOrEqual(1);
});

test("such noise hides no dependence that is stronger", async () => {
  const law = (random: Draws): Row => {
    const [a, b, common] = [random.normal(), random.normal(), random.normal()];
    const size = a * b > 0 ? 1.5 : 0.3;
    const noise = (): number => size * (0.6 * common + 0.8 * random.normal());
    return { x: a + b + noise(), y: a + b + noise(), z: [a, b] };
  };
  expect((await independence(1, 1000, law, 99)).pValue).toBeLessThan(1e-4);
});

test("the same seed gives the same p-value, to the last bit", async () => {
  const [one, other] = [await independence(5, 200, cause, 39), await independence(5, 200, cause, 39)];
  expect(other).toEqual(one);
});
