import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AbortedError } from "./errors.js";
import { GRID } from "./features/index.js";
import { Calibration, type CalibrationTable } from "./inference/calibration.js";
import { InfoNet } from "./infonet.js";
import { draws, normalInformation, normalPair } from "./testing/random.js";
import { releasedNet } from "./testing/released.js";
import type { MutualInformation } from "./types.js";

const net = await releasedNet();

const estimated = (result: MutualInformation | { error: string }): MutualInformation => {
  if (!("mi" in result)) throw new Error(result.error);
  return result;
};

describe("closed forms", () => {
  test.each([0, 0.2, -0.5, 0.8, 0.95, -0.995])("bivariate normal, correlation %f", async (correlation) => {
    const truth = normalInformation(correlation);
    const errors: number[] = [];
    for (let seed = 1; seed <= 8; seed++) {
      const { mi } = await net.estimate(...normalPair(seed, 3000, correlation));
      errors.push(mi - truth);
    }
    const bias = errors.reduce((sum, e) => sum + e, 0) / errors.length;
    // The exact log ratio averaged over the sample has deviation |ρ|/√n; four standard errors and 0.02 on top.
    expect(Math.abs(bias)).toBeLessThan(0.02 + (4 * Math.abs(correlation)) / Math.sqrt(8 * 3000));
  });

  test("two categories that determine each other share their entropy", async () => {
    const { uniform } = draws(5);
    const x = Array.from({ length: 3000 }, () => Math.floor(3 * uniform()));
    const y = x.map((v) => [7, -1, 4][v]);
    const { mi } = await net.estimate(x, y);
    expect(Math.abs(mi / Math.log(3) - 1)).toBeLessThan(0.05);
  });

  test("a category and an independent number share nothing", async () => {
    const { uniform } = draws(6);
    const x = Array.from({ length: 3000 }, () => Math.floor(4 * uniform()));
    const y = Array.from({ length: 3000 }, uniform);
    expect((await net.estimate(x, y)).mi).toBeLessThan(0.01);
  });

  test("a circle is seen, though its correlation is zero", async () => {
    const { uniform, normal } = draws(7);
    const angles = Array.from({ length: 2000 }, () => 2 * Math.PI * uniform());
    const x = angles.map((a) => Math.cos(a) + 0.05 * normal());
    const y = angles.map((a) => Math.sin(a) + 0.05 * normal());
    const { mi, interval, pValue } = await net.estimate(x, y);
    expect(mi).toBeGreaterThan(1);
    expect(interval[0]).toBeGreaterThan(0.9);
    if (pValue !== undefined) expect(pValue).toBeLessThan(1e-6);
  });
});

