import { describe, expect, test } from "vitest";
import { evalColumns, HAS_TABLES } from "../testing/eval-tables.js";
import { levelsAtRandom, texts } from "../testing/levels.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

describe("levels given levels", () => {
  const rows = Array.from({ length: 400 }, (_, i) => [i & 1, (i >> 1) & 1, (i ^ (i >> 1)) & 1]);
  const [x, y, z] = [0, 1, 2].map((k) => rows.map((row) => row[k]));

  test("either-or: all of it given the third, as texts and as numbers", async () => {
    const result = await net.conditional(texts(x, "x"), texts(y, "y"), texts(z, "z"));
    expect(Math.abs(result.mi - Math.LN2)).toBeLessThan(0.03);
    expect(result.pValue).toBeLessThan(1e-6);
    expect(result).toMatchObject({
      kinds: { x: "levels", y: "levels", z: ["levels"] },
      order: ["z0"],
      n: 400,
    });
    const numbers = await net.conditional(y, x, { data: z, width: 1 }, { seed: 5 });
    expect([numbers.mi, numbers.interval, numbers.pValue]).toEqual([
      result.mi,
      result.interval,
      result.pValue,
    ]);
  });

  test("a common cause of eight levels leaves nothing", async () => {
    const { uniform } = draws(1);
    const cause = levelsAtRandom(2000, 8, uniform);
    const of = (letter: string) =>
      texts(
        cause.map((k) => (uniform() < (k + 1) / 10 ? 1 : 0)),
        letter,
      );
    const { mi, interval, pValue } = await net.conditional(of("x"), of("y"), texts(cause, "z"));
    expect(mi).toBeLessThan(0.005);
    expect(interval[0]).toBe(0);
    expect(pValue).toBeGreaterThan(0.01);
  });

  test("many strata: a word where rows are alone, no result where most are", async () => {
    const { uniform } = draws(2);
    const [a, b] = [0, 1].map(() => texts(levelsAtRandom(300, 2, uniform), "v"));
    const some = texts(levelsAtRandom(300, 150, uniform), "z");
    const { interval, warnings } = await net.conditional(a, b, [some]);
    expect(warnings.map(({ code }) => code)).toContain("many-levels");
    expect(interval[1]).toBeGreaterThan(0.05);
    const most = [40, 30].map((levels) => texts(levelsAtRandom(300, levels, uniform), "z"));
    await expect(net.conditional(a, b, most)).rejects.toMatchObject({ code: "too-many-levels" });
  });

  test("X is one column", async () => {
    await expect(net.conditional([x, y] as never, y, z)).rejects.toMatchObject({
      code: "invalid-option",
      message: "X has 2 columns; pass one, or ask for the joint information of all.",
    });
  });
});

