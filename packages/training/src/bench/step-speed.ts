/**
 * The same training step run by jax-js (jitted, WebAssembly) and by ONNX Runtime (compiled by jax-onnx), one
 * thread each, on the same batches in turn; then the generator beside them.
 */
import { cpus } from "node:os";
import { COPULA_DENSITY } from "../architecture/index.js";
import { initialParameters } from "../network/parameters.js";
import { DEFAULT_ADAMW } from "../optimize/adamw.js";
import { jit, np, startJax, type Tensor } from "../runtime/jax.js";
import { floats, openSession, scalar, tensor } from "../runtime/onnx-runtime.js";
import { compileStep } from "../step/compile.js";
import { SCHEDULE, STATE, trainingStep } from "../step/step.js";
import { createBatch } from "../stream/index.js";
import type { StreamArray } from "../stream/inputs.js";

const SCALARS = [1e-3, 1, 1, 0.9];

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Times of a step, both ways. */
export interface StepSpeed {
  machine: string;
  batch: number;
  steps: number;
  onnxMilliseconds: number;
  jaxMilliseconds: number;
  /** Median of the ratios jax-js / ONNX Runtime. */
  ratio: number;
  generatorMillisecondsPerExample: number;
  loss: { onnx: number; jax: number };
}

/** Times steps of a batch size. */
export async function measureStep(batchSize: number, steps: number): Promise<StepSpeed> {
  await startJax();
  const config = COPULA_DENSITY.defaults;
  const theta = initialParameters(COPULA_DENSITY.parameters(config), 1);
  const state = [theta, new Float32Array(theta.length), new Float32Array(theta.length), theta.slice()];
  const generated = performance.now();
  const batch = createBatch(1, 0, batchSize, COPULA_DENSITY.examples(config));
  const generator = (performance.now() - generated) / batchSize;
  const inputs = Object.entries(COPULA_DENSITY.inputs(config, batchSize)) as [StreamArray, number[]][];

  const session = await openSession(compileStep(COPULA_DENSITY, config, DEFAULT_ADAMW, batchSize).bytes, 1);
  const feeds = Object.fromEntries([
    ...STATE.map((name, k) => [name, tensor(state[k], [theta.length])] as const),
    ...SCHEDULE.map((name, k) => [name, scalar(SCALARS[k])] as const),
    ...inputs.map(([name, shape]) => [name, tensor(batch[name], shape)] as const),
  ]);
  const onnxStep = async (): Promise<number> => floats((await session.run(feeds)).total)[0];

  const step = jit(trainingStep(COPULA_DENSITY, config, DEFAULT_ADAMW) as (...inputs: Tensor[]) => Tensor[]);
  const constant = [
    ...state.map((v) => np.array(v)),
    ...SCALARS.map((s) => np.array(s)),
    ...inputs.map(([name, shape]) => np.array(batch[name]).reshape(shape)),
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
  return result;
}
