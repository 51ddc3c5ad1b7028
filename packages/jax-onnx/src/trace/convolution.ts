import { CompileError } from "../errors.js";
import type { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";
import { padNode } from "../ir/segments.js";
import { product, range } from "../ir/shape.js";
import type { Rule } from "./rule.js";

type Pair = readonly [number, number];

/** Puts `step − 1` zeros between neighbours along an axis. */
function dilate(g: Graph, x: Node, axis: number, step: number): Node {
  if (step === 1) return x;
  const n = x.shape[axis];
  const split = [...x.shape.slice(0, axis + 1), 1, ...x.shape.slice(axis + 1)];
  const high = split.map((_, i) => (i === axis + 1 ? step - 1 : 0));
  const padded = padNode(
    g,
    g.reshape(x, split),
    high.map(() => 0),
    high,
  );
  const long = g.reshape(
    padded,
    x.shape.map((d, i) => (i === axis ? n * step : d)),
  );
  const ends = long.shape.map((d, i) => (i === axis ? (n - 1) * step + 1 : d));
  return g.slice(
    long,
    ends.map(() => 0),
    ends,
  );
}

/** Padding by axis, where a negative width crops. */
const pad = (g: Graph, x: Node, axis: number, [low, high]: Pair): Node =>
  padNode(
    g,
    x,
    x.shape.map((_, i) => (i === axis ? low : 0)),
    x.shape.map((_, i) => (i === axis ? high : 0)),
  );

const conv: Rule = ([lhs, rhs], { g, params, outs, primitive }) => {
  const v = params.vmapDims as number;
  const strides = params.strides as number[];
  const padding = params.padding as Pair[];
  const lhsDilation = params.lhsDilation as number[];
  const rhsDilation = params.rhsDilation as number[];
  if (outs[0].dtype !== "float32")
    throw new CompileError(
      `primitive "${primitive}" got ${outs[0].dtype}; cast its operands to float32`,
      primitive,
    );
  if (strides.length > 3)
    throw new CompileError(
      `primitive "${primitive}" has ${strides.length} spatial axes; at most 3 can be compiled`,
      primitive,
    );
  const batch = outs[0].shape.slice(0, v);
  const groups = product(batch);
  let x = g.expand(g.cast(lhs, "float32"), [...batch, ...lhs.shape.slice(v)]);
  const k = g.expand(g.cast(rhs, "float32"), [...batch, ...rhs.shape.slice(v)]);
  // Axes that vmap added become groups: [V.., N, C, ..] → [N, V·C, ..].
  const order = [v, ...range(v), ...range(x.shape.length - v - 1, v + 1)];
  x = g.transpose(x, order);
  x = g.reshape(x, [x.shape[0], groups * x.shape[v + 1], ...x.shape.slice(v + 2)]);
  const kernel = g.reshape(k, [groups * k.shape[v], ...k.shape.slice(v + 1)]);
  const inGraph = padding.map(([low, high], i) => low >= 0 && high >= 0 && lhsDilation[i] === 1);
  strides.forEach((_, i) => {
    x = dilate(g, x, i + 2, lhsDilation[i]);
    if (!inGraph[i]) x = pad(g, x, i + 2, padding[i]);
  });
  const pads = [0, 1].flatMap((side) => padding.map((p, i) => (inGraph[i] ? p[side] : 0)));
  const spatial = outs[0].shape.slice(v + 2);
  const flat = { shape: [x.shape[0], kernel.shape[0], ...spatial], dtype: "float32" as const };
  let y: Node;
  if (strides.length === 0) {
    const rows = g.reshape(x, [x.shape[0], groups, 1, x.shape[1] / groups]);
    const cols = g.reshape(kernel, [1, groups, kernel.shape[0] / groups, kernel.shape[1]]);
    y = g.reshape(g.dot(rows, cols), flat.shape);
  } else {
    const attributes = { group: groups, strides, pads, dilations: rhsDilation };
    y = g.onnx("Conv", [x, kernel], attributes, [flat])[0];
  }
  const split = g.reshape(y, [y.shape[0], ...batch, k.shape[v], ...spatial]);
  return [g.transpose(split, [...range(v, 1), 0, ...range(split.shape.length - v - 1, v + 1)])];
};

/** Number of windows of width `k` at distance `s` in `n` elements. */
const windows = (n: number, k: number, s: number): number => Math.ceil((n - k + 1) / s);

/** [.., i] → [.., o.., k..]: sliding windows over the last axes. */
const pool: Rule = ([input], { g, params }) => {
  const window = params.window as number[];
  const strides = params.strides as number[];
  const lead = input.shape.length - window.length;
  let x = input;
  // Each axis turns into two neighbours, so later axes move to the right.
  window.forEach((k, j) => {
    const axis = lead + 2 * j;
    const s = strides[j];
    const n = x.shape[axis];
    const count = windows(n, k, s);
    const shape = (size: number[]): number[] => [
      ...x.shape.slice(0, axis),
      ...size,
      ...x.shape.slice(axis + 1),
    ];
    if (k <= s) {
      const long = pad(g, x, axis, [0, count * s - n]);
      const split = g.reshape(long, shape([count, s]));
      x = g.slice(
        split,
        split.shape.map(() => 0),
        shape([count, k]),
      );
    } else {
      const index = range(count).flatMap((o) => range(k).map((t) => BigInt(o * s + t)));
      const places = g.constant(BigInt64Array.from(index), [count, k], "int64");
      x = g.onnx("Gather", [x, places], { axis }, [{ shape: shape([count, k]), dtype: x.dtype }])[0];
    }
  });
  const axes = window.map((_, j) => lead + 2 * j);
  return [g.transpose(x, [...range(lead), ...axes, ...axes.map((a) => a + 1)])];
};

/** The adjoint of {@link pool}: every window element is added back to where it came from. */
const poolTranspose: Rule = ([input], { g, params }) => {
  const shape = params.inShape as number[];
  const window = params.window as number[];
  const strides = params.strides as number[];
  const lead = shape.length - window.length;
  const count = window.length;
  // [.., o.., k..] → [.., o, k, o, k, ..]
  let x = g.transpose(input, [...range(lead), ...range(count).flatMap((j) => [lead + j, lead + count + j])]);
  for (let j = count - 1; j >= 0; j--) {
    const axis = lead + 2 * j;
    const [o, k, s, n] = [x.shape[axis], window[j], strides[j], shape[lead + j]];
    const joined = (size: number): number[] => [...x.shape.slice(0, axis), size, ...x.shape.slice(axis + 2)];
    if (k <= s) {
      const long = g.reshape(pad(g, x, axis + 1, [0, s - k]), joined(o * s));
      x = pad(g, long, axis, [0, n - o * s]);
      continue;
    }
    let sum: Node | undefined;
    for (let t = 0; t < k; t++) {
      const starts = x.shape.map((_, i) => (i === axis + 1 ? t : 0));
      const ends = x.shape.map((d, i) => (i === axis + 1 ? t + 1 : d));
      const spread = dilate(g, g.reshape(g.slice(x, starts, ends), joined(o)), axis, s);
      const placed = pad(g, spread, axis, [t, n - t - spread.shape[axis]]);
      sum = sum ? g.add(sum, placed) : placed;
    }
    x = sum!;
  }
  return [x];
};

export const convolutionRules: Record<string, Rule> = { conv, pool, pool_transpose: poolTranspose };
