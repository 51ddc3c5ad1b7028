import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import { draws } from "../testing/random.js";
import { type SoftRankOptions, softRank, softRankVjp } from "./soft-rank.js";

const values = (seed: number, n: number): Float64Array => {
  const { normal } = draws(seed);
  return Float64Array.from({ length: n }, normal);
};
const hardRanks = (x: ArrayLike<number>): number[] =>
  Array.from(x, (v) => 1 + Array.from(x).filter((other) => other < v).length);
const sum = (x: Iterable<number>): number => [...x].reduce((a, b) => a + b, 0);
const KINDS = ["quadratic", "entropic"] as const;

/**
 * How far a point y of the permutahedron is from its best one, in the gradient of ½‖y − x/ε‖² (Frank & Wolfe 1956): the
 * product with y less the smallest product with a vertex. It is 0 for the projection only.
 */
function dualityGap(x: Float64Array, y: Float64Array, epsilon: number): number {
  const g = y.map((rank, i) => rank - x[i] / epsilon);
  const falling = [...g.keys()].sort((i, j) => g[j] - g[i]);
  return sum(g.map((slope, i) => slope * y[i])) - sum(falling.map((i, k) => g[i] * (k + 1)));
}

describe.each(KINDS)("%s", (kind) => {
  test("towards no regularisation the ranks are the hard ones", () => {
    const x = values(1, 50);
    const soft = softRank(x, { regularization: 1e-9, kind });
    for (const [i, rank] of hardRanks(x).entries()) expect(soft[i]).toBeCloseTo(rank, 6);
  });

  test("towards strong regularisation all ranks are the same", () => {
    const n = 40;
    const soft = softRank(values(2, n), { regularization: 1e9, kind });
    const ranks = Array.from({ length: n }, (_, k) => k + 1);
    const limit =
      kind === "quadratic" ? (n + 1) / 2 : n + Math.log(sum(ranks.map((k) => Math.exp(k - n))) / n);
    for (const rank of soft) expect(rank).toBeCloseTo(limit, 6);
  });

  test("the sum of the ranks, or of their exponentials, is that of 1 … n; the order is that of x", () => {
    const sample = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 60 });
    const strength = fc.double({ min: -4, max: 3, noNaN: true }).map((e) => 10 ** e);
    fc.assert(
      fc.property(sample, strength, (x, regularization) => {
        const n = x.length;
        const soft = softRank(x, { regularization, kind });
        const total = kind === "quadratic" ? sum(soft) : sum(soft.map((rank) => Math.exp(rank - n)));
        const whole = Array.from({ length: n }, (_, k) =>
          kind === "quadratic" ? k + 1 : Math.exp(k + 1 - n),
        );
        expect(total / sum(whole)).toBeCloseTo(1, 8);
        for (let i = 0; i < n; i++) {
          expect(soft[i]).toBeGreaterThan(1 - 1e-6);
          expect(soft[i]).toBeLessThan(n + 1e-6);
          for (let j = 0; j < n; j++) if (x[i] < x[j]) expect(soft[i]).toBeLessThan(soft[j] + 1e-9);
        }
      }),
    );
  });

  test("rows in another order have their ranks in that order; moving all of x changes nothing", () => {
    const x = values(3, 30);
    const options: SoftRankOptions = { regularization: 0.1, kind };
    const soft = softRank(x, options);
    const turned = softRank(x.slice().reverse(), options).reverse();
    const moved = softRank(
      x.map((v) => v + 17),
      options,
    );
    for (let i = 0; i < x.length; i++) {
      expect(turned[i]).toBe(soft[i]);
      expect(moved[i]).toBeCloseTo(soft[i], 9);
    }
  });

  test.each([0.003, 0.03, 0.3, 3])(
    "the derivative is that of finite differences, ε = %f",
    (regularization) => {
      const n = 40;
      const x = values(4, n);
      const weights = values(5, n);
      const options: SoftRankOptions = { regularization, kind };
      const value = (z: Float64Array): number =>
        sum(softRank(z, options).map((rank, i) => rank * weights[i]));
      const gradient = softRankVjp(x, options).vjp(weights);
      const h = 1e-6;
      for (let i = 0; i < n; i++) {
        const at = (step: number): Float64Array => x.map((v, k) => (k === i ? v + step : v));
        const expected = (value(at(h)) - value(at(-h))) / (2 * h);
        expect(Math.abs(gradient[i] - expected)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
      }
    },
  );

  test("equal values share their ranks", () => {
    const soft = softRank([2, 1, 2, 5], { regularization: 1e-3, kind });
    expect(soft[0]).toBe(soft[2]);
    expect(soft[1]).toBeCloseTo(1, 6);
    expect(soft[3]).toBeCloseTo(4, 6);
  });
});

