/**
 * What the generator of training data costs and what it makes: milliseconds a distribution by family and by
 * stage, quantiles of the true mutual information, noise of the labels.
 */

import { featureArrays, order, orient, rankPermutation, writeFeatures } from "infonet/copula";
import { drawDistribution, KINDS, MAX_TRUTH_POINTS, meanRatio, Random, truthPoints } from "../prior/index.js";
import { batchBytes, encodeExample, viewBatch } from "../stream/index.js";

const REPEATS = 4;

/** Of a family: information and its noise (nats), milliseconds in all or a distribution. */
interface Row {
  mi: number[];
  noise: number[];
  example: number;
  draw: number;
  sample: number;
  truth: number;
}

const emptyRow = (): Row => ({ mi: [], noise: [], example: 0, draw: 0, sample: 0, truth: 0 });

function quantile(values: number[], p: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

/** Whole examples, as the stream makes them. */
function timeExamples(rows: Row[], count: number, seed: number): number {
  const views = viewBatch(new ArrayBuffer(batchBytes(1)), 1);
  for (let k = 0; k < 200; k++) encodeExample(seed + 1, k, views, 0);
  const begin = performance.now();
  for (let k = 0; k < count; k++) {
    const start = performance.now();
    encodeExample(seed, k, views, 0);
    const row = rows[views.kind[0]];
    row.example += performance.now() - start;
    row.mi.push(views.mi[0]);
  }
  return (performance.now() - begin) / count;
}

/** The stages of making a distribution, and the spread of the MI label over repeated stratified sets. */
function timeStages(rows: Row[], count: number, seed: number): void {
  const x = new Float64Array(MAX_TRUTH_POINTS);
  const y = new Float64Array(MAX_TRUTH_POINTS);
  const out = new Float64Array(MAX_TRUTH_POINTS);
  const repeats = Math.ceil(count / REPEATS);
  const seen = KINDS.map(() => 0);
  for (let k = 0; k < repeats; k++) {
    const rng = new Random(seed, k);
    const t0 = performance.now();
    const distribution = drawDistribution(rng);
    const t1 = performance.now();
    distribution.sample(rng, x, y, 2000);
    const t2 = performance.now();
    const m = truthPoints(distribution);
    let sum = 0;
    let squares = 0;
    for (let r = 0; r < REPEATS; r++) {
      distribution.stratified(rng, x, y, m);
      distribution.logRatio(x, y, m, out);
      const value = meanRatio(out, m);
      sum += value;
      squares += value * value;
    }
    const t3 = performance.now();
    const kind = KINDS.indexOf(distribution.kind);
    seen[kind]++;
    const row = rows[kind];
    row.draw += t1 - t0;
    row.sample += t2 - t1;
    row.truth += (t3 - t2) / REPEATS;
    if (distribution.mi === undefined) {
      const variance = Math.max(0, squares - (sum * sum) / REPEATS) / (REPEATS - 1);
      row.noise.push(Math.sqrt(variance));
    } else row.noise.push(0);
  }
  rows.forEach((row, kind) => {
    row.draw /= seen[kind];
    row.sample /= seen[kind];
    row.truth /= seen[kind];
  });
}

/** Features of one sample of 2000, from sorted order to arrays. */
function timeFeatures(seed: number): { sorting: number; features: number } {
  const rng = new Random(seed, 0);
  const n = 2000;
  const x = Float64Array.from({ length: n }, () => rng.normal());
  const y = x.map((value) => value + rng.normal());
  const arrays = featureArrays(1);
  let sorting = 0;
  let features = 0;
  for (let k = 0; k < 200; k++) {
    const t0 = performance.now();
    const ranks = [x, y].map((values) => {
      const result = new Uint32Array(n);
      order(values).forEach((i, rank) => {
        result[i] = rank;
      });
      return result;
    });
    const perm = rankPermutation(ranks[0], ranks[1]);
    const t1 = performance.now();
    writeFeatures(orient(perm).perm, arrays, 0);
    const t2 = performance.now();
    if (k >= 100) {
      sorting += (t1 - t0) / 100;
      features += (t2 - t1) / 100;
    }
  }
  return { sorting, features };
}

/**
 * Measures the generator and tells of it, line by line.
 *
 * @param count distributions
 */
export function measurePrior(count: number, seed: number, tell: (line: string) => void): void {
  const rows = KINDS.map(emptyRow);
  const mean = timeExamples(rows, count, seed);
  timeStages(rows, count, seed);
  const { sorting, features } = timeFeatures(seed);
  tell(
    `${count} examples, ${mean.toFixed(3)} ms each; n = 2000: sorting ${sorting.toFixed(3)} ms, features ${features.toFixed(3)} ms`,
  );
  tell(
    "milliseconds: example = all included, draw = parameters, sample = 2000 points, truth = points and log ratios",
  );
  tell("label sd: standard error of the MI label, root mean square and 95th percentile over distributions\n");
  const columns = [
    "share",
    "example",
    "draw",
    "sample",
    "truth",
    "sd rms",
    "sd 95%",
    "mi 5%",
    "25%",
    "50%",
    "75%",
    "95%",
    "max",
  ];
  tell("family".padEnd(18) + columns.map((name) => name.padStart(9)).join(""));
  const everything = emptyRow();
  const print = (name: string, row: Row): void => {
    const rms = Math.sqrt(row.noise.reduce((sum, v) => sum + v * v, 0) / Math.max(1, row.noise.length));
    const values = [
      row.mi.length / count,
      row.example / Math.max(1, row.mi.length),
      row.draw,
      row.sample,
      row.truth,
      rms,
      quantile(row.noise, 0.95),
      ...[0.05, 0.25, 0.5, 0.75, 0.95, 1].map((p) => quantile(row.mi, p)),
    ];
    tell(name.padEnd(18) + values.map((v) => v.toFixed(4).padStart(9)).join(""));
  };
  rows.forEach((row, kind) => {
    print(KINDS[kind], row);
    everything.mi.push(...row.mi);
    everything.noise.push(...row.noise);
    everything.example += row.example;
    for (const stage of ["draw", "sample", "truth"] as const)
      everything[stage] += (row[stage] * row.mi.length) / count;
  });
  print("all", everything);
  const edges = [0, 0.02, 0.1, 0.3, 1, 2, 3, 4, 5, 6, 7, 9, 12];
  tell(
    "\ntrue MI: " +
      edges
        .slice(1)
        .map((high, k) => {
          const share = everything.mi.filter((mi) => mi >= edges[k] && mi < high).length / count;
          return `${edges[k]}–${high}: ${(100 * share).toFixed(1)} %`;
        })
        .join("   "),
  );
}
