/**
 * How the estimates of one table vary over random halves of its rows and over bootstrap samples, beside how they vary over new tables: the
 * figures of docs/jobs.md, by `npm run bench:replicates [-- --tables 150 --samples 60]`, a minute.
 */
import { parseArgs } from "node:util";
import { InfoNet } from "infonet";
import { normals, uniforms } from "./random.mjs";

const { values } = parseArgs({
  options: { tables: { type: "string", default: "150" }, samples: { type: "string", default: "60" } },
});
const [tables, samples] = [values.tables, values.samples].map(Number);
/** Tables whose samples are looked at. */
const LOOKED_AT = 6;

const net = await InfoNet.load({ threads: 1 });
const uniform = uniforms(7);
const normal = normals(uniform);
const times = (count, make) => Array.from({ length: count }, (_, k) => make(k));
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const deviation = (list) => {
  const middle = mean(list);
  return Math.sqrt(list.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (list.length - 1));
};

const estimates = async (pairs) => (await net.estimateMany(pairs)).map(({ mi }) => mi);
const taken = ([x, y], rows) => [rows.map((row) => x[row]), rows.map((row) => y[row])];
const samplings = {
  halves: (n) =>
    times(n, (row) => [uniform(), row])
      .sort(([a], [b]) => a - b)
      .slice(0, n >> 1)
      .map(([, row]) => row),
  bootstrap: (n) => times(n, () => Math.floor(uniform() * n)),
};

const line = (rho) => (x) => rho * x + Math.sqrt(1 - rho * rho) * normal();
for (const [name, n, of] of [
  ["correlation 0", 400, line(0)],
  ["correlation 0.5", 400, line(0.5)],
  ["correlation 0.9", 400, line(0.9)],
  ["correlation 0.3", 1000, line(0.3)],
  ["sin 2x + noise", 400, (x) => Math.sin(2 * x) + normal() / 2],
]) {
  const table = () => {
    const x = times(n, normal);
    return [x, x.map(of)];
  };
  const spread = [`new tables ${deviation(await estimates(times(tables, table))).toFixed(4)}`];
  const looked = times(LOOKED_AT, table);
  for (const [sampling, rowsOf] of Object.entries(samplings)) {
    const spreads = [];
    for (const one of looked) {
      spreads.push(deviation(await estimates(times(samples, () => taken(one, rowsOf(n))))));
    }
    spread.push(`${sampling} ${mean(spreads).toFixed(4)}`);
  }
  console.log(`${name}, ${n} rows: ${spread.join(", ")}`);
}
await net.dispose();
