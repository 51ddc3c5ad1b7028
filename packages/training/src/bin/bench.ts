/**
 * The same training step run by jax-js (jitted, WebAssembly) and by ONNX Runtime (compiled by jax-onnx), one
 * thread each, on the same batches in turn; then the generator beside them.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { COPULA_TRANSFORMER } from "../architecture/index.js";
import { runCommand } from "../command.js";
import { compileStep } from "../graphs.js";
import { jit, np, startJax, type Tensor } from "../jax.js";
import { copulaTransformerParameters, DEFAULT_CONFIG } from "../network/copula-transformer.js";
import { initialParameters } from "../network/parameters.js";
import { DEFAULT_ADAMW } from "../optimizer.js";
import { floats, openSession, scalar, tensor } from "../session.js";
import { BATCH_INPUTS, batchShapes, SCHEDULE, STATE, trainingStep } from "../step.js";
import { createBatch } from "../stream/index.js";

const HELP = `Compares the speed of a training step in ONNX Runtime and in jax-js, one thread each.

usage: npm run bench:training -- [--batch 32] [--steps 5] [--json]
`;

const SCALARS = [1e-3, 1, 1, 0.9];

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      batch: { type: "string", default: "32" },
      steps: { type: "string", default: "5" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const batchSize = Number(values.batch);
  const steps = Number(values.steps);
  await startJax();
  const theta = initialParameters(copulaTransformerParameters(DEFAULT_CONFIG), 1);
  const state = [theta, new Float32Array(theta.length), new Float32Array(theta.length), theta.slice()];
  const generated = performance.now();
  const batch = createBatch(1, 0, batchSize);
  const generator = (performance.now() - generated) / batchSize;
  const shapes = batchShapes(batchSize);

  const session = await openSession(
    compileStep(COPULA_TRANSFORMER, DEFAULT_CONFIG, DEFAULT_ADAMW, batchSize).bytes,
    1,
  );
  const feeds = Object.fromEntries([
    ...STATE.map((name, k) => [name, tensor(state[k], [theta.length])] as const),
    ...SCHEDULE.map((name, k) => [name, scalar(SCALARS[k])] as const),
    ...BATCH_INPUTS.map((name) => [name, tensor(batch[name], shapes[name])] as const),
  ]);
  const onnxStep = async (): Promise<number> => floats((await session.run(feeds)).total)[0];

  const step = jit(
    trainingStep(COPULA_TRANSFORMER, DEFAULT_CONFIG, DEFAULT_ADAMW) as (...inputs: Tensor[]) => Tensor[],
  );
  const constant = [
    ...state.map((v) => np.array(v)),
    ...SCALARS.map((s) => np.array(s)),
    ...BATCH_INPUTS.map((name) => np.array(batch[name]).reshape(shapes[name])),
  ];
  const jaxStep = async (): Promise<number> => {
    const outputs = step(...constant.map((t) => t.ref));
    const total = (await outputs[STATE.length].data())[0];
    for (const [k, output] of outputs.entries()) if (k !== STATE.length) output.dispose();
    return total;
  };

  const times: { onnx: number[]; jax: number[] } = { onnx: [], jax: [] };
  const totals = { onnx: await onnxStep(), jax: await jaxStep() };
  for (let k = 0; k < steps; k++) {
    for (const [name, run] of [["onnx", onnxStep] as const, ["jax", jaxStep] as const]) {
      const start = performance.now();
      await run();
      times[name].push(performance.now() - start);
    }
  }
  const result = {
    machine: `${cpus()[0]?.model ?? "unknown"}, node ${process.version}`,
    batch: batchSize,
    steps,
    onnxMilliseconds: median(times.onnx),
    jaxMilliseconds: median(times.jax),
    ratio: median(times.jax.map((jax, k) => jax / times.onnx[k])),
    generatorMillisecondsPerExample: generator,
    loss: totals,
  };
  await session.release();
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  process.stdout.write(
    [
      `training step, batch ${batchSize}, one thread, median of ${steps} (${result.machine})`,
      `  ONNX Runtime   ${result.onnxMilliseconds.toFixed(0).padStart(7)} ms   loss ${totals.onnx.toFixed(6)}`,
      `  jax-js, wasm   ${result.jaxMilliseconds.toFixed(0).padStart(7)} ms   loss ${totals.jax.toFixed(6)}`,
      `  ratio          ${result.ratio.toFixed(1).padStart(7)} ×`,
      `  generator      ${generator.toFixed(2).padStart(7)} ms a distribution, beside ${(result.onnxMilliseconds / batchSize).toFixed(2)} ms of arithmetic`,
      "",
    ].join("\n"),
  );
}

runCommand("bench", main);
