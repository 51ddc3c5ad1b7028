/** The commands around a run on a GPU, as processes; train.py itself where Python has JAX and onnx. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  COPULA_DENSITY,
  collectGpuRun,
  type GpuRun,
  loadCheckpoint,
  prepareGpuRun,
  SCHEDULE,
  startJax,
} from "@infonet/training";
import { loadOnnxRuntime } from "infonet/onnxruntime";
import type { Tensor } from "onnxruntime-node";
import { beforeAll, expect, test, vi } from "vitest";

const ort = await loadOnnxRuntime();
const BIN = fileURLToPath(new URL("../dist/bin/", import.meta.url));
const GPU = fileURLToPath(new URL("../gpu/", import.meta.url));
const SMALL = {
  width: 16,
  blocks: 1,
  heads: 2,
  expansion: 2,
  valueWidth: 16,
  tower: { width: 16, blocks: 1, heads: 2 },
};
const BATCH = 8;
const SCALARS = [1e-3, 10, 50, 0.5];

const environment = {
  ...process.env,
  JAX_PLATFORMS: "cpu",
  // Compiling is most of the time of these tests.
  XLA_FLAGS: "--xla_backend_optimization_level=0",
  PYTHONDONTWRITEBYTECODE: "1",
};
const python = (...args: string[]) => spawnSync("python3", args, { env: environment, encoding: "utf8" });
const withJax = python("-c", "import jax, onnx").status === 0;

let folder: string;
let run: GpuRun;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gpu-"));
  await startJax();
  run = await prepareGpuRun(folder, { batch: BATCH, seed: 4, network: SMALL, validationBatches: 1 });
});

/** Starts a generator of chunks. */
async function generate(seed: number, size: number, ...more: string[]) {
  const files = await mkdtemp(join(tmpdir(), "chunks-"));
  const examples = ["--examples", JSON.stringify(run.examples)];
  const options = ["--name", "g", "--seed", String(seed), "--size", String(size), ...examples, ...more];
  const child = spawn(process.execPath, [join(BIN, "generate.js"), files, ...options]);
  const exit = once(child, "exit");
  return { files, child, exit };
}

const tensor = (data: Float32Array, shape: number[]): Tensor => new ort.Tensor("float32", data, shape);
const floats = (...path: string[]): Float32Array =>
  new Float32Array(new Uint8Array(readFileSync(join(...path))).buffer);

/** The first chunk of a stream as feeds of a graph. */
async function firstChunk(seed: number, size: number): Promise<Record<string, Tensor>> {
  const { files, exit } = await generate(seed, size, "--count", "1");
  await exit;
  const chunk = new Uint8Array(readFileSync(join(files, "g-0.bin"))).buffer;
  let at = 0;
  return Object.fromEntries(
    run.arrays.map(({ name, shape }) => {
      const length = size * shape.reduce((a, b) => a * b, 1);
      const array = new Float32Array(chunk, at, length);
      at += array.byteLength;
      return [name, tensor(array, [size, ...shape])];
    }),
  );
}

/** Answer of a prepared graph in ONNX Runtime. */
async function onnx(file: string, feeds: Record<string, Tensor>): Promise<Record<string, Float32Array>> {
  const session = await ort.InferenceSession.create(join(folder, file), { logSeverityLevel: 3 });
  const answer = await session.run(feeds);
  await session.release();
  return Object.fromEntries(Object.entries(answer).map(([name, { data }]) => [name, data as Float32Array]));
}

test("a generator ends by itself after its last file, else with its standard input", async () => {
  const counted = await generate(4, BATCH, "--count", "2");
  expect(await counted.exit).toEqual([0, null]);
  expect(readdirSync(counted.files).sort()).toEqual(["g-0.bin", `g-${BATCH}.bin`]);
  expect(readFileSync(join(counted.files, "g-0.bin"))).toHaveLength(BATCH * run.bytes);

  const endless = await generate(4, BATCH);
  await vi.waitFor(() => expect(readdirSync(endless.files)).toContain("g-0.bin"), 30_000);
  expect(endless.child.exitCode).toBeNull();
  endless.child.stdin.end();
  expect(await endless.exit).toEqual([0, null]);
});

