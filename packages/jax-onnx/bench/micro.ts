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
for (const [m, k, nn] of [[128, 2048, 128], [128, 2048, 256], [256, 2048, 128]]) {
  await run(`matmul ${m} ${k} ${nn}`, [n("MatMul", ["a", "b"], ["y"])], [["a", [m, k]], ["b", [k, nn]]], [["y", [m, nn]]]);
  await run(`gemm transA`, [n("Gemm", ["a", "b"], ["y"], { transA: 1 })], [["a", [k, m]], ["b", [k, nn]]], [["y", [m, nn]]]);
  await run(`transpose reshape matmul`, [n("Transpose", ["a"], ["t"], { perm: [2, 0, 1] }), n("Reshape", ["t", "s"], ["u"]), n("MatMul", ["u", "b"], ["y"])], [["a", [k / 64, 64, m]], ["b", [k, nn]]], [["y", [m, nn]]], [i64("s", [m, k])]);
  await run(`transpose only`, [n("Transpose", ["a"], ["y"], { perm: [1, 0] })], [["a", [k, m]]], [["y", [m, k]]]);
  await run(`gemm transB ${k} ${nn} ${m}`, [n("Gemm", ["a", "b"], ["y"], { transB: 1 })], [["a", [k, nn]], ["b", [m, nn]]], [["y", [k, m]]]);
}
const S = [2048, 128];
await run("layernorm y", [n("LayerNormalization", ["x", "g", "b"], ["y"], { axis: -1, epsilon: { float: 1e-5 } })], [["x", S]], [["y", S]], [f32("g", [128], 1), f32("b", [128], 0)]);
await run("layernorm y, no bias", [n("LayerNormalization", ["x", "g"], ["y"], { axis: -1, epsilon: { float: 1e-5 } })], [["x", S]], [["y", S]], [f32("g", [128], 1)]);
await run("layernorm y inv", [n("LayerNormalization", ["x", "g", "b"], ["y", "", "i"], { axis: -1, epsilon: { float: 1e-5 } })], [["x", S]], [["y", S], ["i", [2048, 1]]], [f32("g", [128], 1), f32("b", [128], 0)]);
await run("mul by column", [n("Mul", ["x", "g"], ["y"])], [["x", S], ["g", [2048, 1]]], [["y", S]]);
await run("mul by row", [n("Mul", ["x", "g"], ["y"])], [["x", S], ["g", [128]]], [["y", S]]);
await run("mul same", [n("Mul", ["x", "g"], ["y"])], [["x", S], ["g", S]], [["y", S]]);
await run("reducesum cols", [n("ReduceSum", ["x", "a"], ["y"], { keepdims: 0 })], [["x", S]], [["y", [2048]]], [i64("a", [1])]);
await run("reducesum rows", [n("ReduceSum", ["x", "a"], ["y"], { keepdims: 0 })], [["x", S]], [["y", [128]]], [i64("a", [0])]);
await run("ones matmul rows", [n("MatMul", ["o", "x"], ["y"])], [["x", S]], [["y", [1, 128]]], [f32("o", [1, 2048], 1)]);
await run("softmax", [n("Softmax", ["x"], ["y"], { axis: -1 })], [["x", [128, 64, 64]]], [["y", [128, 64, 64]]]);
await run("exp", [n("Exp", ["x"], ["y"])], [["x", [128, 64, 64]]], [["y", [128, 64, 64]]]);
await run("sigmoid", [n("Sigmoid", ["x"], ["y"])], [["x", [128, 64, 64]]], [["y", [128, 64, 64]]]);
await run("gelu", [n("Gelu", ["x"], ["y"])], [["x", [128, 64, 64]]], [["y", [128, 64, 64]]]);
await run("erf", [n("Erf", ["x"], ["y"])], [["x", [128, 64, 64]]], [["y", [128, 64, 64]]]);
await run("tanh", [n("Tanh", ["x"], ["y"])], [["x", [128, 64, 64]]], [["y", [128, 64, 64]]]);
await run("relu", [n("Relu", ["x"], ["y"])], [["x", [128, 64, 64]]], [["y", [128, 64, 64]]]);
await run("x*sigmoid", [n("Sigmoid", ["x"], ["s"]), n("Mul", ["x", "s"], ["y"])], [["x", [128, 64, 64]]], [["y", [128, 64, 64]]]);
await run("transpose 0213", [n("Transpose", ["x"], ["y"], { perm: [0, 2, 1, 3] })], [["x", [32, 64, 4, 32]]], [["y", [32, 4, 64, 32]]]);
await run("transpose 0231", [n("Transpose", ["x"], ["y"], { perm: [0, 2, 3, 1] })], [["x", [32, 64, 4, 32]]], [["y", [32, 4, 32, 64]]]);
await run("transpose 0132", [n("Transpose", ["x"], ["y"], { perm: [0, 1, 3, 2] })], [["x", [32, 4, 64, 32]]], [["y", [32, 4, 32, 64]]]);
await run("mm batched", [n("MatMul", ["a", "b"], ["y"])], [["a", [128, 64, 32]], ["b", [128, 32, 64]]], [["y", [128, 64, 64]]]);
await run("mm batched, transB fused", [n("Transpose", ["b"], ["t"], { perm: [0, 2, 1] }), n("MatMul", ["a", "t"], ["y"])], [["a", [128, 64, 32]], ["b", [128, 64, 32]]], [["y", [128, 64, 64]]]);
await run("mm batched, transA fused", [n("Transpose", ["a"], ["t"], { perm: [0, 2, 1] }), n("MatMul", ["t", "b"], ["y"])], [["a", [128, 32, 64]], ["b", [128, 32, 64]]], [["y", [128, 64, 64]]]);
await run("projection one gemm", [n("MatMul", ["a", "b"], ["y"])], [["a", [2048, 128]], ["b", [128, 128]]], [["y", [2048, 128]]]);
await run("projection by head", [n("MatMul", ["a", "b"], ["y"])], [["a", [1, 2048, 128]], ["b", [4, 128, 32]]], [["y", [4, 2048, 32]]]);
await run("projection qkv", [n("MatMul", ["a", "b"], ["y"])], [["a", [2048, 128]], ["b", [128, 384]]], [["y", [2048, 384]]]);
