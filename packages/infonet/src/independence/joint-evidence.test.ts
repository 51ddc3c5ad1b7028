import { expect, test } from "vitest";
import { readSides } from "../multivariate/variables.js";
import type { Network } from "../network/network.js";
import { draws } from "../testing/random.js";
import type { PairEngine } from "../vine/pair-engine.js";
import { Trial } from "../vine/trial.js";
import { COVARIANCES, logJoint } from "./joint-evidence.js";

/** No pair is ever asked for. */
const engine = {
  workers: { parallel: 1, run: async (task, input) => task.run(input, undefined as unknown as Network) },
} as PairEngine;
/** Shares of the level of pairs, of permutations and of rows held out. */
const SHARES = [0.25, 0.65, 0.1];

interface Law {
  n?: number;
  of: (random: ReturnType<typeof draws>) => { x: number[]; y: number[] };
}

function sidesOf(seed: number, { n = 300, of }: Law) {
  const random = draws(seed);
  const rows = Array.from({ length: n }, () => of(random));
  const value = (key: "x" | "y") => ({
    data: Float64Array.from(rows.flatMap((row) => row[key])),
    width: rows[0][key].length,
  });
  const given = [
    { name: "X", value: value("x") },
    { name: "Y", value: value("y") },
  ];
  return readSides(given, seed, n).sides;
}

const independent: Law = {
  of: ({ normal }) => ({ x: [normal(), normal(), normal()], y: [normal(), normal()] }),
};

/** A trial whose folds were worth so much. */
function worth(folds: readonly (number | undefined)[], optimism = 0): Trial {
  const trial = new Trial({ name: "given", x: [], y: [], optimism });
  folds.forEach((sum, k) => {
    trial.parts[k] = sum === undefined ? undefined : new Float64Array(100).fill(sum / 100);
  });
  return trial;
}

test("independent columns: p-values over all of (0, 1)", async () => {
  const found: number[] = [];
  for (let seed = 1; seed <= 30; seed++) {
    found.push(Math.exp((await logJoint(sidesOf(seed, independent), 0, [], engine))!));
  }
  // Five or more of 30 at 5 % come once in 50 times.
  expect(found.filter((p) => p <= 0.05).length).toBeLessThan(5);
  expect(found.filter((p) => p >= 0.5).length).toBeGreaterThan(8);
  for (const p of found) expect(p > 0 && p <= 1).toBe(true);
});

test.each<[string, Law["of"]]>([
  [
    "weak correlations of many columns",
    ({ normal }) => {
      const x = Array.from({ length: 6 }, normal);
      return { x, y: x.map((value) => 0.25 * value + normal()) };
    },
  ],
  [
    "sizes alone",
    ({ normal }) => {
      const scale = Math.exp(0.5 * normal());
      return { x: [scale * normal(), scale * normal()], y: [scale * normal(), scale * normal()] };
    },
  ],
])("%s: permutations see them, beyond the last of them", async (_, of) => {
  for (const seed of [1, 2, 3]) {
    expect(await logJoint(sidesOf(seed, { n: 500, of }), 0, [], engine)).toBeLessThan(Math.log(1e-4));
  }
});

test("the product of two columns is not in covariances; what a vine is worth on rows held out shows it", async () => {
  const of: Law["of"] = ({ normal }) => {
    const [a, b] = [normal(), normal()];
    return { x: [a, b], y: [Math.sign(a * b) * Math.abs(normal())] };
  };
  const sides = sidesOf(1, { n: 500, of });
  expect(await logJoint(sides, 0, [], engine)).toBeGreaterThan(Math.log(0.01));
  const log = await logJoint(sides, 0, [worth([40, 38])], engine);
  expect(log).toBeCloseTo(-40 - Math.log(SHARES[2]) - Math.log((1 + Math.exp(-2)) / 2), 9);
});

test("held out: the mean likelihood ratio of all folds and coordinates, less twice what was found by chance", async () => {
  const sides = sidesOf(2, independent);
  const of = (...trials: Trial[]) => logJoint(sides, 0, trials, engine);
  // Of four ratios e^30 counts a quarter.
  expect(await of(worth([30, -5]), worth([-20, 0]))).toBeCloseTo(-30 + Math.log(4) - Math.log(SHARES[2]), 6);
  expect(await of(worth([30, undefined], 0.05))).toBeCloseTo(-(30 - 2 * 100 * 0.05) - Math.log(SHARES[2]), 9);
  const none = await of();
  expect(await of(worth([-40, -50]))).toBe(none);
});

test("the strongest pair has a quarter of the level; without its p-value there is none", async () => {
  const sides = sidesOf(3, independent);
  expect(await logJoint(sides, -50, [], engine)).toBeCloseTo(-50 - Math.log(SHARES[0]), 12);
  expect(await logJoint(sides, undefined, [worth([100])], engine)).toBeUndefined();
  expect(SHARES.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

test("covariances of columns, and of columns and squares: order 0 is the rows as they are", () => {
  const { normal } = draws(7);
  const column = () => {
    const values = Float64Array.from({ length: 50 }, normal);
    const middle = values.reduce((sum, value) => sum + value, 0) / 50;
    return values.map((value) => value - middle);
  };
  const [x, y] = [
    [column(), column()],
    [column(), column(), column()],
  ];
  const product = (p: Float64Array, q: Float64Array): number =>
    p.reduce((sum, value, row) => sum + value * q[row], 0) ** 2;
  const square = (values: Float64Array): Float64Array => {
    const middle = values.reduce((sum, value) => sum + value * value, 0) / 50;
    return values.map((value) => (value * value - middle) / Math.SQRT2);
  };
  let [plain, all] = [0, 0];
  for (const p of x) {
    for (const q of y) {
      plain += product(p, q);
      all += product(square(p), q) + product(p, square(q)) + product(square(p), square(q));
    }
  }
  const run = (orders: number[]) =>
    COVARIANCES.run({ x, y, orders }, undefined as never) as [number, number][];
  const [first, second] = run([0, 5]);
  expect(first[0]).toBeCloseTo(plain, 9);
  expect(first[1]).toBeCloseTo(all, 9);
  // An order is the same in whatever company.
  expect(run([5])).toEqual([second]);
  expect(second).not.toEqual(first);
});