test("the quadratic ranks are the projection onto the permutahedron", () => {
  for (const epsilon of [0.01, 0.1, 1, 10]) {
    const x = values(6, 25);
    const gap = dualityGap(x, softRank(x, { regularization: epsilon }), epsilon);
    expect(Math.abs(gap)).toBeLessThan(1e-9 / epsilon);
    expect(dualityGap(x, Float64Array.from(hardRanks(x)), epsilon)).toBeGreaterThan(
      epsilon > 0.05 ? 1 : -1e-9,
    );
  }
});

test.each(KINDS)("%s: values apart by more than ε have whole ranks, however small ε is", (kind) => {
  expect([...softRank([3e5, -2, 1e-9, 0], { regularization: 1e-300, kind })]).toEqual([4, 1, 3, 2]);
  expect([...softRank([1e308, -1e308, 0], { regularization: 1e-3, kind })]).toEqual([3, 1, 2]);
  expect([...softRank([10, 20, 30], { regularization: 9, kind })]).toEqual([1, 2, 3]);
  expect([...softRankVjp([10, 20, 30], { regularization: 9, kind }).vjp([1, 2, 3])]).toEqual([0, 0, 0]);
});

test.each(KINDS)("%s: a power of two on values and ε changes nothing but the derivatives' unit", (kind) => {
  const x = [3, -1, 4, 1, -5, 9, 2, -6, 5, 3];
  const cotangent = x.map((_, k) => k - 4);
  const plain = softRankVjp(x, { regularization: 2, kind });
  const slopes = plain.vjp(cotangent);
  // 9 · 2^1020 is the edge of the doubles above, 2^-1074 below.
  for (const power of [1020, 1000, 950, -600, -1000, -1074]) {
    const unit = (v: number) => v * 2 ** (power / 2) * 2 ** (power / 2);
    const far = softRankVjp(x.map(unit), { regularization: unit(2), kind });
    expect([...far.ranks], `2^${power}`).toEqual([...plain.ranks]);
    if (Math.abs(power) > 1000) continue;
    expect([...far.vjp(cotangent)].map(unit)).toEqual([...slopes]);
  }
});

test.each(KINDS)("%s: values at both ends of the doubles have the ranks of values far apart", (kind) => {
  const x = [1.7e308, -1.7e308, 1e-300, -1e-300, 0];
  for (const regularization of [1e-308, 5e-324, 1e-305]) {
    expect([...softRank(x, { regularization, kind })]).toEqual([5, 1, 4, 2, 3]);
  }
  const [high, low, ...middle] = softRank(x, { regularization: 1e10, kind });
  expect([high, low]).toEqual([5, 1]);
  for (const rank of middle)
    expect(rank).toBeCloseTo(softRank([0, 0, 0], { regularization: 1, kind })[0] + 1);
  const all = softRank(x, { regularization: Number.MAX_VALUE, kind });
  for (const rank of all) expect(Number.isFinite(rank)).toBe(true);
  expect(all[0] - all[1]).toBeCloseTo(2 * (1.7e308 / Number.MAX_VALUE), 12);
});

