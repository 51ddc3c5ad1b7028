import { encodeModel } from "../src/encode/model.js";
import { openSession, tensor } from "../src/testing/session.js";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import type { OnnxNode, OnnxTensor } from "../src/emit/emitter.js";
async function run(label: string, nodes: OnnxNode[], inputs: [string, number[]][], outputs: [string, number[]][], initializers: OnnxTensor[] = [], level = "all") {
  const bytes = encodeModel({ name: "m", opset: 20, nodes, inputs: inputs.map(([name, shape]) => ({ name, shape, dtype: "float32" as const })), outputs: outputs.map(([name, shape]) => ({ name, shape, dtype: "float32" as const })), initializers, metadata: {} });
  const s = await openSession(bytes, { graphOptimizationLevel: level as never });
  const feeds = Object.fromEntries(inputs.map(([n, sh]) => [n, tensor("float32", new Float32Array(sh.reduce((a, b) => a * b, 1)).map(() => Math.random()), sh)]));
  const ts: number[] = [];
  for (let i = 0; i < 60; i++) { const t = performance.now(); await s.run(feeds); ts.push(performance.now() - t); }
  ts.sort((a, b) => a - b);
  console.log(label.padEnd(50), ts[3].toFixed(3), ts[30].toFixed(3));
  await s.release();
}
const n = (type: string, inputs: string[], outputs: string[], attributes = {}): OnnxNode => ({ type, inputs, outputs, attributes });
const i64 = (name: string, v: number[]): OnnxTensor => ({ name, shape: [v.length], dtype: "int64", data: BigInt64Array.from(v.map(BigInt)) });
const f32 = (name: string, shape: number[], v: number): OnnxTensor => ({ name, shape, dtype: "float32", data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(v) });
for (let r=0;r<2;r++){
await run("projection one gemm", [n("MatMul", ["a", "b"], ["y"])], [["a", [2048, 128]], ["b", [128, 128]]], [["y", [2048, 128]]]);
await run("gemm transB", [n("Gemm", ["a", "b"], ["y"],{transB:1})], [["a", [2048, 128]], ["b", [128, 128]]], [["y", [2048, 128]]]);
await run("projection by head", [n("MatMul", ["a", "b"], ["y"])], [["a", [1, 2048, 128]], ["b", [4, 128, 32]]], [["y", [4, 2048, 32]]]);
await run("projection by head transB", [n("Transpose", ["b"], ["t"], { perm: [0, 2, 1] }),n("MatMul", ["a", "t"], ["y"])], [["a", [1, 2048, 128]], ["b", [4, 32, 128]]], [["y", [4, 2048, 32]]]);
await run("by sample W^T x^T", [n("Transpose", ["w"], ["v"], { perm: [0, 2, 1] }),n("Transpose", ["x"], ["t"], { perm: [0, 2, 1] }),n("MatMul", ["v", "t"], ["y"])], [["w", [1, 128, 128]], ["x", [32, 64, 128]]], [["y", [32, 128, 64]]]);
await run("by sample W x^T", [n("Transpose", ["x"], ["t"], { perm: [0, 2, 1] }),n("MatMul", ["v", "t"], ["y"])], [["v", [1, 128, 128]], ["x", [32, 64, 128]]], [["y", [32, 128, 64]]]);
await run("scores qT k", [n("Transpose", ["q"], ["t"], { perm: [0, 2, 1] }),n("MatMul", ["t", "k"], ["y"])], [["q", [128, 32, 64]], ["k", [128, 32, 64]]], [["y", [128, 64, 64]]]);
await run("scores q kT", [n("Transpose", ["k"], ["t"], { perm: [0, 2, 1] }),n("MatMul", ["q", "t"], ["y"])], [["q", [128, 64, 32]], ["k", [128, 64, 32]]], [["y", [128, 64, 64]]]);
await run("scores q k", [n("MatMul", ["q", "k"], ["y"])], [["q", [128, 64, 32]], ["k", [128, 32, 64]]], [["y", [128, 64, 64]]]);
await run("p v", [n("MatMul", ["q", "k"], ["y"])], [["q", [128, 64, 64]], ["k", [128, 64, 32]]], [["y", [128, 64, 32]]]);
await run("p vT", [n("Transpose", ["k"], ["t"], { perm: [0, 2, 1] }),n("MatMul", ["q", "t"], ["y"])], [["q", [128, 64, 64]], ["k", [128, 32, 64]]], [["y", [128, 64, 32]]]);
await run("v pT", [n("Transpose", ["q"], ["t"], { perm: [0, 2, 1] }),n("MatMul", ["k", "t"], ["y"])], [["q", [128, 64, 64]], ["k", [128, 32, 64]]], [["y", [128, 32, 64]]]);
await run("transpose b he t -> b t he", [n("Transpose", ["x"], ["y"], { perm: [0, 2, 1] })], [["x", [32, 128, 64]]], [["y", [32, 64, 128]]]);
await run("transpose h b t e -> b t h e", [n("Transpose", ["x"], ["y"], { perm: [1, 0, 2] })], [["x", [4, 2048, 32]]], [["y", [2048, 4, 32]]]);
await run("transpose b h t e -> b t h e", [n("Transpose", ["x"], ["y"], { perm: [0, 2, 1, 3] })], [["x", [32,4, 64, 32]]], [["y", [32,64, 4, 32]]]);
}
