/**
 * Derivatives by the parameter of a law, over the true ones; beside them what the law's own slopes say at the same rows, where they are
 * known: their scatter is that of the draw.
 */
import { deviation, line, mean, middle, random, tableHead } from "./common.mjs";
import { LAWS, sample, truth } from "./laws.mjs";

export async function sizes(net, { draws, seed: from }) {
  const result = [];
  for (const { law, rows, off, scatter } of LAWS) {
    const exact = truth(law);
    const score = law.score?.(law.at);
    for (const n of rows) {
      const found = [];
      const known = [];
      for (let seed = from + 1; seed <= from + draws; seed++) {
        const { x, y, byX, byY } = sample(law, n, random(seed));
        const { dx, dy } = await net.gradient(x, y);
        found.push(dx.reduce((sum, d, i) => sum + d * byX[i] + dy[i] * byY[i], 0) / exact);
        if (score === undefined) continue;
        const slopes = byX.map((d, i) => {
          const [ofX, ofY] = score(x[i], y[i]);
          return d * ofX + byY[i] * ofY;
        });
        known.push(mean([...slopes]) / exact);
      }
      const [size, spread] = [mean(found), deviation(found)];
      const ok = Math.abs(size - 1) <= off && spread <= scatter;
      const limit = score && { size: mean(known), spread: deviation(known) };
      result.push({ law: law.name, mi: law.information(law.at), n, size, spread, limit, off, scatter, ok });
    }
  }
  return result;
}

export function printSizes(rows) {
  console.log("\nderivative by the law's parameter over the true one: mean ± deviation of a draw");
  console.log(
    "(by the law's own slopes: those of its log density ratio at the same rows, which nobody has)\n",
  );
  tableHead(["law", "nats", "n", "derivative", "by the law's own slopes", "bar", ""]);
  const written = (of) => (of === undefined ? "" : `${of.size.toFixed(3)} ± ${of.spread.toFixed(3)}`);
  for (const { law, mi, n, size, spread, limit, off, scatter, ok } of rows) {
    const bar = off === undefined ? "" : `1 ± ${off}, ± ${scatter}`;
    line([
      law,
      mi.toFixed(2),
      n,
      written({ size, spread }),
      written(limit),
      bar,
      off === undefined ? "" : ok ? "ok" : "missed",
    ]);
  }
}

/** Laws of the prior whose information is above this, nats: below, directions are those of chance. */
const LEAST = 0.03;
/** Laws that the density does not tell within this, nats, have slopes that it does not see. */
const TOLD = 0.1;

/**
 * Sizes of slopes over laws of the training prior. The sample is moved along the true slopes, more slowly where these are large: a law
 * would else be judged by its narrowest part.
 */
export async function prior(net, { laws }) {
  const { drawDistribution } = await import("../../../training/dist/prior/index.js");
  const { Random } = await import("../../../training/dist/prior/random.js");
  const found = [];
  for (let number = 1; found.length < laws; number++) {
    const rng = new Random(777000 + number);
    const law = drawDistribution(rng, 0);
    const n = Math.round(150 * (7000 / 150) ** rng.uniform());
    if (law.normalScores === undefined) continue;
    const [x, y, ratio] = [0, 1, 2].map(() => new Float64Array(n));
    law.sample(rng, x, y, n);
    const scores = Object.fromEntries(
      ["x", "y", "slopeX", "slopeY"].map((name) => [name, new Float64Array(n)]),
    );
    law.normalScores(x, y, n, scores);
    law.logRatio(x, y, n, ratio);
    const told = mean([...ratio]);
    const { dx, dy, lowerBound } = await net.gradient(scores.x, scores.y);
    if (told < LEAST || Math.abs(told - lowerBound) > TOLD) continue;
    const squares = scores.slopeX.map((s, k) => s * s + scores.slopeY[k] ** 2);
    const usual = middle(squares);
    // Where most slopes are 0 to the last digit there is no usual one.
    if (!(usual > 0)) continue;
    let [own, exact] = [0, 0];
    for (let k = 0; k < n; k++) {
      const speed = 1 / (squares[k] + usual);
      own += n * speed * (scores.slopeX[k] * dx[k] + scores.slopeY[k] * dy[k]);
      exact += speed * squares[k];
    }
    found.push({ n, size: own / exact });
  }
  return [150, 500, 2000].map((from, k, all) => {
    const part = found.filter(({ n }) => n >= from && n < (all[k + 1] ?? Infinity)).map(({ size }) => size);
    const sorted = [...part].sort((a, b) => a - b);
    const at = (share) => sorted[Math.floor(share * sorted.length)];
    return { from, to: all[k + 1] ?? 7000, laws: part.length, median: at(0.5), low: at(0.1), high: at(0.9) };
  });
}

export function printPrior(rows) {
  console.log("\nsize of slopes over laws of the training prior, true ones = 1\n");
  tableHead(["n", "laws", "median", "10 % below", "10 % above"]);
  for (const { from, to, laws, median, low, high } of rows)
    line([`${from} to ${to}`, laws, ...[median, low, high].map((v) => v.toFixed(2))]);
}
