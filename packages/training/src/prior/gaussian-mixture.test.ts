import { describe, expect, test } from "vitest";
import { GaussianMixture } from "./gaussian-mixture.js";
import { normalTailExact } from "./normal.js";
import { Random } from "./random.js";

interface Component {
  weight: number;
  mx: number;
  my: number;
  xx: number;
  xy: number;
  yy: number;
}

function randomComponents(rng: Random, size: number, scale: number): Component[] {
  const weights = rng.dirichlet(size);
  return Array.from(weights, (weight) => {
    const xx = scale * rng.logBetween(0.05, 4);
    const yy = scale * rng.logBetween(0.05, 4);
    const xy = rng.between(-0.99, 0.99) * Math.sqrt(xx * yy);
    return { weight, mx: rng.between(-5, 5), my: rng.between(-5, 5), xx, xy, yy };
  });
}

function mixtureOf(components: Component[]): GaussianMixture {
  const mixture = new GaussianMixture("test");
  for (const c of components) mixture.addCovariance(c.weight, c.mx, c.my, c.xx, c.xy, c.yy);
  return mixture.finish();
}

const normal = (d: number, variance: number): number =>
  Math.exp((-d * d) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);

function jointDensity(components: Component[], x: number, y: number): number {
  return components.reduce((sum, c) => {
    const det = c.xx * c.yy - c.xy * c.xy;
    const dx = x - c.mx;
    const dy = y - c.my;
    const q = (c.yy * dx * dx - 2 * c.xy * dx * dy + c.xx * dy * dy) / det;
    return sum + (c.weight * Math.exp(-q / 2)) / (2 * Math.PI * Math.sqrt(det));
  }, 0);
}

const marginalX = (components: Component[], x: number): number =>
  components.reduce((sum, c) => sum + c.weight * normal(x - c.mx, c.xx), 0);
const marginalY = (components: Component[], y: number): number =>
  components.reduce((sum, c) => sum + c.weight * normal(y - c.my, c.yy), 0);

