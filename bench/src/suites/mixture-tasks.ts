/**
 * The mixtures of the second version of the benchmark (Czyż, Grabowski, Vogt, Beerenwinkel & Marx, "On the Properties and
 * Estimation of Pointwise Mutual Information Profiles", TMLR 2025), drawn anew: their joint and marginal densities are
 * known, and a map of one side after the draw changes no information.
 */
import type { Random } from "@infonet/training/evaluate";
import type { Vectors } from "./bmi-tasks.js";

/** A variable of independent normal coordinates. */
interface Ball {
  mean: readonly number[];
  deviation: readonly number[];
}

/** A component: coordinate k of x and of y have the k-th correlation, 0 where there is none. */
interface Component {
  x: Ball;
  y: Ball;
  correlations?: readonly number[];
}

/** A mixture, and a map of x that keeps all information. */
export interface MixtureTask {
  name: string;
  group: "one against one" | "bent" | "concentric" | "inliers";
  /** Nats: quadrature, to four digits; the maps change nothing. */
  truth: number;
  weights: readonly number[];
  components: readonly Component[];
  bend?(x: Float64Array): void;
}

const same = (width: number, value: number): number[] => Array.from({ length: width }, () => value);
const even = (components: readonly Component[]): Pick<MixtureTask, "weights" | "components"> => ({
  weights: same(components.length, 1 / components.length),
  components,
});

/** One coordinate a side, with variances. */
const flat = (
  [mx, my]: readonly [number, number],
  [vx, vy]: readonly [number, number],
  correlation = 0,
): Component => ({
  x: { mean: [mx], deviation: [Math.sqrt(vx)] },
  y: { mean: [my], deviation: [Math.sqrt(vy)] },
  correlations: [correlation],
});

const LEG = 0.95;
/** Three strokes of an I, a bar and two legs of an A. */
const LETTERS = [
  flat([1, 0], [0.01, 0.2]),
  flat([1, 1], [0.05, 0.001]),
  flat([1, -1], [0.05, 0.001]),
  flat([-0.8, -0.2], [0.03, 0.001]),
  flat([-1.2, 0], [0.04, 0.2], LEG),
  flat([-0.4, 0], [0.04, 0.2], -LEG),
];

/** Two balls, three units apart in every coordinate. */
const BALLS = [-1.5, 1.5].map(
  (c): Component => ({ x: { mean: [c, c], deviation: [1, 1] }, y: { mean: [c], deviation: [1] } }),
);

/** A fence of twelve posts, four heights of y over and over. */
const POSTS = Array.from({ length: 12 }, (_, k): Component => {
  const narrow = Math.sqrt(0.1);
  return {
    x: { mean: [1.5 * k, 0], deviation: [narrow, 1] },
    y: { mean: [1.5 * (k % 4)], deviation: [narrow] },
  };
});

/** Balls of radius 1, 2, …, and y next to exactly the radius. */
const shells = (width: number, count: number): Component[] =>
  Array.from({ length: count }, (_, k) => ({
    x: { mean: same(width, 0), deviation: same(width, k + 1) },
    y: { mean: [k + 1], deviation: [0.01] },
  }));

const TWO = 0.8;
/** Two pairs that correlate, and a share of rows in which nothing does. */
function pairsWithInliers(width: number, share: number): Pick<MixtureTask, "weights" | "components"> {
  const side = { mean: same(width, 0), deviation: same(width, 1) };
  return {
    weights: [1 - share, share],
    components: [
      { x: side, y: side, correlations: [TWO, TWO] },
      { x: side, y: side },
    ],
  };
}

const concentric = (width: number, count: number, truth: number): MixtureTask => ({
  name: `${width}v1 ${count} concentric`,
  group: "concentric",
  truth,
  ...even(shells(width, count)),
});
const inliers = (width: number, share: number, truth: number): MixtureTask => ({
  name: `${width}v${width} two pairs, ${100 * share} % inliers`,
  group: "inliers",
  truth,
  ...pairsWithInliers(width, share),
});

