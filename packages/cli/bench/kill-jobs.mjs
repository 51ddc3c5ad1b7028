/**
 * What becomes of a job whose workers are killed (SIGKILL, as by the power) at random moments:
 *
 *   npm run bench:kill-jobs [-- --kills 20 --shards 8 --columns 60 --seed 1 --json]
 *
 * Two workers at once do all that is left of the job, and are killed at random moments, until there were so many kills; some of the
 * kills damage a finished file beside. Then one more worker ends the job. The merged result must be, byte for byte, what one run of
 * `infonet matrix` writes. Ends with status 1 if it is not.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { uniforms } from "../../infonet/bench/random.mjs";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    shards: { type: "string", default: "8" },
    columns: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const [kills, shards, columns] = [values.kills, values.shards, values.columns].map(Number);
const bin = fileURLToPath(new URL("../bin/infonet.js", import.meta.url));
const random = uniforms(Number(values.seed));

const folder = await mkdtemp(join(tmpdir(), "infonet-kill-jobs-"));
const [table, job] = [join(folder, "table.csv"), join(folder, "job")];
const names = Array.from({ length: columns }, (_, k) => `c${k}`);
const rows = Array.from({ length: 200 }, () => {
  const common = random();
  return names.map((_, k) => (random() + common / (k + 1)).toFixed(6)).join(",");
});
await writeFile(table, `${[names.join(","), ...rows].join("\n")}\n`);

/** Runs the command and kills it after some time, if there is one. */
function infonet(args, killAfter) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code !== 0 && signal !== "SIGKILL") reject(new Error(`infonet ended with ${code}: ${stderr}`));
      else resolve({ killed: signal === "SIGKILL", ms: performance.now() - start });
    });
  });
}

let result;
try {
  const files = ["json", "csv", "parquet"];
  const one = (ending) => join(folder, `one.${ending}`);
  const merged = (ending) => join(folder, `merged.${ending}`);
  let ms = 0;
  for (const ending of files) ({ ms } = await infonet(["matrix", table, "--out", one(ending)]));
  await infonet(["plan", table, "--out", job, "--shards", String(shards)]);
  const shardFiles = async () =>
    (await readdir(join(job, "shards")).catch(() => [])).filter((name) => name.endsWith(".parquet"));
  let [fell, damaged] = [0, 0];
  while (fell < kills) {
    const ends = await Promise.all(
      [0, 1].map(() => infonet(["run", job, "--threads", "1"], (0.3 + 1.5 * random()) * ms)),
    );
    fell += ends.filter(({ killed }) => killed).length;
    const there = await shardFiles();
    // A disk that loses the end of a file, or the job begins anew when all is done before the last kill.
    if (there.length > 0 && random() < 0.4) {
      await truncate(join(job, "shards", there[Math.floor(random() * there.length)]), 100);
      damaged++;
    }
    if ((await shardFiles()).length >= shards && fell < kills) {
      for (const name of (await shardFiles()).slice(0, shards >> 1)) await rm(join(job, "shards", name));
    }
  }
  await infonet(["run", job]);
  const different = [];
  for (const ending of files) {
    await infonet(["merge", job, "--out", merged(ending)]);
    const [a, b] = [await readFile(one(ending)), await readFile(merged(ending))];
    if (!a.equals(b)) different.push(ending);
  }
  const left = (await readdir(join(job, "shards"))).filter((name) => name.endsWith(".tmp")).length;
  result = { kills: fell, damagedFiles: damaged, shards, different, temporaryFiles: left };
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `${result.kills} kills over ${shards} shards, ${result.damagedFiles} files damaged: ${
        result.different.length === 0
          ? "the merged results are those of one run, byte for byte"
          : `${result.different.join(", ")} differ`
      }; ${result.temporaryFiles} temporary files left\n`,
);
if (result.different.length > 0 || result.temporaryFiles > 0) process.exitCode = 1;
