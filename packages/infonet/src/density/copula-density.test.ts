import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orientPoint } from "../copula/index.js";
import { logNormalDensity, normalQuantile } from "../numerics/normal.js";
import { draws } from "../testing/random.js";
import { COMPONENT_NUMBERS } from "./components.js";
import { CopulaDensity } from "./copula-density.js";
import { Mixture } from "./mixture.js";

/** A mixture of some hundred components about the normal law, as far from it as `roughness` says. */
function randomMixture(seed: number, roughness: number): Mixture {
  const { normal } = draws(seed);
  const side = 12;
  const numbers: number[] = [];
  let total = 0;
  for (let k = 0; k < side * side; k++) {
    const logWeight = roughness * normal();
    total += Math.exp(logWeight);
    const place = (i: number): number => normalQuantile((i + 0.5) / side) + 0.2 * roughness * normal();
    const width = (): number => Math.log(0.25) + 0.5 * roughness * normal();
    numbers.push(
      logWeight,
      place(k % side),
      place(Math.floor(k / side)),
      roughness * normal(),
      width(),
      width(),
    );
  }
  for (let at = 0; at < numbers.length; at += COMPONENT_NUMBERS) numbers[at] -= Math.log(total);
  return Mixture.read(numbers);
}

/** The normal copula: one component whose marginals need not be the normal law. */
function normalCopula(rho: number, width = 1, stretch = 1): CopulaDensity {
  const rest = stretch * width * Math.sqrt(1 - rho * rho);
  return new CopulaDensity(Mixture.read([0, 0.3, -0.2, stretch * rho, Math.log(width), Math.log(rest)]));
}

const exactNormal = (rho: number, u: number, v: number): number => {
  const [x, y] = [normalQuantile(u), normalQuantile(v)];
  const det = 1 - rho * rho;
  return -0.5 * Math.log(det) - (rho * rho * (x * x + y * y) - 2 * rho * x * y) / (2 * det);
};

describe("one component is the normal copula, whatever its place and width", () => {
  test.each([
    [0, 1],
    [0.5, 0.7],
    [-0.9, 1],
    [0.999, 1.2],
  ])("correlation %f, width %f", (rho, width) => {
    const copula = normalCopula(rho, width, 2);
    for (const u of [0.02, 0.31, 0.5, 0.9]) {
      for (const v of [0.05, 0.5, 0.77, 0.99]) {
        const exact = exactNormal(rho, u, v);
        expect(Math.abs(copula.logDensity(u, v) - exact)).toBeLessThan(1e-3 * (1 + Math.abs(exact)));
      }
    }
  });
});

describe.each([
  ["smooth", 1, 0.4],
  ["rough", 2, 1],
] as const)("a %s mixture", (_, seed, roughness) => {
  const copula = new CopulaDensity(randomMixture(seed, roughness));
  const steps = 400;
  const middles = Array.from({ length: steps }, (_, k) => (k + 0.5) / steps);

  test("has uniform marginals to 1e-3", () => {
    for (const at of [0.03, 0.2, 0.5, 0.81, 0.95]) {
      const alongU = middles.reduce((sum, u) => sum + copula.vGivenU(at, u) / steps, 0);
      const alongV = middles.reduce((sum, v) => sum + copula.uGivenV(at, v) / steps, 0);
      expect(Math.abs(alongU - at)).toBeLessThan(1e-3);
      expect(Math.abs(alongV - at)).toBeLessThan(1e-3);
    }
  });

  test("its density is the slope of its conditional distributions", () => {
    const h = 1e-4;
    for (const u of [0.05, 0.4, 0.93]) {
      for (const v of [0.1, 0.5, 0.85]) {
        const density = Math.exp(copula.logDensity(u, v));
        const alongV = (copula.vGivenU(v + h, u) - copula.vGivenU(v - h, u)) / (2 * h);
        const alongU = (copula.uGivenV(u + h, v) - copula.uGivenV(u - h, v)) / (2 * h);
        // Components that hardly count are left out of a conditional distribution.
        expect(Math.abs(alongV - density)).toBeLessThan(0.02 * density + 2e-3);
        expect(Math.abs(alongU - density)).toBeLessThan(0.02 * density + 2e-3);
      }
    }
  });

  test("quantiles invert the conditional distribution to 1e-6", () => {
    const inside = fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true });
    fc.assert(
      fc.property(inside, inside, (p, u) => {
        expect(Math.abs(copula.vGivenU(copula.quantile(p, u), u) - p)).toBeLessThan(1e-6);
      }),
    );
  });

  test("draws are of its law: as many in every box as it says, the same for the same seed", () => {
    const n = 40_000;
    const { u, v } = copula.sample(n, 5);
    const limits = [0, 0.2, 0.55, 0.8, 1];
    for (let i = 0; i + 1 < limits.length; i++) {
      for (let j = 0; j + 1 < limits.length; j++) {
        const [left, right, low, high] = [limits[i], limits[i + 1], limits[j], limits[j + 1]];
        const cells = middles.map((m) => left + m * (right - left));
        const below = (at: number, x: number): number =>
          at === 0 ? 0 : at === 1 ? 1 : copula.vGivenU(at, x);
        const share = cells.reduce(
          (sum, x) => sum + ((below(high, x) - below(low, x)) * (right - left)) / steps,
          0,
        );
        let count = 0;
        for (let k = 0; k < n; k++) if (u[k] > left && u[k] <= right && v[k] > low && v[k] <= high) count++;
        expect(Math.abs(count / n - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / n) + 1e-3);
      }
    }
    expect(copula.sample(10, 5).u).toEqual(copula.sample(10, 5).u);
    expect(copula.sample(10, 6).u).not.toEqual(copula.sample(10, 5).u);
  });

  test("seen from the other variable it is the same", () => {
    const exchanged = new CopulaDensity(randomMixture(seed, roughness).exchanged());
    for (const u of [0.07, 0.5, 0.8]) {
      for (const v of [0.2, 0.66]) {
        expect(exchanged.logDensity(v, u)).toBeCloseTo(copula.logDensity(u, v), 5);
      }
    }
  });
});

