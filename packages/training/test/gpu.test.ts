/** The commands around a run on a GPU, as processes; train.py itself where Python has JAX and onnx. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  collectGpuRun,
  type GpuRun,
  loadCheckpoint,
  prepareGpuRun,
  SCHEDULE,
  startJax,
} from "@infonet/training";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, expect, test, vi } from "vitest";

const BIN = fileURLToPath(new URL("../dist/bin/", import.meta.url));
const GPU = fileURLToPath(new URL("../gpu/", import.meta.url));
const SMALL = { width: 16, blocks: 1, heads: 2, expansion: 2, valueWidth: 16 };
const BATCH = 8;
const SCALARS = [1e-3, 10, 50, 0.5];

const environment = { ...process.env, JAX_PLATFORMS: "cpu", PYTHONDONTWRITEBYTECODE: "1" };
const python = (...args: string[]) => spawnSync("python3", args, { env: environment, encoding: "utf8" });
const withJax = python("-c", "import jax, onnx").status === 0;

let folder: string;
let run: GpuRun;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gpu-"));
  await startJax();
  run = await prepareGpuRun(folder, { batch: BATCH, seed: 4, network: SMALL, validationBatches: 1 });
});

/** Starts a generator of chunks of one step's size. */
async function generate(...more: string[]) {
  const files = await mkdtemp(join(tmpdir(), "chunks-"));
  const options = ["--name", "g", "--seed", "4", "--size", String(BATCH), ...more];
  const child = spawn(process.execPath, [join(BIN, "generate.js"), files, ...options]);
  const exit = once(child, "exit");
  return { files, child, exit };
}

test("a generator ends by itself after its last file, else with its standard input", async () => {
  const counted = await generate("--count", "2");
  expect(await counted.exit).toEqual([0, null]);
  expect(readdirSync(counted.files).sort()).toEqual(["g-0.bin", `g-${BATCH}.bin`]);
  expect(readFileSync(join(counted.files, "g-0.bin"))).toHaveLength(BATCH * run.bytes);

  const endless = await generate();
  await vi.waitFor(() => expect(readdirSync(endless.files)).toContain("g-0.bin"), 30_000);
  expect(endless.child.exitCode).toBeNull();
  endless.child.stdin.end();
  expect(await endless.exit).toEqual([0, null]);
});

