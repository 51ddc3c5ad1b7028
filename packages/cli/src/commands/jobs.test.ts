/** plan, run, status and merge, with the stand-in engine. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Interrupted } from "../errors.js";
import { tempFile, tempFolder } from "../testing/files.js";
import { run, SMALL_CSV } from "../testing/run.js";
import { shardsFor } from "./plan.js";

const small = () => tempFile("t.csv", SMALL_CSV);

async function planned(shards: number, ...more: string[]): Promise<{ table: string; job: string }> {
  const [table, job] = [small(), join(tempFolder(), "job")];
  const result = await run(["plan", table, "--out", job, "--shards", String(shards), ...more]);
  expect(result).toMatchObject({ code: 0, disposed: 1 });
  return { table, job };
}

describe("infonet plan", () => {
  test("says what to do next, and what was planned", async () => {
    const job = join(tempFolder(), "a job");
    const { stdout, stderr } = await run(["plan", small(), "--out", job, "--shards", "2"]);
    expect(stdout).toBe(`infonet run '${job}' --shard k/2   # k = 1 to 2\n`);
    expect(stderr).toContain(`infonet: 3 pairs in 2 shards of 2 pairs at most, in ${job}\n`);
  });

  test("as many shards as take a minute or two, at most a thousand", () => {
    expect(shardsFor(1, 1000)).toBe(1);
    const genes = shardsFor(499_500, 2000);
    expect((499_500 / genes) * 4e-4).toBeGreaterThan(60);
    expect((499_500 / genes) * 4e-4).toBeLessThan(120);
    expect(shardsFor(2e8, 4000)).toBe(1000);
  });

  test("refuses what cannot be a job", async () => {
    const { job, table } = await planned(1);
    expect(await run(["plan", table])).toMatchObject({
      code: 2,
      stderr: "infonet: --out names no folder for the job; add --out JOB.\n",
    });
    expect(await run(["plan", table, "--out", job])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`name a new folder, or go on with infonet run ${job}.`),
    });
    const many = await run(["plan", table, "--out", join(tempFolder(), "j"), "--shards", "4"]);
    expect(many).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--shards 4 is more than there are pairs (3)"),
    });
  });
});

describe("infonet plan --replicates", () => {
  const columns = (csv: string) => csv.split("\n").map((line) => line.split(","));

  test("adds how the estimates vary, and changes nothing else, whatever the shards", async () => {
    const results: string[] = [];
    for (const shards of [1, 4]) {
      const { job, table } = await planned(shards, "--replicates", "5", "--columns", "a,b,kind");
      const done = await run(["run", job]);
      expect(done.stderr).toBe(`infonet: ${shards} shard${shards > 1 ? "s" : ""} done (18 pairs)\n`);
      const csv = (await run(["merge", job, "--format", "csv"])).stdout;
      const one = (await run(["matrix", table, "--columns", "a,b,kind", "--format", "csv"])).stdout;
      const [head, ...rows] = columns(csv);
      expect(head.slice(-5)).toEqual(["replicates", "mean", "sd", "q05", "q95"]);
      expect(
        columns(csv)
          .map((row) => row.slice(0, -5).join(","))
          .join("\n")
          .trim(),
      ).toBe(one.trim());
      for (const row of rows.slice(0, 3)) {
        const [n, mean, sd, low, high] = row.slice(-5).map(Number);
        expect(n).toBe(5);
        expect(low).toBeLessThanOrEqual(mean);
        expect(mean).toBeLessThanOrEqual(high);
        expect(sd).toBeGreaterThan(0);
      }
      const json = JSON.parse((await run(["merge", job, "--format", "json"])).stdout);
      expect(json).toMatchObject({ replicates: 5, pairs: [{ replicates: { n: 5 } }, {}, {}] });
      const text = await run(["merge", job]);
      expect(text.stdout).toMatch(/^strength +MI +90 % interval +sd +p +n +x +y$/m);
      results.push(csv);
    }
    // Of different files of one content.
    expect(results[0]).toBe(results[1]);
  });

  test("does not go with --screen or --counts", async () => {
    for (const option of [
      ["--screen", "0.1"],
      ["--counts", "a"],
    ]) {
      const job = join(tempFolder(), "job");
      expect(await run(["plan", small(), "--out", job, "--replicates", "3", ...option])).toMatchObject({
        code: 2,
        stderr: `infonet: --replicates does not go with ${option[0]}; leave one of them out.\n`,
      });
    }
  });
});

describe("infonet run", () => {
  test.each([
    [[]],
    [["--target", "b"]],
    [["--target", "kind,b"]],
    [["--units", "bits", "--columns", "b,a,kind"]],
    [["--cluster", "id"]],
  ])("all shards, merged, are what matrix gives: %j", async (more) => {
    const { table, job } = await planned(2, ...more);
    const done = await run(["run", job]);
    expect(done).toMatchObject({ code: 0, disposed: 1, stdout: "" });
    expect(done.stderr).toMatch(/^infonet: 2 shards done \(\d pairs\)\n$/);
    for (const format of ["json", "csv", "text"]) {
      const one = await run(["matrix", table, ...more, "--format", format]);
      expect(await run(["merge", job, "--format", format])).toMatchObject({ code: 0, stdout: one.stdout });
    }
    expect((await run(["run", job])).stderr).toBe("infonet: all shards are finished already\n");
  });

  test("one shard, as it is told or as a scheduler says", async () => {
    const { job } = await planned(3);
    expect((await run(["run", job, "--shard", "2/3"])).stderr).toBe("infonet: 1 shard done (1 pair)\n");
    expect((await run(["run", job, "--shard", "2/3"])).stderr).toBe("infonet: shard 2 is finished already\n");
    const scheduled = await run(["run", job], { io: { env: { JOB_COMPLETION_INDEX: "2" } } });
    expect(scheduled.stderr).toBe(
      "infonet: shard 3/3, by JOB_COMPLETION_INDEX\ninfonet: 1 shard done (1 pair)\n",
    );
    expect(await run(["run", job, "--shard", "2/4"])).toMatchObject({
      code: 2,
      stderr: `infonet: --shard 2/4: ${job} has 3 shards; write --shard 2/3.\n`,
    });
    const status = await run(["status", job]);
    expect(status.stdout).toContain("2 of 3 shards finished");
    expect(status.stdout).toContain("missing: 1\n");
    expect((await run(["status", job, "--missing"])).stdout).toBe("1\n");
    expect(await run(["merge", job])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: `infonet: ${job}: 1 of 3 shards are not finished: 1; run infonet run ${job} first.\n`,
    });
  });

  test("an end before time keeps the finished shards", async () => {
    const { job } = await planned(3);
    const controller = new AbortController();
    let pairs = 0;
    const beforePair = () => {
      if (++pairs === 2) controller.abort(new Interrupted("ended"));
    };
    const result = await run(["run", job], { signal: controller.signal, beforePair });
    expect(result).toMatchObject({
      code: 130,
      stderr: "infonet: interrupted: 1 shard kept of 3; the same command goes on.\n",
    });
    expect(readdirSync(join(job, "shards"))).toHaveLength(1);
    expect((await run(["run", job])).stderr).toBe("infonet: 2 shards done (2 pairs)\n");
  });

  test("another model than the one that the job was planned with is refused", async () => {
    const { job } = await planned(1);
    const file = join(job, "job.json");
    writeFileSync(file, readFileSync(file, "utf8").replace("fake 0123456789ab", "older 00"));
    expect(await run(["run", job])).toMatchObject({
      code: 1,
      stderr: `infonet: ${job} was planned with the model older 00, and this infonet has fake 0123456789ab; use one version for plan and run.\n`,
    });
  });

  test("a damaged file is told, and done again", async () => {
    const { job } = await planned(2);
    await run(["run", job]);
    const [name] = readdirSync(join(job, "shards"));
    writeFileSync(join(job, "shards", name), "PAR1");
    const status = await run(["status", job, "--format", "json"]);
    expect(JSON.parse(status.stdout)).toMatchObject({
      finished: false,
      done: [2],
      missing: [1],
      damaged: [1],
    });
    expect((await run(["status", job])).stdout).toContain("of these damaged: 1; they are done again\n");
    expect((await run(["merge", job])).stderr).toContain("not finished (1 file damaged): 1;");
    await run(["run", job]);
    expect((await run(["merge", job])).code).toBe(0);
  });
});

test("merge writes nothing where it fails, and a report where it is asked for", async () => {
  const { job } = await planned(1);
  const [out, report] = [join(tempFolder(), "pairs.csv"), join(tempFolder(), "pairs.html")];
  expect((await run(["merge", job, "--out", out])).code).toBe(1);
  expect(existsSync(out)).toBe(false);
  await run(["run", job]);
  expect(await run(["merge", job, "--out", out, "--report", report])).toMatchObject({ code: 0, disposed: 1 });
  expect(existsSync(out) && existsSync(report)).toBe(true);
  rmSync(join(job, "job.json"));
  expect(await run(["merge", job])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("holds no job (there is no job.json in it)"),
  });
});
