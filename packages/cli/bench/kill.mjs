/**
 * What is left of two outputs when the built command is killed (SIGKILL, as by the power) at random moments:
 *
 *   npm run bench:kill [-- --kills 40 --seed 1 --columns 40 --json]
 *
 * Half of the kills fall anywhere in a run, half in the moments after a temporary file has appeared. Each output must be
 * as before (absent or old) or whole. In the end one undisturbed run must find the temporary files of the killed ones
 * and remove them. Ends with status 1 if anything is damaged or left over.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { watch } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { uniforms } from "../../infonet/bench/random.mjs";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
    columns: { type: "string", default: "40" },
    json: { type: "boolean", default: false },
  },
});
const kills = Number(values.kills);
const columns = Number(values.columns);
const bin = fileURLToPath(new URL("../bin/infonet.js", import.meta.url));
const isTemporary = (name) => /^\.infonet-.*\.tmp$/.test(name);

/** The same moments for the same seed, as far as the machine is the same. */
const random = uniforms(Number(values.seed));

const folder = await mkdtemp(join(tmpdir(), "infonet-kill-"));
const table = join(folder, "table.csv");
const outputs = { out: join(folder, "pairs.csv"), report: join(folder, "pairs.html") };
const names = Array.from({ length: columns }, (_, k) => `c${k}`);
const rows = Array.from({ length: 200 }, () => {
  const common = random();
  return names.map((_, k) => (random() + common / (k + 1)).toFixed(6)).join(",");
});
await writeFile(table, `${[names.join(","), ...rows].join("\n")}\n`);

/** Runs the command; `disturb` gets the child and may kill it. */
function run(disturb = () => {}) {
  const args = ["matrix", table, "--out", outputs.out, "--report", outputs.report, "--threads", "2"];
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code !== 0 && signal !== "SIGKILL") reject(new Error(`infonet ended with ${code}: ${stderr}`));
      else resolve({ killed: signal === "SIGKILL", ms: performance.now() - start });
    });
    disturb(child);
  });
}

const hash = async (path) =>
  readFile(path).then(
    (bytes) => createHash("sha256").update(bytes).digest("hex"),
    () => "absent",
  );
const contents = async () => ({ out: await hash(outputs.out), report: await hash(outputs.report) });

/** Kills at a moment of the whole run. */
function anywhere(ms) {
  const moment = random() * ms * 1.05;
  return (child) => void setTimeout(() => child.kill("SIGKILL"), moment);
}

/** Kills soon after the first or second temporary file has appeared. */
function whileWriting() {
  const which = random() < 0.5 ? 1 : 2;
  const delay = random() * 4;
  return (child) => {
    const seen = new Set();
    const watcher = watch(folder, (_, name) => {
      if (name === null || !isTemporary(name)) return;
      seen.add(name);
      if (seen.size < which) return;
      watcher.close();
      const until = performance.now() + delay;
      // A timer is too coarse for this.
      while (performance.now() < until);
      child.kill("SIGKILL");
    });
    child.on("close", () => watcher.close());
  };
}

let result;
try {
  const { ms } = await run();
  const whole = await contents();
  const fell = { "before the result": 0, "between result and report": 0, "after both": 0, "not killed": 0 };
  const damaged = [];
  const temporary = new Set();
  for (let k = 0; k < kills; k++) {
    for (const path of Object.values(outputs)) {
      if (random() < 0.5) await writeFile(path, `old ${k}\n`);
      else await rm(path, { force: true });
    }
    const before = await contents();
    const { killed } = await run(k % 2 === 0 ? anywhere(ms) : whileWriting());
    const after = await contents();
    for (const name of (await readdir(folder)).filter(isTemporary)) temporary.add(name);
    const isNew = {};
    for (const name of ["out", "report"]) {
      isNew[name] = after[name] === whole[name];
      if (!isNew[name] && after[name] !== before[name]) damaged.push(`kill ${k + 1}: ${name}`);
    }
    if (isNew.report && !isNew.out) damaged.push(`kill ${k + 1}: a report without its result`);
    if (!killed) fell["not killed"]++;
    else if (!isNew.out) fell["before the result"]++;
    else fell[isNew.report ? "after both" : "between result and report"]++;
  }
  await run();
  const rest = (await readdir(folder)).filter(isTemporary).length;
  const last = await contents();
  if (last.out !== whole.out || last.report !== whole.report)
    damaged.push("the last run differs from the first");
  result = {
    kills,
    runMs: Math.round(ms),
    fell,
    damaged,
    temporaryFiles: { left: temporary.size, afterNextRun: rest },
  };
} finally {
  await rm(folder, { recursive: true, force: true });
}

if (values.json) console.log(JSON.stringify(result, null, 2));
else {
  console.log(`${kills} kills of a run of ${result.runMs} ms with two outputs (${columns} columns):`);
  for (const [where, count] of Object.entries(result.fell))
    console.log(`  ${String(count).padStart(3)}  ${where}`);
  console.log(`damaged outputs: ${result.damaged.length === 0 ? "none" : result.damaged.join("; ")}`);
  const { left, afterNextRun } = result.temporaryFiles;
  console.log(
    `kills in the middle of writing: ${left}; temporary files of theirs after the next run: ${afterNextRun}`,
  );
}
if (result.damaged.length > 0 || result.temporaryFiles.afterNextRun > 0) process.exitCode = 1;
