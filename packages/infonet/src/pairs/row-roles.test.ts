/** Rows that are not one independent observation each, by the released model. */

import { describe, expect, test } from "vitest";
import { evalTable, HAS_TABLES } from "../testing/eval-tables.js";
import { draws, normalInformation, normalPair, permutation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";
import type { Column, Estimate, MatrixCell, MutualInformation, PairResult } from "../types.js";

const net = await releasedNet();

const { normal, uniform } = draws(101);
const codes = ({ warnings }: Pick<MutualInformation, "warnings">): string[] =>
  warnings.map(({ code }) => code);
const numbers = (estimate: Estimate) => {
  const { lowerBound: _, ...others } = JSON.parse(JSON.stringify(estimate));
  return others;
};
/** A result that has a number. */
function estimated<Result extends PairResult | MatrixCell>(
  result: Result,
): Extract<Result, MutualInformation> {
  if (result.error !== undefined) throw new Error(result.error);
  return result as Extract<Result, MutualInformation>;
}
/** Rows written as many times as their counts say. */
const written = <Value>(values: ArrayLike<Value>, counts: readonly number[]): Value[] =>
  counts.flatMap((count, row) => new Array<Value>(count).fill(values[row]));

describe("repeated rows", () => {
  const [x, y] = normalPair(3, 200, 0.6);

  test.each([2, 3])("rows written %i times say what they say once, with a warning", async (count) => {
    const counts = new Array<number>(200).fill(count);
    const once = await net.estimate(x, y);
    const again = await net.estimate(written(x, counts), written(y, counts));
    expect(Math.abs(again.mi - once.mi)).toBeLessThan(0.05);
    expect({ ...numbers(again), warnings: [] }).toEqual({ ...numbers(once), warnings: [] });
    expect(again.n).toBe(200);
    expect(again.warnings).toContainEqual({
      code: "repeated-rows",
      message: expect.stringMatching(
        new RegExp(
          `^${200 * (count - 1)} of ${200 * count} rows repeat the x and y of another row,.*200 distinct`,
        ),
      ),
    });
  });

  test("every row has its pointwise value, its copies the same", async () => {
    const order = permutation(8, 260);
    const source = Array.from(order, (k) => k % 200);
    const [a, b] = [source.map((row) => x[row]), source.map((row) => y[row])];
    a[0] = Number.NaN;
    const values = (await net.estimate(a, b)).pointwise();
    expect(values).toHaveLength(260);
    expect(values[0]).toBeNaN();
    const known = new Map<number, number>();
    for (let row = 1; row < 260; row++) {
      expect(values[row]).not.toBeNaN();
      expect(values[row]).toBe(known.get(source[row]) ?? values[row]);
      known.set(source[row], values[row]);
    }
  });

  test("of numbers beside atoms are told of, and used all the same", async () => {
    const zeros = Array.from({ length: 300 }, (_, row) => (row % 4 === 0 ? 0 : normal()));
    const other = Array.from({ length: 300 }, normal);
    expect(codes(await net.estimate(zeros, other))).toEqual([]);
    const told = await net.estimate([...zeros, ...zeros], [...other, ...other]);
    expect(told.n).toBe(600);
    expect(told.warnings[0]).toMatchObject({
      code: "repeated-rows",
      message: expect.stringMatching(
        /^225 of 450 rows without atoms repeat .* take each for one more observation/,
      ),
    });
  });

  test("a rounded column beside itself is not repeated", async () => {
    const rounded = Array.from(x, (value) => Math.round(50 * value));
    expect(codes(await net.estimate(rounded, rounded))).not.toContain("repeated-rows");
  });
});

describe("counts", () => {
  const region = Array.from({ length: 60 }, (_, row) => "abc"[row % 3]);
  const kind = Array.from({ length: 60 }, () => uniform() < 0.4);
  const amount = Array.from({ length: 60 }, () => Math.round(20 * normal()));
  const other = amount.map((value) => value + Math.round(20 * normal()));
  const counts = Array.from({ length: 60 }, () => Math.floor(8 * uniform()));
  const columns: Record<string, Column> = { region, kind, amount, other };
  const names = Object.keys(columns);

  test("every pair is that of the table written out, to the last digit, in any order of the rows", async () => {
    const order = [...permutation(12, 60)];
    const at = <Value>(values: ArrayLike<Value>): Value[] => order.map((row) => values[row]);
    for (const [i, a] of names.entries()) {
      for (const b of names.slice(i + 1)) {
        const [x, y] = [columns[a], columns[b]] as [ArrayLike<never>, ArrayLike<never>];
        const counted = await net.estimate(x, y, { counts });
        const whole = await net.estimate(written(x, counts), written(y, counts));
        expect(numbers(counted), `${a} × ${b}`).toEqual({
          ...numbers(whole),
          warnings: whole.warnings.filter(({ code }) => code !== "serial-dependence"),
        });
        expect(counted.lowerBound).toBeCloseTo(whole.lowerBound, 12);
        const turned = await net.estimate(at(x), at(y), { counts: at(counts) });
        expect(numbers(turned)).toEqual(numbers(counted));
      }
    }
  });

  test("a matrix and a list of pairs take them too", async () => {
    const matrix = await net.matrix(columns, { counts });
    const whole = await net.matrix(
      Object.fromEntries(names.map((name) => [name, written(columns[name] as ArrayLike<never>, counts)])),
    );
    const unordered = (pairs: readonly MatrixCell[]): MatrixCell[] =>
      pairs.map((cell) => ({ ...estimated(cell), warnings: [] }));
    expect(JSON.stringify(unordered(matrix.pairs))).toBe(JSON.stringify(unordered(whole.pairs)));
    const [pair] = await net.estimateMany([[region, kind]], { counts });
    expect(estimated(pair).mi).toBe(estimated(whole.get("region", "kind")!).mi);
  });

  test("the density of two columns of levels, and the values of rows, are those of the table written out", async () => {
    const counted = await net.estimate(region, kind, { counts });
    const whole = await net.estimate(written(region, counts), written(kind, counts));
    expect(counted.critic).toEqual(whole.critic);
    const values = counted.pointwise();
    expect(values).toHaveLength(60);
    for (const [row, count] of counts.entries()) expect(Number.isNaN(values[row])).toBe(count === 0);
    const sum = values.reduce((total, value, row) => total + (counts[row] > 0 ? counts[row] * value : 0), 0);
    expect(sum / counted.n).toBeCloseTo(counted.lowerBound, 12);
  });

  test("missing values are counted in rows of the whole table", async () => {
    const holes = region.map((name, row) => (row < 20 ? null : name));
    const { n, warnings } = await net.estimate(holes, kind, { counts });
    const total = counts.reduce((sum, count) => sum + count, 0);
    const left = counts.slice(0, 20).reduce((sum, count) => sum + count, 0);
    expect(n).toBe(total - left);
    expect(warnings[0].message).toMatch(`${left} of ${total} rows`);
  });

  test("billions of rows of levels are counted; numbers are written out, and refused beyond reason", async () => {
    const many = counts.map((count) => 10_000_000 * count);
    const { n, interval, mi } = await net.estimate(region, kind, { counts: many });
    expect(n).toBe(many.reduce((sum, count) => sum + count, 0));
    expect(interval[1] - interval[0]).toBeLessThan(1e-3);
    expect(mi).toBeLessThanOrEqual(interval[1]);
    const distinct = Array.from({ length: 8000 }, normal);
    const each = distinct.map(() => 10_000);
    await expect(net.estimate(distinct, distinct.map(Math.sin), { counts: each })).rejects.toMatchObject({
      code: "invalid-option",
      message: expect.stringMatching(
        /^counts has a sum of 80000000 for x and y, which are not both levels; at most/,
      ),
    });
  });

  test("what cannot be used is refused", async () => {
    await expect(net.estimate(region, kind, { counts: counts.slice(1) })).rejects.toThrow(
      "x has 60 rows and counts has 59;",
    );
    await expect(net.matrix({ region, kind }, { counts: kind as never })).rejects.toThrow(
      /counts has (true|false)/,
    );
    const none = counts.map((_, row) => Number(row < 5));
    await expect(net.estimate(region, kind, { counts: none })).rejects.toThrow("x and y have 5 rows;");
  });

  test.runIf(HAS_TABLES)("the Titanic's passengers, counted or one by one", async () => {
    const table = evalTable("titanic-counts");
    const frequencies = table.get("Freq") as number[];
    table.delete("Freq");
    const counted = await net.matrix(table as Map<string, Column>, { counts: frequencies });
    const whole = await net.matrix(evalTable("titanic") as Map<string, Column>);
    expect(JSON.stringify(counted.pairs)).toBe(JSON.stringify(whole.pairs));
    expect(counted.get("Sex", "Survived")).toMatchObject({ n: 2201 });
  });
});

/** Columns with effects of clusters, which have one to ten rows. */
function clustered(clusters: number, share: number, rho = 0) {
  const rest = Math.sqrt(1 - rho * rho);
  const table = { x: [] as number[], y: [] as number[], cluster: [] as string[] };
  for (let k = 0; k < clusters; k++) {
    const a = normal();
    const b = rho * a + rest * normal();
    for (let rows = 1 + Math.floor(10 * uniform()); rows > 0; rows--) {
      const e = normal();
      table.x.push(Math.sqrt(share) * a + Math.sqrt(1 - share) * e);
      table.y.push(Math.sqrt(share) * b + Math.sqrt(1 - share) * (rho * e + rest * normal()));
      table.cluster.push(`c${k}`);
    }
  }
  return table;
}

describe("clusters", () => {
  test("are the rows of the result, in whatever order they stand and whatever they are called", async () => {
    const { x, y, cluster } = clustered(60, 0.7, 0.5);
    const estimate = await net.estimate(x, y, { cluster });
    expect(estimate.n).toBe(60);
    const order = [...permutation(13, x.length)];
    const at = <Value>(values: Value[]): Value[] => order.map((row) => values[row]);
    const renamed = at(cluster).map((name) => 1000 - 7 * Number(name.slice(1)));
    const turned = await net.estimate(at(x), at(y), { cluster: renamed, seed: 9 });
    expect(numbers(turned)).toEqual(numbers(estimate));
    const exchanged = await net.estimate(y, x, { cluster });
    expect(exchanged.mi).toBeCloseTo(estimate.mi, 5);
    expect(exchanged.pValue).toBeCloseTo(estimate.pValue as number, 9);
  });

  test("of one row each are the rows", async () => {
    const [x, y] = normalPair(5, 300, 0.4);
    const own = Array.from(x, (_, row) => `row ${row}`);
    expect(numbers(await net.estimate(x, y, { cluster: own }))).toEqual(numbers(await net.estimate(x, y)));
  });

  test("that are constant are one row each, and rows without a cluster are left out", async () => {
    const [x, y] = normalPair(6, 150, 0.4);
    const copies = Array.from({ length: 150 }, () => 1 + Math.floor(4 * uniform()));
    const cluster = written(Array.from(x.keys()), copies);
    const [a, b] = [written(x, copies), written(y, copies)];
    const once = await net.estimate(x, y);
    expect(numbers(await net.estimate(a, b, { cluster }))).toEqual(numbers(once));
    const more = Array.from({ length: 40 }, normal);
    const ids = [...cluster, ...more.map(() => null)];
    const { warnings, ...others } = numbers(
      await net.estimate([...a, ...more], [...b, ...more], { cluster: ids }),
    );
    expect({ ...others, warnings: [] }).toEqual({ ...numbers(once), warnings: [] });
    expect(warnings.map(({ code }: { code: string }) => code)).toContain("missing");
  });

  test("hold the level of the p-value where rows do not", async () => {
    let [rejected, naive] = [0, 0];
    for (let draw = 0; draw < 60; draw++) {
      const { x, y, cluster } = clustered(40, 0.9);
      rejected += Number(((await net.estimate(x, y, { cluster })).pValue as number) < 0.05);
      if (draw < 20) naive += Number(((await net.estimate(x, y)).pValue as number) < 0.05);
    }
    // Binomial: more than nine of sixty have a probability below 10⁻³ at 5 %.
    expect(rejected).toBeLessThanOrEqual(9);
    expect(naive).toBeGreaterThan(12);
  });

  test("a dependence is found and its interval holds the truth", async () => {
    const { x, y, cluster } = clustered(150, 0.5, 0.7);
    const { mi, interval, pValue } = await net.estimate(x, y, { cluster });
    expect(Math.abs(mi - normalInformation(0.7))).toBeLessThan(0.12);
    expect(interval[0]).toBeLessThan(normalInformation(0.7));
    expect(interval[1]).toBeGreaterThan(normalInformation(0.7));
    expect(pValue).toBeLessThan(1e-6);
  });

  test("every row has a pointwise value where no cluster has more than sixteen, and the bound is theirs", async () => {
    const { x, y, cluster } = clustered(50, 0.5, 0.7);
    const estimate = await net.estimate(x, y, { cluster });
    expect(estimate.pointwise().every((value) => !Number.isNaN(value))).toBe(true);
    expect(Number.isFinite(estimate.lowerBound)).toBe(true);
    expect(Number.isFinite(estimate.copula.logDensity(0.3, 0.6))).toBe(true);
  });

  test("pairs of several parts, each of which the network is asked about for every draw", async () => {
    const { x, y, cluster } = clustered(80, 0.5, 0.7);
    const zeros = x.map((value) => (value < -0.3 ? 0 : value));
    const { kinds, n, mi, interval } = await net.estimate(zeros, y, { cluster });
    expect({ kinds, n }).toEqual({ kinds: ["mixture", "number"], n: 80 });
    expect(interval[0]).toBeLessThanOrEqual(mi);
    expect(interval[1]).toBeGreaterThanOrEqual(mi);
    expect(mi).toBeGreaterThan(0.1);
  });

  test("a level so rare that some draws lack it", async () => {
    const { x, cluster } = clustered(40, 0.5);
    const rare = x.map((_, row) => row % 90 === 0);
    const { pValue, mi, n } = await net.estimate(rare, x, { cluster });
    expect(n).toBe(40);
    expect(pValue).toBeGreaterThan(0.01);
    expect(mi).toBeGreaterThanOrEqual(0);
    const never = x.map((_, row) => (row === 0 ? 1 : 0));
    const all = cluster.map((_, row) => (row < 20 ? "large" : `c${row}`));
    expect((await net.estimate(never, x, { cluster: all })).pValue).toBeGreaterThan(0.05);
  });

  test("levels too, with counts, in a matrix and in lists of pairs", async () => {
    const { x, y, cluster } = clustered(60, 0.8, 0.6);
    const [high, group] = [
      x.map((value) => value > 0),
      y.map((value) => "abcd"[Math.min(3, Math.floor(2 + value))] ?? "a"),
    ];
    const table = { x, y, high, group };
    const matrix = await net.matrix(table, { cluster });
    for (const { x: a, y: b, ...cell } of matrix.pairs.map(estimated)) {
      const [first, second] = [table[a as "x"], table[b as "y"]];
      const alone = await net.estimate(first, second, { cluster });
      expect(cell).toMatchObject({ n: 60, kinds: alone.kinds });
      expect(cell.mi).toBeCloseTo(alone.mi, 5);
      const [listed] = await net.estimateMany([[first, second]], { cluster });
      expect(estimated(listed).mi).toBeCloseTo(alone.mi, 5);
    }
    const counts = x.map((_, row) => 1 + (row % 3));
    const counted = await net.estimate(x, group, { cluster, counts });
    const whole = await net.estimate(written(x, counts), written(group, counts), {
      cluster: written(cluster, counts),
    });
    expect(numbers(counted)).toEqual(numbers(whole));
  });

  test("too few of them, or of another length, are refused", async () => {
    const [x, y] = normalPair(7, 60, 0.4);
    const cluster = Array.from(x, (_, row) => row % 5);
    await expect(net.estimate(x, y, { cluster })).rejects.toMatchObject({
      code: "too-few-samples",
      message: "x and y have complete rows in 5 clusters; at least 8 are needed. Collect more of them.",
    });
    await expect(net.estimate(x, y, { cluster: cluster.slice(1) })).rejects.toThrow(
      "x has 60 rows and cluster has 59;",
    );
    await expect(net.estimate(x, y, { cluster: "id" as never })).rejects.toThrow(
      'cluster is "id"; pass a column',
    );
  });

  test.runIf(HAS_TABLES)("patients of the heart transplant study", async () => {
    const table = evalTable("heart");
    const [age, year, cluster] = ["age", "year", "id"].map((name) => table.get(name) as Column);
    const { mi, pValue, n } = await net.estimate(age, year, { cluster });
    expect(n).toBe(103);
    expect(mi).toBeLessThan(0.1);
    expect(pValue).toBeGreaterThan(0.1);
    expect((await net.estimate(age, year)).mi).toBeCloseTo(mi, 5);
  });
});

describe("rows in time", () => {
  const series = (n: number, phi: number): number[] => {
    let value = normal();
    return Array.from({ length: n }, () => {
      value = phi * value + Math.sqrt(1 - phi * phi) * normal();
      return value;
    });
  };

  test("a warning where both columns are series, and nothing else hangs on the order of the rows", async () => {
    const [x, y] = [series(400, 0.9), series(400, 0.9)];
    const told = await net.estimate(x, y);
    expect(codes(told)).toEqual(["serial-dependence"]);
    expect(told.warnings[0].message).toMatch(
      /^rows that follow each other depend on each other, in x and in y,/,
    );
    const order = [...permutation(15, 400)];
    const at = (values: number[]): number[] => order.map((row) => values[row]);
    const mixed = await net.estimate(at(x), at(y));
    expect(numbers(mixed)).toEqual({ ...numbers(told), warnings: [] });
    expect(codes(await net.estimate(x, at(y)))).toEqual([]);
  });

  test("in a matrix too; not with clusters or counts, and not along a sorted column", async () => {
    const [a, b] = [series(300, 0.9), series(300, 0.9)];
    const c = Array.from({ length: 300 }, normal);
    const time = Array.from({ length: 300 }, (_, row) => row);
    const matrix = await net.matrix({ a, b, c, time });
    const told = matrix.pairs.filter((cell) => codes(estimated(cell)).includes("serial-dependence"));
    expect(told.map(({ x, y }) => [x, y])).toEqual([["a", "b"]]);
    expect(codes(await net.estimate(a, b, { cluster: time }))).not.toContain("serial-dependence");
    expect(codes(await net.estimate(a, b, { counts: time.map(() => 1) }))).not.toContain("serial-dependence");
  });

  test("rows between which others are missing may be far enough apart", async () => {
    const [x, y] = [series(6000, 0.8), series(6000, 0.8)];
    const holes = x.map((value, row) => (row % 20 === 0 ? value : Number.NaN));
    expect(codes(await net.estimate(holes, y))).not.toContain("serial-dependence");
    const few = x.map((value, row) => (row % 50 === 0 ? Number.NaN : value));
    expect(codes(await net.estimate(few, y))).toContain("serial-dependence");
  });
});
