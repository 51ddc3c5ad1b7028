/** Jobs by the built command: `npm run bench:kill-jobs` kills more of their workers. */
import { execFile } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { emptyFolder, infonet, PENGUINS, shell } from "./run.js";

const BENCH = fileURLToPath(new URL("../bench/kill-jobs.mjs", import.meta.url));

test("workers that are killed, files that are damaged: the result is that of one run, byte for byte", async () => {
  const args = [BENCH, "--kills", "3", "--columns", "16", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout)).toMatchObject({ different: [], temporaryFiles: 0 });
});

test("the tasks of an array, each in a process of its own, from a folder that was moved", async () => {
  const folder = await emptyFolder();
  const table = join(folder, "penguins.csv");
  await cp(PENGUINS, table);
  const job = join(folder, "job");
  expect(await infonet(["plan", table, "--out", job, "--shards", "3", "--units", "bits"])).toMatchObject({
    code: 0,
    out: expect.stringContaining("--shard k/3   # k = 1 to 3"),
  });
  const moved = join(folder, "a moved job");
  await cp(job, moved, { recursive: true });
  const tasks = await Promise.all([
    shell("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 infonet run 'a moved job'", folder),
    shell("JOB_COMPLETION_INDEX=1 infonet run 'a moved job'", folder),
    shell("infonet run 'a moved job' --shard 3/3", folder),
  ]);
  expect(tasks.map(({ code }) => code)).toEqual([0, 0, 0]);
  const status = await infonet(["status", moved, "--format", "json"]);
  expect(JSON.parse(status.out)).toMatchObject({ finished: true, done: [1, 2, 3], missing: [] });
  const report = join(folder, "merged.html");
  const one = await infonet(["matrix", table, "--units", "bits", "--top", "9"]);
  const merged = await infonet(["merge", moved, "--top", "9", "--report", report]);
  expect(merged).toMatchObject({ code: 0, out: one.out });
  expect(await readFile(report, "utf8")).toContain("Dependence report");
});
