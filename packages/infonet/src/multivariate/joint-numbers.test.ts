import { describe, expect, test } from "vitest";
import { AbortedError } from "../errors.js";
import type { InfoNet } from "../infonet.js";
import { stream } from "../numerics/random.js";
import { mapped, matrix, normalVectors, type TestMatrix } from "../testing/matrices.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

describe("closed forms", () => {
  test("two normal pairs among three coordinates each", async () => {
    const truth = 2 * normalInformation(0.8);
    const { mi, interval, lowerBound, contributions, warnings } = await net.joint(
      ...normalVectors(1, 2000, 3, 2, 0.8),
    );
    // Standard error of the mean log ratio: √(2 · 0.64/2000) = 0.025; three of them, and 3 % for the network.
    expect(Math.abs(mi - truth)).toBeLessThan(0.11);
    expect(interval[0]).toBeLessThanOrEqual(mi);
    expect(interval[1]).toBeGreaterThanOrEqual(mi);
    expect(lowerBound).toBeLessThan(truth + 0.1);
    expect(lowerBound).toBeGreaterThan(0.7 * truth);
    const [first, second, ...others] = contributions;
    expect(first.mi + second.mi).toBeGreaterThan(0.85 * truth);
    expect(others.filter(({ independent }) => independent).length).toBeGreaterThan(others.length / 2);
    expect(warnings).toEqual([]);
  });

  test("one common factor of many columns: canonical variates find it", async () => {
    const { normal } = draws(2);
    const [n, d] = [1500, 8];
    const factor = Float64Array.from({ length: n }, normal);
    const side = () =>
      matrix(n, d, (row, i) => {
        for (let k = 0; k < d; k++) row[k] = (factor[i] + normal()) * Math.SQRT1_2;
      });
    const truth = -0.5 * Math.log(1 - (0.5 * d) ** 2 / (1 + 0.5 * (d - 1)) ** 2);
    const { mi, basis, order } = await net.joint(side(), side());
    expect(basis).toBe("canonical");
    expect(order.x[0]).toBe("f1");
    expect(Math.abs(mi - truth)).toBeLessThan(0.12);
  });

  test("of more columns than can be tried, the interval is open and says so, unless all are asked for", async () => {
    const [x, y] = normalVectors(6, 40, 14, 2, 0.7);
    const first = y.data.filter((_, k) => k % 14 === 0);
    const some = await net.joint(x, first);
    expect(some.interval[1]).toBe(Infinity);
    expect(some.warnings.map(({ code }) => code)).toContain("open-interval");
    const told = some.warnings.find(({ code }) => code === "open-interval")?.message;
    expect(told).toMatch(/of 14 columns \d+ (columns|combinations) are looked at/);
    const all = await net.joint(x, first, { basis: "given" });
    expect(all.interval[1]).toBeLessThan(Infinity);
    const few = await net.joint(normalVectors(6, 40, 12, 2, 0.7)[0], first);
    expect(few.interval[1]).toBeLessThan(Infinity);
  });

  test("a common scale, invisible to every correlation of the columns: nonlinear variates find it", async () => {
    const { normal } = draws(3);
    const n = 2000;
    // Student's t with one degree of freedom, identity dispersion, 2 × 2.
    const scale = Float64Array.from({ length: n }, () => 1 / Math.abs(normal()));
    const side = () =>
      matrix(n, 2, (row, i) => {
        row[0] = scale[i] * normal();
        row[1] = scale[i] * normal();
      });
    const { mi, lowerBound } = await net.joint(side(), side());
    expect(Math.abs(mi - 0.4319)).toBeLessThan(0.12);
    expect(lowerBound).toBeGreaterThan(0.2);
  });

  test("a spiral against its angle", async () => {
    const { normal } = draws(4);
    const [n, r] = [2000, 0.75];
    const phi = (z: number) => 1 / (1 + Math.exp(-1.702 * z));
    const y = Float64Array.from({ length: n }, normal);
    const x = matrix(n, 2, (row, i) => {
      const t = 1.5 * Math.PI * (1 + 2 * phi(r * y[i] + Math.sqrt(1 - r * r) * normal()));
      row[0] = t * Math.cos(t);
      row[1] = t * Math.sin(t);
    });
    const { mi } = await net.joint(x, y);
    expect(Math.abs(mi - normalInformation(r))).toBeLessThan(0.09);
  });

  test("independent vectors share nothing", async () => {
    const { mi, lowerBound } = await net.joint(...normalVectors(5, 1000, 4, 0, 0));
    expect(mi).toBeLessThan(0.04);
    expect(lowerBound).toBeLessThan(0.03);
  });

  test("categories and numbers together: two codes that determine half of a third", async () => {
    const { uniform, normal } = draws(6);
    const n = 2000;
    const x = matrix(n, 2, (row) => {
      row[0] = Math.floor(2 * uniform());
      row[1] = normal();
    });
    const y = matrix(n, 2, (row, i) => {
      row[0] = x.data[2 * i];
      row[1] = normal();
    });
    const { mi, basis, kinds, warnings } = await net.joint(x, y);
    expect(Math.abs(mi - Math.LN2)).toBeLessThan(0.02);
    expect({ basis, kinds, warnings }).toEqual({
      basis: "chain",
      kinds: { x: ["levels", "number"], y: ["levels", "number"] },
      warnings: [],
    });
  });

  test("one column against one is the estimate of the pair", async () => {
    const [x, y] = normalVectors(7, 500, 1, 1, 0.6);
    const { mi } = await net.joint(x, y.data, { seed: 2 });
    expect(mi).toBeCloseTo((await net.estimate(x.data, y.data, { seed: 2 })).mi, 6);
  });
});

