/** A release on threads, in processes that are killed: what is left is taken up, and ends with the same bytes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCheckpoint, type ReleaseOptions, releaseModel, startJax, train } from "@infonet/training";
import { InfoNet } from "infonet";
import { expect, test } from "vitest";

const SMALL = {
  width: 8,
  blocks: 1,
  heads: 2,
  expansion: 2,
  valueWidth: 8,
  tower: { width: 8, blocks: 1, heads: 2 },
};
const OPTIONS: ReleaseOptions = {
  calibration: { draws: 1100, seed: 1 },
  heads: { draws: 6, calibrationDraws: 4, epochs: 2, seed: 1 },
  null: { draws: 1000, seed: 1, sizes: [8, 12, 30, 60] },
  workers: 1,
  threads: 2,
};
const SCRIPT = join(mkdtempSync(join(tmpdir(), "release-")), "release.mjs");

/** The release in a process of its own. */
writeFileSync(
  SCRIPT,
  `
  import { loadCheckpoint, releaseModel, startJax } from "${new URL("../dist/index.js", import.meta.url)}";
  const [run, out, options] = process.argv.slice(2);
  await startJax();
  await releaseModel(await loadCheckpoint(run), out, { ...JSON.parse(options), tell: (line) => console.log(line) });
`,
);

/** Runs it until it says something, then kills it; gives all that it said, and how it ended. */
async function release(run: string, out: string, until?: RegExp) {
  const args = [SCRIPT, run, out, JSON.stringify(OPTIONS)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let errors = "";
  child.stdout.on("data", (data) => {
    said += data;
    if (until?.test(said)) child.kill("SIGKILL");
  });
  child.stderr.on("data", (data) => {
    errors += data;
  });
  const [code, signal] = await once(child, "exit");
  return { said, errors, code, signal };
}

const bytesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "base64")]),
  );

test("killed again and again it goes on where it was, for any number of threads, and the library takes it", async () => {
  await startJax();
  const parent = mkdtempSync(join(tmpdir(), "release-"));
  const [run, whole, killed] = ["run", "whole", "killed"].map((name) => join(parent, name));
  await train({
    out: run,
    minutes: 60,
    seed: 5,
    batch: 8,
    threads: 1,
    workers: 1,
    network: SMALL,
    evaluateEvery: 30,
    validationBatches: 1,
    steps: 2,
  });
  await releaseModel(await loadCheckpoint(run), whole, { ...OPTIONS, workers: 0, threads: 0 });

  for (const until of [/calibration: 1008 of/, /\(2 of 4 sizes\)/]) {
    const { signal, errors } = await release(run, killed, until);
    expect({ signal, errors }, String(until)).toEqual({ signal: "SIGKILL", errors: "" });
    expect(existsSync(killed)).toBe(false);
    await expect(InfoNet.load({ model: killed })).rejects.toMatchObject({ code: "model" });
    await expect(InfoNet.load({ model: join(`${killed}.partial`, "model") })).rejects.toMatchObject({
      code: "model",
    });
  }
  // Threads end in order when the signal says so, in the middle of a size as well.
  const stop = new AbortController();
  const tell = (line: string): void => {
    if (/^null table: n/.test(line)) stop.abort(new Error("interrupted"));
  };
  const aborted = releaseModel(await loadCheckpoint(run), killed, { ...OPTIONS, signal: stop.signal, tell });
  await expect(aborted).rejects.toThrow("interrupted");
  const { code, said } = await release(run, killed);
  expect(code).toBe(0);
  expect(said).toMatch(
    /^1 of 6, export: done before\n2 of 6, graphs: done before\n3 of 6, calibration: done before\n4 of 6, levels: done before\n5 of 6, rows: done before\n/,
  );
  // What was finished is not made again.
  expect((said.match(/^null table: n/gm) ?? []).length).toBeLessThanOrEqual(2);
  expect(bytesOf(killed)).toEqual(bytesOf(whole));
  expect(readdirSync(parent).sort()).toEqual(["killed", "run", "whole"]);

  const net = await InfoNet.load({ model: killed });
  const x = Float64Array.from({ length: 100 }, (_, k) => Math.sin(k * k));
  const { pValue, interval } = await net.estimate(
    x,
    x.map((value, k) => value + Math.cos(5 * k * k)),
  );
  expect(pValue).toBeGreaterThan(0);
  expect(interval).toHaveLength(2);
  await net.dispose();
});
