/** Laws with one parameter whose information is known by a formula or by integration, and with it its derivative. */

const phi = (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** The integral of f by the trapezoidal rule, which is exact to many digits for what falls off at both ends. */
function integral(f, from, to, steps) {
  const h = (to - from) / steps;
  let sum = 0;
  for (let k = 0; k <= steps; k++) sum += f(from + k * h) * (k === 0 || k === steps ? 0.5 : 1);
  return sum * h;
}

const minusLog = (p) => (p > 1e-300 ? -p * Math.log(p) : 0);
const entropy = (density, from, to, steps) => integral((v) => minusLog(density(v)), from, to, steps);
/** Entropy of a normal variable. */
const normalEntropy = (deviation) => 0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(deviation);

const normal = (rho) => ({
  name: `normal, ρ = ${rho}`,
  at: rho,
  information: (r) => -0.5 * Math.log1p(-r * r),
  row: (r, [a, b]) => [a, r * a + Math.sqrt(1 - r * r) * b],
  slope: (r, [a, b]) => [0, a - (r / Math.sqrt(1 - r * r)) * b],
  score: (r) => (x, y) => [x, y].map((own, k) => (r * [y, x][k] - r * r * own) / (1 - r * r)),
});

/** Derivative of the log density of f(x) + t g, of a normal x: a table over a grid, straight between its nodes. */
function curveSlope(f, t) {
  const [half, steps] = [6, 6000];
  const at = (k) => (2 * half * k) / steps - half;
  const reached = Array.from({ length: steps + 1 }, (_, k) => f(at(k)));
  const from = Math.min(...reached.slice(steps / 8, -steps / 8)) - 6 * t;
  const to = Math.max(...reached.slice(steps / 8, -steps / 8)) + 6 * t;
  const nodes = Math.max(2000, Math.ceil((8 * (to - from)) / t));
  const step = (to - from) / nodes;
  const [density, slope] = [0, 1].map(() => new Float64Array(nodes + 1));
  for (const [k, middle] of reached.entries()) {
    const end = Math.min(nodes, Math.floor((middle + 7 * t - from) / step));
    for (let i = Math.max(0, Math.ceil((middle - 7 * t - from) / step)); i <= end; i++) {
      const z = (from + i * step - middle) / t;
      density[i] += phi(at(k)) * phi(z);
      slope[i] -= (phi(at(k)) * phi(z) * z) / t;
    }
  }
  const log = slope.map((value, i) => (density[i] > 0 ? value / density[i] : 0));
  return (y) => {
    const place = Math.min(Math.max((y - from) / step, 0), nodes - 1e-9);
    const node = Math.floor(place);
    return log[node] + (place - node) * (log[node + 1] - log[node]);
  };
}

/** y = f(x) + s g of a normal x. */
const curve = (written, f, s) => ({
  name: `y = ${written} + ${s} g`,
  at: s,
  information(t) {
    const density = (y) => integral((x) => (phi(x) * phi((y - f(x)) / t)) / t, -6, 6, 8000);
    const reached = Array.from({ length: 901 }, (_, k) => f((k - 450) / 100));
    const [from, to] = [Math.min(...reached) - 6 * t, Math.max(...reached) + 6 * t];
    return entropy(density, from, to, Math.max(1500, Math.ceil((4 * (to - from)) / t))) - normalEntropy(t);
  },
  row: (t, [a, b]) => [a, f(a) + t * b],
  slope: (_, [, b]) => [0, b],
  score(t) {
    const own = curveSlope(f, t);
    // That by x is not asked for: no parameter moves x.
    return (x, y) => [0, -(y - f(x)) / (t * t) - own(y)];
  },
});

const square = (s) => curve("x²", (x) => x * x, s);

const circle = (s) => ({
  name: `circle, noise ${s}`,
  at: s,
  information(t) {
    const one = (x) => integral((angle) => phi((x - Math.cos(angle)) / t) / t, 0, Math.PI, 1500) / Math.PI;
    const joint = (r) =>
      integral((angle) => Math.exp(-(r * r + 1 - 2 * r * Math.cos(angle)) / (2 * t * t)), 0, Math.PI, 1500) /
      (2 * Math.PI * Math.PI * t * t);
    const [from, to] = [Math.max(0, 1 - 8 * t), 1 + 8 * t];
    const both = integral((r) => 2 * Math.PI * r * minusLog(joint(r)), from, to, 1500);
    return 2 * entropy(one, -to, to, 1500) - both;
  },
  row: (t, [a, b], u) => [Math.cos(2 * Math.PI * u) + t * a, Math.sin(2 * Math.PI * u) + t * b],
  slope: (_, [a, b]) => [a, b],
});

const mixture = (m) => ({
  name: `two clusters, ± ${m}`,
  at: m,
  information(d) {
    const two = (c) => entropy((y) => 0.5 * (phi(y - c) + phi(y + c)), -c - 9, c + 9, 4000);
    return 2 * two(d) - two(d * Math.SQRT2) - normalEntropy(1);
  },
  row: (d, [a, b], u) => (u < 0.5 ? [a - d, b - d] : [a + d, b + d]),
  slope: (_, __, u) => (u < 0.5 ? [-1, -1] : [1, 1]),
  score: (d) => (x, y) => [x, y].map((own) => d * (Math.tanh(d * (x + y)) - Math.tanh(d * own))),
});

/**
 * Round clusters of deviation 1 at d times their centres.
 *
 * @param list centre by x, centre by y, and share of each
 */
const clusters = (written, list, distance) => ({
  name: `${written}, ${distance}`,
  at: distance,
  information(d) {
    const half = d + 8;
    const marginal = (side) => (v) => list.reduce((sum, of) => sum + of[2] * phi(v - d * of[side]), 0);
    const joint = (x, y) =>
      list.reduce((sum, [a, b, share]) => sum + share * phi(x - d * a) * phi(y - d * b), 0);
    const both = integral((x) => integral((y) => minusLog(joint(x, y)), -half, half, 400), -half, half, 400);
    return entropy(marginal(0), -half, half, 4000) + entropy(marginal(1), -half, half, 4000) - both;
  },
  row(d, [a, b], u) {
    const [x, y] = clusterOf(list, u);
    return [a + d * x, b + d * y];
  },
  slope: (_, __, u) => clusterOf(list, u).slice(0, 2),
  score: (d) => (x, y) => {
    const towards = (of, by) => {
      const sum = list.reduce((whole, cluster) => whole + of(cluster), 0);
      return list.reduce((whole, cluster) => whole + of(cluster) * by(cluster), 0) / sum;
    };
    const near = [([a, , share]) => share * phi(x - d * a), ([, b, share]) => share * phi(y - d * b)];
    const here = ([a, b, share]) => share * phi(x - d * a) * phi(y - d * b);
    return near.map((of, side) => d * (towards(here, (c) => c[side]) - towards(of, (c) => c[side])));
  },
});

/** The cluster of a uniform number. */
function clusterOf(list, u) {
  let end = 0;
  for (const cluster of list) {
    end += cluster[2];
    if (u < end) return cluster;
  }
  return list.at(-1);
}

const PAIR = [
  [-1, -1, 0.5],
  [1, 1, 0.5],
];
const CLUSTERS = [
  clusters("clusters at ±", PAIR, 1.5),
  clusters("clusters at ±", PAIR, 2.7),
  clusters(
    "clusters of 30 and 70 % at ±",
    PAIR.map(([x, y], k) => [x, y, [0.3, 0.7][k]]),
    2.2,
  ),
  clusters(
    "three clusters in a line",
    [
      [-1, -1, 0.3],
      [0, 0, 0.4],
      [1, 1, 0.3],
    ],
    4,
  ),
  clusters(
    "three clusters in a triangle",
    [
      [-1, 0, 0.3],
      [0, 1, 0.4],
      [1, -1, 0.3],
    ],
    3,
  ),
];

/** Curves that the power of a multiple comes from, with the clusters. */
const CURVES = [
  ["sin 2x", (x) => Math.sin(2 * x)],
  ["abs x", Math.abs],
  ["x³", (x) => x ** 3],
  ["tanh 4x", (x) => Math.tanh(4 * x)],
  ["x + cos 3x", (x) => x + Math.cos(3 * x)],
  ["x abs x", (x) => x * Math.abs(x)],
].flatMap(([written, f]) => [0.15, 0.6].map((s) => curve(written, f, s)));

/** Every law with the numbers of rows and, of most, the bars: how far the mean may be from 1, and the scatter of one draw. */
export const LAWS = [
  { law: normal(0.3), rows: [1000], off: 0.15, scatter: 0.2 },
  { law: normal(0.6), rows: [1000], off: 0.08, scatter: 0.1 },
  { law: normal(0.9), rows: [1000], off: 0.06, scatter: 0.06 },
  { law: normal(0.99), rows: [2000], off: 0.06, scatter: 0.05 },
  { law: normal(0.999), rows: [2000], off: 0.1, scatter: 0.06 },
  ...[square(0.1), square(1), circle(0.05), mixture(2), ...CURVES].map((law) => ({
    law,
    rows: [500, 2000],
    off: 0.12,
    scatter: 0.1,
  })),
  // Some of these have less to go by than the bar asks for.
  ...CLUSTERS.map((law) => ({ law, rows: [500, 2000] })),
];

/** dI/dt at the law's own parameter. */
export function truth({ at, information }) {
  const h = 1e-3 * Math.min(at, at < 1 ? 1 - at : at);
  return (information(at + h) - information(at - h)) / (2 * h);
}

/** n rows of a law, and their derivatives by the parameter. */
export function sample({ at, row, slope }, n, { normal: draw, uniform }) {
  const [x, y, byX, byY] = [0, 1, 2, 3].map(() => new Float64Array(n));
  for (let k = 0; k < n; k++) {
    const noise = [draw(), draw()];
    const u = uniform();
    [x[k], y[k]] = row(at, noise, u);
    [byX[k], byY[k]] = slope(at, noise, u);
  }
  return { x, y, byX, byY };
}