describe("never less than one pair of columns alone", () => {
  /** Three kinds that differ in all four columns: no single direction tells them apart. */
  function kinds(seed: number, n: number): [TestMatrix, TestMatrix] {
    const { normal, uniform } = draws(seed);
    const means = [
      [39, 18.3, 190, 37],
      [49, 18.4, 196, 37],
      [47.5, 15, 217, 51],
    ];
    const kind = Uint8Array.from({ length: n }, () => [0, 0, 0, 1, 2, 2][Math.floor(6 * uniform())]);
    const side = (first: number, spread: readonly number[]) =>
      matrix(n, 2, (row, i) => {
        for (const k of [0, 1]) row[k] = means[kind[i]][first + k] + spread[k] * normal();
      });
    return [side(0, [3, 1.1]), side(2, [6, 4])];
  }

  const column = ({ data, width }: TestMatrix, k: number) => data.filter((_, at) => at % width === k);

  test.each([1, 2])("kinds %i: few rows, a mixture", async (seed) => {
    const [x, y] = kinds(seed, 340);
    const pairs: number[] = [];
    for (const i of [0, 1]) {
      for (const j of [0, 1]) pairs.push((await net.estimate(column(x, i), column(y, j))).mi);
    }
    const { mi, candidates } = await net.joint(x, y);
    // Graphs of one pair and of several differ in the last digits.
    expect(mi).toBeGreaterThan(Math.max(...pairs) - 1e-4);
    expect(candidates.map(({ basis }) => basis)).toContain("given");
    const given = await net.joint(x, y, { basis: "given" });
    expect(given.mi).toBeGreaterThan(Math.max(...pairs) - 1e-4);
    expect(given.warnings.map(({ code }) => code)).not.toContain("below-pair");
  });

  test("coordinates that lose the strongest pair are called that", async () => {
    // A circle through the canonical variates of two columns each is a blur.
    const { normal, uniform } = draws(9);
    const n = 800;
    const angles = Float64Array.from({ length: n }, () => 2 * Math.PI * uniform());
    const x = matrix(n, 2, (row, i) => {
      row[0] = Math.cos(angles[i]);
      row[1] = normal();
    });
    const y = matrix(n, 2, (row, i) => {
      row[0] = Math.sin(angles[i]) + 0.3 * x.data[2 * i + 1];
      row[1] = 0.7 * x.data[2 * i + 1] + 0.7 * normal();
    });
    const pair = await net.estimate(column(x, 0), column(y, 0));
    const canonical = await net.joint(x, y, { basis: "canonical" });
    expect(pair.mi - canonical.mi > 0.005).toBe(canonical.warnings.some(({ code }) => code === "below-pair"));
    expect((await net.joint(x, y)).mi).toBeGreaterThan(pair.mi - 1e-4);
  });

  test("independent columns, many pairs, few rows: the largest of many is not believed", async () => {
    let believed = 0;
    for (let trial = 0; trial < 12; trial++) {
      const { normal } = stream(3, trial);
      const [x, y] = [0, 1].map(() => matrix(80, 5, (row) => row.set(row.map(() => normal()))));
      const { warnings } = await net.joint(x, y, { basis: "whitened" });
      if (warnings.some(({ code }) => code === "below-pair")) believed++;
    }
    // One in fifty; were every pair tested by itself, one in three.
    expect(believed).toBeLessThanOrEqual(2);
  });
});

