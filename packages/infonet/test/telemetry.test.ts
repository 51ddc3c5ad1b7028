/** Nothing leaves the machine and nothing stays on it: ONNX Runtime's telemetry is off on every road to it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { canIsolate, namesLookedUp } from "./isolation.js";
import { asDelivered, leftBehind, NOTHING, unset } from "./left-behind.js";

const program = (name: string): string => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

describe("nothing is left in the home folder or the temporary one", () => {
  test.each(["main", "threads", "worker"])("by the library: %s", async (road) => {
    const { stdout, files } = await leftBehind(unset, process.execPath, [program("estimate.mjs"), road]);
    expect(stdout).toBe("28 estimates\n");
    expect(files).toEqual(NOTHING);
  });

  test.each(["batches.mjs"])("by the benchmark %s", async (name) => {
    const bench = fileURLToPath(new URL(`../bench/${name}`, import.meta.url));
    const args = [bench, "--rows", "50", "--columns", "4", "--rounds", "1"];
    expect((await leftBehind(unset, process.execPath, args)).files).toEqual(NOTHING);
  });

  test("but by who asks for telemetry, so that this test can fail", async () => {
    const { files } = await leftBehind(asDelivered, process.execPath, [program("estimate.mjs"), "main"]);
    expect(files.some((file) => file.endsWith("deviceid"))).toBe(true);
    expect(files.some((file) => file.startsWith("tmp/"))).toBe(true);
  });
});

test("nobody loads ONNX Runtime but the module that switches its telemetry off", async () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const folders = ["packages", "bench", "examples"];
  const files = (await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true }))))
    .flatMap((list, k) => list.map((file) => join(folders[k], file)))
    .filter((file) => /\.(ts|m?js)$/.test(file) && !/(^|\/)(node_modules|dist[^/]*)\//.test(file));
  const loading =
    /^import (?!type\b)[^;]*"onnxruntime-node"|(?<!typeof )(import|require)\("onnxruntime-node"\)/m;
  const found = await Promise.all(
    files.map(async (file) => (loading.test(await readFile(join(root, file), "utf8")) ? [file] : [])),
  );
  // The tests of jax-onnx, which cannot ask infonet, do the same for themselves.
  expect(found.flat().sort()).toEqual([
    "packages/infonet/src/platform/onnxruntime.ts",
    "packages/jax-onnx/src/testing/session.ts",
  ]);
});

test.skipIf(!canIsolate())("no name is looked up by the library, but by who asks for telemetry", async () => {
  // The first look-up of the telemetry host comes some nine seconds after the start.
  const command = [process.execPath, program("estimate.mjs"), "main", "14000"];
  const [quiet, loud] = await Promise.all([
    namesLookedUp(unset, command),
    namesLookedUp(asDelivered, command),
  ]);
  expect(quiet).toEqual([]);
  expect(loud).not.toEqual([]);
});