/** All mixtures, in the order of the benchmark. */
export const MIXTURE_TASKS: readonly MixtureTask[] = [
  {
    name: "1v1 X",
    group: "one against one",
    truth: 0.4084,
    ...even([flat([0, 0], [1, 1], 0.9), flat([0, 0], [1, 1], -0.9)]),
  },
  { name: "1v1 AI", group: "one against one", truth: 0.776, ...even(LETTERS) },
  {
    name: "2v1 waves",
    group: "bent",
    truth: 1.307,
    ...even(POSTS),
    bend(x) {
      x[0] = 0.1 * (x[0] + 5 * Math.sin(3 * x[1])) - 0.8;
      x[1] *= 0.5;
    },
  },
  {
    name: "2v1 galaxy",
    group: "bent",
    truth: 0.4943,
    ...even(BALLS),
    bend(x) {
      const [a, b] = x;
      const angle = 0.5 * (a * a + b * b);
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      x[0] = c * a - s * b;
      x[1] = s * a + c * b;
    },
  },
  concentric(3, 5, 0.4554),
  concentric(5, 5, 0.6274),
  concentric(3, 10, 0.5599),
  concentric(5, 10, 0.7515),
  concentric(25, 5, 1.1908),
  inliers(5, 0.2, 0.6358),
  inliers(25, 0.2, 0.6358),
  inliers(5, 0.5, 0.2696),
  inliers(25, 0.5, 0.2696),
];

/** One row before x is bent. */
function point({ weights, components }: MixtureTask, rng: Random, x: Float64Array, y: Float64Array): void {
  let [k, left] = [0, rng.uniform() - weights[0]];
  while (left > 0 && k < weights.length - 1) left -= weights[++k];
  const component = components[k];
  for (let c = 0; c < x.length; c++) x[c] = rng.normal();
  for (let c = 0; c < y.length; c++) {
    const correlation = component.correlations?.[c] ?? 0;
    y[c] =
      component.y.mean[c] +
      component.y.deviation[c] * (correlation * (x[c] ?? 0) + Math.sqrt(1 - correlation ** 2) * rng.normal());
  }
  for (let c = 0; c < x.length; c++) x[c] = component.x.mean[c] + component.x.deviation[c] * x[c];
}

/** A sample of n rows. */
export function drawMixture(task: MixtureTask, n: number, rng: Random): [Vectors, Vectors] {
  const [first] = task.components;
  const side = ({ mean: { length } }: Ball): Vectors => ({
    data: new Float64Array(n * length),
    width: length,
  });
  const [x, y] = [side(first.x), side(first.y)];
  for (let row = 0; row < n; row++) {
    const ofX = x.data.subarray(row * x.width, (row + 1) * x.width);
    point(task, rng, ofX, y.data.subarray(row * y.width, (row + 1) * y.width));
    task.bend?.(ofX);
  }
  return [x, y];
}

/** ln Σ exp. */
function logSum(values: readonly number[]): number {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, v) => sum + Math.exp(v - top), 0));
}

/** Log density but for the factor √2π of every coordinate, which ratios do not have. */
function logDensity({ mean, deviation }: Ball, at: ArrayLike<number>): number {
  let sum = 0;
  for (let c = 0; c < mean.length; c++) {
    sum -= 0.5 * ((at[c] - mean[c]) / deviation[c]) ** 2 + Math.log(deviation[c]);
  }
  return sum;
}

/** ln p(x, y) / (p(x) p(y)) before x is bent: exact. */
export function mixtureRatio(
  { weights, components }: MixtureTask,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): number {
  const parts = components.map((component, k) => {
    const ofX = logDensity(component.x, x);
    const ofY = logDensity(component.y, y);
    let shared = 0;
    component.correlations?.forEach((r, c) => {
      if (r === 0) return;
      const a = (x[c] - component.x.mean[c]) / component.x.deviation[c];
      const b = (y[c] - component.y.mean[c]) / component.y.deviation[c];
      const rest = 1 - r * r;
      shared -= 0.5 * Math.log(rest) + (r * r * (a * a + b * b) - 2 * r * a * b) / (2 * rest);
    });
    const weight = Math.log(weights[k]);
    return [weight + ofX + ofY + shared, weight + ofX, weight + ofY];
  });
  const [both, ofX, ofY] = [0, 1, 2].map((at) => logSum(parts.map((part) => part[at])));
  return both - ofX - ofY;
}

/** Mean of that over fresh rows, and its standard error: the information by another way than quadrature. */
export function meanRatio(task: MixtureTask, rows: number, rng: Random): { mean: number; error: number } {
  const [first] = task.components;
  const [x, y] = [new Float64Array(first.x.mean.length), new Float64Array(first.y.mean.length)];
  let [sum, squares] = [0, 0];
  for (let row = 0; row < rows; row++) {
    point(task, rng, x, y);
    const value = mixtureRatio(task, x, y);
    sum += value;
    squares += value * value;
  }
  const mean = sum / rows;
  return { mean, error: Math.sqrt((squares / rows - mean * mean) / rows) };
}