describe("exact properties", () => {
  const [x, y] = normalVectors(11, 400, 2, 1, 0.7);

  test("strictly monotone maps of the columns change nothing; bits are nats over ln 2", async () => {
    const { mi, lowerBound, interval } = await net.joint(x, y, { seed: 1 });
    const other = await net.joint(
      mapped(x, (v, k) => (k === 0 ? Math.exp(v) : v ** 3)),
      mapped(y, (v) => 1e6 * v - 3),
      { seed: 1 },
    );
    expect(other.mi).toBe(mi);
    expect(other.lowerBound).toBe(lowerBound);
    const bits = await net.joint(x, y, { seed: 1, units: "bits" });
    expect(bits.mi).toBeCloseTo(mi / Math.LN2, 12);
    expect(bits.interval[1]).toBeCloseTo(interval[1] / Math.LN2, 12);
  });

  test.each(["given", "whitened", "canonical", "nonlinear"] as const)(
    "%s: exchanging X and Y changes next to nothing",
    async (basis) => {
      const a = await net.joint(x, y, { basis });
      const b = await net.joint(y, x, { basis });
      expect(b.mi).toBeCloseTo(a.mi, 1);
      expect(a.candidates).toEqual([]);
    },
  );

  test("rows with a missing value are left out", async () => {
    const holes = mapped(x, (v) => v);
    for (let row = 0; row < 80; row++) holes.data[2 * row] = Number.NaN;
    const cut = ({ data, width }: TestMatrix) => ({ data: data.slice(160), width });
    const [a, b] = [await net.joint(holes, y), await net.joint(cut(x), cut(y))];
    expect(a.n).toBe(320);
    expect(a.mi).toBe(b.mi);
    expect(a.warnings.map(({ code }) => code)).toContain("missing");
  });
});

