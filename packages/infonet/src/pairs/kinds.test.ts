/** Columns of every kind by the released model: what must hold exactly, and cases whose answer is known. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws, permutation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";
import type { Cell, Column, Estimate } from "../types.js";

const net = await releasedNet();

const rows = <Value>(n: number, cell: (row: number) => Value): Value[] =>
  Array.from({ length: n }, (_, row) => cell(row));
const category = (values: Cell[]): Column => ({ values, kind: "category" });

describe("cases with a known answer", () => {
  test("a function of a hundred levels whose codes jump about", async () => {
    const codes = rows(3000, (i) => (7919 * i) % 100);
    const third = codes.map((code) => (37 * code) % 3);
    const { mi, interval } = await net.estimate(category(codes), category(third));
    expect(Math.abs(mi - Math.log(3))).toBeLessThan(0.01);
    expect(interval[1]).toBeLessThanOrEqual(Math.log(3));
  });

  test("two hundred levels of different means, whatever they are called and in either order", async () => {
    const { uniform, normal } = draws(3);
    const means = rows(200, () => 3 * normal());
    const level = rows(2000, () => Math.floor(200 * uniform()));
    const number = level.map((l) => means[l] + normal());
    const names = level.map((l) => `n${(l * 77) % 200}`);
    const estimate = await net.estimate(names, number);
    expect(Math.abs(estimate.mi - 1.12)).toBeLessThan(0.12);
    expect(estimate.kinds).toEqual(["levels", "number"]);
    const exchanged = await net.estimate(number, names);
    expect(exchanged.mi).toBeCloseTo(estimate.mi, 6);
    const renamed = await net.estimate(category(level), number);
    expect(renamed.mi).toBeCloseTo(estimate.mi, 6);
  });

  test.each([12, 40, 100])("a binary column of %i rows with itself", async (n) => {
    const x = rows(n, (i) => i & 1);
    const { mi, interval, entropies, normalized } = await net.estimate(x, x);
    expect(mi).toBe(Math.LN2);
    expect(interval[1]).toBe(mi);
    expect(entropies).toEqual([mi, mi]);
    expect(normalized).toBe(1);
  });

  test("a month has no more to tell than ln 12, also beside dates", async () => {
    const days = rows(1200, (i) => new Date(Date.UTC(2001, 0, 1 + (i % 600) * 3)));
    const months = days.map((day) => day.getUTCMonth() + 1);
    const { mi, interval } = await net.estimate(months, days);
    expect(interval[1]).toBeLessThanOrEqual(Math.log(12));
    expect(mi).toBeGreaterThan(2);
  });

  test("a flag of 10 in 1000 with itself, by Fisher's test", async () => {
    const flag = rows(1000, (i) => i < 10);
    const { pValue, mi, entropies } = await net.estimate(flag, flag);
    // 1 / C(1000, 10).
    expect(Math.abs((pValue as number) / 3.8e-24 - 1)).toBeLessThan(0.02);
    expect(mi).toBe(entropies[0]);
  });

  test("a flag of 100 in 200,000 with itself", async () => {
    const flag = rows(200_000, (i) => Number(i < 100));
    const { pValue, mi } = await net.estimate(flag, flag);
    expect(pValue).toBeLessThan(1e-100);
    expect(mi).toBeCloseTo(0.0043, 4);
  });

  test("a balanced design: nothing, and interval and p-value agree", async () => {
    const sex = rows(32, (i) => (i & 1 ? "f" : "m"));
    const age = rows(32, (i) => (i & 2 ? "child" : "adult"));
    const { mi, interval, pValue } = await net.estimate(sex, age);
    expect(mi).toBeLessThan(0.01);
    expect(interval[0]).toBe(0);
    expect(pValue).toBeCloseTo(1, 9);
  });

  test("numbers that are related, but not by their order, are counted", async () => {
    const x = rows(499, (i) => (i * 7919) % 25);
    const odd = x.map((value) => value % 2);
    const { mi, pValue, kinds } = await net.estimate(x, odd);
    expect(kinds).toEqual(["levels", "levels"]);
    expect(Math.abs(mi - Math.LN2)).toBeLessThan(0.01);
    expect(pValue).toBeLessThan(1e-90);
    const itself = await net.estimate(x, x);
    expect(Math.abs(itself.mi - Math.log(25))).toBeLessThan(0.01);
    const permuted = await net.estimate(
      category(rows(2000, (i) => i % 21)),
      rows(2000, (i) => (8 * i) % 21),
    );
    expect(Math.abs(permuted.mi - Math.log(21))).toBeLessThan(0.01);
  });

  test("amounts most of which are zero are no counts: their other values come once", async () => {
    const { uniform, normal } = draws(6);
    const zero = rows(200, () => uniform() < 0.9);
    const amounts = () => zero.map((none) => (none ? 0 : normal()));
    const { mi, kinds, normalized } = await net.estimate(amounts(), amounts());
    expect(kinds).toEqual(["mixture", "mixture"]);
    expect(mi).toBeLessThan(0.45);
    expect(normalized).toBeUndefined();
  });

  test("levels beside a number keep their estimate where rows are read in blocks", async () => {
    const { uniform, normal } = draws(9);
    const level = rows(60_000, () => Math.floor(5 * uniform()));
    const number = level.map((l) => 0.75 * l + normal());
    const few = await net.estimate(category(level.slice(0, 10_000)), number.slice(0, 10_000));
    const many = await net.estimate(category(level), number);
    expect(Math.abs(many.mi - few.mi)).toBeLessThan(0.03);
    const width = ({ interval: [low, high] }: typeof many): number => high - low;
    expect(width(many)).toBeLessThan(0.7 * width(few));
    expect(many.warnings).toEqual([]);
    expect(many.pointwise().every(Number.isFinite)).toBe(true);
  });

  test("tables of very many levels have pointwise values without a table in memory", async () => {
    const [x, y] = [7919, 104_729].map((step) => rows(12_000, (i) => `n${(i * step) % 3001}`));
    const estimate = await net.estimate(x, y);
    expect(estimate.pointwise()).toHaveLength(12_000);
    expect(() => estimate.critic).toThrow(/^the density would have 3001 × 3001 cells; join levels/);
  });

  test("half normal, half binary: numbers with two atoms", async () => {
    const { uniform, normal } = draws(8);
    const pairs = rows(3100, (): [number, number] => {
      if (uniform() < 0.5) {
        const x = normal();
        return [x, 0.9 * x + Math.sqrt(0.19) * normal()];
      }
      const x = uniform() < 0.5 ? 1 : -1;
      return [x, uniform() < 0.8 ? x : -x];
    });
    const truth = Math.LN2 - 0.25 * Math.log(0.19) + 0.4 * Math.log(1.6) + 0.1 * Math.log(0.4);
    const { mi, kinds } = await net.estimate(
      pairs.map(([x]) => x),
      pairs.map(([, y]) => y),
    );
    expect(kinds).toEqual(["mixture", "mixture"]);
    expect(Math.abs(mi - truth)).toBeLessThan(0.06);
  });
});

/** A pair of columns of some kinds. */
function pairOf(seed: number, n: number, kinds: string): [Cell[], Cell[]] {
  const { uniform, normal } = draws(seed);
  const hidden = rows(n, normal);
  const column = (kind: string): Cell[] =>
    hidden.map((value) => {
      const noisy = value + normal();
      if (kind === "text") return `t${Math.round(1.5 * noisy)}`;
      if (kind === "rounded") return Math.round(3 * noisy);
      return uniform() < 0.3 ? 0 : noisy;
    });
  const [a, b] = kinds.split(" ");
  return [column(a), column(b)];
}