describe("GaussianMixture", () => {
  test("agrees with a naive log ratio to 1e-5 at points of its own and at others", () => {
    const rng = new Random(1);
    const m = 500;
    const x = new Float64Array(m);
    const y = new Float64Array(m);
    const out = new Float64Array(m);
    for (let round = 0; round < 60; round++) {
      const components = randomComponents(rng, rng.integer(1, 64), rng.logBetween(0.05, 4));
      const mixture = mixtureOf(components);
      if (round % 3 === 0) mixture.stratified(rng, x, y, m);
      else if (round % 3 === 1) mixture.sample(rng, x, y, m);
      else for (let j = 0; j < m; j++) [x[j], y[j]] = [rng.between(-6, 6), rng.between(-6, 6)];
      mixture.logRatio(x, y, m, out);
      for (let j = 0; j < m; j++) {
        const p = jointDensity(components, x[j], y[j]);
        if (p < 1e-200) continue;
        const truth = Math.log(p / marginalX(components, x[j]) / marginalY(components, y[j]));
        expect(Math.abs(out[j] - truth)).toBeLessThan(1e-5);
      }
    }
  });

  test("stays finite where every density underflows", () => {
    const mixture = mixtureOf(randomComponents(new Random(2), 5, 0.01));
    const out = new Float64Array(2);
    mixture.logRatio(Float64Array.of(1e6, -3e4), Float64Array.of(-1e6, 3e4), 2, out);
    for (const v of out) expect(Number.isFinite(v)).toBe(true);
  });

  test("has marginals that are integrals of its joint density, and mass one", () => {
    // p(x, y) = ratio · p(x) · p(y): the ratio is the mixture's, the marginals are the reference's.
    const rng = new Random(3);
    const components = randomComponents(rng, 6, 1);
    const mixture = mixtureOf(components);
    const steps = 801;
    const low = -15;
    const h = 30 / (steps - 1);
    const grid = Float64Array.from({ length: steps }, (_, k) => low + k * h);
    const out = new Float64Array(steps);
    let mass = 0;
    for (const x of grid) {
      mixture.logRatio(new Float64Array(steps).fill(x), grid, steps, out);
      const along = grid.reduce((sum, y, k) => sum + h * Math.exp(out[k]) * marginalY(components, y), 0);
      if (marginalX(components, x) > 1e-12) expect(along).toBeCloseTo(1, 5);
      mass += h * along * marginalX(components, x);
    }
    expect(mass).toBeCloseTo(1, 6);
  });

  test("gives a single Gaussian its closed-form information, out to 9 nats", () => {
    const rng = new Random(4);
    const m = 4096;
    const x = new Float64Array(m);
    const y = new Float64Array(m);
    const out = new Float64Array(m);
    for (const mi of [0, 0.01, 0.3, 1, 3, 6, 9]) {
      const rest = Math.exp(-mi);
      const slope = -3 * Math.sqrt(1 - rest * rest);
      const mixture = new GaussianMixture("test").add(1, 2, -1, 1, slope, 3 * rest).finish();
      expect(mixture.mi).toBeCloseTo(mi, 10);
      mixture.stratified(rng, x, y, m);
      mixture.logRatio(x, y, m, out);
      expect(Math.abs(out.reduce((sum, v) => sum + v, 0) / m - mi)).toBeLessThan(0.02);
    }
  });

  test("builds the same component from axes and from covariance", () => {
    const [cos, sin] = [Math.cos(0.7), Math.sin(0.7)];
    const axes = new GaussianMixture("test").addAxes(1, 0, 0, cos, sin, 2, 0.1).finish();
    const xx = 4 * cos * cos + 0.01 * sin * sin;
    const yy = 4 * sin * sin + 0.01 * cos * cos;
    const covariance = new GaussianMixture("test").addCovariance(1, 0, 0, xx, 3.99 * cos * sin, yy).finish();
    expect(axes.mi).toBeCloseTo(covariance.mi as number, 9);
  });

  test("samples its own density: the share below a corner is the integral of it", () => {
    const rng = new Random(5);
    const components = randomComponents(rng, 4, 1);
    const mixture = mixtureOf(components);
    const n = 40_000;
    const x = new Float64Array(n);
    const y = new Float64Array(n);
    mixture.sample(rng, x, y, n);
    for (const [a, b] of [
      [0, 0],
      [-2, 1],
      [2, 3],
    ]) {
      let expected = 0;
      const h = 0.05;
      for (let u = a - h / 2; u > -15; u -= h) {
        for (let v = b - h / 2; v > -15; v -= h) expected += h * h * jointDensity(components, u, v);
      }
      let share = 0;
      for (let i = 0; i < n; i++) if (x[i] < a && y[i] < b) share += 1 / n;
      expect(Math.abs(share - expected)).toBeLessThan(5 * Math.sqrt((expected * (1 - expected)) / n) + 1e-3);
    }
  });

  test("normal scores are those of its marginals, and slopes those of the log ratio by them", () => {
    const rng = new Random(6);
    const m = 64;
    const array = () => new Float64Array(m);
    const [x, y] = [array(), array()];
    const scores = { x: array(), y: array(), slopeX: array(), slopeY: array() };
    for (let round = 0; round < 20; round++) {
      const components = randomComponents(rng, rng.integer(1, 20), rng.logBetween(0.3, 4));
      const mixture = mixtureOf(components);
      mixture.stratified(rng, x, y, m);
      mixture.normalScores(x, y, m, scores);
      for (const [values, z, mean, variance] of [
        [x, scores.x, "mx", "xx"],
        [y, scores.y, "my", "yy"],
      ] as const) {
        for (let j = 0; j < m; j++) {
          const below = components.reduce(
            (sum, c) => sum + c.weight * normalTailExact((c[mean] - values[j]) / Math.sqrt(c[variance])),
            0,
          );
          expect(normalTailExact(-z[j])).toBeCloseTo(below, 6);
        }
      }
      // The log ratio at values a little to either side, and the normal scores of these.
      const h = 1e-4;
      const [up, down] = [array(), array()];
      const [upper, lower] = [scores, scores].map(() => ({
        x: array(),
        y: array(),
        slopeX: array(),
        slopeY: array(),
      }));
      for (const [axis, slopes] of [
        ["x", scores.slopeX],
        ["y", scores.slopeY],
      ] as const) {
        const moved = (step: number): [Float64Array, Float64Array] =>
          axis === "x" ? [x.map((v) => v + step), y] : [x, y.map((v) => v + step)];
        mixture.logRatio(...moved(h), m, up);
        mixture.logRatio(...moved(-h), m, down);
        mixture.normalScores(...moved(h), m, upper);
        mixture.normalScores(...moved(-h), m, lower);
        for (let j = 0; j < m; j++) {
          if (Math.abs(scores[axis][j]) > 4) continue;
          const slope = (up[j] - down[j]) / (upper[axis][j] - lower[axis][j]);
          expect(Math.abs(slopes[j] - slope)).toBeLessThan(0.01 * (1 + Math.abs(slope)));
        }
      }
    }
  });

  test("refuses to be empty or too large", () => {
    expect(() => new GaussianMixture("test").finish()).toThrow("components");
  });
});
