import { describe, expect, test } from "vitest";
import { Random } from "../random.js";
import { BODIES } from "./bodies.js";
import { turning, wander } from "./motion.js";
import { drawScene, PICTURE } from "./scene.js";
import { everyFew, withoutCommonMotion } from "./tracks.js";

const frames = 200;
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: Float64Array): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

test("a course wanders with deviation 1 around 0, smoothly", () => {
  const slowness = 8;
  const course = wander(new Random(1), 100_000, slowness);
  expect(Math.abs(mean(course))).toBeLessThan(0.05);
  expect(spread(course)).toBeCloseTo(1, 1);
  // Two equal filters have the autocorrelation (1 + lag / τ) e^(−lag / τ).
  const later = (lag: number): number => mean(course.slice(lag).map((value, t) => value * course[t]));
  for (const lag of [1, 8, 24]) {
    expect(Math.abs(later(lag) - (1 + lag / slowness) * Math.exp(-lag / slowness))).toBeLessThan(0.06);
  }
});

test("a phase turns once in a period on average", () => {
  const phase = turning(new Random(2), 20_000, 40, 0.3);
  expect((phase[19_999] - phase[0]) / (2 * Math.PI)).toBeGreaterThan(480);
  expect((phase[19_999] - phase[0]) / (2 * Math.PI)).toBeLessThan(520);
});

describe("bodies", () => {
  const distances = (kind: keyof typeof BODIES): Float64Array[] => {
    const points = BODIES[kind](new Random(3), frames);
    return points.slice(1).map(({ x, y, z }, k) => {
      const last = points[k];
      return x.map((_, t) => Math.hypot(x[t] - last.x[t], y[t] - last.y[t], z[t] - last.z[t]));
    });
  };

  test.each(["wheel", "box"] as const)("a %s is rigid", (kind) => {
    for (const distance of distances(kind)) expect(spread(distance)).toBeLessThan(1e-9);
  });

  test("a walker has limbs of fixed lengths, and joints", () => {
    const rigid = distances("walker").map((distance) => spread(distance) < 1e-9);
    // Head to hip, elbow to hand, and twice knee to foot; the others go from limb to limb.
    expect(rigid).toEqual([true, false, true, false, true, false, true]);
  });

  test("a fish bends", () => {
    expect(Math.min(...distances("fish").map(spread))).toBeGreaterThan(1e-4);
  });
});

describe("a scene", () => {
  test("is that of its seed", () => {
    expect(drawScene(new Random(1), 50)).toEqual(drawScene(new Random(1), 50));
    expect(drawScene(new Random(1), 50)).not.toEqual(drawScene(new Random(2), 50));
  });

  test("has four bodies and a background, seen most of the time, inside the picture", () => {
    const { tracks, bodies, owners } = drawScene(new Random(4), frames);
    expect(new Set(owners)).toEqual(new Set([0, 1, 2, 3, -1]));
    expect(bodies).toHaveLength(4);
    const all = tracks.x.flatMap((column) => [...column]);
    const share = all.filter((value) => !Number.isNaN(value)).length / all.length;
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.98);
    expect(Math.min(...all.filter((value) => !Number.isNaN(value)))).toBeGreaterThan(-5);
    expect(Math.max(...all.filter((value) => !Number.isNaN(value)))).toBeLessThan(PICTURE.width + 5);
  });
});

describe("the common motion", () => {
  const columns = (random: Random, still: boolean): Float64Array[] =>
    Array.from({ length: 9 }, (_, point) =>
      Float64Array.from({ length: frames }, () => 10 * point + (still ? 0 : random.normal())),
    );

  test("of points that all stand still before a shifting camera is what the camera does", () => {
    const x = columns(new Random(5), true);
    const shift = wander(new Random(6), frames, 10);
    const shifted = x.map((column) => column.map((value, t) => value + shift[t]));
    const { x: steady } = withoutCommonMotion({ frames, x: shifted, y: x });
    for (const column of steady) expect(spread(column)).toBeLessThan(1e-9);
  });

  test("is taken from the points that are seen, and hidden points stay hidden", () => {
    const [x, y] = [columns(new Random(7), false), columns(new Random(8), false)];
    x[2][5] = Number.NaN;
    const { x: steady } = withoutCommonMotion({ frames, x, y });
    expect(steady[2][5]).toBeNaN();
    expect(steady.flatMap((column) => [...column]).filter(Number.isNaN)).toHaveLength(1);
    // A shift of everything, of deviation 71, changes little.
    const moved = x.map((column) => column.map((value, t) => value + 100 * Math.sin(t)));
    const { x: again } = withoutCommonMotion({ frames, x: moved, y });
    for (const [point, column] of again.entries()) {
      const difference = column.map((value, t) => value - steady[point][t]);
      expect(spread(difference.filter((value) => !Number.isNaN(value)))).toBeLessThan(5);
    }
  });
});

test("one frame in three: every frame is in one of the samples", () => {
  const x = [Float64Array.of(0, 1, 2, 3, 4, 5, 6)];
  const rows = [
    [0, 3, 6],
    [1, 4],
    [2, 5],
  ].map((frames) => [Float64Array.from(frames)]);
  expect(everyFew({ frames: 7, x, y: x }, 3)).toEqual(
    rows.map((few) => ({ frames: few[0].length, x: few, y: few })),
  );
});
