/** A few kills; `npm run bench:kill` tries more of them. Where they fall is chance, what they leave is not. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const BENCH = fileURLToPath(new URL("../bench/kill.mjs", import.meta.url));

test("a run that is killed leaves each of two outputs as it was or whole, and no litter for long", async () => {
  const args = [BENCH, "--kills", "4", "--columns", "12", "--seed", "5", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { damaged, temporaryFiles } = JSON.parse(stdout);
  expect([damaged, temporaryFiles.afterNextRun]).toEqual([[], 0]);
});
