import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { emptyFolder, infonet } from "./run.js";

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await emptyFolder();
  path = join(folder, "t.csv.gz");
  const rows = Array.from({ length: 500_000 }, (_, k) => `${(k * 2654435761) % 4294967296},${k}`);
  writeFileSync(path, gzipSync(`a,b\n${rows.join("\n")}\n`, { level: 1 }));
});

test.each([
  ["SIGINT", 1],
  ["SIGINT", 2],
  ["SIGTERM", 1],
  ["SIGTERM", 2],
  ["SIGHUP", 1],
] as const)("leaves no temporary copy behind after %s, sent %d times", async (signal, times) => {
  const temporary = join(folder, `${signal}-${times}`);
  mkdirSync(temporary);
  vi.stubEnv("TMPDIR", temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  let seen = 0;
  const status = 128 + constants.signals[signal];
  const outcome = await infonet(["matrix", path], (child) => {
    const watch = setInterval(() => {
      seen = readdirSync(temporary).length;
      if (seen === 0) return;
      clearInterval(watch);
      for (let k = 0; k < times; k++) setTimeout(() => child.kill(signal), 40 * k);
    }, 5);
    child.on("close", () => clearInterval(watch));
  });
  expect(seen).toBe(1);
  expect(outcome.code).toBe(status);
  expect(outcome.err.trim().split("\n").length, outcome.err).toBe(1);
  expect(readdirSync(temporary)).toEqual([]);
});

test("gives the same numbers for the same seed, table of any length", async () => {
  const outcomes = [];
  for (const threads of ["1", "8"]) {
    outcomes.push(await infonet(["matrix", path, "--format", "json", "--threads", threads]));
  }
  expect(outcomes[0]).toMatchObject({ code: 0, err: "" });
  expect(outcomes[1]).toEqual(outcomes[0]);
});

test("refuses half a file with one line and status 1", async () => {
  const half = join(folder, "half.csv.gz");
  writeFileSync(half, gzipSync("a,b\n1,2\n3,4\n").subarray(0, 20));
  expect(await infonet(["matrix", half])).toEqual({
    code: 1,
    out: "",
    err: `infonet: ${half} is cut: its gzip data breaks off before its end; fetch or compress it again.\n`,
  });
});