const numbersOf = ({ mi, interval, pValue, normalized }: Estimate): number[] => [
  mi,
  ...interval,
  pValue as number,
  normalized ?? 0,
];

function expectEqual(one: Estimate, other: Estimate, digits: number): void {
  numbersOf(one).forEach((value, k) => {
    expect(Math.abs(value - numbersOf(other)[k])).toBeLessThanOrEqual(digits);
  });
}

describe.each([
  ["text text", 1e-12],
  ["text zeros", 1e-6],
  ["text rounded", 1e-6],
  ["zeros zeros", 1e-6],
  ["rounded rounded", 1e-6],
])("%s", (kinds, digits) => {
  const sample = fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 40, max: 200 }));

  test("exchange, order of rows, names of levels and seeds change nothing", async () => {
    await fc.assert(
      fc.asyncProperty(sample, async ([seed, n]) => {
        const [x, y] = pairOf(seed, n, kinds);
        const estimate = await net.estimate(x, y);
        expectEqual(await net.estimate(y, x), estimate, digits);
        expectEqual(await net.estimate(x, y, { seed: 7 }), estimate, 0);
        const order = permutation(seed, n);
        const moved = ([x, y] as const).map((column) => rows(n, (row) => column[order[row]]));
        expectEqual(await net.estimate(moved[0], moved[1]), estimate, digits);
        const name = (cell: Cell): Cell => (typeof cell === "string" ? [...cell].reverse().join("~") : cell);
        expectEqual(await net.estimate(x.map(name), y.map(name)), estimate, digits);
      }),
      { numRuns: 6 },
    );
  });
});

