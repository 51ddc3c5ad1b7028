/**
 * What a job costs, and what a large one would take on many cores:
 *
 *   npm run bench:jobs [-- --columns 400 --rows 1000 --merge 1000000 --share 0.01 --json]
 *
 * 1. Shards of two sizes are done by one process on one core each, without and with --screen: the seconds of the core that a pair and that a
 *    process takes follow from both, and bytes of results.
 * 2. A made-up job of about `merge` pairs is merged to Parquet and to CSV: seconds a million pairs, and peak memory.
 * 3. A job of 20,000 columns is played: 1000 shards, taken one after the other by as many processes as there are cores, `share` of the
 *    pairs passing the screen. Seconds are those of a core, so that other work on the machine does not count.
 */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { normals, uniforms } from "../../infonet/bench/random.mjs";
import { infonet } from "./command.mjs";

const { values } = parseArgs({
  options: {
    columns: { type: "string", default: "400" },
    rows: { type: "string", default: "1000" },
    merge: { type: "string", default: "1000000" },
    share: { type: "string", default: "0.01" },
    json: { type: "boolean", default: false },
  },
});
const [columns, rows, mergePairs, share] = [values.columns, values.rows, values.merge, values.share].map(
  Number,
);
const folder = await mkdtemp(join(tmpdir(), "infonet-bench-jobs-"));
const normal = normals(uniforms(3));

async function csv(name, width, length, cell) {
  const path = join(folder, name);
  const lines = [Array.from({ length: width }, (_, k) => `c${k}`).join(",")];
  for (let row = 0; row < length; row++)
    lines.push(Array.from({ length: width }, (_, k) => cell(row, k)).join(","));
  await writeFile(path, lines.join("\n"));
  return path;
}

/** Seconds of a core that a pair takes, and a process beside its pairs; bytes of results a pair. */
async function shardCost(table, [shards, fewer], more) {
  const pairs = (columns * (columns - 1)) / 2;
  const [few, many] = [
    { shards, core: 0, pairs: 0 },
    { shards: fewer, core: 0, pairs: 0 },
  ];
  let [bytes, memory] = [0, 0];
  for (const size of [few, many]) {
    const job = join(folder, `job-${size.shards}-${more.length}`);
    await infonet("plan", table, "--out", job, "--shards", String(size.shards), ...more);
    const done = await infonet("run", job, "--shard", `1/${size.shards}`, "--threads", "1");
    size.core = done.core;
    size.pairs = pairs / size.shards;
    const [file] = await readdir(join(job, "shards"));
    bytes = (await stat(join(job, "shards", file))).size / size.pairs;
    memory = done.memory;
  }
  const pair = (many.core - few.core) / (many.pairs - few.pairs);
  return { pair, process: Math.max(0, few.core - few.pairs * pair), bytes, memory };
}

