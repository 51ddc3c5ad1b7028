import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws, normalInformation, normalPair, permutation } from "../testing/random.js";
import { goldenSample, matrix } from "./golden/samples.js";
import { GOLDEN } from "./golden/values.js";
import { type HistogramOptions, histogram } from "./histogram.js";

const KINDS: HistogramOptions[] = [
  { bins: 8 },
  { bins: "freedman-diaconis" },
  { bins: "equiprobable" },
  { bins: "adaptive" },
];

describe("closed forms", () => {
  // Bins lose what happens inside them, so strong dependence comes out low; 0.9 is the end of the fair cases.
  const cases = [0, 0.3, -0.6, 0.8, 0.9].flatMap((r) => [
    { r, bins: "equiprobable" as const, correction: "miller-madow" as const },
    { r, bins: "adaptive" as const, correction: "none" as const },
  ]);
  test.each(cases)("bivariate normal, correlation $r, $bins", ({ r, bins, correction }) => {
    let mi = 0;
    for (let seed = 1; seed <= 6; seed++)
      mi += histogram(...normalPair(seed, 5000, r), { bins, correction }) / 6;
    expect(Math.abs(mi - normalInformation(r))).toBeLessThan(0.03);
  });

  test("a diagonal of b bins has ln b", () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => i);
    expect(histogram(x, x, { bins: 10 })).toBeCloseTo(Math.log(10), 12);
    expect(histogram(x, x, { bins: "equiprobable", count: 16 })).toBeCloseTo(Math.log(16), 12);
  });

  test("a full grid has none", () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => i % 20);
    const y = Float64Array.from({ length: 400 }, (_, i) => Math.floor(i / 20));
    for (const options of KINDS) expect(histogram(x, y, options)).toBeCloseTo(0, 12);
  });

  test("adaptive: quarters by hand", () => {
    // All points in two opposite quarters, and evenly spread in them: ln 2.
    const side = 32;
    const block = Array.from({ length: side * side }, (_, i) => [Math.floor(i / side), i % side]);
    const x = [...block.map(([a, b]) => a + b / 100), ...block.map(([a, b]) => 100 + a + b / 100)];
    const y = [...block.map(([a, b]) => b + a / 100), ...block.map(([a, b]) => 100 + b + a / 100)];
    expect(histogram(x, y, { bins: "adaptive" })).toBeCloseTo(Math.LN2, 12);
  });

  test("several columns: what one of them tells", () => {
    const [x, y] = normalPair(1, 5000, 0.8);
    const { uniform } = draws(2);
    const noise = Float64Array.from({ length: 5000 }, uniform);
    const options = { bins: "equiprobable", count: 6, correction: "miller-madow" } as const;
    expect(histogram(matrix(noise, x), y, options)).toBeCloseTo(histogram(x, y, options), 1);
  });
});

describe("exact properties", () => {
  const sample = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 5 })), {
      minLength: 5,
      maxLength: 100,
    })
    .map((pairs) => [pairs.map(([x]) => x), pairs.map(([, y]) => y)])
    .filter((columns) => columns.every((column) => new Set(column).size > 1));

  test.each(KINDS)("exchanging the variables changes nothing: %o", (options) => {
    fc.assert(
      fc.property(sample, fc.nat(), ([x, y], seed) => {
        const mi = histogram(x, y, { ...options, seed });
        expect(mi).not.toBeNaN();
        expect(histogram(y, x, { ...options, seed })).toBeCloseTo(mi, 12);
      }),
    );
  });

  test.each(KINDS.slice(0, 3))(
    "permuting the rows changes nothing, and it is not negative: %o",
    (options) => {
      fc.assert(
        fc.property(sample, fc.nat(), ([x, y], seed) => {
          const mi = histogram(x, y, options);
          expect(mi).toBeGreaterThanOrEqual(0);
          const rows = [...permutation(seed, x.length)];
          const turned = (column: number[]) => rows.map((row) => column[row]);
          expect(histogram(turned(x), turned(y), options)).toBe(mi);
        }),
      );
    },
  );

  test.each(KINDS.slice(2))("strictly increasing maps change nothing: %o", (options) => {
    fc.assert(
      fc.property(sample, ([x, y]) => {
        const mapped = histogram(
          x.map((v) => Math.exp(v / 3)),
          y.map((v) => v ** 3 - 7),
          options,
        );
        expect(mapped).toBe(histogram(x, y, options));
      }),
    );
  });
});

test("half of the values tied: bins by the standard deviation", () => {
  const { uniform } = draws(3);
  const x = Array.from({ length: 300 }, (_, i) => (i % 5 === 0 ? uniform() : 0));
  expect(histogram(x, x)).toBeGreaterThan(0.3);
});

test("adaptive bins say what they cannot do", () => {
  const [x, y] = normalPair(1, 50, 0);
  const adaptive = { bins: "adaptive" } as const;
  expect(() => histogram(matrix(x, y), y, adaptive)).toThrow(
    'bins is "adaptive" and x and y have 2 and 1 columns; pass one column each, or other bins.',
  );
  expect(() => histogram(x, y, { ...adaptive, correction: "miller-madow" })).toThrow(
    /^correction is "miller-madow" and bins is "adaptive"/,
  );
});

test("golden values of numpy's histograms", () => {
  const { x1, y1 } = goldenSample();
  expect(histogram(x1, y1)).toBeCloseTo(GOLDEN["numpy fd x1 y1"], 12);
  expect(histogram(x1, y1, { bins: 10 })).toBeCloseTo(GOLDEN["numpy 10 bins x1 y1"], 12);
});

test("whole numbers on the edges of bins are in the bin above, but the last", () => {
  for (const [largest, bins] of [
    [100, 100],
    [22, 22],
    [200, 50],
  ]) {
    const x = Float64Array.from({ length: largest + 1 }, (_, value) => value);
    const counts = new Array(bins).fill(largest / bins);
    counts[bins - 1]++;
    const entropy = counts.reduce((sum, c) => sum - (c / x.length) * Math.log(c / x.length), 0);
    expect(histogram(x, x, { bins }), `${largest} in ${bins}`).toBeCloseTo(entropy, 12);
  }
});
