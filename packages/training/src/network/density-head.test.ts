import { beforeAll, describe, expect, test } from "vitest";
import { normalDensity } from "../prior/normal.js";
import { Random } from "../prior/random.js";
import { np, startJax, type Tensor } from "../runtime/jax.js";
import {
  COMPONENT_NUMBERS,
  COMPONENTS,
  type Components,
  components,
  densityAt,
  SLOTS,
  unpacked,
} from "./density-head.js";

beforeAll(() => startJax("cpu"));

const values = async (x: Tensor): Promise<number[]> => [...((await x.data()) as Float32Array)];
const row = (list: readonly number[]): Tensor => np.array([[...list]]);

/** One component that counts, among others that do not. */
function single({
  x,
  y,
  slope,
  width,
  rest,
}: Record<"x" | "y" | "slope" | "width" | "rest", number>): Components {
  const all = (value: number): Tensor => row(new Array<number>(COMPONENTS).fill(value));
  return {
    logWeight: row(Array.from({ length: COMPONENTS }, (_, k) => (k === 7 ? 0 : -80))),
    centreX: all(x),
    centreY: all(y),
    slope: all(slope),
    logWidth: all(Math.log(width)),
    logRest: all(Math.log(rest)),
  };
}

/** Numbers of a normal copula. */
const NORMAL = [0.6, Math.log(0.8), 2, 3];

/** Components as an untrained head gives them, its outputs of that size; beside them so much of a normal copula. */
function random(seed: number, size: number, share = -40): Components {
  const rng = new Random(seed);
  const raw = Array.from({ length: 64 }, () =>
    Array.from({ length: SLOTS * COMPONENT_NUMBERS }, () => size * rng.normal()),
  );
  return unpacked(components(np.array([raw]), np.array([[share]]), np.array([NORMAL])));
}

const kept = (mixture: Components): Components =>
  Object.fromEntries(
    Object.entries(mixture).map(([name, tensor]) => [name, tensor.ref]),
  ) as unknown as Components;

test("the mixture of an untrained head is nearly the normal law, and independence", async () => {
  const zx = [-2.5, -1, -0.3, 0, 0.4, 1.3, 2];
  const zy = [-0.2, 1.7, -2.2, 0, 0.9, -1.1, 1.9];
  const { joint, alongX, alongY, slopeX, slopeY } = densityAt(random(1, 0), row(zx), row(zy));
  const [p, a, b] = await Promise.all([joint, alongX, alongY].map(values));
  for (const [k, z] of zx.entries()) {
    expect(Math.abs(a[k] - Math.log(normalDensity(z)))).toBeLessThan(0.35);
    expect(Math.abs(b[k] - Math.log(normalDensity(zy[k])))).toBeLessThan(0.35);
    expect(p[k]).toBeCloseTo(a[k] + b[k], 4);
  }
  for (const slope of [...(await values(slopeX)), ...(await values(slopeY))]) expect(slope).toBeCloseTo(0, 4);
});

describe("one component", () => {
  test.each([0.3, -0.9, 0.999])("of correlation %f has the normal copula's log density", async (rho) => {
    const rest = Math.sqrt(1 - rho * rho);
    const [zx, zy] = [
      [0.3, -1.2, 2],
      [0.3 * rho + rest, -1.2 * rho, 2 * rho - 0.5 * rest],
    ];
    const mixture = single({ x: 0, y: 0, slope: rho, width: 1, rest });
    const { joint, alongX, alongY, slopeX, slopeY } = densityAt(mixture, row(zx), row(zy));
    const log = await values(joint.sub(alongX).sub(alongY));
    const [bySlopeX, bySlopeY] = [await values(slopeX), await values(slopeY)];
    for (const [k, x] of zx.entries()) {
      const y = zy[k];
      const det = 1 - rho * rho;
      const exact = -0.5 * Math.log(det) - (rho * rho * (x * x + y * y) - 2 * rho * x * y) / (2 * det);
      expect(log[k]).toBeCloseTo(exact, 3);
      const scale = 1 / det;
      expect(bySlopeX[k] / scale).toBeCloseTo((-(rho * rho * x) + rho * y) / det / scale, 3);
      expect(bySlopeY[k] / scale).toBeCloseTo((-(rho * rho * y) + rho * x) / det / scale, 3);
    }
  });
});

test("slopes are those of the log copula density by finite differences, marginals integrate to one", async () => {
  const mixture = random(2, 0.5, 0.3);
  const rng = new Random(3);
  const z = (): number[] => Array.from({ length: 40 }, () => 1.2 * rng.normal());
  const [zx, zy] = [z(), z()];
  const at = async (x: readonly number[], y: readonly number[]): Promise<number[]> => {
    const { joint, alongX, alongY, slopeX, slopeY } = densityAt(kept(mixture), row(x), row(y));
    slopeX.dispose();
    slopeY.dispose();
    return values(joint.sub(alongX).sub(alongY));
  };
  const { slopeX, slopeY, ...rest } = densityAt(kept(mixture), row(zx), row(zy));
  for (const tensor of Object.values(rest)) tensor.dispose();
  const h = 2e-3;
  for (const [slopes, moved] of [
    [
      await values(slopeX),
      (step: number) =>
        at(
          zx.map((v) => v + step),
          zy,
        ),
    ],
    [
      await values(slopeY),
      (step: number) =>
        at(
          zx,
          zy.map((v) => v + step),
        ),
    ],
  ] as const) {
    const [up, down] = [await moved(h), await moved(-h)];
    for (const [k, slope] of slopes.entries()) {
      const difference = (up[k] - down[k]) / (2 * h);
      expect(Math.abs(slope - difference)).toBeLessThan(0.02 * (1 + Math.abs(difference)));
    }
  }
  const steps = 700;
  const grid = Array.from({ length: steps }, (_, k) => -14 + (28 * (k + 0.5)) / steps);
  const { alongX, alongY, ...others } = densityAt(mixture, row(grid), row(grid));
  for (const tensor of Object.values(others)) tensor.dispose();
  for (const along of [alongX, alongY]) {
    const mass = (await values(along)).reduce((sum, log) => sum + (Math.exp(log) * 28) / steps, 0);
    expect(mass).toBeCloseTo(1, 3);
  }
});

test("a share of the density is the normal copula that is given", async () => {
  const [zx, zy] = [
    [0.3, -1.2, 2, 0],
    [0.8, -1, 1.1, -1.4],
  ];
  const density = async (share: number): Promise<number[]> => {
    const { joint, ...others } = densityAt(random(5, 0.3, share), row(zx), row(zy));
    for (const tensor of Object.values(others)) tensor.dispose();
    return (await values(joint)).map(Math.exp);
  };
  const [alone, mixed, normal] = [await density(-40), await density(Math.log(3)), await density(40)];
  const [slope, rest] = [NORMAL[0], Math.exp(NORMAL[1])];
  for (const [k, x] of zx.entries()) {
    expect(normal[k]).toBeCloseTo((normalDensity(x) * normalDensity((zy[k] - slope * x) / rest)) / rest, 6);
    expect(mixed[k]).toBeCloseTo(0.75 * normal[k] + 0.25 * alone[k], 6);
  }
});