test("options are read as everywhere", () => {
  const refused = (options: unknown) => () => softRank([1, 2], options as SoftRankOptions);
  expect(refused({ regularization: 1, kin: "entropic" })).toThrow(
    'there is no option "kin" here; did you mean "kind"? The options are regularization, kind.',
  );
  expect(refused({ epsilon: 1 })).toThrow('did you mean "regularization"?');
  for (const options of [undefined, null, {}, { kind: "entropic" }]) {
    expect(refused(options)).toThrow("regularization is undefined; pass a finite number above 0.");
  }
  expect(refused(0.1)).toThrow("options is 0.1; pass a plain object");
  const one = { regularization: 1, kind: null as never };
  expect(softRank([1, 2], one)).toEqual(softRank([1, 2], { regularization: 1 }));
  for (const call of [refused({}), () => softRank([1, Number.NaN], one), () => softRank(7 as never, one)]) {
    expect(call).toThrow(InfoNetError);
  }
  expect(() => softRank("12" as never, one)).toThrow('x is "12"; pass an array of numbers.');
  expect(() => softRank([1, "2" as never], one)).toThrow('x has "2" at row 1; pass finite numbers only.');
});

test("nothing, and a single value", () => {
  expect(softRank([], { regularization: 1 })).toHaveLength(0);
  expect([...softRank([7], { regularization: 1 })]).toEqual([1]);
});

test.each([0, -1, Number.NaN, Infinity])("a regularisation of %f is refused", (regularization) => {
  expect(() => softRank([1, 2], { regularization })).toThrow(
    /regularization is .*; pass a finite number above 0/,
  );
});

test("values that are not finite, an unknown kind and a cotangent of another length are refused", () => {
  for (const value of [Number.NaN, Infinity, -Infinity]) {
    expect(() => softRank([1, value, 2], { regularization: 1 })).toThrow(
      `x has ${value} at row 1; pass finite numbers only.`,
    );
  }
  expect(() => softRank([1, 2], { regularization: 1, kind: "cubic" as "entropic" })).toThrow(
    /kind is "cubic"/,
  );
  expect(() => softRankVjp([1, 2], { regularization: 1 }).vjp([1])).toThrow(/1 values; give 2/);
});

test("three values of which two are pooled", () => {
  // ε = 1: less the hard ranks 3, 2, 1 the values are 1, −1.5, −1. The last two rise and take their mean, −1.25.
  const { ranks, sorted, vjp } = softRankVjp([0.5, 4, 0], { regularization: 1 });
  expect([...ranks]).toEqual([1.75, 3, 1.25]);
  expect([...sorted]).toEqual([2, 0, 1]);
  expect([...vjp([1, 10, 5])]).toEqual([-2, 0, 2]);
  expect([...softRankVjp([1, 8, 0], { regularization: 2 }).vjp([1, 10, 5])]).toEqual([-1, 0, 1]);
});

test("two values that are pooled by relative entropy", () => {
  const { ranks, vjp } = softRankVjp([0.2, 0], { regularization: 1, kind: "entropic" });
  // ln(e + e²) less ln(e^0.2 + 1) is what they have in common.
  const common = Math.log(Math.E + Math.E ** 2) - Math.log(Math.exp(0.2) + 1);
  expect(ranks[0]).toBeCloseTo(0.2 + common, 12);
  expect(ranks[1]).toBeCloseTo(common, 12);
  const share = Math.exp(0.2) / (Math.exp(0.2) + 1);
  const slopes = vjp([1, 5]);
  expect(slopes[0]).toBeCloseTo(1 - 6 * share, 12);
  expect(slopes[1]).toBeCloseTo(5 - 6 * (1 - share), 12);
});

test("infinitely many ε apart is not pooled, and no room for a rank is none", () => {
  expect([...softRank([1e300, 0], { regularization: 1e-300, kind: "entropic" })]).toEqual([2, 1]);
  expect([...softRank([0, 0, 0], { regularization: 1, kind: "quadratic" })]).toEqual([2, 2, 2]);
});

test("what is refused is told apart by its code", () => {
  const rank = (x: unknown) => () => softRank(x as number[], { regularization: 1 });
  for (const x of [null, undefined, "12", 7, {}, { length: 0.5 }]) {
    expect(rank(x)).toThrow(expect.objectContaining({ code: "not-a-number" }));
  }
  expect(rank([1, "2"])).toThrow(expect.objectContaining({ code: "not-a-number" }));
  expect(rank([1, Number.NaN])).toThrow(expect.objectContaining({ code: "not-finite" }));
  const { vjp } = softRankVjp([1, 2], { regularization: 1 });
  expect(() => vjp([1])).toThrow(expect.objectContaining({ code: "unequal-lengths" }));
});
