/**
 * The order test on published triples (InfoNet, ICML 2024): three-dimensional Gaussian mixtures; is
 * I(X;Y) larger than I(X;Z)? One sample a triple, exact truths computed here.
 */
import { Random } from "../prior/random.js";
import type { Sample } from "./family.js";
import { logRatio, type Mixture2, mutualInformation } from "./mixture.js";

/** A mixture as it lies in the file. */
export interface Triple {
  components: number;
  weights: number[];
  means: number[][];
  covariances: number[][][];
  /** Published Monte-Carlo truths. */
  miXY: number;
  miXZ: number;
}

/** One triple ready to be estimated. */
export interface OrderTest {
  components: number;
  /** (X, Y) and (X, Z). */
  samples: [Sample, Sample];
  /** Their distributions. */
  mixtures: [Mixture2, Mixture2];
  truths: [number, number];
  /** Mean exact log ratio over the very samples: what an estimator that knew the density would say. */
  floor: [number, number];
}

/** The joint of two of the three variables. */
export function pairOf({ weights, means, covariances }: Triple, a: number, b: number): Mixture2 {
  return {
    weights,
    means: means.map((m) => [m[a], m[b]] as const),
    covariances: covariances.map((c) => [c[a][a], c[a][b], c[b][b]] as const),
  };
}

/** Lower triangle of the Cholesky factor of a 3 × 3 covariance, row by row. */
function cholesky3(c: number[][]): number[] {
  const l00 = Math.sqrt(c[0][0]);
  const l10 = c[1][0] / l00;
  const l11 = Math.sqrt(Math.max(c[1][1] - l10 * l10, 0));
  const l20 = c[2][0] / l00;
  const l21 = l11 > 0 ? (c[2][1] - l20 * l10) / l11 : 0;
  const l22 = Math.sqrt(Math.max(c[2][2] - l20 * l20 - l21 * l21, 0));
  return [l00, l10, l11, l20, l21, l22];
}

function drawSample(triple: Triple, n: number, rng: Random): [Float64Array, Float64Array, Float64Array] {
  const columns = [new Float64Array(n), new Float64Array(n), new Float64Array(n)] as const;
  const factors = triple.covariances.map(cholesky3);
  for (let i = 0; i < n; i++) {
    let left = rng.uniform();
    let k = 0;
    while (k < triple.weights.length - 1 && left >= triple.weights[k]) left -= triple.weights[k++];
    const [l00, l10, l11, l20, l21, l22] = factors[k];
    const [a, b, c] = [rng.normal(), rng.normal(), rng.normal()];
    columns[0][i] = triple.means[k][0] + l00 * a;
    columns[1][i] = triple.means[k][1] + l10 * a + l11 * b;
    columns[2][i] = triple.means[k][2] + l20 * a + l21 * b + l22 * c;
  }
  return [...columns];
}

// Lattice points a component for the truth: the error is below 2e-4 nats, far under that of any estimate.
const TRUTH_POINTS = 4096;

/** Sample, truths and floor of one triple. The same (seed, index, n) gives the same sample. */
export function orderTest(triple: Triple, n: number, seed: number, index: number): OrderTest {
  const [x, y, z] = drawSample(triple, n, new Random(seed, index));
  const pairs: [Mixture2, Mixture2] = [pairOf(triple, 0, 1), pairOf(triple, 0, 2)];
  const samples: [Sample, Sample] = [
    { x, y },
    { x, y: z },
  ];
  const floor = pairs.map((pair, k) => {
    const ratio = logRatio(pair);
    const sample = samples[k];
    let sum = 0;
    for (let i = 0; i < n; i++) sum += ratio(sample.x[i], sample.y[i]);
    return sum / n;
  });
  const truths = pairs.map((pair) => mutualInformation(pair, TRUTH_POINTS));
  return {
    components: triple.components,
    samples,
    mixtures: pairs,
    truths: [truths[0], truths[1]],
    floor: [floor[0], floor[1]],
  };
}

/** Error and order accuracy of a set of estimates. */
export interface OrderScore {
  /** Mean absolute error over both pairs of every triple, nats. */
  mae: number;
  /** Share of triples in the right order, by number of components. */
  accuracy: Map<number, number>;
  /** Mean of the accuracies over the numbers of components. */
  meanAccuracy: number;
}

/** Scores estimates (two a triple) against the truths. */
export function scoreOrder(
  tests: ReadonlyArray<Pick<OrderTest, "components" | "truths">>,
  estimates: ReadonlyArray<readonly [number, number]>,
): OrderScore {
  let absolute = 0;
  const right = new Map<number, { hits: number; count: number }>();
  tests.forEach(({ components, truths }, t) => {
    const [first, second] = estimates[t];
    absolute += Math.abs(first - truths[0]) + Math.abs(second - truths[1]);
    const row = right.get(components) ?? { hits: 0, count: 0 };
    row.count++;
    if (first > second === truths[0] > truths[1]) row.hits++;
    right.set(components, row);
  });
  const accuracy = new Map([...right].sort(([a], [b]) => a - b).map(([k, r]) => [k, r.hits / r.count]));
  const meanAccuracy = [...accuracy.values()].reduce((a, b) => a + b, 0) / accuracy.size;
  return { mae: absolute / (2 * tests.length), accuracy, meanAccuracy };
}
