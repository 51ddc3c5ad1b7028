/**
 * What smoothing does to the estimate, and what the gradients are worth:
 *
 *   npm run bench:gradient [-- --rows 200,1000,2000,5000 --seeds 20 --json]
 *
 * 1. The smoothed estimate less the estimate, by regularisation: mean and mean magnitude over samples.
 * 2. Derivatives by the correlation of a normal pair, through the estimate and through the critic, in units of the true
 *    ρ/(1 − ρ²): mean ± standard deviation over samples.
 * 3. Time of `gradient` beside `estimate`, in turns, so that a busy machine slows both alike.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { InfoNet } from "infonet";
import { normals, uniforms } from "./random.mjs";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "200,1000,2000,5000" },
    seeds: { type: "string", default: "20" },
    rounds: { type: "string", default: "40" },
    json: { type: "boolean", default: false },
  },
});
const sizes = values.rows.split(",").map(Number);
const seeds = Number(values.seeds);

/** Normal and uniform numbers of a seed: the same samples every time. */
function random(seed) {
  const uniform = uniforms(1 + ((seed * 7919) % 2147483646));
  // The first numbers of seeds that are close to each other are alike.
  for (let k = 0; k < 10; k++) uniform();
  return { uniform, normal: normals(uniform) };
}

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

const mean = (list) => list.reduce((sum, v) => sum + v, 0) / list.length;
const deviation = (list) =>
  Math.sqrt(mean(list.map((v) => (v - mean(list)) ** 2)) * (list.length / (list.length - 1)));
const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const net = await InfoNet.load();

async function bias() {
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

async function noise() {
  const rows = [];
  const ways = [
    ...["∛n / 2", "∛n", "2 ∛n", "4 ∛n"].map((key) => [
      `estimate, ${key}`,
      (n) => ({ through: "estimate", regularization: REGULARIZATIONS[key](n) }),
    ]),
    ["critic", () => ({ through: "critic" })],
  ];
  for (const rho of [0.3, 0.6, 0.9, 0.99, 0.999]) {
    for (const n of sizes) {
      const slopes = Object.fromEntries(ways.map(([key]) => [key, []]));
      for (let seed = 1; seed <= seeds; seed++) {
        const [x, z] = correlated(0)(n, random(seed));
        const rest = Math.sqrt(1 - rho * rho);
        const y = x.map((v, i) => rho * v + rest * z[i]);
        for (const [key, options] of ways) {
          const { dy } = await net.gradient(x, y, { ...options(n), seed });
          const byRho = dy.reduce((sum, d, i) => sum + d * (x[i] - (rho / rest) * z[i]), 0);
          slopes[key].push((byRho * (1 - rho * rho)) / rho);
        }
      }
      const entry = (list) => ({ mean: mean(list), deviation: deviation(list) });
      rows.push({
        rho,
        n,
        ...Object.fromEntries(Object.entries(slopes).map(([key, list]) => [key, entry(list)])),
      });
    }
  }
  return rows;
}

async function time() {
  const rows = [];
  for (const n of [...new Set([...sizes, 2000])].sort((a, b) => a - b)) {
    const [x, y] = correlated(0.6)(n, random(1));
    const times = { estimate: [], gradient: [], critic: [] };
    const calls = {
      estimate: () => net.estimate(x, y),
      gradient: () => net.gradient(x, y, { through: "estimate" }),
      critic: () => net.gradient(x, y, { through: "critic" }),
    };
    for (let round = 0; round < Number(values.rounds) + 10; round++) {
      for (const [key, call] of Object.entries(calls)) {
        const start = performance.now();
        await call();
        if (round >= 10) times[key].push(performance.now() - start);
      }
    }
    const row = { n };
    for (const [key, list] of Object.entries(times))
      row[key] = { smallest: Math.min(...list), middle: middle(list) };
    rows.push(row);
  }
  return rows;
}

const result = {
  machine: `${cpus()[0]?.model ?? "unknown"}, node ${process.version}`,
  weights: net.info.sha256,
  seeds,
  bias: await bias(),
  noise: await noise(),
  time: await time(),
};
await net.dispose();

const signed = (v) => (Object.is(Math.round(1000 * v), -0) ? 0 : v).toFixed(3).replace("-", "−");
if (values.json) console.log(JSON.stringify(result, null, 2));
else {
  const line = (cells) => console.log(`| ${cells.join(" | ")} |`);
  const head = (cells) => {
    line(cells);
    line(cells.map(() => "---"));
  };
  const keys = Object.keys(REGULARIZATIONS);
  console.log(`weights ${result.weights.slice(0, 8)}, ${seeds} samples each\n`);
  console.log("smoothed estimate less estimate, nats: mean (mean magnitude)\n");
  head(["distribution", "n", "estimate", ...keys]);
  for (const { distribution, n, mi, bias, magnitude } of result.bias) {
    line([
      distribution,
      n,
      mi.toFixed(3),
      ...keys.map((key) => `${signed(bias[key])} (${magnitude[key].toFixed(3)})`),
    ]);
  }
  console.log("\nderivative by the correlation over the true one: mean ± standard deviation\n");
  const ways = Object.keys(result.noise[0]).slice(2);
  head(["ρ", "n", ...ways]);
  for (const row of result.noise) {
    line([
      row.rho,
      row.n,
      ...ways.map((way) => `${signed(row[way].mean)} ± ${row[way].deviation.toFixed(2)}`),
    ]);
  }
  console.log(`\nmilliseconds, smallest / middle of ${values.rounds}, one thread (${result.machine})\n`);
  head(["n", "estimate", "gradient", "ratio", "through the critic", "ratio"]);
  for (const { n, estimate, gradient, critic } of result.time) {
    const ms = ({ smallest, middle: m }) => `${smallest.toFixed(1)} / ${m.toFixed(1)}`;
    const ratio = (t) => (t.smallest / estimate.smallest).toFixed(1);
    line([n, ms(estimate), ms(gradient), ratio(gradient), ms(critic), ratio(critic)]);
  }
}
