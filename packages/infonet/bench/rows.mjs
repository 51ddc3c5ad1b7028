/** The figures of docs/rows.md, by the built library: `npm run bench:rows`, some minutes. */
import { InfoNet } from "infonet";
import { normals, uniforms } from "./random.mjs";

const net = await InfoNet.load();
const uniform = uniforms(20);
const normal = normals(uniform);
const column = (n, cell = normal) => Array.from({ length: n }, (_, row) => cell(row));
const correlated = (x, rho) => x.map((value) => rho * value + Math.sqrt(1 - rho * rho) * normal());
const percent = (count, of) => `${((100 * count) / of).toFixed(1)} %`;

/** How many of some draws of x and y are told of by a warning, and how many have a p-value below 5 %. */
async function told(draws, pair, code) {
  let [warned, rejected] = [0, 0];
  const pairs = Array.from({ length: draws }, (_, draw) => pair(draw));
  for (const result of await net.estimateMany(pairs)) {
    if (result.error !== undefined) continue;
    if (result.warnings.some((warning) => warning.code === code)) warned++;
    if (result.pValue < 0.05) rejected++;
  }
  return { warned: percent(warned, draws), rejected: percent(rejected, draws) };
}

console.log("repeated rows, told of");
const again = (x, y, rows) => [
  [...x, ...x.slice(0, rows)],
  [...y, ...y.slice(0, rows)],
];
for (const [n, rows] of [
  [200, 200],
  [500, 60],
  [500, 10],
  [500, 4],
]) {
  for (const rho of [0, 0.9, 0.99]) {
    const pair = () => {
      const x = column(n);
      return again(x, correlated(x, rho), rows);
    };
    console.log(
      ` ${n} rows and ${rows} copies, rho ${rho}:`,
      (await told(200, pair, "repeated-rows")).warned,
    );
  }
}
for (const step of [0.3, 0.1, 0.03, 0.01]) {
  const pair = (draw) => {
    const x = column([100, 500, 2000][draw % 3]);
    const y = correlated(x, [0, 0.5, 0.9, 0.99, 0.999, 1][draw % 6]);
    return [x, y].map((values) => values.map((value) => Math.round(value / step)));
  };
  console.log(` normal numbers rounded to ${step}:`, (await told(300, pair, "repeated-rows")).warned);
}

console.log("clusters of 1 to 10 rows, independent: p below 5 % by rows, by clusters");
for (const [clusters, share, rho] of [
  [30, 0.9, 0],
  [100, 0.9, 0],
  [100, 0.5, 0],
  [100, 0.9, 0.6],
]) {
  const rest = Math.sqrt(1 - rho * rho);
  const truth = -0.5 * Math.log(1 - rho * rho);
  const draws = 500;
  let [byRows, byClusters, held, sum] = [0, 0, 0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const [x, y, cluster] = [[], [], []];
    for (let k = 0; k < clusters; k++) {
      const a = normal();
      const b = rho * a + rest * normal();
      for (let rows = 1 + Math.floor(10 * uniform()); rows > 0; rows--) {
        const e = normal();
        x.push(Math.sqrt(share) * a + Math.sqrt(1 - share) * e);
        y.push(Math.sqrt(share) * b + Math.sqrt(1 - share) * (rho * e + rest * normal()));
        cluster.push(k);
      }
    }
    const { mi, interval, pValue } = await net.estimate(x, y, { cluster });
    if (pValue < 0.05) byClusters++;
    if ((await net.estimate(x, y)).pValue < 0.05) byRows++;
    if (interval[0] <= truth && truth <= interval[1]) held++;
    sum += mi;
  }
  console.log(
    ` ${clusters} clusters, ICC ${share}, rho ${rho}:`,
    percent(byRows, draws),
    percent(byClusters, draws),
    `mean ${(sum / draws).toFixed(3)} of ${truth.toFixed(3)}, interval holds it ${percent(held, draws)}`,
  );
}

console.log("independent series: p below 5 %, warned");
const series = (n, phi) => {
  let value = normal();
  return column(n, () => {
    value = phi * value + Math.sqrt(1 - phi * phi) * normal();
    return value;
  });
};
for (const [n, phi] of [
  [500, 0],
  [500, 0.5],
  [500, 0.8],
  [500, 0.9],
  [500, 0.95],
  [300, 0.8],
  [100, 0.9],
]) {
  const { rejected, warned } = await told(500, () => [series(n, phi), series(n, phi)], "serial-dependence");
  console.log(` n ${n}, phi ${phi}:`, rejected, warned);
}

console.log("independent rows, warned");
const cells = [
  normal,
  () => Math.floor(6 * uniform()),
  () => Number(uniform() < 0.2),
  () => "abc"[Math.floor(3 * uniform())],
];
const any = () => cells[Math.floor(4 * uniform())];
for (const n of [30, 100, 300, 1000]) {
  const pair = () => [column(n, any()), column(n, any())];
  console.log(` 5000 pairs, n ${n}:`, (await told(5000, pair, "serial-dependence")).warned);
}
await net.dispose();
