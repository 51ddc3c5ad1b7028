/** The packages as they are published, installed into an empty folder: quietly, and without running anything. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PENGUINS } from "./run.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PACKED = ["infonet", "jax-onnx", "@infonet/cli"];
const run = promisify(execFile);

let folder: string;
let installation: { stdout: string; stderr: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infonet-packed-"));
  const workspaces = PACKED.flatMap((name) => ["-w", name]);
  await run("npm", ["pack", ...workspaces, "--pack-destination", folder], { cwd: ROOT });
  const tarballs = (await readdir(folder)).map((file) => join(folder, file));
  await writeFile(join(folder, "package.json"), "{}");
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  installation = await run("npm", ["install", ...quiet, ...tarballs], { cwd: folder });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("npm has nothing to complain of", async () => {
  const ours = installation.stderr.split("\n").filter((line) => !/^$|user config/.test(line));
  expect(ours).toEqual([]);
  await run("npm", ["ls", "--all"], { cwd: folder });
});

test("nothing was downloaded into ONNX Runtime's folder", async () => {
  const files = await readdir(join(folder, "node_modules/onnxruntime-node/bin"), { recursive: true });
  expect(files.filter((file) => /cuda|tensorrt/i.test(file))).toEqual([]);
});

test("the command runs", async () => {
  const { stdout } = await run("npx", ["--no-install", "infonet", "matrix", PENGUINS], { cwd: folder });
  expect(stdout).toMatch(/penguins\.csv · 344 rows · 7 columns/);
});

test("the library is imported by its name", async () => {
  const script = `
    import { InfoNet } from "infonet";
    const net = await InfoNet.load();
    const x = Array.from({ length: 100 }, (_, i) => Math.sin(i * i));
    const { mi } = await net.estimate(x, x);
    await net.dispose();
    console.log(mi > 3);
  `;
  const args = ["--input-type=module", "-e", script];
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  expect(stdout).toBe("true\n");
});
