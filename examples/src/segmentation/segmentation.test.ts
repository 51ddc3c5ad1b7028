import { InfoNet } from "infonet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Random } from "../random.js";
import { twoMeans, twoMotions } from "./baselines.js";
import { Blur } from "./blur.js";
import { Context } from "./context.js";
import { separate } from "./information.js";
import { movedMask, signedDistance } from "./landscape.js";
import { degenerate, objectSide, overlap } from "./metric.js";
import { Masks } from "./optimise.js";
import { drawScene, FLOW_NOISE, type Scene } from "./scenes.js";

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, k) => sum + v * b[k], 0);

describe("the blur", () => {
  test("keeps the mass of what is far from the edges, and is its own adjoint", () => {
    const blur = new Blur(21, 1.5);
    const point = new Float64Array(21 * 21);
    point[10 * 21 + 10] = 1;
    const spread = blur.apply(point);
    expect(spread.reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 10);
    expect(spread[10 * 21 + 11] / spread[10 * 21 + 10]).toBeCloseTo(Math.exp(-0.5 / 1.5 ** 2), 10);
    const random = new Random(1);
    const [a, b] = [0, 1].map(() => Float64Array.from({ length: 441 }, () => random.normal()));
    expect(dot(a, blur.apply(b))).toBeCloseTo(dot(blur.apply(a), b), 10);
  });
});

describe("a scene", () => {
  test("is that of its seed, with an object that is neither tiny nor huge", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const scene = drawScene(new Random(seed), 40);
      expect(drawScene(new Random(seed), 40)).toEqual(scene);
      expect(mean(scene.truth)).toBeGreaterThan(0.02);
      expect(mean(scene.truth)).toBeLessThan(0.5);
      expect([...scene.u, ...scene.v].every(Number.isFinite)).toBe(true);
    }
    expect(drawScene(new Random(1), 40).u).not.toEqual(drawScene(new Random(2), 40).u);
  });

  test("moves on one side of the outline unlike on the other, and alike on the same side", () => {
    const [across, along]: [number[], number[]] = [[], []];
    for (let seed = 1; seed <= 20; seed++) {
      const { size, u, v, truth } = drawScene(new Random(seed), 40);
      // Three pixels apart, so that the blur of the outline is between them.
      for (let at = 0; at < truth.length - 3; at++) {
        if (at % size >= size - 3) continue;
        const difference = Math.hypot(u[at + 3] - u[at], v[at + 3] - v[at]);
        (truth[at] === truth[at + 3] ? along : across).push(difference);
      }
    }
    expect(mean(along)).toBeLessThan(4 * FLOW_NOISE);
    expect(mean(across)).toBeGreaterThan(3 * mean(along));
  });
});

/** A scene of affine motion without noise. */
function affineScene(size: number): Scene {
  const field = (a: number, b: number, c: number): Float64Array =>
    Float64Array.from({ length: size * size }, (_, at) => a + b * (at % size) + c * Math.floor(at / size));
  return { size, u: field(1, 0.2, -0.1), v: field(-2, 0.05, 0.3), truth: new Uint8Array(size * size) };
}

describe("the prediction", () => {
  test.each([undefined, 3])("of affine motion is that motion, wherever it was seen (reach %s)", (reach) => {
    const scene = affineScene(24);
    const weights = Float64Array.from(scene.u, (_, at) => (at % 24 < 12 ? 1 : 0));
    const { u, v } = new Context(24, reach).predict(scene, weights);
    // Not exactly: a few pixels of no motion are presumed. The components span 4.6 and 8.
    expect(Math.max(...u.map((value, at) => Math.abs(value - scene.u[at])))).toBeLessThan(0.6);
    expect(Math.max(...v.map((value, at) => Math.abs(value - scene.v[at])))).toBeLessThan(0.6);
  });

  test("of what was not seen is nothing", () => {
    const { u } = new Context(24, 3).predict(affineScene(24), new Float64Array(24 * 24));
    expect(Math.max(...u.map(Math.abs))).toBeLessThan(1e-9);
  });

  test("does not look at what has no weight", () => {
    const scene = drawScene(new Random(1), 24);
    const weights = Float64Array.from(scene.u, (_, at) => (at % 24 < 12 ? 1 : 0));
    const other = { ...scene, u: scene.u.map((value, at) => (weights[at] === 0 ? 99 : value)) };
    const context = new Context(24, 3);
    expect(context.predict(other, weights).u).toEqual(context.predict(scene, weights).u);
  });

  test.each([undefined, 2])("has derivatives that agree with finite differences (reach %s)", (reach) => {
    const random = new Random(4);
    const scene = drawScene(random, 20);
    const draw = (low: number, high: number): Float64Array =>
      Float64Array.from(scene.u, () => random.uniform(low, high));
    const [weights, byU, byV, direction] = [draw(0.1, 0.9), draw(-1, 1), draw(-1, 1), draw(-1, 1)];
    const context = new Context(20, reach);
    const value = (step: number): number => {
      const { u, v } = context.predict(
        scene,
        weights.map((w, at) => w + step * direction[at]),
      );
      return dot(byU, u) + dot(byV, v);
    };
    const slope = dot(context.predict(scene, weights).pull(byU, byV), direction);
    expect(Math.abs((value(1e-5) - value(-1e-5)) / 2e-5 / slope - 1)).toBeLessThan(1e-6);
  });
});