test("whichever way round points are given, all that is said of them is the same", () => {
  const side = fc.double({ min: 0.02, max: 0.98, noNaN: true });
  const orientation = fc.record({ flipU: fc.boolean(), flipV: fc.boolean(), swap: fc.boolean() });
  const numbers = Float64Array.from(
    [
      [0.4, -1, 0.2, 0.5, -0.5, -0.2],
      [0.6, 0.7, -0.1, -0.3, -0.3, -0.6],
    ].flatMap(([weight, ...rest]) => [Math.log(weight), ...rest]),
  );
  const canonical = CopulaDensity.read(numbers);
  const at = (value: number) => Float64Array.of(normalQuantile(value));
  fc.assert(
    fc.property(orientation, side, side, side, (turn, u, v, p) => {
      const turned = CopulaDensity.read(numbers, turn);
      const there = orientPoint(turn, u, v);
      expect(turned.logDensity(u, v)).toBeCloseTo(canonical.logDensity(...there), 10);
      const h = 1e-5;
      const slopes = turned.derivatives(at(u), at(v));
      expect(slopes.logDensity[0]).toBeCloseTo(turned.logDensity(u, v), 10);
      const per = (value: number) => Math.exp(logNormalDensity(normalQuantile(value)));
      const byU = ((turned.logDensity(u + h, v) - turned.logDensity(u - h, v)) / (2 * h)) * per(u);
      const byV = ((turned.logDensity(u, v + h) - turned.logDensity(u, v - h)) / (2 * h)) * per(v);
      expect(Math.abs(slopes.u[0] - byU)).toBeLessThan(0.05 * (1 + Math.abs(byU)));
      expect(Math.abs(slopes.v[0] - byV)).toBeLessThan(0.05 * (1 + Math.abs(byV)));
      // Rising in their own variable, whatever was turned.
      expect(turned.vGivenU(Math.min(v + 0.01, 0.999), u)).toBeGreaterThan(turned.vGivenU(v, u));
      expect(turned.uGivenV(Math.min(u + 0.01, 0.999), v)).toBeGreaterThan(turned.uGivenV(u, v));
      expect(turned.vGivenU(turned.quantile(p, u), u)).toBeCloseTo(p, 6);
      const density = (turned.vGivenU(v + h, u) - turned.vGivenU(v - h, u)) / (2 * h);
      expect(Math.abs(Math.log(density) - turned.logDensity(u, v))).toBeLessThan(0.05);
    }),
  );
});