describe("numbers given levels", () => {
  const { uniform, normal } = draws(3);
  const n = 1200;
  const kinds = levelsAtRandom(n, 8, uniform);
  const middles = Array.from({ length: 8 }, () => [3 * normal(), 3 * normal()]);
  const names = texts(kinds, "k");

  test("a cause without an order leaves nothing", async () => {
    const [x, y] = [0, 1].map((side) => kinds.map((k) => middles[k][side] + normal()));
    const { mi, pValue } = await net.conditional(x, y, names);
    expect(mi).toBeLessThanOrEqual(0.01);
    expect(pValue).toBeGreaterThan(0.01);
  });

  test("dependence that differs from level to level, signs included", async () => {
    const noise = kinds.map(normal);
    const strength = (k: number): number => (k % 2 === 0 ? 0.8 : -0.6);
    const x = kinds.map((k, row) => middles[k][0] + noise[row]);
    const y = kinds.map((k, row) => {
      const r = strength(k);
      return middles[k][1] + r * noise[row] + Math.sqrt(1 - r * r) * normal();
    });
    const { mi, interval, pValue } = await net.conditional(x, y, names);
    const truth = (normalInformation(0.8) + normalInformation(0.6)) / 2;
    expect(Math.abs(mi - truth)).toBeLessThan(0.08 * truth);
    expect(interval[0]).toBeLessThan(truth);
    expect(interval[1]).toBeGreaterThan(truth);
    expect(pValue).toBeLessThan(1e-50);
  });

  test("names, the order of the rows, the exchange of X and Y and seeds mean nothing", async () => {
    const rows = Array.from({ length: 600 }, (_, row) => row);
    const [x, y] = [0, 1].map((side) => rows.map((row) => middles[kinds[row]][side] + normal()));
    const levels = rows.map((row) => (uniform() < 0.3 + 0.05 * kinds[row] ? "yes" : "no"));
    const own = rows.map((row) => names[row]);
    const other = own.map((name) => `other ${(3 * Number(name.slice(1))) % 8}`).toReversed();
    const as = ({ mi, interval, pValue }: { mi: number; interval: number[]; pValue: number | undefined }) =>
      [mi, ...interval, pValue as number].map((value) => Number(value.toPrecision(9)));
    const one = await net.conditional(x, y, own);
    const two = await net.conditional(y.toReversed(), x.toReversed(), other, { seed: 9 });
    expect(as(two)).toEqual(as(one));
    const beside = await net.conditional(levels, y, own);
    const renamed = levels.map((level) => (level === "yes" ? "a" : "b")).toReversed();
    expect(as(await net.conditional(y.toReversed(), renamed, other, { seed: 9 }))).toEqual(as(beside));
  });

  test("and given a number too", async () => {
    const u = kinds.map(normal);
    const noise = kinds.map(normal);
    const x = kinds.map((k, row) => ((k % 2) - 0.5) * 3 * u[row] + noise[row]);
    const y = kinds.map((k, row) => ((k % 2) - 0.5) * u[row] + k + 0.6 * noise[row] + 0.8 * normal());
    const { mi, pValue, kinds: are } = await net.conditional(x, y, [names, u], { permutations: 19 });
    expect(Math.abs(mi - normalInformation(0.6))).toBeLessThan(0.05);
    expect(pValue).toBeLessThan(0.001);
    expect(are).toEqual({ x: "number", y: "number", z: ["levels", "number"] });
  });
});

describe("numbers of few values among what is given", () => {
  const { uniform, normal } = draws(11);
  const n = 400;
  const effects = [0, 2, -1, 1.5, -2];
  const noise = Array.from({ length: n }, normal);
  const truth = normalInformation(0.4);
  const pairOf = (effect: readonly number[], other: readonly number[]) => ({
    x: noise.map((g, row) => effect[row] + 0.5 * g),
    y: noise.map((g, row) => other[row] + 0.5 * (0.4 * g + Math.sqrt(1 - 0.4 ** 2) * normal())),
  });

  test("are levels: what they do need not be in their order", async () => {
    const z = levelsAtRandom(n, 5, uniform);
    const at = z.map((k) => effects[k]);
    const { x, y } = pairOf(
      at,
      at.map((value) => value * value),
    );
    const found = await net.conditional(x, y, z);
    expect(found.kinds).toEqual({ x: "number", y: "number", z: ["levels"] });
    expect(Math.abs(found.mi - truth)).toBeLessThan(0.05);
    expect(found.pValue).toBeLessThan(1e-6);
    const { kinds: _, ...named } = await net.conditional(x, y, texts(z, "z"));
    expect(found).toMatchObject(named);
  });

  test("counts, the largest of which are rare, and a number beside them", async () => {
    const z = Array.from({ length: n }, () => {
      let count = 0;
      for (let product = uniform(); product > Math.exp(-2); product *= uniform()) count++;
      return count;
    });
    const counts = pairOf(z, z);
    const alone = await net.conditional(counts.x, counts.y, z);
    expect(alone.kinds.z).toEqual(["levels"]);
    expect(Math.abs(alone.mi - truth)).toBeLessThan(0.04);
    const w = Array.from({ length: n }, normal);
    const few = z.map((count) => Math.min(count, 2));
    const both = pairOf(
      few.map((count, row) => count + w[row]),
      few.map((count, row) => w[row] - count),
    );
    const beside = await net.conditional(both.x, both.y, [w, few]);
    expect(beside.kinds.z).toEqual(["number", "levels"]);
    expect(Math.abs(beside.mi - truth)).toBeLessThan(0.05);
  });

  test("stay numbers where their values have too few rows, or where combinations have", async () => {
    const kindsOf = async (...z: number[][]) => (await net.conditional(noise, z[0].map(normal), z)).kinds.z;
    const [four, five, twelve] = [4, 5, 12].map((count) => levelsAtRandom(n, count, uniform));
    expect(await kindsOf(twelve)).toEqual(["number"]);
    expect(await kindsOf(twelve, five)).toEqual(["number", "levels"]);
    expect(await kindsOf(five, four)).toEqual(["number", "levels"]);
  });
});