describe("odd data", () => {
  const [x, y] = normalVectors(21, 300, 2, 1, 0.7);
  const finite = ({ mi, interval, lowerBound, warnings }: Awaited<ReturnType<InfoNet["joint"]>>): void => {
    for (const value of [mi, interval[0], lowerBound]) expect(Number.isFinite(value)).toBe(true);
    const open = warnings.some(({ code }) => code === "open-interval");
    expect(Number.isFinite(interval[1])).toBe(!open);
  };

  test("constant columns and copies are left out, with a word", async () => {
    const padded = matrix(300, 4, (row, i) => {
      row.set(x.data.subarray(2 * i, 2 * i + 2));
      row[2] = 7;
      row[3] = -2 * row[0];
    });
    const [plain, odd] = [await net.joint(x, y), await net.joint(padded, y)];
    expect(odd.mi).toBe(plain.mi);
    expect(odd.warnings.filter(({ code }) => code === "dropped-columns")).toHaveLength(2);
  });

  test("X = Y: as much as the rows can tell, with a word", async () => {
    const result = await net.joint(x, x);
    finite(result);
    expect(result.mi).toBeGreaterThan(3);
    expect(result.warnings.map(({ code }) => code)).toContain("near-ceiling");
  });

  test("more columns than rows", async () => {
    const wide = normalVectors(22, 24, 40, 1, 0.9);
    const result = await net.joint(...wide);
    finite(result);
    expect(result.warnings.map(({ code }) => code)).toEqual(["few-samples", "open-interval"]);
  });

  test("a column of X among those of Y", async () => {
    const both = matrix(300, 2, (row, i) => row.set([x.data[2 * i + 1], y.data[2 * i]]));
    const result = await net.joint(x, both);
    finite(result);
    expect(result.mi).toBeGreaterThan(3);
  });

  test("nothing but categories", async () => {
    const { uniform } = draws(23);
    const kinds = matrix(300, 2, (row) => {
      row[0] = Math.floor(2 * uniform());
      row[1] = Math.floor(3 * uniform());
    });
    const result = await net.joint(
      kinds,
      mapped(kinds, (v) => 5 - v),
    );
    finite(result);
    // H(X) = ln 2 + ln 3.
    expect(Math.abs(result.mi - Math.log(6))).toBeLessThan(0.02);
    expect(result.basis).toBe("table");
  });

  test("eight rows, the fewest", async () => {
    const [a, b] = normalVectors(24, 8, 2, 1, 0.9);
    const result = await net.joint(a, b);
    finite(result);
    expect(result.warnings.map(({ code }) => code)).toEqual(["few-samples"]);
  });

  test("a sum of the columns beside them", async () => {
    const dependent = matrix(300, 3, (row, i) => {
      row.set(x.data.subarray(2 * i, 2 * i + 2));
      row[2] = row[0] + row[1];
    });
    finite(await net.joint(dependent, y));
  });

  test.each([
    [{ data: [1, 2, 3], width: 2 }, [1], "invalid-option", "X.data has 3 values"],
    [{ data: [1, 2], width: 0 }, [1], "invalid-option", "X.width is 0"],
    [{ data: [1, 2, 3, 4], width: 2 }, [1], "unequal-lengths", "X has 2 rows and Y has 1"],
    [[1, 2, 3], [1, 2, 3], "too-few-samples", "at least 8"],
    [new Float64Array(20), Float64Array.from({ length: 20 }, (_, k) => k), "constant", "X is constant"],
  ])("%j is refused", async (a, b, code, message) => {
    const call = net.joint(a, b);
    await expect(call).rejects.toMatchObject({ name: "InfoNetError", code });
    await expect(call).rejects.toThrow(message);
  });

  test("a basis that there is not", async () => {
    const call = net.joint(x, y, { basis: "best" as "given" });
    await expect(call).rejects.toThrow('basis is "best"; pass "auto", "given"');
  });
});

test("progress ends where it should; an abort ends the call", async () => {
  const [x, y] = normalVectors(31, 200, 3, 1, 0.7);
  const seen: { done: number; total: number }[] = [];
  await net.joint(x, y, { onProgress: (progress) => seen.push(progress) });
  const last = seen[seen.length - 1];
  expect(last.done).toBe(last.total);
  for (let k = 1; k < seen.length; k++) expect(seen[k].done).toBeGreaterThan(seen[k - 1].done);
  const controller = new AbortController();
  const call = net.joint(x, y, { signal: controller.signal, onProgress: () => controller.abort("enough") });
  await expect(call).rejects.toBeInstanceOf(AbortedError);
  await expect(net.joint(x, y, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: "AbortError",
  });
});
