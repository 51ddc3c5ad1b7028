/**
 * What a second worker thread is worth in the long calls:
 *
 *   npm run bench:threads [-- --rows 2000 --rounds 9 --json]
 *
 * `joint` of 25 and 25 normal columns that all depend on each other, `gradientMany` of 128 pairs through the critic and
 * through the estimate, `matrix` of 40 columns. Each call is run with one thread and with two in turns, so that a busy
 * machine slows both alike; median wall-clock time, and the ratio of the medians. (One thread is a little more than one
 * core: garbage is collected and code compiled beside it.) The last row is what the machine gives: multiplications alone, in
 * one worker thread and halved between two, which share nothing; on cores that are halves of one it is far below 2.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { InfoNet } from "infonet";
import { normals, uniforms } from "./random.mjs";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "2000" },
    rounds: { type: "string", default: "9" },
    json: { type: "boolean", default: false },
  },
});
const [rows, rounds] = [values.rows, values.rounds].map(Number);
const WARM = 6;

const normal = normals(uniforms(1));
const width = 25;
const [x, y] = [new Float64Array(rows * width), new Float64Array(rows * width)];
for (let i = 0; i < rows * width; i++) {
  x[i] = normal();
  y[i] = 0.7 * x[i] + 0.7 * normal();
}
const columns = Array.from({ length: 40 }, () => Float64Array.from({ length: rows }, normal));
const pairs = Array.from({ length: 128 }, (_, k) => [columns[k % 40], columns[(7 * k + 3) % 40]]);

const CALLS = {
  "joint 25 + 25": (net) => net.joint({ data: x, width }, { data: y, width }),
  "gradientMany, critic": (net) => net.gradientMany(pairs, { through: "critic" }),
  "gradientMany, estimate": (net) => net.gradientMany(pairs, { through: "estimate" }),
  "matrix of 40": (net) => net.matrix(Object.fromEntries(columns.map((column, k) => [`c${k}`, column]))),
};

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

/** Worker threads that do nothing but multiply matrices of 64 × 64. */
const MULTIPLY = `
  const { parentPort } = require("node:worker_threads");
  const [a, b, c] = [0, 1, 2].map(() => new Float32Array(4096).fill(0.5));
  parentPort.on("message", (times) => {
    for (let time = 0; time < times; time++)
      for (let i = 0; i < 64; i++)
        for (let k = 0; k < 64; k++)
          for (let j = 0; j < 64; j++) c[64 * i + j] = 0.5 * c[64 * i + j] + a[64 * i + k] * b[64 * k + j];
    parentPort.postMessage(c[0]);
  });
`;
const multipliers = [1, 2].map(() => new Worker(MULTIPLY, { eval: true }));
const PRODUCTS = 1200;

/** All products, shared equally. */
const multiply = (workers) =>
  Promise.all(
    workers.map((worker) => {
      const done = new Promise((resolve) => worker.once("message", resolve));
      worker.postMessage(PRODUCTS / workers.length);
      return done;
    }),
  );

const nets = [await InfoNet.load({ threads: 1 }), await InfoNet.load({ threads: 2 })];
const ways = [
  ...Object.entries(CALLS).map(([name, call]) => ({ name, runs: nets.map((net) => () => call(net)) })),
  { name: "multiplications", runs: [1, 2].map((count) => () => multiply(multipliers.slice(0, count))) },
];
const results = [];
for (const { name, runs } of ways) {
  const times = runs.map(() => []);
  for (let round = -WARM; round < rounds; round++) {
    for (const [k, run] of runs.entries()) {
      const start = performance.now();
      await run();
      if (round >= 0) times[k].push(performance.now() - start);
    }
  }
  const [one, two] = times.map(median);
  results.push({ name, one, two, ratio: one / two });
  if (!values.json) {
    const ms = (time) => `${time.toFixed(0)} ms`.padStart(8);
    console.log(`${name.padEnd(24)} ${ms(one)} ${ms(two)}   ${(one / two).toFixed(2)} times`);
  }
}
for (const net of nets) await net.dispose();
for (const worker of multipliers) await worker.terminate();
const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`;
console.log(values.json ? JSON.stringify({ rows, rounds, machine, results }) : `${rows} rows; ${machine}`);
