import { describe, expect, test } from "vitest";
import { AliasTable, shiftedLattice, systematic } from "./distribution.js";
import { Random } from "./random.js";

/** sfc32 from its definition, in big integers. */
function* reference(state: readonly bigint[]): Generator<number> {
  const word = (v: bigint): bigint => BigInt.asUintN(32, v);
  let [a, b, c, counter] = state;
  for (;;) {
    const t = word(a + b + counter);
    counter = word(counter + 1n);
    a = b ^ (b >> 9n);
    b = word(c + (c << 3n));
    c = word(word((c << 21n) | (c >> 11n)) + t);
    yield Number(t);
  }
}

function stateOf(rng: Random): bigint[] {
  const { state } = rng as unknown as { state: Int32Array };
  return Array.from(state, (v) => BigInt(v >>> 0));
}

function moments(draw: () => number, count: number): { mean: number; variance: number; fourth: number } {
  let mean = 0;
  let variance = 0;
  let fourth = 0;
  for (let i = 0; i < count; i++) {
    const v = draw();
    mean += v / count;
    variance += v ** 2 / count;
    fourth += v ** 4 / count;
  }
  return { mean, variance: variance - mean ** 2, fourth };
}

describe("Random", () => {
  test("follows the definition of sfc32", () => {
    const rng = new Random(42, 7);
    const expected = reference(stateOf(rng));
    for (let k = 0; k < 1000; k++) expect(rng.uint32()).toBe(expected.next().value);
  });

  test("is a function of the seed and the index, each up to its last bit", () => {
    const first = (seed: number | bigint, index: number): number => new Random(seed, index).uint32();
    expect(first(3, 4)).toBe(first(3n, 4));
    const seeds = [0, 1, -1, 2 ** 31, 2 ** 32, 2n ** 63n, 2n ** 40n, 123456789];
    const indices = [0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 45, 2 ** 52];
    const values = new Set(seeds.flatMap((seed) => indices.map((index) => first(seed, index))));
    expect(values.size).toBe(seeds.length * indices.length);
  });

  test("starts the sequence again on reset", () => {
    const rng = new Random(1, 2);
    const a = rng.uint32();
    rng.normal();
    expect(rng.reset(1, 2).uint32()).toBe(a);
  });

  test("fills bins evenly, also across neighbouring indices", () => {
    const bins = 64;
    const draws = 64_000;
    const within = new Float64Array(bins);
    const across = new Float64Array(bins);
    const rng = new Random(5);
    const other = new Random();
    for (let i = 0; i < draws; i++) {
      within[Math.floor(rng.uniform() * bins)]++;
      across[Math.floor(other.reset(5, i).uniform() * bins)]++;
    }
    for (const counts of [within, across]) {
      const chi2 = counts.reduce((sum, c) => sum + (c - draws / bins) ** 2 / (draws / bins), 0);
      expect(chi2).toBeGreaterThan(30);
      expect(chi2).toBeLessThan(115); // 63 degrees of freedom: P ≈ 1e-4
    }
  });

  test("draws normals and gammas with the right moments", () => {
    const rng = new Random(6);
    const normal = moments(() => rng.normal(), 200_000);
    expect(normal.mean).toBeCloseTo(0, 1.9);
    expect(Math.abs(normal.variance - 1)).toBeLessThan(0.015);
    expect(Math.abs(normal.fourth - 3)).toBeLessThan(0.12);
    for (const shape of [0.3, 1, 4]) {
      const gamma = moments(() => rng.gamma(shape), 200_000);
      expect(Math.abs(gamma.mean / shape - 1)).toBeLessThan(0.03);
      expect(Math.abs(gamma.variance / shape - 1)).toBeLessThan(0.06);
    }
  });

  test("draws weights that sum to one", () => {
    const rng = new Random(8);
    for (let size = 1; size < 50; size++) {
      const weights = rng.dirichlet(size, 0.5);
      expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...weights)).toBeGreaterThan(0);
    }
  });
});

describe("drawing of components", () => {
  const weights = Float64Array.from([0.5, 0.01, 0.09, 0.1, 0.3]);

  test("by alias has the given probabilities", () => {
    const table = new AliasTable(weights);
    const rng = new Random(9);
    const counts = new Float64Array(weights.length);
    for (let i = 0; i < 100_000; i++) counts[table.draw(rng)]++;
    weights.forEach((w, k) => {
      expect(Math.abs(counts[k] - 1e5 * w)).toBeLessThan(5 * Math.sqrt(1e5 * w * (1 - w)));
    });
  });

  test("systematically rounds each share up or down, without bias", () => {
    const rng = new Random(10);
    const m = 37;
    const rounds = 4000;
    const out = new Uint16Array(m);
    const mean = new Float64Array(weights.length);
    for (let r = 0; r < rounds; r++) {
      systematic(rng, weights, out, m);
      const counts = new Float64Array(weights.length);
      for (const k of out) counts[k]++;
      counts.forEach((c, k) => {
        expect(Math.abs(c - m * weights[k])).toBeLessThan(1);
        mean[k] += c / rounds;
      });
    }
    mean.forEach((c, k) => {
      expect(Math.abs(c - m * weights[k])).toBeLessThan(5 * (0.5 / Math.sqrt(rounds)));
    });
  });

  test("fills the square evenly on the lattice", () => {
    const m = 1000;
    const u = new Float64Array(m);
    const v = new Float64Array(m);
    shiftedLattice(new Random(11), u, v, m);
    const cells = new Float64Array(64);
    for (let j = 0; j < m; j++) cells[Math.floor(u[j] * 8) * 8 + Math.floor(v[j] * 8)]++;
    // Independent points would show a deviation of 4 and extremes near ± 10.
    for (const count of cells) expect(Math.abs(count - m / 64)).toBeLessThan(5);
  });
});
