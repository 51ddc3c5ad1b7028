/** The 40 tasks of "Beyond Normal" (Czyż, Grabowski, Vogt, Beerenwinkel & Marx, NeurIPS 2023), drawn anew, with their closed forms. */
import { digamma, logGamma, type Random } from "@infonet/training/evaluate";

/** Row-major rows. */
export interface Vectors {
  data: Float64Array;
  width: number;
}

/** A distribution of two vectors. */
export interface Task {
  name: string;
  group: "one against one" | "normal" | "student" | "transformed" | "spiral";
  /** Mutual information, nats. */
  truth: number;
  draw(n: number, rng: Random): [Vectors, Vectors];
}

/** The standard normal distribution function by Marsaglia's series (2004), to a double's precision for |x| < 7. */
export function normalCdf(x: number): number {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let [sum, term] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI));
}

/** I of two standard normal variables. */
const normalInformation = (correlation: number): number => -0.5 * Math.log1p(-(correlation ** 2));

/** I of the two halves of a 2d-dimensional Student distribution with identity dispersion. */
export function studentInformation(width: number, freedom: number): number {
  const entropy = (k: number): number =>
    -logGamma((freedom + k) / 2) +
    logGamma(freedom / 2) +
    (k / 2) * Math.log(freedom * Math.PI) +
    ((freedom + k) / 2) * (digamma((freedom + k) / 2) - digamma(freedom / 2));
  return 2 * entropy(width) - entropy(2 * width);
}

/** I of d variables and d others, all of whose correlations are ½: their sums share everything. */
export function denseInformation(width: number): number {
  return normalInformation(width / (width + 1));
}

function rows(n: number, width: number, fill: (row: Float64Array, index: number) => void): Vectors {
  const data = new Float64Array(n * width);
  for (let i = 0; i < n; i++) fill(data.subarray(i * width, (i + 1) * width), i);
  return { data, width };
}

/** The first `pairs` coordinates correlated one by one, the others independent. */
const paired =
  (width: number, pairs: number, correlation: number): Task["draw"] =>
  (n, rng) => {
    const rest = Math.sqrt(1 - correlation ** 2);
    const x = rows(n, width, (row) => {
      for (let k = 0; k < width; k++) row[k] = rng.normal();
    });
    const y = rows(n, width, (row, i) => {
      for (let k = 0; k < width; k++) {
        row[k] = k < pairs ? correlation * x.data[i * width + k] + rest * rng.normal() : rng.normal();
      }
    });
    return [x, y];
  };

/** Both sides drawn around something common to the row. */
const shared =
  (
    width: number,
    common: (rng: Random) => number,
    coordinate: (c: number, rng: Random) => number,
  ): Task["draw"] =>
  (n, rng) => {
    const both = rows(n, 2 * width, (row) => {
      const c = common(rng);
      for (let k = 0; k < row.length; k++) row[k] = coordinate(c, rng);
    });
    const half = (from: number) =>
      rows(n, width, (row, i) =>
        row.set(both.data.subarray(2 * width * i + from, 2 * width * i + from + width)),
      );
    return [half(0), half(width)];
  };

const dense = (width: number): Task["draw"] =>
  shared(
    width,
    (rng) => rng.normal(),
    (c, rng) => (c + rng.normal()) * Math.SQRT1_2,
  );

const student = (width: number, freedom: number): Task["draw"] =>
  shared(
    width,
    (rng) => Math.sqrt(freedom / (2 * rng.gamma(freedom / 2))),
    (scale, rng) => scale * rng.normal(),
  );

/** Every value under a map of its side. */
const mapped =
  (draw: Task["draw"], onX: (v: number) => number, onY = onX): Task["draw"] =>
  (n, rng) => {
    const [x, y] = draw(n, rng);
    return [
      { ...x, data: x.data.map((v) => onX(v)) },
      { ...y, data: y.data.map((v) => onY(v)) },
    ];
  };

/** x ↦ exp(‖x‖²/d · A) x: the plane of two coordinates turned by an angle that grows with the norm. */
function turned({ data, width }: Vectors, a: number, b: number): Vectors {
  const result = data.slice();
  for (let at = 0; at < data.length; at += width) {
    let square = 0;
    for (let k = 0; k < width; k++) square += data[at + k] ** 2;
    const [c, s] = [Math.cos(square / width), Math.sin(square / width)];
    result[at + a] = c * data[at + a] - s * data[at + b];
    result[at + b] = s * data[at + a] + c * data[at + b];
  }
  return { data: result, width };
}

const spiral =
  (draw: Task["draw"]): Task["draw"] =>
  (n, rng) => {
    const [x, y] = draw(n, rng);
    return [turned(x, 0, 1), turned(y, 1, 2)];
  };

