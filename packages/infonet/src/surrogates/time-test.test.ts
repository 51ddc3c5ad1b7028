import { describe, expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { draws } from "../testing/random.js";
import { panelOf, testInTime, timeColumn } from "./index.js";

type Draws = ReturnType<typeof draws>;

function autoregressive({ normal }: Draws, phi: number, n: number): Float64Array {
  const values = new Float64Array(n);
  values[0] = normal() / Math.sqrt(Math.max(1 - phi * phi, 1e-3));
  for (let t = 1; t < n; t++) values[t] = phi * values[t - 1] + normal();
  return values;
}
function markov({ uniform }: Draws, stay: number, levels: number, n: number): Float64Array {
  const values = new Float64Array(n);
  for (let t = 1; t < n; t++) {
    values[t] = uniform() < stay ? values[t - 1] : Math.floor(uniform() * levels);
  }
  return values;
}

type Kind = "number" | "category";
function test2(
  [x, kindX]: readonly [Float64Array, Kind],
  [y, kindY]: readonly [Float64Array, Kind],
  clusters?: Float64Array,
) {
  const panel = panelOf(x.length, clusters && codeColumn(clusters));
  return testInTime(timeColumn(codeColumn(x), kindX, panel), timeColumn(codeColumn(y), kindY, panel));
}

/** Rejections among so many are above this by accident once in ten thousand cases, if a test has its level of 5 %. */
const TRIALS = 40;
const MOST = 9;

describe("columns in time", () => {
  const laws: [name: string, (random: Draws) => Parameters<typeof test2>][] = [
    [
      "numbers",
      (r) => [
        [autoregressive(r, 0.9, 120), "number"],
        [autoregressive(r, 0.9, 120), "number"],
      ],
    ],
    [
      "numbers with zeros",
      (r) => [
        [autoregressive(r, 0.8, 150).map((v) => Math.max(0, v)), "number"],
        [autoregressive(r, 0.8, 150), "number"],
      ],
    ],
    [
      "levels",
      (r) => [
        [markov(r, 0.8, 3, 200), "category"],
        [markov(r, 0.8, 3, 200), "category"],
      ],
    ],
    [
      "levels and numbers",
      (r) => [
        [markov(r, 0.8, 3, 150), "category"],
        [autoregressive(r, 0.9, 150), "number"],
      ],
    ],
    [
      "panels whose series differ in their means",
      (r) => {
        const clusters = Float64Array.from({ length: 160 }, (_, row) => row % 4);
        const panel = (): Float64Array => {
          const parts = Array.from({ length: 4 }, () => {
            const mean = 3 * r.normal();
            return autoregressive(r, 0.7, 40).map((value) => value + mean);
          });
          return clusters.map((cluster, row) => parts[cluster][Math.floor(row / 4)]);
        };
        return [[panel(), "number"], [panel(), "number"], clusters];
      },
    ],
  ];
  test.each(laws)("independent %s are rarely called dependent", (_, law) => {
    let rejected = 0;
    for (let k = 0; k < TRIALS; k++) if (test2(...law(draws(500 + k))).pValue <= 0.05) rejected++;
    expect(rejected).toBeLessThanOrEqual(MOST);
  });

  test("dependent ones are found, far beyond the number of surrogates", () => {
    const random = draws(1);
    const [a, b] = [autoregressive(random, 0.9, 400), autoregressive(random, 0.9, 400)];
    const y = a.map((value, t) => 0.6 * value + 0.8 * b[t]);
    expect(test2([a, "number"], [y, "number"]).pValue).toBeLessThan(1e-4);
    const levels = a.map((value) => Math.sign(value));
    expect(test2([levels, "category"], [a, "number"]).pValue).toBeLessThan(0.01);
    expect(test2([levels, "category"], [y.map(Math.sign), "category"]).pValue).toBeLessThan(0.05);
  });

  test("exchanging the columns, mirroring and stretching them change nothing", () => {
    const random = draws(2);
    const [x, y] = [autoregressive(random, 0.8, 200), autoregressive(random, 0.8, 200)];
    const { pValue, inflation } = test2([x, "number"], [y, "number"]);
    const others = [
      test2([y, "number"], [x, "number"]),
      test2([x.map((value) => value ** 3), "number"], [y.map((value) => Math.exp(value)), "number"]),
    ];
    for (const other of others) {
      expect(other.pValue).toBe(pValue);
      expect(other.inflation).toBeCloseTo(inflation, 9);
    }
  });

  test("the effective size is Bartlett's", () => {
    const random = draws(3);
    const n = 5000;
    const [x, y] = [autoregressive(random, 0.9, n), autoregressive(random, 0.8, n)];
    // (1 + φψ) / (1 − φψ)
    const { inflation } = test2([x, "number"], [y, "number"]);
    expect(Math.abs(inflation / ((1 + 0.72) / (1 - 0.72)) - 1)).toBeLessThan(0.2);
    expect(
      test2([x, "number"], [Float64Array.from({ length: n }, random.normal), "number"]).inflation,
    ).toBeLessThan(1.2);
  });

  test("trends and random walks are told apart from what returns to its mean", () => {
    const random = draws(4);
    const panel = panelOf(500);
    const drifts = (values: Float64Array): boolean =>
      timeColumn(codeColumn(values), "number", panel).nonstationary();
    expect(drifts(autoregressive(random, 1, 500))).toBe(true);
    expect(drifts(autoregressive(random, 0.5, 500).map((value, t) => value + t / 100))).toBe(true);
    expect(drifts(autoregressive(random, 0.8, 500))).toBe(false);
  });
});
