import { describe, expect, test } from "vitest";
import { evalColumns, HAS_TABLES } from "../testing/eval-tables.js";
import { levelsAtRandom, texts } from "../testing/levels.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

describe("levels alone: the table", () => {
  test("two columns that determine a class together", async () => {
    const { uniform } = draws(1);
    const [a, b] = [levelsAtRandom(2000, 6, uniform), levelsAtRandom(2000, 5, uniform)];
    const y = a.map((v, row) => (3 * v + 2 * b[row] + (v > 3 ? 1 : 0)) % 4);
    const result = await net.joint([texts(a, "a"), texts(b, "b")], texts(y, "y"));
    const shares = [0, 1, 2, 3].map((k) => y.filter((v) => v === k).length / y.length);
    const entropy = -shares.reduce((sum, p) => sum + p * Math.log(p), 0);
    expect(Math.abs(result.mi - entropy)).toBeLessThan(0.02);
    expect(result.pValue).toBeLessThan(1e-100);
    expect(result).toMatchObject({
      basis: "table",
      kinds: { x: ["levels", "levels"], y: ["levels"] },
      order: { x: ["x0", "x1"], y: ["y0"] },
      contributions: [{ x: "x0, x1", y: "y0" }],
      warnings: [],
    });
    // Numbers of few values are the same levels; names, seeds and the order of the rows mean nothing.
    const numbers = await net.joint([a, b], y, { seed: 7 });
    expect([numbers.mi, numbers.interval, numbers.pValue]).toEqual([
      result.mi,
      result.interval,
      result.pValue,
    ]);
    const other = await net.joint(texts(y, "q").toReversed(), [
      texts(b, "").toReversed(),
      texts(a, "z").toReversed(),
    ]);
    expect([other.mi, other.interval, other.pValue]).toEqual([result.mi, result.interval, result.pValue]);
    const bits = await net.joint([a, b], y, { units: "bits" });
    expect(bits.mi).toBeCloseTo(result.mi / Math.LN2, 10);
  });

  test("independent columns: nothing, an interval that is not of width 0, no p-value to speak of", async () => {
    const { uniform } = draws(2);
    const columns = [3, 4, 2].map((levels) => texts(levelsAtRandom(600, levels, uniform), "v"));
    const { mi, interval, pValue } = await net.joint(columns.slice(0, 2), columns[2]);
    expect(mi).toBeLessThan(0.01);
    expect(interval[0]).toBe(0);
    expect(interval[1]).toBeGreaterThan(0.001);
    expect(pValue).toBeGreaterThan(0.05);
  });

  test("more combinations than rows: what can be counted, and a word", async () => {
    const { uniform } = draws(3);
    const n = 300;
    const x = Array.from({ length: 10 }, () => levelsAtRandom(n, 3, uniform));
    const y = x[4].map((v) => (uniform() < 0.8 ? v : Math.floor(3 * uniform())));
    const columns = x.map((column) => texts(column, "v"));
    const { mi, pValue, warnings } = await net.joint(columns, texts(y, "y"));
    // ln 3 − H(0.867, 0.067, 0.067) = 0.614.
    expect(Math.abs(mi - 0.614)).toBeLessThan(0.12);
    expect(pValue).toBeLessThan(1e-20);
    expect(warnings.map(({ code }) => code)).toContain("many-levels");
    expect(warnings[0].message).toContain("at least");
  });

  test("a column whose levels hardly come again is refused", async () => {
    const ids = Array.from({ length: 50 }, (_, row) => `id${row}`);
    const y = ids.map((_, row) => `y${row % 3}`);
    await expect(net.joint([ids, y], y)).rejects.toMatchObject({
      code: "too-many-levels",
      message: expect.stringMatching(/^column 0 of X has 50 levels in 50 rows, 50 of them in one row each; /),
    });
  });
});

describe("levels and numbers: the chain rule", () => {
  test("one class column against two numbers that no line tells apart", async () => {
    const { uniform, normal } = draws(4);
    const n = 1200;
    const kind = levelsAtRandom(n, 2, uniform);
    const v = kind.map(normal);
    const w = kind.map((k, row) => Math.abs(normal()) * (k === 1 ? 1 : -1) * Math.sign(v[row]));
    const { mi, interval, pValue, basis } = await net.joint(texts(kind, "k"), [v, w]);
    expect(Math.abs(mi - Math.LN2)).toBeLessThan(0.1 * Math.LN2);
    expect(interval[1]).toBeGreaterThan(mi);
    expect(pValue).toBeLessThan(1e-50);
    expect(basis).toBe("chain");
    const none = await net.joint(texts(levelsAtRandom(n, 2, uniform), "k"), [v, w]);
    expect(none.mi).toBeLessThan(0.01);
    expect(none.pValue).toBeGreaterThan(0.01);
  });

  test("a sign that a class decides: nothing by itself, all of it together", async () => {
    const { uniform, normal } = draws(5);
    const kind = levelsAtRandom(1500, 2, uniform);
    const w = kind.map(normal);
    const y = kind.map((k, row) => (k === 1 ? 0.8 : -0.8) * w[row] + 0.6 * normal());
    const result = await net.joint([texts(kind, "k"), w], y);
    expect(Math.abs(result.mi - normalInformation(0.8))).toBeLessThan(0.06);
    expect(result.pValue).toBeLessThan(1e-50);
    expect(result.contributions.map(({ x, y }) => [x, y])).toEqual([
      ["x1 | x0", "y0 | x0"],
      ["x0", "y0"],
    ]);
    const swapped = await net.joint(y, [texts(kind, "q"), w]);
    expect(Math.abs(swapped.mi - result.mi)).toBeLessThan(1e-9);
  });

  test("constants are left out, with a word; nothing but constants is refused", async () => {
    const { uniform, normal } = draws(6);
    const kind = texts(levelsAtRandom(200, 2, uniform), "k");
    const y = kind.map(normal);
    const { warnings } = await net.joint([kind, kind.map(() => "one")], y);
    expect(warnings.map(({ code }) => code)).toEqual(["dropped-columns"]);
    await expect(net.joint([kind.map(() => "one"), kind.map(() => 1)], y)).rejects.toMatchObject({
      code: "constant",
      message: expect.stringMatching(/^all columns of X are constant in the 200 rows used; /),
    });
  });
});

describe.runIf(HAS_TABLES)("real tables", () => {
  test("the Titanic: class, sex and age against survival", async () => {
    const { mi, pValue } = await net.joint(
      evalColumns("titanic", "Class", "Sex", "Age"),
      evalColumns("titanic", "Survived"),
    );
    expect(Math.abs(mi - 0.15)).toBeLessThan(0.005);
    expect(pValue).toBeLessThan(1e-100);
  });

  test("hair and eyes against sex", async () => {
    const { interval, pValue } = await net.joint(
      evalColumns("hair-eye", "Hair", "Eye"),
      evalColumns("hair-eye", "Sex"),
    );
    expect(interval[1]).toBeGreaterThan(0.005);
    expect(pValue).toBeGreaterThan(0.05);
  });
});
