/**
 * How fast the built command and library are on this machine:
 *
 *   npm run bench:speed [-- --columns 200 --rows 2000 --threads 2 --json]
 *
 * start-up of `infonet --help`, latency of `estimate` and of `gradient`, and `infonet matrix` over all pairs of a table of
 * normal columns: pairs a second and peak memory of the whole process.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { InfoNet } from "infonet";
import { normals, uniforms } from "../../infonet/bench/random.mjs";
import { infonet } from "./command.mjs";

const { values } = parseArgs({
  options: {
    columns: { type: "string", default: "200" },
    rows: { type: "string", default: "2000" },
    threads: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});
const columns = Number(values.columns);
const rows = Number(values.rows);
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** Calls in turns, so that a busy machine slows all alike. */
async function latency() {
  const normal = normals(uniforms(7));
  const x = Float64Array.from({ length: 2000 }, normal);
  const y = x.map((v) => 0.6 * v + 0.8 * normal());
  const net = await InfoNet.load();
  const calls = {
    estimate: () => net.estimate(x, y),
    gradient: () => net.gradient(x, y, { through: "estimate" }),
    critic: () => net.gradient(x, y, { through: "critic" }),
  };
  const times = { estimate: [], gradient: [], critic: [] };
  for (let k = 0; k < 60; k++) {
    for (const [name, call] of Object.entries(calls)) {
      const start = performance.now();
      await call();
      if (k >= 10) times[name].push(performance.now() - start);
    }
  }
  await net.dispose();
  return { estimate: median(times.estimate), gradient: median(times.gradient), critic: median(times.critic) };
}

async function matrix() {
  const folder = await mkdtemp(join(tmpdir(), "infonet-bench-"));
  const file = join(folder, "table.csv");
  const normal = normals(uniforms(1));
  const head = Array.from({ length: columns }, (_, k) => `c${k}`).join(",");
  const lines = Array.from({ length: rows }, () => {
    const common = normal();
    return Array.from({ length: columns }, (_, k) => (normal() + (k % 5 === 0 ? common : 0)).toFixed(6)).join(
      ",",
    );
  });
  await writeFile(file, `${[head, ...lines].join("\n")}\n`);
  const result = await infonet("matrix", file, "--threads", values.threads, "--out", join(folder, "out.csv"));
  await rm(folder, { recursive: true });
  return result;
}

const help = [];
for (let k = 0; k < 7; k++) help.push((await infonet("--help")).clock);
const milliseconds = await latency();
const { clock: seconds, memory: megabytes } = await matrix();
const pairs = (columns * (columns - 1)) / 2;
const result = {
  machine: `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, node ${process.version}`,
  helpSeconds: median(help),
  estimateMilliseconds: milliseconds.estimate,
  gradientMilliseconds: milliseconds.gradient,
  gradientThroughCriticMilliseconds: milliseconds.critic,
  matrix: {
    columns,
    rows,
    pairs,
    threads: Number(values.threads),
    seconds,
    pairsPerSecond: pairs / seconds,
    megabytes,
  },
};
if (values.json) console.log(JSON.stringify(result, null, 2));
else {
  console.log(`machine              ${result.machine}`);
  console.log(`infonet --help       ${result.helpSeconds.toFixed(2)} s, median of 7`);
  const beside = (ms) => `${ms.toFixed(2)} ms, ${(ms / milliseconds.estimate).toFixed(1)} × estimate`;
  console.log(`estimate, n = 2000   ${milliseconds.estimate.toFixed(2)} ms, median of 50, warm, one thread`);
  console.log(`gradient, n = 2000   ${beside(milliseconds.gradient)}`);
  console.log(`  through the critic ${beside(milliseconds.critic)}`);
  console.log(
    `infonet matrix       ${columns} columns × ${rows} rows, ${pairs} pairs, ${values.threads} threads: ${seconds.toFixed(1)} s, ` +
      `${result.matrix.pairsPerSecond.toFixed(0)} pairs/s, peak memory ${megabytes.toFixed(0)} MB`,
  );
}