/** Quantile function of a mixture of two unit normals, by bisection. */
function mixtureQuantile(weight: number, first: number, second: number): (p: number) => number {
  return (p) => {
    let [low, high] = [Math.min(first, second) - 9, Math.max(first, second) + 9];
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      const value = weight * normalCdf(middle - first) + (1 - weight) * normalCdf(middle - second);
      if (value < p) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
}

const wiggly = {
  x: (v: number) => v + 0.4 * Math.sin(v) + 0.2 * Math.sin(1.7 * v + 1) + 0.03 * Math.sin(3.3 * v - 2.5),
  y: (v: number) =>
    v - 0.4 * Math.sin(0.4 * v) + 0.17 * Math.sin(1.3 * v + 3.5) + 0.02 * Math.sin(4.3 * v - 2.5),
};

const additive =
  (noise: number): Task["draw"] =>
  (n, rng) => {
    const x = rows(n, 1, (row) => {
      row[0] = rng.uniform();
    });
    return [
      x,
      rows(n, 1, (row, i) => {
        row[0] = x.data[i] + rng.between(-noise, noise);
      }),
    ];
  };

const swissRoll: Task["draw"] = (n, rng) => {
  const [x, y] = mapped(paired(1, 1, ONE), normalCdf)(n, rng);
  const roll = rows(n, 2, (row, i) => {
    const t = 1.5 * Math.PI * (1 + 2 * x.data[i]);
    row[0] = (t * Math.cos(t)) / 21;
    row[1] = (t * Math.sin(t)) / 21;
  });
  return [roll, y];
};

/** Correlation of the tasks of one against one, and of the two pairs. */
const ONE = 0.75;
const TWO = 0.8;
const halfCube = (v: number): number => v * Math.sqrt(Math.abs(v));
const onePair = paired(1, 1, ONE);
const twoPairs = (width: number): Task["draw"] => paired(width, 2, TWO);

const one = (name: string, draw: Task["draw"], truth = normalInformation(ONE)): Task => ({
  name: `1v1 ${name}`,
  group: "one against one",
  truth,
  draw,
});
const bimodal = {
  x: mixtureQuantile(0.3, 0, 5),
  y: mixtureQuantile(0.5, -1, 3),
};

/** All tasks, in the order of the benchmark. */
export const TASKS: readonly Task[] = [
  one("normal", onePair),
  one("normal cdf", mapped(onePair, normalCdf)),
  one("additive uniform 0.1", additive(0.1), 0.1 - Math.log(0.2)),
  one("additive uniform 0.75", additive(0.75), 1 / 3),
  one(
    "bimodal",
    mapped(
      onePair,
      (v) => bimodal.x(normalCdf(v)),
      (v) => bimodal.y(normalCdf(v)),
    ),
  ),
  one("wiggly", mapped(onePair, wiggly.x, wiggly.y)),
  one("half-cube", mapped(onePair, halfCube)),
  one("student 1", student(1, 1), studentInformation(1, 1)),
  one("asinh student 1", mapped(student(1, 1), Math.asinh), studentInformation(1, 1)),
  { name: "2v1 swiss roll", group: "transformed", truth: normalInformation(ONE), draw: swissRoll },
  ...[2, 3, 5, 25, 50].map(
    (d): Task => ({ name: `${d}v${d} dense`, group: "normal", truth: denseInformation(d), draw: dense(d) }),
  ),
  ...[2, 3, 5, 25].map(
    (d): Task => ({
      name: `${d}v${d} two pairs`,
      group: "normal",
      truth: 2 * normalInformation(TWO),
      draw: twoPairs(d),
    }),
  ),
  ...(
    [
      [2, 1],
      [2, 2],
      [3, 2],
      [3, 3],
      [5, 2],
      [5, 3],
    ] as const
  ).map(
    ([d, freedom]): Task => ({
      name: `${d}v${d} student ${freedom}`,
      group: "student",
      truth: studentInformation(d, freedom),
      draw: student(d, freedom),
    }),
  ),
  ...[3, 5, 25].flatMap((d): Task[] => {
    const truth = 2 * normalInformation(TWO);
    const task = (name: string, group: Task["group"], draw: Task["draw"]): Task => ({
      name: `${d}v${d} ${name}`,
      group,
      truth,
      draw,
    });
    return [
      task("cdf of two pairs", "transformed", mapped(twoPairs(d), normalCdf)),
      task("half-cube of two pairs", "transformed", mapped(twoPairs(d), halfCube)),
      task("spiral of two pairs", "spiral", spiral(twoPairs(d))),
      task("spiral of cdf of two pairs", "spiral", spiral(mapped(twoPairs(d), normalCdf))),
    ];
  }),
  ...(
    [
      [2, 1],
      [3, 2],
      [5, 2],
    ] as const
  ).map(
    ([d, freedom]): Task => ({
      name: `${d}v${d} asinh student ${freedom}`,
      group: "student",
      truth: studentInformation(d, freedom),
      draw: mapped(student(d, freedom), Math.asinh),
    }),
  ),
];
