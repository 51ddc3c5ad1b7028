import { describe, expect, test } from "vitest";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const N = 300;

/** Normal columns whose correlation, place and scale may differ by group. */
function grouped(seed: number, correlation: (group: string) => number) {
  const { normal, uniform } = draws(seed);
  const group = Array.from({ length: N }, () => (uniform() < 0.4 ? "p" : "q"));
  const x = Float64Array.from(group, (level) => (level === "p" ? 1 : 3) * normal());
  const y = Float64Array.from(group, (level, row) => {
    const r = correlation(level);
    const own = (r * x[row]) / (level === "p" ? 1 : 3) + Math.sqrt(1 - r * r) * normal();
    return level === "p" ? own : 5 + Math.exp(own);
  });
  return { x, y, group };
}

describe("differences", () => {
  test("information of each group, and the pair that differs first", async () => {
    const columns = grouped(1, (level) => (level === "p" ? 0 : 0.8));
    const { normal } = draws(2);
    const z = columns.x.map((value) => value + 3 * normal());
    const result = await net.differences({ ...columns, z }, "group");
    const [p, q] = ["p", "q"].map((level) => columns.group.filter((own) => own === level).length);
    expect(result.groups).toEqual([
      { level: "p", n: p },
      { level: "q", n: q },
    ]);
    expect(result.pairs).toHaveLength(3);
    const [first] = result.pairs;
    expect([first.x, first.y]).toEqual(["x", "y"]);
    expect(first.pValue).toBeLessThan(1e-4);
    expect(first.mi[0]).toBeLessThan(0.05);
    expect(Math.abs(first.mi[1] - normalInformation(0.8))).toBeLessThan(0.15);
    expect(first.difference).toBe(first.mi[1] - first.mi[0]);
    for (const { pValue, qValue } of result.pairs) expect(qValue).toBeGreaterThanOrEqual(pValue);
  });

  test("signs that differ are seen where the information is the same", async () => {
    const { pairs } = await net.differences(
      grouped(3, (level) => (level === "p" ? 0.6 : -0.6)),
      "group",
    );
    expect(pairs[0].pValue).toBeLessThan(1e-4);
    expect(pairs[0].difference).toBeLessThan(0.15);
  });

  test("which columns differ, and groups too small to compare", async () => {
    const columns = grouped(7, () => 0.5);
    const group = columns.group.map((level, row) => (row < 20 ? "few" : level));
    const found = await net.differences({ ...columns, group }, "group");
    expect(found.leftOut).toEqual([{ level: "few", n: 20 }]);
    // Of y the place differs, of x the scale.
    expect(found.columns.map(({ column }) => column)).toEqual(["y", "x"]);
    const [y] = found.columns;
    expect(y.pValue).toBeLessThan(1e-6);
    expect(y.normalized).toBeGreaterThan(0.8);
    expect(y.interval[0]).toBeLessThanOrEqual(y.mi);
    const alone = await net.differences({ x: columns.x, group }, "group");
    expect(alone.pairs).toEqual([]);
    expect(alone.columns).toHaveLength(1);
    const { pairs } = await net.differences({ ...columns, z: columns.y, group }, "group", { target: "x" });
    expect(pairs.map(({ x, y: other }) => `${x}${other}`).sort()).toEqual(["xy", "xz"]);
  });

  test("seeds move nothing; what makes no groups is told", async () => {
    const columns = grouped(4, () => 0.5);
    const [one, two] = [
      await net.differences(columns, "group"),
      await net.differences(columns, "group", { seed: 7 }),
    ];
    expect(two.pairs).toEqual(one.pairs);
    await expect(net.differences(columns, "sex")).rejects.toMatchObject({
      code: "unknown-column",
      message: 'by is "sex"; the columns are "x", "y", "group".',
    });
    await expect(net.differences(columns, "x")).rejects.toMatchObject({
      code: "invalid-option",
      message: '"x" makes 0 groups of 30 rows or more; name a column that makes 2 to 12.',
    });
    const { failed } = await net.differences({ ...columns, flat: new Float64Array(N) }, "group");
    expect(failed.map(({ x, y, code }) => [x, y, code])).toEqual([
      ["flat", "group", "constant"],
      ["x", "flat", "constant"],
      ["y", "flat", "constant"],
    ]);
  });

  test("levels that groups do not have in common are no reason to call their dependences the same", async () => {
    const { x, group } = grouped(5, () => 0.5);
    const letters = Array.from(x, (value, row) => (group[row] === group[0] ? "pq" : "rs")[value > 0 ? 0 : 1]);
    const { pairs, failed, columns } = await net.differences({ x, letters, group }, "group");
    expect(pairs).toEqual([]);
    expect(failed).toHaveLength(1);
    expect(failed[0].error).toContain('"letters" has no two levels that groups have in common');
    expect(columns.find(({ column }) => column === "letters")?.normalized).toBeCloseTo(1, 1);
  });
});
