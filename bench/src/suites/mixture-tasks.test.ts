import { logGamma, Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { integral, normalDensity } from "../reference/quadrature.js";
import { drawMixture, MIXTURE_TASKS, type MixtureTask, meanRatio, mixtureRatio } from "./mixture-tasks.js";

const named = (name: string): MixtureTask => MIXTURE_TASKS.find((task) => task.name === name)!;

/** A component in the plane, with the correlation of its two coordinates. */
type Spot = [mx: number, my: number, sx: number, sy: number, correlation?: number];

/** I of the two coordinates of spots that are equally likely, over a grid. */
function planeInformation(
  spots: readonly Spot[],
  [x0, x1, y0, y1]: readonly number[],
  [columns, rows]: readonly number[],
): number {
  const share = 1 / spots.length;
  const marginal = (at: number, centre: 0 | 1): number =>
    spots.reduce((sum, spot) => sum + share * normalDensity(at, spot[centre], spot[centre === 0 ? 2 : 3]), 0);
  const along = Float64Array.from({ length: rows }, (_, j) =>
    marginal(y0 + ((j + 0.5) * (y1 - y0)) / rows, 1),
  );
  return integral(x0, x1, columns, (x) => {
    const ofX = marginal(x, 0);
    const slices = spots.map(([mx, my, sx, sy, r = 0]) => ({
      weight: share * normalDensity(x, mx, sx),
      centre: my + (r * sy * (x - mx)) / sx,
      width: sy * Math.sqrt(1 - r * r),
    }));
    let row = 0;
    return integral(y0, y1, rows, (y) => {
      const ofY = along[row++];
      let p = 0;
      for (const { weight, centre, width } of slices) p += weight * normalDensity(y, centre, width);
      return p > 1e-300 && ofX * ofY > 0 ? p * Math.log(p / (ofX * ofY)) : 0;
    });
  });
}

/** I of shells and their number, which y tells. */
function shellInformation(width: number, count: number): number {
  const numbers = Array.from({ length: count }, (_, k) => k + 1);
  const logBall = (radius: number, k: number): number =>
    -width * Math.log(k) - 0.5 * (radius / k) ** 2 - (width / 2) * Math.log(2 * Math.PI);
  const logSphere = Math.log(2) + (width / 2) * Math.log(Math.PI) - logGamma(width / 2);
  let sum = 0;
  for (const k of numbers) {
    sum += integral(0, k * (Math.sqrt(width) + 9), 4000, (r) => {
      const own = logBall(r, k);
      const odds = numbers.reduce((total, other) => total + Math.exp(logBall(r, other) - own), 0) / count;
      return -Math.exp(own + logSphere + (width - 1) * Math.log(r)) * Math.log(odds);
    });
  }
  return sum / count;
}

/** I of two pairs with inliers: the log ratio of two pairs is a difference of two exponential variables. */
function inlierInformation(share: number): number {
  const r = 0.8;
  const meanOver = (a: number, b: number): number =>
    integral(0, 6, 600, (v) =>
      integral(0, 6, 600, (w) => {
        const ratio = Math.exp(a * v * v - b * w * w) / (1 - r * r);
        return 4 * v * w * Math.exp(-v * v - w * w) * Math.log((1 - share) * ratio + share);
      }),
    );
  return (1 - share) * meanOver(r, r) + share * meanOver(r / (1 + r), r / (1 - r));
}

const letters: Spot[] = [
  [1, 0, 0.1, Math.sqrt(0.2)],
  [1, 1, Math.sqrt(0.05), Math.sqrt(0.001)],
  [1, -1, Math.sqrt(0.05), Math.sqrt(0.001)],
  [-0.8, -0.2, Math.sqrt(0.03), Math.sqrt(0.001)],
  [-1.2, 0, 0.2, Math.sqrt(0.2), 0.95],
  [-0.4, 0, 0.2, Math.sqrt(0.2), -0.95],
];
const posts = Array.from(
  { length: 12 },
  (_, k): Spot => [1.5 * k, 1.5 * (k % 4), Math.sqrt(0.1), Math.sqrt(0.1)],
);
// Across the line through the balls nothing is shared.
const balls = [-1.5, 1.5].map((c): Spot => [c * Math.SQRT2, c, 1, 1]);
const cross: Spot[] = [
  [0, 0, 1, 1, 0.9],
  [0, 0, 1, 1, -0.9],
];

const QUADRATURE: ReadonlyArray<[name: string, value: () => number]> = [
  ["1v1 X", () => planeInformation(cross, [-9, 9, -9, 9], [400, 400])],
  ["1v1 AI", () => planeInformation(letters, [-2.6, 2.6, -3.4, 3.4], [800, 2400])],
  ["2v1 waves", () => planeInformation(posts, [-2.5, 19, -2.5, 7], [400, 200])],
  ["2v1 galaxy", () => planeInformation(balls, [-10, 10, -10, 10], [200, 200])],
  ["3v1 5 concentric", () => shellInformation(3, 5)],
  ["5v1 5 concentric", () => shellInformation(5, 5)],
  ["3v1 10 concentric", () => shellInformation(3, 10)],
  ["5v1 10 concentric", () => shellInformation(5, 10)],
  ["25v1 5 concentric", () => shellInformation(25, 5)],
  ["5v5 two pairs, 20 % inliers", () => inlierInformation(0.2)],
  ["25v25 two pairs, 20 % inliers", () => inlierInformation(0.2)],
  ["5v5 two pairs, 50 % inliers", () => inlierInformation(0.5)],
  ["25v25 two pairs, 50 % inliers", () => inlierInformation(0.5)],
];

test.each(QUADRATURE)("%s: its truth is the integral", (name, value) => {
  expect(Math.abs(value() - named(name).truth)).toBeLessThan(6e-5);
});

test.each(MIXTURE_TASKS)("$name: its truth is the mean exact log ratio", (task) => {
  const { mean, error } = meanRatio(task, 60_000, new Random(21, 1));
  expect(error).toBeLessThan(0.005);
  expect(Math.abs(mean - task.truth)).toBeLessThan(4 * error);
});

test("rows of a mixture with inliers: the density of independent sides integrates to one", () => {
  const task = named("5v5 two pairs, 50 % inliers");
  const [x, y] = drawMixture(task, 20_000, new Random(22, 1));
  let sum = 0;
  for (let row = 0; row < 20_000; row++) {
    const at = (side: typeof x) => side.data.subarray(5 * row, 5 * row + 5);
    sum += Math.exp(-mixtureRatio(task, at(x), at(y))) / 20_000;
  }
  // Each term is at most 2, the inverse of the share of inliers.
  expect(Math.abs(sum - 1)).toBeLessThan(0.02);
});

test("maps of x can be undone: norms of the galaxy, sines of the waves", () => {
  const before = (task: MixtureTask) => drawMixture({ ...task, bend: undefined }, 50, new Random(23, 1));
  const after = (task: MixtureTask) => drawMixture(task, 50, new Random(23, 1));
  const [galaxy, waves] = [named("2v1 galaxy"), named("2v1 waves")];
  const [[g, gy], [h, hy]] = [before(galaxy), after(galaxy)];
  expect(hy).toEqual(gy);
  const [[w], [v]] = [before(waves), after(waves)];
  for (let at = 0; at < 100; at += 2) {
    expect(Math.hypot(h.data[at], h.data[at + 1])).toBeCloseTo(Math.hypot(g.data[at], g.data[at + 1]), 10);
    expect(2 * v.data[at + 1]).toBeCloseTo(w.data[at + 1], 12);
    const straight = (v.data[at] + 0.8) / 0.1 - 5 * Math.sin(6 * v.data[at + 1]);
    expect(straight).toBeCloseTo(w.data[at], 10);
  }
});

test("thirteen mixtures of which every one has its own name, weights that sum to one and columns that agree", () => {
  expect(new Set(MIXTURE_TASKS.map(({ name }) => name)).size).toBe(13);
  for (const { weights, components } of MIXTURE_TASKS) {
    expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
    expect(weights).toHaveLength(components.length);
    const widths = components.map(({ x, y }) => [x.mean.length, x.deviation.length, y.mean.length]);
    for (const width of widths) expect(width).toEqual(widths[0]);
  }
});