describe("levels and numbers", () => {
  test("a level and a number given a category", async () => {
    const { uniform, normal } = draws(4);
    const cause = levelsAtRandom(2000, 6, uniform);
    const a = cause.map((k) => (uniform() < (k + 1) / 7 ? 1 : 0));
    const names = texts(cause, "c");
    const without = await net.conditional(
      texts(a, "a"),
      cause.map((k) => 2 * k + normal()),
      names,
    );
    expect(without.mi).toBeLessThan(0.01);
    expect(without.pValue).toBeGreaterThan(0.01);
    const y = cause.map((k, row) => 2 * k + (k % 2 === 0 ? 1.5 : -1.5) * a[row] + normal());
    const { mi, pValue } = await net.conditional(y, texts(a, "a"), names);
    // Σ p(c) I of two normal laws 1.5 apart with shares (c + 1)/7, by quadrature.
    expect(Math.abs(mi - 0.163)).toBeLessThan(0.03);
    expect(pValue).toBeLessThan(1e-50);
  });

  test("a level and a number given a number: a steep cause, and dependence that turns with it", async () => {
    const { uniform, normal } = draws(5);
    const u = Array.from({ length: 1500 }, normal);
    const caused = u.map((v) => (uniform() < logistic(6 * v) ? "yes" : "no"));
    const none = await net.conditional(
      caused,
      u.map((v) => 2 * v + 0.3 * normal()),
      u,
    );
    expect(none.mi).toBeLessThan(0.01);
    expect(none.pValue).toBeGreaterThan(0.01);
    const a = levelsAtRandom(1500, 2, uniform);
    const y = u.map((v, row) => (v > 0 ? 1.5 : -1.5) * (a[row] - 0.5) + v + normal());
    const { mi, pValue } = await net.conditional(texts(a, "a"), y, u);
    // Two normal laws 1.5 apart, by quadrature: 0.221.
    expect(Math.abs(mi - 0.221)).toBeLessThan(0.04);
    expect(pValue).toBeLessThan(1e-20);
  });

  test("two levels given a number: a steep cause, and either-or by its sign", async () => {
    const { uniform, normal } = draws(6);
    const u = Array.from({ length: 2000 }, normal);
    const caused = () => u.map((v) => (uniform() < logistic(5 * v) ? "yes" : "no"));
    const none = await net.conditional(caused(), caused(), u);
    expect(none.mi).toBeLessThan(0.01);
    expect(none.pValue).toBeGreaterThan(0.01);
    const a = levelsAtRandom(2000, 2, uniform);
    const b = a.map((v, row) => (uniform() < 0.1 ? 1 - v : v) ^ (u[row] > 0 ? 1 : 0));
    const { mi, pValue } = await net.conditional(texts(a, "a"), texts(b, "b"), u);
    expect(Math.abs(mi - (Math.LN2 + 0.1 * Math.log(0.1) + 0.9 * Math.log(0.9)))).toBeLessThan(0.03);
    expect(pValue).toBeLessThan(1e-50);
  });

  test("two levels given two numbers whose signs decide together", async () => {
    const { uniform, normal } = draws(7);
    const u = [0, 1].map(() => Array.from({ length: 1000 }, normal));
    const a = levelsAtRandom(1000, 2, uniform);
    const b = a.map((v, row) => (uniform() < 0.1 ? 1 - v : v) ^ (u[0][row] * u[1][row] > 0 ? 1 : 0));
    const given = [texts(a, "a"), texts(b, "b"), u] as const;
    const { mi, pValue } = await net.conditional(...given, { permutations: 19 });
    expect(Math.abs(mi - 0.368)).toBeLessThan(0.08);
    expect(pValue).toBeLessThan(1e-10);
  });
});