describe("exact properties", () => {
  const [x, y] = normalPair(11, 800, 0.6);
  const rounded = x.map((v) => Math.round(2 * v));

  test.each([
    ["continuous", x, y],
    ["tied", rounded, y],
    ["tied alike", rounded, rounded.map((v) => -v)],
  ])("%s: exchanging the variables and strictly monotone maps change nothing", async (_, a, b) => {
    const { mi, interval, lowerBound } = await net.estimate(a, b, { seed: 3 });
    const same = async (c: ArrayLike<number>, d: ArrayLike<number>): Promise<void> => {
      const other = await net.estimate(c, d, { seed: 3 });
      expect([other.mi, ...other.interval]).toEqual([mi, ...interval]);
      expect(other.lowerBound).toBeCloseTo(lowerBound, 6);
    };
    await same(b, a);
    await same(
      a.map((v) => -v),
      b,
    );
    await same(
      a.map((v) => Math.exp(v)),
      b.map((v) => -(v ** 3)),
    );
    await same(
      b.map((v) => 1e9 - 1e3 * v),
      a.map((v) => Math.atan(v)),
    );
  });

  test("never negative, ordered, finite, for any data", async () => {
    const value = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const columns = fc
      .integer({ min: 8, max: 40 })
      .chain((n) =>
        fc.tuple(
          fc.array(value, { minLength: n, maxLength: n }),
          fc.array(value, { minLength: n, maxLength: n }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(columns, async ([a, b]) => {
        fc.pre(new Set(a.map((v) => v + 0)).size > 1 && new Set(b.map((v) => v + 0)).size > 1);
        const { mi, interval, pValue, lowerBound, critic } = await net.estimate(a, b);
        expect(interval[0]).toBeGreaterThanOrEqual(0);
        expect(mi).toBeGreaterThanOrEqual(interval[0]);
        expect(interval[1]).toBeGreaterThanOrEqual(mi);
        for (const v of [interval[1], lowerBound]) expect(Number.isFinite(v)).toBe(true);
        // Levels that never meet.
        for (const v of critic.values) expect(v < Infinity).toBe(true);
        if (pValue !== undefined) {
          expect(pValue).toBeGreaterThanOrEqual(0);
          expect(pValue).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("no seed moves an estimate, ties or not", async () => {
    for (const column of [x, rounded]) {
      const [once, again] = [
        await net.estimate(column, y, { seed: 4 }),
        await net.estimate(column, y, { seed: 5 }),
      ];
      expect(again).toEqual(once);
      expect(again.pointwise()).toEqual(once.pointwise());
    }
  });

  test("a pair's result does not depend on the batch it is in", async () => {
    const pairs = Array.from({ length: 21 }, (_, k) => normalPair(k, 100 + 40 * k, k / 25));
    const together = await net.estimateMany(pairs);
    for (const [k, [a, b]] of pairs.entries()) {
      const alone = await net.estimate(a, b);
      expect(estimated(together[k]).mi).toBeCloseTo(alone.mi, 5);
      expect(estimated(together[k]).interval[1]).toBeCloseTo(alone.interval[1], 5);
    }
  });

  test("incomplete rows are left out and counted", async () => {
    const [a, b] = [[...x], [...y]];
    for (let i = 0; i < 100; i++) a[7 * i] = Number.NaN;
    b[3] = Number.NaN;
    const kept = [...a.keys()].filter((i) => !Number.isNaN(a[i]) && !Number.isNaN(b[i]));
    const whole = await net.estimate(
      kept.map((i) => a[i]),
      kept.map((i) => b[i]),
    );
    const result = await net.estimate(a, b);
    expect(result.n).toBe(699);
    expect(result.mi).toBe(whole.mi);
    expect(result.warnings).toContainEqual({
      code: "missing",
      message:
        "101 of 800 rows (13 %) lack one of the values and were left out; the result speaks of the others.",
    });
    const points = result.pointwise();
    expect(points.length).toBe(800);
    expect(points.findIndex(Number.isNaN)).toBe(0);
    expect([...points].filter(Number.isNaN)).toHaveLength(101);
  });
});

test("more rows than the model takes are read in blocks, the same for every orientation", async () => {
  const most = net.info.range[1];
  const [x, y] = normalPair(41, 2 * most, 0.8);
  const result = await net.estimate(x, y);
  expect(result.n).toBe(2 * most);
  expect(result.mi).toBeCloseTo(normalInformation(0.8), 1);
  expect(result.warnings).toEqual([]);
  const turned = await net.estimate(
    y.map((v) => -v),
    x.map((v) => v ** 3),
  );
  expect([turned.mi, ...turned.interval]).toEqual([result.mi, ...result.interval]);
  expect(result.pointwise()).toHaveLength(2 * most);
});

test("every row counts: faint dependence in many rows, and a rare class", async () => {
  const n = 100_000;
  for (const seed of [51, 52, 53]) {
    // Six standard errors.
    expect((await net.estimate(...normalPair(seed, n, 0.02))).pValue).toBeLessThan(1e-3);
  }
  const [noise] = normalPair(54, n, 0);
  const rare = Array.from({ length: n }, (_, row) => (row % 1000 === 7 ? "rare" : "usual"));
  const higher = noise.map((value, row) => value + 2 * Number(rare[row] === "rare"));
  expect((await net.estimate(rare, higher)).pValue).toBeLessThan(1e-20);
  expect((await net.estimate(rare, noise)).pValue).toBeGreaterThan(1e-3);
});

test("more rows are surer: the error and the interval of a hundred thousand", async () => {
  const truth = normalInformation(0.8);
  const few = await net.estimate(...normalPair(55, 10_000, 0.8));
  const many = await net.estimate(...normalPair(56, 100_000, 0.8));
  expect(Math.abs(many.mi - truth)).toBeLessThan(0.01);
  const width = ({ interval: [low, high] }: typeof few): number => high - low;
  expect(width(many)).toBeLessThan(0.5 * width(few));
  expect(many.interval[0]).toBeLessThan(truth);
  expect(many.interval[1]).toBeGreaterThan(truth);
});

test("the interval is the network's, calibrated by the model's own table", async () => {
  const bundled = new URL("../model/", import.meta.url);
  const folder = await mkdtemp(join(tmpdir(), "infonet-model-"));
  await cp(fileURLToPath(bundled), folder, { recursive: true });
  const path = join(folder, "model.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as { files: { calibration?: unknown } };
  delete manifest.files.calibration;
  await writeFile(path, JSON.stringify(manifest));
  const raw = await InfoNet.load({ model: folder });
  const table = JSON.parse(await readFile(new URL("calibration.json", bundled), "utf8")) as CalibrationTable;
  const calibration = new Calibration(table, table.weights);
  const [a, b] = normalPair(51, 400, 0.9);
  const roots = (result: MutualInformation) =>
    [result.interval[0], result.mi, result.interval[1]].map(Math.sqrt);
  const [low, median, high] = roots(await raw.estimate(a, b));
  const calibrated = calibration.interval(low, median, high, 400);
  // The table does change the interval: if it were skipped, it would not show on equal ends.
  expect(Math.abs(calibrated[0] - low)).toBeGreaterThan(1e-4);
  expect(Math.abs(calibrated[1] - high)).toBeGreaterThan(1e-4);
  for (const result of [await net.estimate(a, b), estimated((await net.estimateMany([[a, b]]))[0])]) {
    const [from, middle, to] = roots(result);
    expect(from).toBeCloseTo(calibrated[0], 6);
    expect(middle).toBeCloseTo(median, 6);
    expect(to).toBeCloseTo(calibrated[1], 6);
  }
  await raw.dispose();
});

describe("the critic", () => {
  test("lies the user's way round, has uniform marginals, and its mean over the sample is the bound", async () => {
    const [a, b] = normalPair(21, 2000, -0.8);
    const result = await net.estimate(a, b);
    const { size, values } = result.critic;
    expect(size).toBe(GRID);
    // A falling dependence: low u goes with high v.
    expect(values[(GRID - 4) * GRID + 3]).toBeGreaterThan(1);
    expect(values[3 * GRID + 3]).toBeLessThan(-1);
    for (let j = 0; j < GRID; j++) {
      let row = 0;
      for (let i = 0; i < GRID; i++) row += Math.exp(values[j * GRID + i]) / GRID;
      // The middles of cells are not their means.
      expect(Math.abs(row - 1)).toBeLessThan(0.04);
    }
    const points = result.pointwise();
    expect(points.reduce((sum, p) => sum + p, 0) / points.length).toBeCloseTo(result.lowerBound, 4);
    const swapped = await net.estimate(b, a);
    expect(swapped.critic.values[3 * GRID + 10]).toBeCloseTo(values[10 * GRID + 3], 5);
  });

  test("bits are nats divided by ln 2, in every part of a result", async () => {
    const [a, b] = normalPair(22, 500, 0.7);
    const nats = await net.estimate(a, b);
    const bits = await net.estimate(a, b, { units: "bits" });
    expect(bits.mi).toBeCloseTo(nats.mi / Math.LN2, 12);
    expect(bits.interval[1]).toBeCloseTo(nats.interval[1] / Math.LN2, 12);
    expect(bits.lowerBound).toBeCloseTo(nats.lowerBound / Math.LN2, 12);
    expect(bits.critic.values[99]).toBeCloseTo(nats.critic.values[99] / Math.LN2, 5);
    expect(bits.pointwise()[5]).toBeCloseTo(nats.pointwise()[5] / Math.LN2, 12);
    expect(bits.pValue).toBe(nats.pValue);
  });
});

describe("warnings", () => {
  const codes = async (a: ArrayLike<number>, b: ArrayLike<number>): Promise<string[]> =>
    (await net.estimate(a, b)).warnings.map(({ code }) => code);

  test("few samples, the ceiling", async () => {
    expect(await codes(...normalPair(1, 60, 0.3))).toEqual(["few-samples"]);
    expect(await codes(...normalPair(1, 8, 0.3))).toContain("few-samples");
    expect(await codes(...normalPair(1, 500, 0.3))).toEqual([]);
    const { uniform } = draws(2);
    const x = Array.from({ length: 500 }, uniform);
    const y = Array.from({ length: 500 }, () => Number(uniform() < 0.5));
    expect(await codes(x, y)).toEqual([]);
    for (const n of [60, 200, 1000, 5000]) {
      const z = Array.from({ length: n }, uniform);
      expect(await codes(z, z), `n ${n}`).toContain("near-ceiling");
    }
  });
});

describe("bad input", () => {
  const good = Array.from({ length: 20 }, (_, i) => Math.sin(i));
  test.each([
    ["unequal-lengths", good, good.slice(1), /x has 20 rows and y has 19/],
    ["too-few-samples", good.slice(0, 7), good.slice(0, 7), /x and y have 7 rows; at least 8 are needed/],
    [
      "too-few-samples",
      good,
      good.map((v, i) => (i < 15 ? Number.NaN : v)),
      /x and y have 5 complete rows of 20;/,
    ],
    ["too-few-samples", [], [], /0 rows/],
    ["constant", good, good.map(() => 3), /y is constant in the 20 rows used/],
    ["constant", good, good.map((_, i) => (i < 10 ? Number.NaN : 1)), /y is constant in the 10 rows used/],
    ["not-finite", good, good.map((v, i) => (i === 4 ? Infinity : v)), /y has Infinity at row 4/],
    ["not-finite", good.map((v, i) => (i === 0 ? -Infinity : v)), good, /x has -Infinity at row 0/],
    ["not-a-number", good, good.map((v, i) => (i === 2 ? "7" : v)), /y has numbers and, at row 2, "7"/],
    ["not-a-number", good, undefined, /y is undefined; pass an array/],
    ["not-a-number", "text", good, /x is "text"/],
    ["not-a-number", good, {}, /y is an object/],
    ["constant", good, new BigInt64Array(20), /y is constant/],
    [
      "too-many-levels",
      good.map((_, i) => `n${i}`),
      good,
      /x has 20 levels in 20 rows, 20 of them in one row/,
    ],
  ])("%s", async (code, a, b, message) => {
    const estimate = net.estimate(a as number[], b as number[]);
    await expect(estimate).rejects.toMatchObject({ name: "InfoNetError", code });
    await expect(net.estimate(a as number[], b as number[])).rejects.toThrow(message);
  });

  test.each([
    [{ seed: -1 }, /seed is -1/],
    [{ seed: 0.5 }, /seed is 0.5/],
    [{ seed: "1" }, /seed is "1"/],
    [{ units: "shannons" }, /units is "shannons"; pass "nats" or "bits"/],
  ])("options %j", async (options, message) => {
    await expect(net.estimate(good, good, options as object)).rejects.toThrow(message);
    await expect(net.matrix({ a: good, b: good }, options as object)).rejects.toThrow(message);
  });

  test("a model that is not there, threads that are none", async () => {
    await expect(InfoNet.load({ model: "/nowhere" })).rejects.toMatchObject({ code: "model" });
    await expect(InfoNet.load({ threads: 0 })).rejects.toThrow(/threads is 0/);
  });
});

describe("many pairs", () => {
  const [a, b] = normalPair(31, 300, 0.9);
  const { uniform } = draws(32);
  const c = Array.from({ length: 300 }, () => Math.floor(3 * uniform()));
  const holes = b.map((v, i) => (i % 4 === 0 ? Number.NaN : v));

  test("a matrix has the single estimates in its cells, the strongest first", async () => {
    const table = { a, b, c, holes };
    const matrix = await net.matrix(table, { seed: 2 });
    expect(matrix.pairs).toHaveLength(6);
    expect(matrix.columns).toEqual(["a", "b", "c", "holes"]);
    for (const cell of matrix.pairs) {
      const [x, y] = [cell.x, cell.y] as (keyof typeof table)[];
      const alone = await net.estimate(table[x], table[y], { seed: 2 });
      expect(estimated(cell).mi).toBeCloseTo(alone.mi, 5);
      expect(estimated(cell).n).toBe(alone.n);
      expect(matrix.get(y, x)).toBe(cell);
    }
    const strengths = matrix.pairs.map((cell) => estimated(cell).mi);
    expect(strengths).toEqual([...strengths].sort((p, q) => q - p));
  });

  test("what cannot be computed has its reason, and the rest goes on", async () => {
    const matrix = await net.matrix([
      { name: "a", values: a },
      { name: "flat", values: a.map(() => 2) },
      { name: "inf", values: [...b.slice(0, 299), Infinity] },
      { name: "short", values: b.slice(0, 10) },
      { name: "b", values: b },
    ]);
    expect(estimated(matrix.get("a", "b")!).mi).toBeGreaterThan(0.5);
    const reason = (x: string, y: string) => matrix.get(x, y)?.error;
    expect(reason("a", "flat")).toMatch(/flat is constant/);
    expect(reason("inf", "b")).toMatch(/inf has Infinity at row 299/);
    expect(reason("short", "b")).toMatch(/short has 10 rows and b has 300/);
    expect(matrix.pairs.filter((cell) => cell.error === undefined)).toHaveLength(1);
    expect(matrix.pairs[0].error).toBeUndefined();
  });

  test("a target gives its pairs only; wrong tables are refused", async () => {
    const matrix = await net.matrix({ a, b, c }, { target: "c" });
    expect(matrix.pairs.map(({ x }) => x)).toEqual(["c", "c"]);
    await expect(net.matrix({ a, b }, { target: "z" })).rejects.toMatchObject({ code: "unknown-column" });
    const twice = [
      { name: "a", values: a },
      { name: "a", values: b },
    ];
    await expect(net.matrix(twice)).rejects.toThrow(/two called "a"/);
    const refused = { name: "InfoNetError", code: "invalid-option" };
    for (const none of [null, {}, { a }, new Map(), new Date(), new Set([a, b]), [a, b], a]) {
      await expect(net.matrix(none as never), String(none)).rejects.toMatchObject(refused);
    }
    await expect(net.matrix({ a }, { target: "a" })).rejects.toMatchObject(refused);
  });

  test("a Map of columns is the table that its entries are", async () => {
    const matrix = await net.matrix(new Map<string, ArrayLike<number>>(Object.entries({ a, b, c })), {
      seed: 1,
    });
    expect(JSON.stringify(matrix)).toBe(JSON.stringify(await net.matrix({ a, b, c }, { seed: 1 })));
    expect(matrix.pairs).toHaveLength(3);
  });

  test("every pair names its own x and y, also where pairs share arrays", async () => {
    const [short, infinite] = [a.slice(0, 100), a.with(7, Infinity)];
    const results = await net.estimateMany([
      [short, b],
      [b, short],
      [short, short.map(() => 1)],
      [short.map(() => 1), short],
      [a, infinite],
      [infinite, a],
      [infinite, infinite],
      [undefined as never, a],
      [a, b],
    ]);
    const lengths = "pass equally many, NaN for missing values.";
    const infinity = "Infinity at row 7; pass NaN if it is missing, or a finite value beyond all others.";
    const constant =
      "constant in the 100 rows used; a constant shares no information with anything. Leave it out.";
    expect(results.slice(0, -1)).toEqual([
      { code: "unequal-lengths", error: `x has 100 rows and y has 300; ${lengths}` },
      { code: "unequal-lengths", error: `x has 300 rows and y has 100; ${lengths}` },
      { code: "constant", error: `y is ${constant}` },
      { code: "constant", error: `x is ${constant}` },
      { code: "not-finite", error: `y has ${infinity}` },
      { code: "not-finite", error: `x has ${infinity}` },
      { code: "not-finite", error: `x has ${infinity}` },
      {
        code: "not-a-number",
        error: "x is undefined; pass an array of cells, or { values, kind } with one.",
      },
    ]);
    expect(results[8].code).toBeUndefined();
    expect(estimated(results[8]).n).toBe(300);
    const differentiated = await net.gradientMany([
      [short, b],
      [b, short],
      [a, infinite],
      [infinite, a],
    ]);
    expect(differentiated).toEqual([results[0], results[1], results[4], results[5]]);
  });

  test("a list with something else than pairs in it is refused", async () => {
    const refused = { name: "InfoNetError", code: "invalid-option" };
    for (const pairs of [undefined, { a, b }, [a, b], [[a, b], [a]], [[a, b, c]], new Map([[a, b]])]) {
      await expect(net.estimateMany(pairs as never)).rejects.toMatchObject(refused);
      await expect(net.gradientMany(pairs as never)).rejects.toMatchObject(refused);
    }
  });

  test("a column without a value is told as what it is, with a code", async () => {
    const empty = a.map(() => Number.NaN);
    const error = "empty has no values: all 300 are missing. Leave it out.";
    const matrix = await net.matrix({ a, empty, b });
    expect(matrix.get("a", "empty")).toEqual({ x: "a", y: "empty", error, code: "too-few-samples" });
    expect(matrix.get("b", "empty")?.error).toBe(error);
    expect(matrix.get("a", "b")?.code).toBeUndefined();
    const refused = {
      code: "too-few-samples",
      message: "x has no values: all 300 are missing. Leave it out.",
    };
    await expect(net.estimate(empty, a)).rejects.toMatchObject(refused);
    await expect(net.gradient(empty, a)).rejects.toMatchObject(refused);
    await expect(net.slicedGradient(empty, a)).rejects.toMatchObject(refused);
    const named = { ...refused, message: refused.message.replace("x", "X") };
    await expect(net.joint(empty, a)).rejects.toMatchObject(named);
    await expect(net.sliced(empty, a)).rejects.toMatchObject(named);
    const wide = {
      data: Float64Array.from({ length: 600 }, (_, k) => (k % 2 ? a[k >> 1] : Number.NaN)),
      width: 2,
    };
    await expect(net.conditional(a, b, wide)).rejects.toThrow(
      /^column 0 of Z has no values: all 300 are missing/,
    );
  });

  test("progress ends at the total; an abort keeps what was finished", async () => {
    const pairs = Array.from({ length: 40 }, (_, k) => normalPair(k, 64, 0.5));
    const seen: number[] = [];
    await net.estimateMany(pairs, { onProgress: ({ done, total }) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    const controller = new AbortController();
    const stopped = net.estimateMany(pairs, {
      signal: controller.signal,
      onProgress: () => controller.abort("enough"),
    });
    const error = await stopped.catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AbortedError);
    const { partial, cause, name } = error as AbortedError<(MutualInformation | undefined)[]>;
    expect(name).toBe("AbortError");
    expect(cause).toBe("enough");
    expect(partial.filter((r) => r !== undefined)).toHaveLength(16);
    const matrix = net.matrix({ a, b, c }, { signal: AbortSignal.abort() });
    await expect(matrix).rejects.toMatchObject({ partial: { pairs: [] }, message: /after 0 of 3 pairs/ });
  });
});

test("calls after dispose are refused", async () => {
  const other = await InfoNet.load();
  const [a, b] = normalPair(1, 20, 0);
  await other.estimate(a, b);
  await other.dispose();
  await other.dispose();
  await expect(other.estimate(a, b)).rejects.toMatchObject({ code: "disposed" });
  await expect(other.matrix({ a, b })).rejects.toMatchObject({ code: "disposed" });
});
