import { describe, expect, test } from "vitest";
import { normalTailExact } from "./normal.js";
import { Random } from "./random.js";
import { type Segment, SegmentMixture, type Spread } from "./segment-mixture.js";

const spread = (s: Spread, d: number): number =>
  s.shape === "normal"
    ? Math.exp(-0.5 * (d / s.size) ** 2) / (s.size * Math.sqrt(2 * Math.PI))
    : Math.abs(d) <= s.size
      ? 0.5 / s.size
      : 0;

const cdf = (s: Spread, d: number): number =>
  s.shape === "normal" ? 1 - normalTailExact(d / s.size) : Math.min(1, Math.max(0, 0.5 + (0.5 * d) / s.size));

/** Density of B of one segment by integrating over its stretch: no closed form in sight. */
function marginalB(s: Segment, b: number): number {
  const d = b - s.level;
  if (s.slope === 0) return spread(s.noise, d);
  // d = slope·a + noise: average of the noise's distribution function over steps of the stretch.
  const reach = s.stretch.shape === "normal" ? 9 * s.stretch.size : s.stretch.size;
  const steps = 6_000;
  const h = (2 * reach) / steps;
  let sum = 0;
  for (let k = 0; k < steps; k++) {
    const a = -reach + (k + 0.5) * h;
    const low = d - s.slope * (a + h / 2);
    const high = d - s.slope * (a - h / 2);
    sum += (spread(s.stretch, a) * (cdf(s.noise, high) - cdf(s.noise, low))) / s.slope;
  }
  return sum;
}

function reference(segments: Segment[], x: number, y: number): number {
  let joint = 0;
  let alongX = 0;
  let alongY = 0;
  for (const s of segments) {
    const [a, b] = s.exchanged ? [y, x] : [x, y];
    const pa = s.weight * spread(s.stretch, a - s.centre);
    const pb = s.weight * marginalB(s, b);
    joint += pa * spread(s.noise, b - s.level - s.slope * (a - s.centre));
    alongX += s.exchanged ? pb : pa;
    alongY += s.exchanged ? pa : pb;
  }
  return Math.log(joint / alongX / alongY);
}

function randomSegments(rng: Random, size: number): Segment[] {
  const shape = (): Spread["shape"] => (rng.chance(0.5) ? "normal" : "uniform");
  return Array.from(rng.dirichlet(size), (weight) => ({
    weight,
    centre: rng.between(-1, 1),
    level: rng.between(-1, 1),
    slope: rng.chance(0.1) ? 0 : rng.normal(),
    stretch: { shape: shape(), size: rng.logBetween(0.1, 1) },
    noise: { shape: shape(), size: rng.logBetween(0.01, 0.5) },
    exchanged: rng.chance(0.5),
  }));
}

function mixtureOf(segments: Segment[]): SegmentMixture {
  const mixture = new SegmentMixture("test");
  for (const s of segments) mixture.add(s);
  return mixture.finish();
}

describe("SegmentMixture", () => {
  test("agrees with a log ratio by numerical convolution, for every shape", () => {
    const rng = new Random(1);
    const m = 6;
    const x = new Float64Array(m);
    const y = new Float64Array(m);
    const out = new Float64Array(m);
    for (let round = 0; round < 30; round++) {
      const segments = randomSegments(rng, rng.integer(1, 5));
      const mixture = mixtureOf(segments);
      mixture.stratified(rng, x, y, m);
      mixture.logRatio(x, y, m, out);
      for (let j = 0; j < m; j++) {
        expect(Math.abs(out[j] - reference(segments, x[j], y[j]))).toBeLessThan(2e-5);
      }
    }
  });

  test("is exact far out in the tails, where nothing may be skipped", () => {
    const stretch: Spread = { shape: "normal", size: 1 };
    const noise: Spread = { shape: "normal", size: 0.5 };
    const segment: Segment = { weight: 1, centre: 0, level: 0, slope: 0.8, stretch, noise, exchanged: false };
    const other: Segment = { ...segment, weight: 0.5, centre: 3, level: 1 };
    const segments = [segment, other].map((s) => ({ ...s, weight: s.weight / 1.5 }));
    const x = Float64Array.of(-11, 12, 0, 9);
    const y = Float64Array.of(-8, 14, 9, -7);
    const out = new Float64Array(4);
    mixtureOf(segments).logRatio(x, y, 4, out);
    const normal = (d: number, sd: number): number =>
      Math.exp(-0.5 * (d / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI));
    for (let j = 0; j < 4; j++) {
      let joint = 0;
      let alongX = 0;
      let alongY = 0;
      for (const s of segments) {
        const pa = s.weight * normal(x[j] - s.centre, 1);
        joint += pa * normal(y[j] - s.level - 0.8 * (x[j] - s.centre), 0.5);
        alongX += pa;
        alongY += s.weight * normal(y[j] - s.level, Math.sqrt(0.64 + 0.25));
      }
      expect(Math.abs(out[j] - Math.log(joint / alongX / alongY))).toBeLessThan(1e-5);
    }
  });

  test("says −∞ outside its support and keeps its own points inside", () => {
    const box: Segment = {
      weight: 1,
      centre: 1e3,
      level: -1e3,
      slope: 0.5,
      stretch: { shape: "uniform", size: 1 },
      noise: { shape: "uniform", size: 1e-4 },
      exchanged: false,
    };
    const mixture = mixtureOf([box]);
    const out = new Float64Array(1);
    mixture.logRatio(Float64Array.of(1e3), Float64Array.of(-990), 1, out);
    expect(out[0]).toBe(-Infinity);
    const m = 4096;
    const x = new Float64Array(m);
    const y = new Float64Array(m);
    const ratios = new Float64Array(m);
    mixture.stratified(new Random(3), x, y, m);
    mixture.logRatio(x, y, m, ratios);
    expect(Math.min(...ratios)).toBeGreaterThan(0);
  });

  test("has the information of additive uniform noise in closed form (Kraskov et al. 2004)", () => {
    const mi = (noise: number): number => (noise <= 0.5 ? noise - Math.log(2 * noise) : 1 / (4 * noise));
    const rng = new Random(4);
    const m = 8192;
    const x = new Float64Array(m);
    const y = new Float64Array(m);
    const out = new Float64Array(m);
    for (const size of [0.01, 0.1, 0.5, 0.8]) {
      const mixture = mixtureOf([
        {
          weight: 1,
          centre: 0.5,
          level: 0.5,
          slope: 1,
          stretch: { shape: "uniform", size: 0.5 },
          noise: { shape: "uniform", size },
          exchanged: false,
        },
      ]);
      mixture.stratified(rng, x, y, m);
      mixture.logRatio(x, y, m, out);
      expect(Math.abs(out.reduce((sum, v) => sum + v, 0) / m - mi(size))).toBeLessThan(2e-3);
    }
  });
});