describe("the metric", () => {
  const square = (size: number, low: number, high: number): Uint8Array =>
    Uint8Array.from({ length: size * size }, (_, at) =>
      Math.min(at % size, Math.floor(at / size)) >= low && Math.max(at % size, Math.floor(at / size)) < high
        ? 1
        : 0,
    );

  test("overlap in closed form", () => {
    expect(overlap(square(10, 2, 6), square(10, 2, 6))).toBe(1);
    expect(overlap(square(10, 2, 6), square(10, 4, 8))).toBeCloseTo(4 / 28, 12);
    expect(overlap(square(10, 0, 2), square(10, 4, 8))).toBe(0);
    expect(overlap(new Uint8Array(9), new Uint8Array(9))).toBe(1);
  });

  test("the object is the side that touches less of the border", () => {
    const mask = square(10, 2, 6);
    expect(objectSide(mask)).toEqual(mask);
    expect(objectSide(mask.map((m) => 1 - m))).toEqual(mask);
  });

  test("empty and full masks are degenerate", () => {
    expect(degenerate(new Uint8Array(400))).toBe(true);
    expect(degenerate(new Uint8Array(400).fill(1))).toBe(true);
    expect(degenerate(square(20, 5, 9))).toBe(false);
  });

  test("outlines are moved by pixels", () => {
    const size = 20;
    const scene = { size, u: new Float64Array(0), v: new Float64Array(0), truth: square(size, 6, 12) };
    const distance = signedDistance(scene);
    expect(movedMask(distance, 0)).toEqual(Float64Array.from(scene.truth));
    expect(mean(movedMask(distance, -1)) * 400).toBe(16);
    expect(mean(movedMask(distance, 1)) * 400).toBe(8 * 8);
    expect(mean(movedMask(distance, -100)) * 400).toBe(1);
    expect(mean(movedMask(distance, 100)) * 400).toBe(399);
  });
});

test("two clusters find a shifted square, two motions a turning one too", () => {
  const scene = affineScene(30);
  const inside = (at: number): boolean => Math.hypot((at % 30) - 14, Math.floor(at / 30) - 14) < 7;
  const truth = Uint8Array.from(scene.u, (_, at) => (inside(at) ? 1 : 0));
  const random = new Random(3);
  const noisy = (value: number): number => value + random.normal(0, 0.1);
  const shifted = {
    size: 30,
    truth,
    u: Float64Array.from(truth, (t) => noisy(2 * t)),
    v: Float64Array.from(truth, (t) => noisy(-t)),
  };
  expect(overlap(objectSide(twoMeans(shifted, random)), truth)).toBeGreaterThan(0.95);
  const turning = {
    size: 30,
    truth,
    u: scene.u.map((value, at) => noisy(inside(at) ? -0.5 * (Math.floor(at / 30) - 14) : value)),
    v: scene.v.map((value, at) => noisy(inside(at) ? 0.5 * ((at % 30) - 14) : value)),
  };
  expect(overlap(objectSide(twoMotions(turning, random)), truth)).toBeGreaterThan(0.9);
  expect(overlap(objectSide(twoMeans(turning, random)), truth)).toBeLessThan(0.8);
});

describe("the information between the sides of a mask", () => {
  let net: InfoNet;
  beforeAll(async () => {
    net = await InfoNet.load();
  });
  afterAll(() => net.dispose());

  const size = 32;
  const random = new Random(7, 1);
  const scenes = Array.from({ length: 8 }, () => drawScene(random, size));
  const options = (objective: "normalised" | "plain") => ({
    ...{ net, objective, rows: 1024 },
    random: new Random(2),
    context: new Context(size, 4),
  });

  test("is small for the objects, large for masks that are too large", async () => {
    const measured = async (grown: number) =>
      separate(
        scenes,
        scenes.map((scene) => movedMask(signedDistance(scene), grown)),
        options("normalised"),
      );
    const [truth, large] = [await measured(0), await measured(4)];
    expect(truth.information[0]).toBeLessThan(0.5 * large.information[0]);
    expect(truth.information[1]).toBeLessThan(0.5 * large.information[1]);
    expect(mean(truth.losses)).toBeLessThan(0.5 * mean(large.losses));
    // Two components of a few pixels a frame, in units of the noise.
    expect(truth.entropy[0]).toBeGreaterThan(1.2);
    expect(truth.entropy[1]).toBeGreaterThan(1.2);
  });

  test.each(["normalised", "plain"] as const)(
    "has derivatives that lead downhill (%s)",
    async (objective) => {
      const masks = scenes.map((scene) => movedMask(signedDistance(scene), 3).map((m) => 0.1 + 0.8 * m));
      const { gradients, losses } = await separate(scenes, masks, options(objective));
      const steps = gradients.map((gradient) => {
        const largest = Math.max(...gradient.map(Math.abs));
        return gradient.map((d) => (-0.1 * d) / largest);
      });
      const moved = await separate(
        scenes,
        masks.map((mask, k) => mask.map((m, at) => m + steps[k][at])),
        options(objective),
      );
      expect(mean(moved.losses)).toBeLessThan(mean(losses));
    },
  );

  test("falls when masks take steps, and they come closer to the objects", async () => {
    const started = scenes.map((scene) => movedMask(signedDistance(scene), 3).map((m) => 2 * m - 1));
    const masks = new Masks(scenes, started, 1);
    const score = (): number =>
      mean(
        masks.values().map((mask, k) =>
          overlap(
            Uint8Array.from(mask, (m) => (m >= 0.5 ? 1 : 0)),
            scenes[k].truth,
          ),
        ),
      );
    const before = score();
    const settings = options("normalised");
    const first = await masks.step(0.3, settings);
    for (let step = 0; step < 10; step++) await masks.step(0.3, settings);
    const last = await masks.step(0.3, settings);
    expect(mean(last.losses)).toBeLessThan(0.7 * mean(first.losses));
    expect(score()).toBeGreaterThan(before + 0.05);
  });
});
