import { describe, expect, test } from "vitest";
import { levelsAtRandom, texts } from "../testing/levels.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";
import type { Selection } from "./types.js";

const net = await releasedNet();

const namesOf = ({ selected }: Selection): string[] => selected.map(({ column }) => column);

/** Columns of noise under their names. */
function noise(n: number, normal: () => number, names: string): Record<string, Float64Array> {
  return Object.fromEntries([...names].map((name) => [name, Float64Array.from({ length: n }, normal)]));
}

describe("select", () => {
  test("all parents and no others; gains are conditional information and add up", async () => {
    const { normal } = draws(4);
    const columns = noise(800, normal, "abcdef");
    const { a, b } = columns;
    const y = a.map((value, row) => value + 0.8 * b[row] + 0.6 * normal());
    const result = await net.select({ ...columns, y }, "y");
    expect(namesOf(result)).toEqual(["a", "b"]);
    expect(result.stopped).toBe("nothing more is told");
    const [first, second] = result.selected;
    expect(second.total).toBeCloseTo(first.gain + second.gain, 12);
    // ρ of y with a, and of both with y.
    expect(Math.abs(first.gain - normalInformation(Math.sqrt(1 / 2)))).toBeLessThan(0.08);
    expect(Math.abs(second.total - normalInformation(Math.sqrt(1.64 / 2)))).toBeLessThan(0.12);
    const alone = await net.estimate(a, y);
    expect(first.gain).toBeCloseTo(alone.mi, 5);
    expect(first.interval[1]).toBeCloseTo(alone.interval[1], 5);
  });

  test("every column that is selected has a gain that conditional information sees", async () => {
    for (let seed = 0; seed < 12; seed++) {
      const { normal } = draws(500 + seed);
      const columns = noise(300, normal, "pqcdefghij");
      const y = columns.p.map((value, row) => value + 0.6 * columns.q[row] + 0.4 * normal());
      const { selected } = await net.select({ ...columns, y }, "y");
      for (const { interval } of selected) expect(interval[0], `seed ${seed}`).toBeGreaterThan(0);
    }
  });

  test("a copy is told beside its original, and what comes before a cause is left out", async () => {
    const { normal } = draws(5);
    const { cause, noise: rest } = { cause: noise(600, normal, "r"), noise: noise(600, normal, "nop") };
    const m = cause.r.map((value) => 0.8 * value + 0.6 * normal());
    const copy = m.map((value) => value + 0.05 * normal());
    const y = m.map((value) => 0.8 * value + 0.6 * normal());
    const { selected } = await net.select({ ...cause, ...rest, m, copy, y }, "y");
    expect(selected).toHaveLength(1);
    expect([selected[0].column, ...selected[0].same].sort()).toEqual(["copy", "m"]);
  });

  test("what only two tell together is found: either-or of texts, a product of numbers", async () => {
    const { normal, uniform } = draws(6);
    const n = 500;
    const others = noise(n, normal, "abcd");
    const [p, q] = [levelsAtRandom(n, 2, uniform), levelsAtRandom(n, 2, uniform)];
    const either = texts(
      p.map((value, row) => (uniform() < 0.05 ? 1 - (value ^ q[row]) : value ^ q[row])),
      "y",
    );
    const found = await net.select({ ...others, p: texts(p, "p"), q: texts(q, "q"), either }, "either");
    expect(namesOf(found).sort()).toEqual(["p", "q"]);
    expect(found.selected.map(({ together }) => together).sort()).toEqual(["p", "q"]);
    // ln 2 less the entropy of an error in 20.
    expect(Math.abs((found.selected.at(-1)?.total ?? 0) - 0.4946)).toBeLessThan(0.08);
    const product = others.a.map((value, row) => value * others.b[row] + 0.5 * normal());
    expect(namesOf(await net.select({ ...others, product }, "product")).sort()).toEqual(["a", "b"]);
  });

  test("nothing where nothing depends on anything, in 95 of 100 tables or more", async () => {
    let selected = 0;
    for (let draw = 0; draw < 40; draw++) {
      const columns = noise(100, draws(100 + draw).normal, "abcdy");
      if (namesOf(await net.select(columns, "y")).length > 0) selected++;
    }
    // At 5 % six or more of 40 come up once in 71 times.
    expect(selected).toBeLessThan(6);
  });

  test("criteria for wide tables: the parents, without the one that says the same twice", async () => {
    const { normal } = draws(14);
    const columns = noise(400, normal, "abcd");
    const { a, b } = columns;
    const again = a.map((value) => value + 0.3 * normal());
    const y = a.map((value, row) => value + 0.7 * b[row] + 0.6 * normal());
    for (const criterion of ["cmim", "jmi", "mrmr"] as const) {
      const result = await net.select({ ...columns, again, y }, "y", { criterion, most: 2 });
      expect(namesOf(result)).toEqual(["a", "b"]);
      expect(result.criterion).toBe(criterion);
    }
  });

  test("halves of the rows: what is sure is in all of them; totals have intervals; level 1 goes on to the end", async () => {
    const { normal } = draws(15);
    const columns = noise(200, normal, "abc");
    const y = columns.a.map((value) => value + 0.4 * normal());
    const { selected, stability } = await net.select({ ...columns, y }, "y", { resamples: 4 });
    expect(selected.map(({ column, stability: share }) => [column, share])).toEqual([["a", 1]]);
    expect(stability?.[0]).toEqual({ column: "a", share: 1 });
    const [{ total, totalInterval, interval }] = selected;
    expect(totalInterval.map((end) => end - total)).toEqual(
      interval.map((end) => expect.closeTo(end - total, 12)),
    );
    const all = await net.select({ ...columns, y }, "y", { level: 1, most: 3 });
    expect(namesOf(all).sort()).toEqual(["a", "b", "c"]);
    const widths = all.selected.map(({ totalInterval: [low, high] }) => high - low);
    expect(widths).toEqual([...widths].sort((p, q) => p - q));
  });

  test("as many as asked for: beyond what few rows can tell, columns that tell the same come before those that tell nothing", async () => {
    for (const seed of [21, 22, 23]) {
      const { normal } = draws(seed);
      const n = 120;
      const columns = noise(n, normal, "abcdefgh");
      const { a: cause, ...others } = columns;
      const signs = Object.fromEntries(
        [..."stuvw"].map((name) => [name, cause.map((value) => value + 0.5 * normal())]),
      );
      const y = texts(
        Array.from(cause, (value) => (value + 0.5 * normal() > 0 ? 1 : 0)),
        "y",
      );
      const { selected, stopped } = await net.select({ ...others, ...signs, y }, "y", { level: 1, most: 5 });
      expect(selected.map(({ column }) => column).sort()).toEqual([..."stuvw"]);
      expect(stopped).toBe("as many as asked for");
    }
  });

  test("of three classes all count; together no more is told than there is to tell", async () => {
    const { normal, uniform } = draws(31);
    const n = 500;
    const classes = levelsAtRandom(n, 3, uniform);
    const places = [0, -1.2, 1.2];
    // Beyond the first, which tells one class, the other two are 2.4 apart in one column and 1.8 in the other.
    const columns = {
      first: classes.map((level) => (level === 0 ? 6 : 0) + normal()),
      both: classes.map((level) => places[level] + normal()),
      one: classes.map((level) => (level === 2 ? 1.8 : 0) + normal()),
      sure: texts(
        classes.map((level) => (uniform() < 0.02 ? 0 : level)),
        "s",
      ),
    };
    const { sure: _, ...numbers } = columns;
    const y = texts(classes, "y");
    const order = await net.select({ ...numbers, y }, "y");
    expect(namesOf(order).slice(0, 2)).toEqual(["first", "both"]);
    const { selected } = await net.select({ ...columns, y }, "y", { level: 1, most: 4 });
    for (const { total, totalInterval } of selected) {
      expect(total).toBeLessThan(Math.log(3) + 1e-3);
      expect(totalInterval[1]).toBeLessThan(Math.log(3) + 1e-3);
    }
  });

  test("what two numbers tell only together is a gain: ln 2 of an exclusive or of signs", async () => {
    const { normal } = draws(62);
    const columns = noise(600, normal, "abc");
    const y = columns.a.map((value, row) => Math.sign(value * columns.b[row]) * Math.abs(normal()));
    const { selected } = await net.select({ ...columns, y }, "y");
    expect(selected.map(({ column }) => column).sort()).toEqual(["a", "b"]);
    expect(Math.abs(selected[1].total - Math.LN2)).toBeLessThan(0.15);
  });

  test("of a chain through levels the middle; not all columns are selected where one was taken away again", async () => {
    for (let seed = 0; seed < 4; seed++) {
      const { normal, uniform } = draws(50 + seed);
      const levels = levelsAtRandom(600, 3, uniform);
      const moved = () => Float64Array.from(levels, (level) => 2 * level + normal());
      const result = await net.select({ x: moved(), m: texts(levels, "m"), z: moved() }, "z");
      expect(namesOf(result)).toEqual(["m"]);
      expect(result.stopped).toBe("nothing more is told");
    }
  });

  test("the rows that a gain is about are counted: those with all of the columns selected so far", async () => {
    const { normal } = draws(31);
    const n = 300;
    const [a, b] = [0, 1].map(() => Float64Array.from({ length: n }, normal));
    const y = a.map((value, row) => 2 * value + b[row] + 0.3 * normal());
    const partly = b.map((value, row) => (row % 3 === 0 ? Number.NaN : value));
    const { selected } = await net.select({ a, partly, y }, "y");
    expect(selected.map(({ column, n }) => [column, n])).toEqual([
      ["a", n],
      ["partly", 200],
    ]);
  });

  test("columns that no row has together with those selected are told", async () => {
    const { normal } = draws(61);
    const { p, q } = noise(400, normal, "pq");
    const y = p.map((value, row) => value + q[row] + 0.5 * normal());
    const half = (values: Float64Array, part: number) =>
      values.map((value, row) => (row % 2 === part ? Number.NaN : value));
    const { selected, failed } = await net.select({ p: half(p, 0), q: half(q, 1), y }, "y");
    expect(selected).toHaveLength(1);
    expect(failed).toHaveLength(1);
    expect([selected[0].column, failed[0].column].sort()).toEqual(["p", "q"]);
    expect(failed[0].error).toContain(`beyond "${selected[0].column}"`);
  });

  test("names what is wrong with the target, and goes on without columns that cannot be used", async () => {
    const { normal } = draws(7);
    const columns = noise(100, normal, "ab");
    await expect(net.select(columns, "z")).rejects.toMatchObject({ code: "unknown-column" });
    await expect(net.select(columns, undefined as unknown as string)).rejects.toMatchObject({
      code: "invalid-option",
      message: "target is undefined; pass the name of a column.",
    });
    const y = columns.a.map((value) => value + 0.1 * normal());
    const result = await net.select({ ...columns, flat: new Float64Array(100), y }, "y", { most: 1 });
    expect(namesOf(result)).toEqual(["a"]);
    expect(result.stopped).toBe("as many as asked for");
    expect(result.failed).toMatchObject([{ column: "flat", code: "constant" }]);
  });
});