/** A finished job of about so many pairs, whose results are made up. */
async function madeUp(pairs) {
  const width = Math.ceil((1 + Math.sqrt(1 + 8 * pairs)) / 2);
  const table = await csv("wide.csv", width, 10, (row, k) => Math.sin(row * row + k * (row + 1)).toFixed(5));
  const job = join(folder, "wide");
  const SHARDS = 10;
  await infonet("plan", table, "--out", job, "--shards", String(SHARDS));
  const { DuckDBInstance } = createRequire(import.meta.url)("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await mkdir(join(job, "shards"), { recursive: true });
  const total = (width * (width - 1)) / 2;
  for (let shard = 1; shard <= SHARDS; shard++) {
    const path = join(folder, "shard.parquet");
    await connection.run(`COPY (
      SELECT x::INTEGER AS x, y::INTEGER AS y, mi, mi * 0.8 AS low, mi * 1.2 AS high, random() AS p_value, 10::DOUBLE AS n,
        'number' AS x_kind, 'number' AS y_kind, NULL::DOUBLE AS x_entropy, NULL::DOUBLE AS y_entropy,
        NULL::DOUBLE AS normalized, NULL::VARCHAR AS warnings, NULL::VARCHAR AS error, NULL::VARCHAR AS code
      FROM (SELECT x, y, random() / 10 AS mi FROM range(${width}) a(x), range(${width}) b(y)
        WHERE x < y AND (x * ${width} + y) % ${SHARDS} = ${shard - 1})
      ) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`);
    const hash = createHash("sha256")
      .update(await readFile(path))
      .digest("hex")
      .slice(0, 16);
    await rename(path, join(job, "shards", `${String(shard).padStart(6, "0")}-${hash}.parquet`));
  }
  connection.closeSync();
  return { job, pairs: total };
}

/** Hours of a job, by playing it. */
function played({ pairs, pairSeconds, processSeconds, shards, cores }) {
  const ends = new Float64Array(cores);
  for (let shard = 0; shard < shards; shard++) {
    let first = 0;
    for (let core = 1; core < cores; core++) if (ends[core] < ends[first]) first = core;
    ends[first] += processSeconds + (pairs / shards) * pairSeconds;
  }
  return Math.max(...ends);
}

const duration = (seconds) =>
  seconds < 100
    ? `${seconds.toFixed(0)} s`
    : seconds < 6000
      ? `${(seconds / 60).toFixed(0)} min`
      : `${(seconds / 3600).toFixed(1)} h`;

try {
  const table = await csv("table.csv", columns, rows, normal);
  const whole = await shardCost(table, [40, 6], []);
  const screened = await shardCost(table, [6, 1], ["--screen", "0.001"]);
  // What the few independent pairs that pass took is no part of the screen.
  const screen = Math.max(0, screened.pair - 0.001 * whole.pair);
  const { job, pairs } = await madeUp(mergePairs);
  const merges = {};
  for (const ending of ["parquet", "csv"]) {
    const out = join(folder, `merged.${ending}`);
    const { core, clock, memory } = await infonet("merge", job, "--out", out);
    merges[ending] = {
      core: (core / pairs) * 1e6,
      clock: (clock / pairs) * 1e6,
      memory,
      bytes: (await stat(out)).size / pairs,
    };
  }
  const COLUMNS = 20_000;
  const REGULATORS = 1500;
  const all = (COLUMNS * (COLUMNS - 1)) / 2;
  const some = REGULATORS * (COLUMNS - REGULATORS) + (REGULATORS * (REGULATORS - 1)) / 2;
  const jobs = [
    ["all pairs", all, whole.pair],
    [`all pairs, --screen, ${100 * share} % pass`, all, screen + share * whole.pair],
    [`${REGULATORS} regulators × genes`, some, whole.pair],
    ["the same, 100 replicates", 101 * some, whole.pair],
  ].map(([name, count, pairSeconds]) => ({
    name,
    pairs: count,
    hours: [2, 64, 1000].map((cores) =>
      played({ pairs: count, pairSeconds, processSeconds: whole.process, shards: 1000, cores }),
    ),
  }));
  const result = { rows, whole, screened: { ...screened, pair: screen }, merged: pairs, merges, jobs };
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    const { parquet, csv: text } = merges;
    process.stdout.write(
      [
        `${cpus()[0]?.model}, ${rows} rows, seconds of one core`,
        `a pair: ${(1000 * whole.pair).toFixed(3)} ms, ${(1 / whole.pair).toFixed(0)} pairs a core-second; ${whole.bytes.toFixed(0)} bytes of results; ${whole.memory.toFixed(0)} MB`,
        `a pair that is screened: ${(1000 * screen).toFixed(4)} ms, ${(1 / screen).toFixed(0)} a core-second`,
        `a process: ${whole.process.toFixed(1)} s; columns that a shard reads: ${(8 * rows) / 1000} kB each`,
        `merging ${pairs} pairs, a million: Parquet ${parquet.core.toFixed(1)} s, ${parquet.bytes.toFixed(0)} bytes a pair, ${parquet.memory.toFixed(0)} MB; CSV ${text.core.toFixed(1)} s, ${text.bytes.toFixed(0)} bytes a pair, ${text.memory.toFixed(0)} MB`,
        `20,000 columns on 2, 64, 1000 cores, without merging:`,
        ...jobs.map(
          ({ name, pairs: count, hours }) =>
            `  ${name} (${(count / 1e6).toFixed(1)} M): ${hours.map(duration).join(", ")}`,
        ),
        "",
      ].join("\n"),
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