describe("numbers with atoms", () => {
  const n = 1600;
  /** ln 2 less the entropy of an error of so many: what a level tells of a fair one that it is a copy of, but for errors. */
  const copied = (error: number): number =>
    Math.LN2 + error * Math.log(error) + (1 - error) * Math.log(1 - error);

  test("given an amount: dependence only where there is none of it, whatever rows are sorted by", async () => {
    const { uniform, normal } = draws(11);
    const v = Float64Array.from({ length: n }, normal).sort();
    const amount = Array.from(v, () => (uniform() < 0.5 ? 0 : 0.1 + uniform()));
    const flip = (level: boolean): string => ((uniform() < 0.1 ? !level : level) ? "a" : "b");
    const levels = Array.from(v, (value, row) => flip(amount[row] === 0 ? value > 0 : amount[row] > 0.6));
    const { mi, pValue } = await net.conditional(levels, v, amount);
    expect(Math.abs(mi - copied(0.1) / 2)).toBeLessThan(0.03);
    expect(pValue).toBeLessThan(1e-20);
    const none = await net.conditional(
      amount.map((value) => flip(value === 0)),
      v,
      amount,
    );
    expect(none.mi).toBeLessThan(0.01);
    expect(none.pValue).toBeGreaterThan(0.01);
  });

  test("an amount: whether there is any tells, how much does not", async () => {
    const { uniform, normal } = draws(12);
    const z = Float64Array.from({ length: n }, normal);
    const levels = levelsAtRandom(n, 2, uniform);
    const amount = Array.from(levels, (level, row) =>
      (uniform() < 0.1 ? 1 - level : level) === 0 ? 0 : Math.exp(0.5 * normal() - 3 * z[row]),
    );
    const truth = copied(amount.filter((value, row) => (value === 0) !== (levels[row] === 0)).length / n);
    const { mi, pValue } = await net.conditional(texts(levels, "a"), amount, z);
    expect(Math.abs(mi - truth)).toBeLessThan(0.03);
    expect(pValue).toBeLessThan(1e-20);
    // By the chain rule, and since z tells nothing by itself.
    const both = await net.joint([amount, z], [texts(levels, "a")]);
    expect(Math.abs(both.mi - truth)).toBeLessThan(0.04);
  });
});

describe("little noise", () => {
  const n = 600;
  const { uniform, normal } = draws(8);
  const z = [0, 1].map(() => Array.from({ length: n }, normal));
  const kinds = levelsAtRandom(n, 2, uniform);
  const wave = (speed: number): number[] =>
    z[0].map((v, row) => Math.sin(speed * v) * Math.cos(3 * z[1][row]) + kinds[row] * v + 0.01 * normal());

  test("within levels too a result without a p-value says why", async () => {
    const given = [texts(kinds, "k"), ...z];
    const { pValue, warnings } = await net.conditional(wave(3), wave(2.8), given, { permutations: 39 });
    expect(pValue).toBeUndefined();
    expect(warnings.map(({ code }) => code)).toEqual(["little-noise"]);
    expect(warnings[0].message).toMatch(/^what X and Y are beyond Z is less than \d+ rows can free of Z: /);
  });

  test("nor are others told that they have little", async () => {
    const given = [texts(kinds, "k"), ...z];
    const [x, y] = [3, 2.8].map((speed) => wave(speed).map((value) => value + normal()));
    const { pValue, warnings } = await net.conditional(x, y, given, { permutations: 39 });
    expect(pValue).toBeDefined();
    expect(warnings).toEqual([]);
  });
});

describe.runIf(HAS_TABLES)("real tables", () => {
  test("the Titanic: class and survival given sex", async () => {
    const [x, y, z] = evalColumns("titanic", "Class", "Survived", "Sex");
    const { mi, pValue } = await net.conditional(x, y, z);
    expect(Math.abs(mi - 0.0375)).toBeLessThan(0.005);
    // By χ² with six degrees of freedom 2e-34 (G²); by X² with its exact moments a little more.
    expect(pValue).toBeLessThan(1e-30);
  });

  test("admissions of Berkeley: admission and gender given department", async () => {
    const [x, y, z] = evalColumns("ucb-admissions", "Admit", "Gender", "Dept");
    const { pValue } = await net.conditional(x, y, z);
    expect(pValue).toBeGreaterThan(0.0005);
    expect(pValue).toBeLessThan(0.005);
  });

  test("diamonds: clarity and price given carat", async () => {
    const [x, y, z] = evalColumns("diamonds", "clarity", "price", "carat");
    const { mi, pValue } = await net.conditional(x, y, z);
    expect(mi).toBeGreaterThan(0.32);
    expect(pValue).toBeLessThan(1e-100);
  });
});
