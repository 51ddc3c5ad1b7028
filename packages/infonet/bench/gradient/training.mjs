/** What trainings come to, judged by an estimator that took no part: KSG. */
import { ksg } from "infonet/classical";
import { adam, line, mean, random, tableHead } from "./common.mjs";

/** 300 values of y, free one by one, independent of x at the start: 150 steps up. */
export async function free(net) {
  const n = 300;
  const result = [];
  for (const jitter of [0, 0.1]) {
    for (const rate of [0.003, 0.01, 0.03, 0.1, 0.3]) {
      const { normal } = random(5);
      const [x, y] = [0, 1].map(() => Float64Array.from({ length: n }, normal));
      const step = adam(n, rate);
      for (let seed = 1; seed <= 150; seed++) step(y, (await net.gradient(x, y, { seed, jitter })).dy);
      const { mi, lowerBound, warnings } = await net.gradient(x, y);
      const warned = warnings.some(({ code }) => code === "loose-bound");
      const truth = ksg(x, y);
      const ok = (truth >= 0.7 && mi <= 1.3 * truth) || warned;
      result.push({ jitter, rate, truth, mi, lowerBound, warned, ok });
    }
  }
  return result;
}

export function printFree(rows) {
  console.log("\n300 free values, 150 steps of Adam\n");
  tableHead(["jitter", "rate", "KSG", "mi", "lowerBound", "warning", ""]);
  for (const { jitter, rate, truth, mi, lowerBound, warned, ok } of rows) {
    const numbers = [truth, mi, lowerBound].map((v) => v.toFixed(2));
    line([jitter, rate, ...numbers, warned ? "yes" : "no", ok ? "ok" : "missed"]);
  }
}

const laplace = ({ uniform }) => {
  const u = uniform() - 0.5;
  return -Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
};
const SOURCES = {
  "uniform, uniform": [({ uniform }) => uniform(), ({ uniform }) => uniform()],
  "Laplace, Laplace": [laplace, laplace],
  "uniform, Laplace": [({ uniform }) => uniform(), laplace],
  "two clusters, exponential": [
    ({ uniform, normal }) => (uniform() < 0.5 ? -2 : 2) + normal(),
    ({ uniform }) => -Math.log(uniform()),
  ],
};

const standard = (values) => {
  const middle = mean([...values]);
  const size = Math.sqrt(mean([...values].map((v) => (v - middle) ** 2)));
  return values.map((v) => (v - middle) / size);
};

/** Independent component analysis: the rotation after which two mixed columns share least. */
export async function sources(net, { draws, seed: from }) {
  const n = 2000;
  const result = [];
  for (const [name, [first, second]] of Object.entries(SOURCES)) {
    const errors = [];
    for (let seed = from + 1; seed <= from + draws; seed++) {
      const source = random(seed);
      const a = standard(Float64Array.from({ length: n }, () => first(source)));
      let b = standard(Float64Array.from({ length: n }, () => second(source)));
      // White, so that what is left to find is a rotation.
      const r = mean([...a].map((v, k) => v * b[k]));
      b = standard(b.map((v, k) => v - r * a[k]));
      const mixed = source.uniform() * Math.PI;
      const turned = (angle) => [
        a.map((v, k) => Math.cos(angle) * v + Math.sin(angle) * b[k]),
        a.map((v, k) => -Math.sin(angle) * v + Math.cos(angle) * b[k]),
      ];
      const angle = Float64Array.of(mixed);
      const step = adam(1, 0.05);
      for (let k = 0; k < 60; k++) {
        const [p, q] = turned(angle[0]);
        const { dx, dy } = await net.gradient(p, q);
        // dp = q · dangle, dq = −p · dangle; downhill.
        step(angle, [-dx.reduce((sum, d, i) => sum + d * q[i] - dy[i] * p[i], 0)]);
      }
      const quarter = Math.PI / 2;
      const over = ((angle[0] % quarter) + quarter) % quarter;
      errors.push((Math.min(over, quarter - over) * 180) / Math.PI);
    }
    const within = errors.filter((error) => error <= 5).length;
    const sorted = errors.sort((p, q) => p - q);
    result.push({ name, draws, within, median: sorted[draws >> 1], worst: sorted.at(-1) });
  }
  return result;
}

export function printSources(rows) {
  console.log("\nindependent component analysis, 2000 rows, 60 steps of Adam: degrees off\n");
  tableHead(["sources", "within 5°", "median", "worst"]);
  for (const { name, draws, within, median, worst } of rows)
    line([name, `${within} of ${draws}`, median.toFixed(1), worst.toFixed(1)]);
}

/** z = y − w x − v (x² − 1) is to tell nothing of x, rows being fresh at every step or the same ones. */
export async function descent(net, { draws, seed: from }) {
  const result = [];
  for (const n of [200, 500, 2000]) {
    for (const fresh of [true, false]) {
      const [seen, own] = [[], []];
      let [rejected, chance] = [0, 0];
      for (let seed = from + 1; seed <= from + draws; seed++) {
        const source = random(1000 + seed);
        const rows = (size) => {
          const x = Float64Array.from({ length: size }, source.normal);
          return [x, x.map((v) => 0.7 * v + 0.4 * (v * v - 1) + 0.6 * source.normal())];
        };
        const left = ([x, y], [w, v]) => y.map((value, k) => value - w * x[k] - v * (x[k] ** 2 - 1));
        const weights = Float64Array.of(0, 0);
        const averaged = [0, 0];
        const fixed = rows(n);
        const step = adam(2, 0.05);
        for (let k = 0; k < 100; k++) {
          const [x, y] = fresh ? rows(n) : fixed;
          const { dy } = await net.gradient(x, left([x, y], weights));
          const slopes = [x, x.map((v) => v * v - 1)].map((f) => dy.reduce((sum, d, i) => sum + d * f[i], 0));
          // The rate falls to nothing over the second half, and the weights of these steps are averaged (Polyak & Juditsky 1992).
          step(weights, slopes, Math.min(1, 2 - k / 50));
          if (k >= 50) for (let j = 0; j < 2; j++) averaged[j] += weights[j] / 50;
        }
        const [x, y] = rows(2000);
        const z = left([x, y], averaged);
        seen.push(ksg(x, z));
        const { mi, pValue } = await net.estimate(x, z);
        own.push(mi);
        if (pValue < 0.05) rejected++;
        // The same rows with the weights that leave nothing.
        if ((await net.estimate(x, left([x, y], [0.7, 0.4]))).pValue < 0.05) chance++;
      }
      result.push({ n, fresh, ksg: mean(seen), mi: mean(own), rejected, chance, draws });
    }
  }
  return result;
}

export function printDescent(rows) {
  console.log("\ndown to independence in 100 steps, then 2000 fresh rows\n");
  tableHead([
    "rows a step",
    "rows",
    "KSG, mean",
    "mi, mean",
    "independence rejected at 5 %",
    "with the true weights",
  ]);
  for (const { n, fresh, ksg: seen, mi, rejected, chance, draws } of rows) {
    const counts = [rejected, chance].map((count) => `${count} of ${draws}`);
    line([n, fresh ? "fresh" : "the same", seen.toFixed(4), mi.toFixed(4), ...counts]);
  }
}
