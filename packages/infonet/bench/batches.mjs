/**
 * What a pair costs in batches (`estimateMany`, `matrix`), and where the time goes:
 *
 *   npm run bench:batches [-- --rows 2000 --columns 60 --rounds 5 --json]
 *
 * 1. The parts of the work on one thread: preparing pairs of ranked columns, writing features, the network without and
 *    with the density. Median over the rounds.
 * 2. `matrix` over all pairs of normal columns, with one thread and with two: wall-clock time and processor time a pair.
 *
 * Everything is run in turns, so that a busy machine slows all alike; there, processor time says more than the clock.
 */
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { InfoNet } from "infonet";
import {
  codeColumn,
  featureArrays,
  GRID,
  LOCAL_FEATURES,
  NORMAL_NUMBERS,
  normalCopula,
  orientRanks,
  rankColumn,
  rankEvidence,
  SPECTRUM_FEATURES,
  TOKENS,
  writeFeatures,
} from "infonet/copula";
import { loadOnnxRuntime } from "infonet/onnxruntime";
import { join } from "jax-onnx";
import { normals, uniforms } from "./random.mjs";

const ort = await loadOnnxRuntime();
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "2000" },
    columns: { type: "string", default: "60" },
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  },
});
const [rows, width, rounds] = [values.rows, values.columns, values.rounds].map(Number);
const pairs = (width * (width - 1)) / 2;

const normal = normals(uniforms(1));
const columns = Array.from({ length: width }, (_, k) => ({
  name: `c${k}`,
  values: Float64Array.from({ length: rows }, normal),
}));

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const modelFile = (name) => readFile(new URL(`../model/${name}`, import.meta.url));

/** Milliseconds that some work takes: of the clock, and of all threads' processor time. */
async function timed(work) {
  const used = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { wall, processor: (user + system) / 1000 };
}

/** The largest graph of a family, opened as the library does. */
async function openLargest(files) {
  const { file, batch } = files.reduce((a, b) => (b.batch > a.batch ? b : a));
  const model = join(await modelFile(file), await modelFile("weights.onnx"));
  const session = await ort.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return { session, batch };
}

/** The parts of the work on one batch, as functions. */
async function batchParts() {
  const { files } = JSON.parse(await modelFile("model.json"));
  const [values, densities] = await Promise.all([openLargest(files.values), openLargest(files.densities)]);
  const { batch } = values;
  const ranks = columns.map((column) => rankColumn(codeColumn(column.values), 0).ranks);
  const arrays = featureArrays(batch);
  const shapes = {
    counts: [GRID, GRID],
    local: [TOKENS, LOCAL_FEATURES],
    spectrum: [SPECTRUM_FEATURES],
    n: [],
    levels: [],
  };
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      new ort.Tensor("float32", arrays[name], [batch, ...shape]),
    ]),
  );
  let perms = [];
  const normals = new Float32Array(batch * NORMAL_NUMBERS);
  const parts = {
    preparation: () => {
      perms = Array.from({ length: batch }, (_, k) => {
        const { perm } = orientRanks(ranks[k % width], ranks[(k + 1) % width]);
        rankEvidence(perm);
        return perm;
      });
    },
    features: () => {
      for (const [slot, perm] of perms.entries()) writeFeatures(perm, arrays, slot);
    },
    network: () => values.session.run(feeds),
    density: async () => {
      const { tokens, quantiles } = await values.session.run(feeds);
      for (const [slot, perm] of perms.entries()) normalCopula([perm], normals, slot * NORMAL_NUMBERS);
      const { levels: _, ...features } = feeds;
      const normal = new ort.Tensor("float32", normals, [batch, NORMAL_NUMBERS]);
      await densities.session.run({ ...features, tokens, quantiles, normal });
    },
  };
  return { batch, parts, close: () => Promise.all([values.session.release(), densities.session.release()]) };
}

const { batch, parts, close } = await batchParts();
const nets = new Map();
for (const threads of [1, 2]) nets.set(threads, await InfoNet.load({ threads }));
const times = Object.fromEntries(Object.keys(parts).map((name) => [name, []]));
const matrices = new Map([...nets.keys()].map((threads) => [threads, []]));
for (let round = -1; round < rounds; round++) {
  for (let k = 0; k < 40; k++) {
    for (const [name, part] of Object.entries(parts)) {
      const { processor } = await timed(part);
      if (round >= 0) times[name].push(processor / batch);
    }
  }
  for (const [threads, net] of nets) {
    const { wall, processor } = await timed(() => net.matrix(columns));
    if (round >= 0) matrices.get(threads).push({ wall: wall / pairs, processor: processor / pairs });
  }
}
await close();
for (const net of nets.values()) await net.dispose();

const result = {
  machine: `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, node ${process.version}`,
  rows,
  batch,
  parts: Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)])),
  matrix: [...matrices].map(([threads, list]) => ({
    threads,
    wall: median(list.map(({ wall }) => wall)),
    processor: median(list.map(({ processor }) => processor)),
  })),
};
if (values.json) console.log(JSON.stringify(result, null, 2));
else {
  const ms = (value) => `${value.toFixed(3)} ms`;
  const { preparation, features, network, density } = result.parts;
  console.log(`machine      ${result.machine}`);
  console.log(`a pair of ${rows} rows in batches of ${batch}, processor time on one thread:`);
  console.log(`preparation  ${ms(preparation)}`);
  console.log(`features     ${ms(features)}`);
  console.log(
    `network      ${ms(network)}, ${(network / density).toFixed(2)} × with the density (${ms(density)})`,
  );
  console.log(`matrix, ${pairs} pairs, a pair:`);
  for (const { threads, wall, processor } of result.matrix) {
    console.log(
      `${`${threads} thread${threads > 1 ? "s" : ""}`.padEnd(12)} ${ms(wall)}, processor time ${ms(processor)}`,
    );
  }
}
