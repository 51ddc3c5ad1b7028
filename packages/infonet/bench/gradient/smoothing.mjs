/** What smoothing does to the estimate: the smoothed one less the estimate, by regularisation, and what its derivatives are worth. */
import { correlatedBy, deviation, line, mean, random, signed, tableHead } from "./common.mjs";

const pairOf = (n, draw) => {
  const rows = Array.from({ length: n }, draw);
  return [Float64Array.from(rows, ([x]) => x), Float64Array.from(rows, ([, y]) => y)];
};
const correlated =
  (rho) =>
  (n, { normal }) =>
    pairOf(n, () => {
      const x = normal();
      return [x, rho * x + Math.sqrt(1 - rho * rho) * normal()];
    });

const DISTRIBUTIONS = {
  independent: correlated(0),
  "normal, ρ = 0.5": correlated(0.5),
  "normal, ρ = 0.9": correlated(0.9),
  "normal, ρ = 0.99": correlated(0.99),
  "normal, ρ = 0.999": correlated(0.999),
  "y = x² + 0.3 z": (n, { normal }) =>
    pairOf(n, () => {
      const x = normal();
      return [x, x * x + 0.3 * normal()];
    }),
  "circle, noise 0.1": (n, { normal, uniform }) =>
    pairOf(n, () => {
      const angle = 2 * Math.PI * uniform();
      return [Math.cos(angle) + 0.1 * normal(), Math.sin(angle) + 0.1 * normal()];
    }),
  "three clusters": (n, { normal, uniform }) =>
    pairOf(n, () => {
      const c = Math.floor(3 * uniform());
      return [5 * c + normal(), 5 * (c % 2) + normal()];
    }),
  "x and y log-normal": (n, source) => {
    const [x, y] = correlated(0.8)(n, source);
    return [x.map((v) => Math.exp(2 * v)), y.map((v) => Math.exp(2 * v))];
  },
};

/** Regularisations in ranks, as names and functions of n. */
const REGULARIZATIONS = {
  "0.1 ranks": () => 0.1,
  "1 rank": () => 1,
  "∛n / 2": (n) => Math.cbrt(n) / 2,
  "∛n": (n) => Math.cbrt(n),
  "2 ∛n": (n) => 2 * Math.cbrt(n),
  "4 ∛n": (n) => 4 * Math.cbrt(n),
};

/** Smoothed estimate less the estimate: mean and mean magnitude over samples. */
export async function smoothing(net, { rows: sizes, draws: seeds }) {
  const rows = [];
  for (const [name, sample] of Object.entries(DISTRIBUTIONS)) {
    for (const n of sizes) {
      const row = { distribution: name, n, mi: 0, bias: {}, magnitude: {} };
      const differences = Object.fromEntries(Object.keys(REGULARIZATIONS).map((key) => [key, []]));
      for (let seed = 1; seed <= seeds; seed++) {
        const [x, y] = sample(n, random(seed));
        const { mi } = await net.estimate(x, y);
        row.mi += mi / seeds;
        for (const [key, regularization] of Object.entries(REGULARIZATIONS)) {
          const smooth = await net.gradient(x, y, {
            through: "estimate",
            regularization: regularization(n),
            seed,
          });
          differences[key].push(smooth.mi - mi);
        }
      }
      for (const [key, list] of Object.entries(differences)) {
        row.bias[key] = mean(list);
        row.magnitude[key] = mean(list.map(Math.abs));
      }
      rows.push(row);
    }
  }
  return rows;
}

/** Derivatives through the estimate by the correlation of a normal pair, over the true ones. */
export async function throughEstimate(net, { rows: sizes, draws: seeds }) {
  const result = [];
  for (const rho of [0.3, 0.6, 0.9, 0.99, 0.999]) {
    for (const n of sizes) {
      const row = { rho, n };
      for (const key of ["∛n / 2", "∛n", "2 ∛n", "4 ∛n"]) {
        const found = [];
        for (let seed = 1; seed <= seeds; seed++) {
          const { x, y, byRho } = correlatedBy(rho, n, random(seed));
          const options = { through: "estimate", regularization: REGULARIZATIONS[key](n), seed };
          const { dy } = await net.gradient(x, y, options);
          found.push((dy.reduce((sum, d, i) => sum + d * byRho[i], 0) * (1 - rho * rho)) / rho);
        }
        row[key] = { mean: mean(found), deviation: deviation(found) };
      }
      result.push(row);
    }
  }
  return result;
}

export function printSmoothing(rows) {
  const keys = Object.keys(REGULARIZATIONS);
  console.log("\nsmoothed estimate less estimate, nats: mean (mean magnitude)\n");
  tableHead(["distribution", "n", "estimate", ...keys]);
  for (const { distribution, n, mi, bias, magnitude } of rows) {
    const cells = keys.map((key) => `${signed(bias[key])} (${magnitude[key].toFixed(3)})`);
    line([distribution, n, mi.toFixed(3), ...cells]);
  }
}

export function printThroughEstimate(rows) {
  const keys = Object.keys(rows[0]).slice(2);
  console.log("\nderivative through the estimate by the correlation, over the true one: mean ± deviation\n");
  tableHead(["ρ", "n", ...keys]);
  for (const row of rows)
    line([
      row.rho,
      row.n,
      ...keys.map((key) => `${signed(row[key].mean)} ± ${row[key].deviation.toFixed(2)}`),
    ]);
}