describe("results", () => {
  test("can be posted and printed", async () => {
    const [x, y] = pairOf(5, 100, "text zeros");
    const estimate = await net.estimate(x, y);
    const { mi, interval, pValue, n, kinds, entropies, normalized, warnings } = estimate;
    const data = { mi, interval, pValue, n, kinds, entropies, normalized, warnings };
    expect(structuredClone(estimate)).toEqual(data);
    const printed = JSON.parse(JSON.stringify(estimate)) as Record<string, unknown>;
    expect(printed).toMatchObject({ mi, kinds: ["levels", "mixture"], entropies: [entropies[0], null], n });
    expect(printed.lowerBound).toBe(estimate.lowerBound);
  });

  test("of a table of every kind: each pair has its number or its reason", async () => {
    const n = 120;
    const { normal } = draws(2);
    const matrix = await net.matrix({
      id: rows(n, (i) => `id${i}`),
      big: rows(n, (i) => 2n ** 60n + BigInt(i % 50)),
      day: rows(n, (i) => new Date(1e12 + 1e9 * ((i * 31) % n))),
      yes: rows(n, (i) => (i % 9 === 0 ? null : i % 2 === 0)),
      text: rows(n, (i) => "abc"[i % 3]),
      number: rows(n, normal),
    });
    for (const pair of matrix.pairs) {
      if (pair.x === "id" || pair.y === "id") expect(pair.code).toBe("too-many-levels");
      else expect(pair.error).toBeUndefined();
    }
    expect(matrix.get("yes", "text")).toMatchObject({ n: n - 14, kinds: ["levels", "levels"] });
  });

  test("of tables alone need no network, tell their progress and can be ended", async () => {
    const columns = Object.fromEntries(rows(12, (k) => [`c${k}`, rows(50, (i) => "xyz"[(i * (k + 1)) % 3])]));
    const done: number[] = [];
    const controller = new AbortController();
    const call = net.matrix(columns, {
      signal: controller.signal,
      onProgress: (progress) => {
        done.push(progress.done);
        controller.abort();
      },
    });
    await expect(call).rejects.toMatchObject({
      name: "AbortError",
      partial: { columns: Object.keys(columns) },
    });
    expect(done).toEqual([16]);
  });

  test("pointwise values are those of the levels, and their mean is the bound", async () => {
    const x = rows(80, (i) => (i < 20 ? "a" : "b"));
    const y = rows(80, (i) => (i < 15 || i >= 70 ? "p" : "q"));
    const estimate = await net.estimate(x, y);
    const values = estimate.pointwise();
    expect(values[0]).toBeCloseTo(Math.log((15 * 80) / (20 * 25)), 9);
    expect(values[17]).toBeCloseTo(Math.log((5 * 80) / (20 * 55)), 9);
    const mean = values.reduce((sum, value) => sum + value, 0) / 80;
    expect(estimate.lowerBound).toBeCloseTo(mean, 12);
    expect(estimate.critic.values[0]).toBeCloseTo(values[0], 5);
  });
});