describe("derivatives are those of the density, at few points and at many", () => {
  test.each([0.6, -0.95, 0.999])("correlation %f", (rho) => {
    const copula = normalCopula(rho);
    const { normal } = draws(4);
    const s = Float64Array.from({ length: 300 }, normal);
    const t = s.map((value) => rho * value + Math.sqrt(1 - rho * rho) * normal());
    const many = copula.derivatives(s, t);
    const byScore = (a: number, b: number): number => (rho * b - rho * rho * a) / (1 - rho * rho);
    for (let k = 0; k < s.length; k++) {
      const few = copula.derivatives(s.subarray(k, k + 1), t.subarray(k, k + 1));
      for (const [exact, ...actual] of [
        [byScore(s[k], t[k]), many.u[k], few.u[0]],
        [byScore(t[k], s[k]), many.v[k], few.v[0]],
        [(-rho * rho) / (1 - rho * rho), many.bendU[k], few.bendU[0]],
        [(-rho * rho) / (1 - rho * rho), many.bendV[k], few.bendV[0]],
      ]) {
        for (const value of actual)
          expect(Math.abs(value - exact)).toBeLessThan(5e-3 * (1 + Math.abs(exact)));
      }
    }
  });

  test("a smooth mixture: at few points against finite differences, at many against those at few", () => {
    const copula = new CopulaDensity(randomMixture(7, 0.3));
    const { normal } = draws(9);
    const [s, t] = [0, 1].map(() => Float64Array.from({ length: 150 }, () => 0.7 * normal()));
    const many = copula.derivatives(s, t);
    expect([...many.logDensity]).toEqual([...copula.logDensities(s, t)]);
    const few = [0, 50, 100].map((k) => copula.derivatives(s.subarray(k, k + 50), t.subarray(k, k + 50)));
    const h = 1e-3;
    const at = (k: number, ds: number, dt: number): number =>
      copula.logDensities(Float64Array.of(s[k] + ds), Float64Array.of(t[k] + dt))[0];
    const by = (k: number, ds: number, dt: number) =>
      copula.derivatives(Float64Array.of(s[k] + ds), Float64Array.of(t[k] + dt));
    for (const name of ["u", "v", "bendU", "bendV"] as const) {
      const exact = Float64Array.from(few.flatMap((part) => [...part[name]]));
      const size = Math.hypot(...exact);
      const differences = exact.map((value, k) => {
        const [right, left, above, below] = [at(k, h, 0), at(k, -h, 0), at(k, 0, h), at(k, 0, -h)];
        if (name === "u") return (right - left) / (2 * h) - value;
        if (name === "v") return (above - below) / (2 * h) - value;
        const [after, before] =
          name === "bendU" ? [by(k, h, 0).u, by(k, -h, 0).u] : [by(k, 0, h).v, by(k, 0, -h).v];
        return (after[0] - before[0]) / (2 * h) - value;
      });
      // The marginals' own slopes are exact at the nodes of their scales, and lines in between.
      expect(Math.hypot(...differences) / size, name).toBeLessThan(0.1);
      // Tables leave light components out.
      const distance = Math.hypot(...exact.map((value, k) => many[name][k] - value));
      expect(distance / size, name).toBeLessThan(name.startsWith("bend") ? 0.25 : 0.08);
    }
  });
});

test("the table is the density at the middles of cells", () => {
  const copula = normalCopula(0.6);
  const table = copula.table(8);
  for (const [at, value] of table.entries()) {
    expect(value).toBeCloseTo(copula.logDensity(((at % 8) + 0.5) / 8, (Math.floor(at / 8) + 0.5) / 8), 5);
  }
});

test("what is far from every component has a log density, too", () => {
  const copula = normalCopula(0.9999);
  const far = copula.logDensity(1e-6, 1 - 1e-6);
  expect(Number.isFinite(far)).toBe(true);
  expect(far).toBeLessThan(-1000);
});

describe("at many points conditional distributions come from a table", () => {
  const { normal } = draws(9);
  const scores = () => Float64Array.from({ length: 400 }, normal);

  test.each([
    ["smooth", () => new CopulaDensity(randomMixture(1, 0.4)), 2e-3],
    ["of correlation 0.5", () => normalCopula(0.5), 1e-3],
    ["of correlation 0.95, for which the grid is finer", () => normalCopula(0.95), 1e-2],
    [
      "whose mixture is wider than the grid, for which there is no table",
      () => normalCopula(0.5, 1, 2),
      1e-9,
    ],
    ["of correlation 0.999, for which no table is fine enough", () => normalCopula(0.999), 1e-9],
  ])("one %s", (_, make, tolerance) => {
    const copula = make();
    // Where rows are: within four deviations.
    const [s, t] = [scores(), scores()].map((values) =>
      values.map((value) => Math.max(-3, Math.min(3, value))),
    );
    const many = copula.conditionals(s, t);
    for (let k = 0; k < s.length; k++) {
      const one = copula.conditionals(s.subarray(k, k + 1), t.subarray(k, k + 1));
      expect(Math.abs(many.u[k] - one.u[0])).toBeLessThan(tolerance);
      expect(Math.abs(many.v[k] - one.v[0])).toBeLessThan(tolerance);
    }
  });
});
