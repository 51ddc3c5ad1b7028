import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws, normalInformation, normalPair, permutation } from "../testing/random.js";
import { gaussian } from "./gaussian.js";
import { goldenSample, matrix } from "./golden/samples.js";
import { GOLDEN } from "./golden/values.js";

describe("closed forms", () => {
  test.each([0, 0.3, -0.6, 0.9, 0.99])("bivariate normal, correlation %f", (r) => {
    let mi = 0;
    for (let seed = 1; seed <= 8; seed++) mi += gaussian(...normalPair(seed, 3000, r)) / 8;
    // The estimate has deviation |r|/√n; four standard errors, and 0.01 for the ends of the normal scores.
    expect(Math.abs(mi - normalInformation(r))).toBeLessThan(0.01 + (4 * Math.abs(r)) / Math.sqrt(8 * 3000));
  });

  test("without scores and correction it is −½ ln(1 − r²) of the sample's own correlation", () => {
    // Correlation 0.8 by construction: Σxy = 8, Σx² = Σy² = 10.
    const mi = gaussian([-2, -1, 0, 1, 2], [-1, -2, 0, 2, 1], { normalScores: false, biasCorrection: false });
    expect(mi).toBeCloseTo(normalInformation(0.8), 13);
  });

  test("three columns against two that are mixtures of them", () => {
    let mi = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const [x1, y1] = normalPair(seed, 3000, 0.6);
      const [x2, y2] = normalPair(seed + 50, 3000, -0.5);
      const [x3] = normalPair(seed + 90, 3000, 0);
      const mixed = y1.map((v, row) => v + y2[row]);
      // Invertible mixtures of the columns of one variable leave the information alone.
      const other = y1.map((v, row) => 2 * v - y2[row]);
      mi += gaussian(matrix(x1, x2, x3), matrix(mixed, other)) / 4;
    }
    expect(Math.abs(mi - normalInformation(0.6) - normalInformation(0.5))).toBeLessThan(0.03);
  });

  test("the correction takes off the bias of small samples", () => {
    const runs = 300;
    let [plain, corrected] = [0, 0];
    for (let seed = 1; seed <= runs; seed++) {
      const { normal } = draws(seed);
      const columns = Array.from({ length: 4 }, () => Float64Array.from({ length: 30 }, normal));
      const pair = [matrix(columns[0], columns[1]), matrix(columns[2], columns[3])] as const;
      plain += gaussian(...pair, { normalScores: false, biasCorrection: false }) / runs;
      corrected += gaussian(...pair, { normalScores: false }) / runs;
    }
    expect(plain).toBeGreaterThan(0.06);
    expect(Math.abs(corrected)).toBeLessThan(0.012);
  });

  test("a column that follows from others is without bound, or refused within a variable", () => {
    const [x, y] = normalPair(1, 100, 0.5);
    expect(
      gaussian(
        x,
        x.map((v) => Math.exp(v)),
      ),
    ).toBe(Infinity);
    expect(() => gaussian(matrix(x, x), y)).toThrow(
      "x has 2 columns of which one is a linear combination of the others; leave it out.",
    );
  });
});

describe("properties", () => {
  const [x, y] = normalPair(5, 200, 0.6);
  const [z] = normalPair(6, 200, 0);

  test("exchange and permutation change nothing but rounding", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const rows = permutation(seed, x.length);
        const turned = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]);
        const mi = gaussian(matrix(x, z), y);
        expect(gaussian(turned(y), matrix(turned(z), turned(x)))).toBeCloseTo(mi, 12);
      }),
    );
  });

  test("strictly increasing maps change nothing", () => {
    expect(
      gaussian(
        x.map((v) => Math.exp(v)),
        y.map((v) => v ** 3),
      ),
    ).toBe(gaussian(x, y));
  });
});

test("golden values of gcmi", () => {
  const { x1, x2, y1, y2 } = goldenSample();
  expect(gaussian(x1, y1)).toBeCloseTo(GOLDEN["gcmi x1 y1"], 12);
  const [x, y] = [matrix(x1, x2), matrix(y1, y2)];
  expect(gaussian(x, y)).toBeCloseTo(GOLDEN["gcmi x1,x2 y1,y2"], 12);
  const raw = gaussian(x, y, { biasCorrection: false });
  expect(raw).toBeCloseTo(GOLDEN["gcmi x1,x2 y1,y2 uncorrected"], 12);
});
