/**
 * Speed of the test transformer: one training step, and inference, on one thread.
 *
 *   npm run bench -w jax-onnx -- [batch] [naive|handWritten] [--profile]
 */
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import type { numpy as np } from "@jax-js/jax";
import { compile, encodeInitializers, join, spec } from "../src/index.js";
import { batchData, initialTheta } from "../src/testing/data.js";
import { setupJax } from "../src/testing/jax-setup.js";
import { fullSize, handWritten, naive, network, parameterCount, trainStep } from "../src/testing/network.js";
import { type Feeds, openSession, tensor } from "../src/testing/session.js";

const args = process.argv.slice(2);
const batch = Number(args.find((a) => /^\d+$/.test(a)) ?? 32);
const activations = args.includes("naive") ? naive : handWritten;
const profile = args.includes("--profile");
const infer = args.includes("--infer");
const size = { ...fullSize, batch };

await setupJax("cpu");
const n = parameterCount(size);
const theta = initialTheta(size, 1);
const data = batchData(size, 2);
const image = spec([batch, size.side, size.side]);
const vector = spec([batch]);

/** Time per operator, and the most expensive single nodes, from a profile of ONNX Runtime. */
function report(file: string, runs: number): void {
  const events = JSON.parse(readFileSync(file, "utf8")) as {
    cat: string;
    name: string;
    dur: number;
    args: { op_name?: string; output_type_shape?: unknown; input_type_shape?: unknown };
  }[];
  const byType = new Map<string, { us: number; count: number }>();
  const byNode = new Map<string, { us: number; shape: string }>();
  if (process.env.ORDER) {
    const kernels = events.filter((e) => e.cat === "Node" && e.name.endsWith("_kernel_time"));
    const one = kernels.slice(kernels.length - kernels.length / runs);
    for (const e of one)
      if (e.args.op_name !== "Reshape")
        console.log(
          `${String(e.dur).padStart(6)} ${e.name.replace("_kernel_time", "")} ${JSON.stringify(e.args.input_type_shape)}`
            .replaceAll('"', "")
            .slice(0, 140),
        );
  }
  for (const e of events) {
    if (e.cat !== "Node" || !e.name.endsWith("_kernel_time")) continue;
    const t = byType.get(e.args.op_name!) ?? { us: 0, count: 0 };
    byType.set(e.args.op_name!, { us: t.us + e.dur, count: t.count + 1 });
    const node = byNode.get(e.name) ?? {
      us: 0,
      shape: `${JSON.stringify(e.args.input_type_shape)} -> ${JSON.stringify(e.args.output_type_shape)}`,
    };
    byNode.set(e.name, { ...node, us: node.us + e.dur });
  }
  for (const [type, t] of [...byType].sort((a, b) => b[1].us - a[1].us))
    console.log(
      `${type.padEnd(24)} ${(t.us / runs / 1000).toFixed(2).padStart(8)} ms  ${Math.round(t.count / runs)} nodes`,
    );
  console.log();
  for (const [name, t] of [...byNode]
    .sort((a, b) => b[1].us - a[1].us)
    .slice(0, Number(process.env.TOP ?? 60)))
    console.log(
      `${(t.us / runs / 1000).toFixed(3).padStart(8)} ms  ${name.replace("_kernel_time", "").padEnd(34)} ${t.shape.replaceAll('"', "").slice(0, 150)}`,
    );
}

async function time(bytes: Uint8Array, feeds: Feeds, runs: number): Promise<void> {
  const prefix = joinPath(tmpdir(), `jax-onnx-${process.pid}`);
  const extra = JSON.parse(process.env.SESSION ?? "{}");
  const session = await openSession(
    bytes,
    profile ? { enableProfiling: true, profileFilePrefix: prefix, ...extra } : extra,
  );
  for (let i = 0; i < 3; i++) await session.run(feeds);
  const faults = process.resourceUsage().minorPageFault;
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const t = performance.now();
    await session.run(feeds);
    times.push(performance.now() - t);
  }
  times.sort((a, b) => a - b);
  console.log(`page faults a run: ${Math.round((process.resourceUsage().minorPageFault - faults) / runs)}`);
  console.log(`median ${times[runs >> 1].toFixed(2)} ms, fastest ${times[0].toFixed(2)} ms`);
  if (profile) {
    session.endProfiling();
    const { readdirSync } = await import("node:fs");
    const file = readdirSync(tmpdir()).find((f) => f.startsWith(`jax-onnx-${process.pid}`))!;
    report(joinPath(tmpdir(), file), runs + 3);
    rmSync(joinPath(tmpdir(), file));
  }
  await session.release();
}

const started = performance.now();
if (infer) {
  const model = compile(
    (t: np.Array, a: np.Array, l: np.Array) => network(t, a, l, size, activations),
    [spec([n]), image, vector],
    { inputs: ["theta", "image", "logN"], outputs: ["quantiles", "cells"], initializers: ["theta"] },
  );
  const bytes = join(model.bytes, encodeInitializers([{ name: "theta", shape: [n], data: theta }]));
  console.log(
    `inference, batch ${batch}, ${n} parameters, compiled in ${(performance.now() - started).toFixed(0)} ms`,
  );
  console.log(model.operators);
  await time(
    bytes,
    { image: tensor("float32", data.image, image.shape), logN: tensor("float32", data.logN, [batch]) },
    50,
  );
} else {
  const v = spec([n]);
  const model = compile(
    trainStep(size, activations),
    [{ theta: v, m: v, v, ema: v }, spec([]), spec([]), spec([]), image, vector, vector, image],
    {
      inputs: ["state", "rate", "correct1", "correct2", "image", "logN", "target", "table"],
      outputs: { state: "next" },
    },
  );
  console.log(
    `training step, batch ${batch}, ${n} parameters, compiled in ${(performance.now() - started).toFixed(0)} ms`,
  );
  console.log(model.operators);
  const zero = new Float32Array(n);
  const feeds: Feeds = {
    "state.theta": tensor("float32", theta, [n]),
    "state.m": tensor("float32", zero, [n]),
    "state.v": tensor("float32", zero, [n]),
    "state.ema": tensor("float32", theta, [n]),
    rate: tensor("float32", [1e-3], []),
    correct1: tensor("float32", [1], []),
    correct2: tensor("float32", [1], []),
    image: tensor("float32", data.image, image.shape),
    logN: tensor("float32", data.logN, [batch]),
    target: tensor("float32", data.target, [batch]),
    table: tensor("float32", data.table, image.shape),
  };
  await time(model.bytes, feeds, Number(process.env.RUNS ?? 20));
}