test("the commands tell how they are used, and what is wrong", () => {
  const node = (...args: string[]) => spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(node(join(BIN, "gpu.js"), "--help").stdout).toMatch(/gpu -- prepare runs/);
  const cases: [string[], RegExp][] = [
    [["gpu.js", "train"], /^gpu: unknown command 'train'; see npm run gpu -- --help\n$/],
    [
      ["gpu.js", "prepare", folder, "--init", "a", "--resume", "b"],
      /'--init <DIR>' cannot be used with .*resume/,
    ],
    [["gpu.js", "prepare", folder, "--batch", "0"], /--batch is "0"; give a whole number from 1/],
    [["generate.js", folder, "--name", "g", "--seed", "x"], /--seed is "x"/],
    [
      ["generate.js", folder, "--name", "g", "--seed", "1", "--examples", "48"],
      /--examples is 48; give JSON such as {"levelShare":0\.1}/,
    ],
  ];
  for (const [[bin, ...args], message] of cases) {
    const { status, stderr } = node(join(BIN, bin), ...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  }
});

test.skipIf(!withJax)("a step in JAX is the step of ONNX Runtime", async () => {
  const files = await mkdtemp(join(tmpdir(), "step-"));
  const feeds = {
    ...Object.fromEntries(
      run.state.map((name) => [name, tensor(floats(folder, "start", `${name}.bin`), [run.parameters])]),
    ),
    ...Object.fromEntries(SCHEDULE.map((name, k) => [name, tensor(Float32Array.of(SCALARS[k]), [])])),
    ...(await firstChunk(4, BATCH)),
  };
  const expected = await onnx("step.onnx", feeds);

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
  for (const [name, truth] of Object.entries(expected)) {
    const actual = floats(files, `out_${name}.f32`);
    expect(actual).toHaveLength(truth.length);
    // θ itself is not compared closely: where a gradient is all but 0, its first step has a sign by chance.
    const tolerance = /theta|average/.test(name) ? 2 * SCALARS[0] : 1e-5;
    const largest = Math.max(...truth.map(Math.abs));
    const off = truth.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i])), 0);
    expect(off, name).toBeLessThan(tolerance * Math.max(1, largest));
  }
});

test.skipIf(!withJax)("train.py trains, and its result becomes a checkpoint", async () => {
  const options = ["--seconds", "1", "--workers", "1", "--capacity", "256", "--fill", "16", "--chunk", "16"];
  const { status, stdout, stderr } = python(join(GPU, "train.py"), folder, ...options);
  expect(stderr).not.toMatch(/Traceback/);
  expect(status).toBe(0);
  expect(stdout).toMatch(/validation at start total .*\n(.*\n)*.*done step \d+/);
  const out = join(folder, "collected");
  const record = await collectGpuRun(folder, out);
  expect(record.step).toBeGreaterThan(0);
  // Each is used twice at most, but for the steps of one call.
  expect(record.step * BATCH).toBeLessThanOrEqual(2 * record.seen + 4 * BATCH);
  const { state } = await loadCheckpoint(out);
  for (const [k, name] of run.state.entries()) {
    expect(state[k].every(Number.isFinite), name).toBe(true);
    expect(state[k], name).not.toEqual(floats(folder, "start", `${name}.bin`));
  }
  // What it says of the averaged weights is what ONNX Runtime finds on the trainer's validation set.
  const { seed, batch, answer, levels } = run.validation;
  const chunk = await firstChunk(seed, batch);
  const average = state[run.state.indexOf("average")];
  const { [answer]: quantiles, ...losses } = await onnx("validation.onnx", {
    theta: tensor(average, [run.parameters]),
    ...chunk,
  });
  for (const [name, [value]] of Object.entries(losses)) {
    expect(record.validation[name], name).toBeCloseTo(value, 4);
  }
  const mi = chunk.mi.data as Float32Array;
  const estimates = Array.from(mi, (_, row) =>
    COPULA_DENSITY.estimate(quantiles.subarray(row * levels.length, (row + 1) * levels.length)),
  );
  const errors = estimates.map((estimate, row) => Math.abs(estimate.mi - mi[row]));
  expect(record.validation.mae).toBeCloseTo(errors.reduce((a, b) => a + b) / batch, 4);
  const covered = estimates.filter(({ interval }, row) => mi[row] >= interval![0] && mi[row] <= interval![1]);
  // The two need not agree on a truth at the end of its interval.
  expect(Math.abs(record.validation.coverage - covered.length / batch)).toBeLessThan(1.5 / batch);
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