test("the commands tell how they are used, and what is wrong", () => {
  const node = (...args: string[]) => spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(node(join(BIN, "gpu.js"), "--help").stdout).toMatch(/gpu -- prepare DIR/);
  const cases: [string[], RegExp][] = [
    [["gpu.js", "train"], /"train" is no command; give prepare DIR/],
    [["gpu.js", "prepare", folder, "--batch", "0"], /--batch is "0"; give a whole number from 1/],
    [["generate.js", folder, "--name", "g", "--seed", "x"], /--seed is "x"/],
  ];
  for (const [[bin, ...args], message] of cases) {
    const { status, stderr } = node(join(BIN, bin), ...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  }
});

test.skipIf(!withJax)("a step in JAX is the step of ONNX Runtime", async () => {
  const { files, exit } = await generate("--count", "1");
  await exit;
  const chunk = new Uint8Array(readFileSync(join(files, "g-0.bin"))).buffer;
  const start = run.state.map((name) => readFileSync(join(folder, "start", `${name}.bin`)));
  const feeds: Record<string, Tensor> = {};
  for (const [k, name] of run.state.entries()) {
    feeds[name] = new Tensor("float32", new Float32Array(new Uint8Array(start[k]).buffer), [run.parameters]);
  }
  for (const [k, name] of SCHEDULE.entries()) {
    feeds[name] = new Tensor("float32", Float32Array.of(SCALARS[k]), []);
  }
  let at = 0;
  for (const { name, shape } of run.arrays) {
    const size = BATCH * shape.reduce((a, b) => a * b, 1);
    feeds[name] = new Tensor("float32", new Float32Array(chunk, at, size), [BATCH, ...shape]);
    at += 4 * size;
  }
  const session = await InferenceSession.create(join(folder, "step.onnx"));
  const expected = await session.run(feeds);
  await session.release();

  const script = join(files, "step.py");
  writeFileSync(
    script,
    [
      "import sys",
      "import jax, numpy as np",
      "sys.path.insert(0, sys.argv[1])",
      "from train import read_graph",
      "graph, outputs = read_graph(sys.argv[2] + '/step.onnx')",
      "feeds = {}",
      "for argument in sys.argv[3:]:",
      "    name, shape, path = argument.split('=')",
      "    feeds[name] = np.fromfile(path, np.float32).reshape([int(s) for s in shape.split(',') if s])",
      "answer = jax.jit(graph)(feeds)",
      "for name in outputs:",
      "    np.asarray(answer[name]).tofile(sys.argv[3].split('=')[2].replace('theta', 'out_' + name))",
    ].join("\n"),
  );
  const args = Object.entries(feeds).map(([name, { data, dims }]) => {
    const path = join(files, `${name}.f32`);
    const { buffer, byteOffset, byteLength } = data as Float32Array;
    writeFileSync(path, new Uint8Array(buffer, byteOffset, byteLength));
    return `${name}=${dims.join(",")}=${path}`;
  });
  const { status, stderr } = python(script, GPU, folder, ...args);
  expect(stderr).not.toMatch(/Traceback/);
  expect(status).toBe(0);
  for (const name of session.outputNames) {
    const actual = new Float32Array(new Uint8Array(readFileSync(join(files, `out_${name}.f32`))).buffer);
    const truth = expected[name].data as Float32Array;
    expect(actual).toHaveLength(truth.length);
    // θ itself is not compared closely: where a gradient is all but 0, its first step has a sign by chance.
    const tolerance = /theta|average/.test(name) ? 2 * SCALARS[0] : 1e-5;
    const largest = Math.max(...truth.map(Math.abs));
    const off = truth.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i])), 0);
    expect(off, name).toBeLessThan(tolerance * Math.max(1, largest));
  }
});

test.skipIf(!withJax)("train.py trains, and its result becomes a checkpoint", async () => {
  const options = ["--seconds", "3", "--workers", "1", "--capacity", "256", "--fill", "16", "--chunk", "16"];
  const { status, stdout, stderr } = python(join(GPU, "train.py"), folder, ...options);
  expect(stderr).not.toMatch(/Traceback/);
  expect(status).toBe(0);
  expect(stdout).toMatch(/validation at start total .*\n(.*\n)*.*done step \d+/);
  const out = join(folder, "collected");
  const record = await collectGpuRun(folder, out);
  expect(record.step).toBeGreaterThan(0);
  // Each is used twice at most, but for the steps of one call.
  expect(record.step * BATCH).toBeLessThanOrEqual(2 * record.seen + 4 * BATCH);
  const before = Number(/validation at start .*pinball (\S+)/.exec(stdout)![1]);
  expect(record.validation.pinball).toBeLessThan(before);
  const { state } = await loadCheckpoint(out);
  expect(state[3].every(Number.isFinite)).toBe(true);
  expect(existsSync(join(folder, "result", "log.txt"))).toBe(true);
});

test.skipIf(!withJax)("a graph with an operator that train.py does not know is refused by name", () => {
  const script =
    "import sys, onnx; sys.path.insert(0, sys.argv[1]); from train import read_graph; " +
    "h = onnx.helper; f = onnx.TensorProto.FLOAT; " +
    "v = lambda n: h.make_tensor_value_info(n, f, [1]); " +
    "g = h.make_graph([h.make_node('Tan', ['x'], ['y'])], 'g', [v('x')], [v('y')]); " +
    "onnx.save(h.make_model(g), sys.argv[2]); read_graph(sys.argv[2])";
  const { stderr } = python("-c", script, GPU, join(folder, "tan.onnx"));
  expect(stderr).toMatch(/NotImplementedError: .* has the operator Tan; add it to OPERATORS/);
});
