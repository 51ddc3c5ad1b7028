import type { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";
import { broadcastShapes, product, range } from "../ir/shape.js";
import type { Rule, RuleContext } from "./rule.js";

/** Several index arrays into neighbouring leading axes as one index into their product. */
function flatIndex(g: Graph, indices: readonly Node[], sizes: readonly number[]): Node {
  let flat = g.cast(indices[0], "int64");
  for (let i = 1; i < indices.length; i++)
    flat = g.add(g.mul(flat, g.scalar(sizes[i], "int64")), g.cast(indices[i], "int64"));
  return flat;
}

/** The order of axes that brings `axes` to the front. */
const frontFirst = (rank: number, axes: readonly number[]): number[] => [
  ...axes,
  ...range(rank).filter((i) => !axes.includes(i)),
];

/** Moves `count` axes at the front to position `to`. */
const moveFront = (g: Graph, x: Node, count: number, to: number): Node => {
  const rest = range(x.shape.length - count, count);
  return g.transpose(x, [...rest.slice(0, to), ...range(count), ...rest.slice(to)]);
};

const gather: Rule = ([x, ...indices], { g, params }) => {
  const axes = params.axis as number[];
  const outDim = params.outDim as number;
  const moved = g.transpose(x, frontFirst(x.shape.length, axes));
  const sizes = axes.map((a) => x.shape[a]);
  const rest = moved.shape.slice(axes.length);
  const index = flatIndex(g, indices, sizes);
  const table = g.reshape(moved, [product(sizes), ...rest]);
  const out = { shape: [...index.shape, ...rest], dtype: x.dtype };
  const picked = g.onnx("Gather", [table, index], { axis: 0 }, [out])[0];
  return [moveFront(g, picked, index.shape.length, outDim)];
};

const scatter: Rule = ([updates, ...indices], { g, params, outs }) => {
  const axes = params.axis as number[];
  const outDim = params.outDim as number;
  const { shape } = outs[0];
  const sizes = axes.map((a) => shape[a]);
  const indexShape = indices.map((i) => i.shape).reduce<readonly number[]>(broadcastShapes, []);
  const index = g.expand(flatIndex(g, indices, sizes), indexShape);
  const rank = indexShape.length;
  const rest = shape.filter((_, i) => !axes.includes(i));
  // Index axes first, then the axes that are kept.
  const own = range(rank, outDim);
  const values = g.transpose(updates, [
    ...own,
    ...range(updates.shape.length).filter((i) => !own.includes(i)),
  ]);
  const count = product(indexShape);
  const boolean = updates.dtype === "bool";
  const dtype = boolean ? "int32" : updates.dtype;
  const add = params.op !== "update" && params.uniqueIndices !== true;
  const table = g.fill(0, [product(sizes), ...rest], dtype);
  const inputs = [table, g.reshape(index, [count, 1]), g.cast(g.reshape(values, [count, ...rest]), dtype)];
  const out = { shape: table.shape, dtype };
  const filled = g.onnx("ScatterND", inputs, { reduction: add ? "add" : "none" }, [out])[0];
  const split = g.reshape(filled, [...sizes, ...rest]);
  const order = frontFirst(shape.length, axes);
  const back = g.transpose(
    split,
    order.map((_, i) => order.indexOf(i)),
  );
  return [boolean ? g.cast(back, "bool") : back];
};

/** All elements of the last axis in ascending order, with their places; equal ones keep their order. */
function ascending(x: Node, { g }: RuleContext): [Node, Node] {
  const n = x.shape[x.shape.length - 1];
  const dtype = x.dtype === "bool" ? "int32" : x.dtype;
  const count = g.fill(n, [1], "int64");
  const [values, places] = g.onnx(
    "TopK",
    [g.cast(x, dtype), count],
    { axis: x.shape.length - 1, largest: 0, sorted: 1 },
    [
      { shape: x.shape, dtype },
      { shape: x.shape, dtype: "int64" },
    ],
  );
  return [g.cast(values, x.dtype), g.cast(places, "int32")];
}

export const indexingRules: Record<string, Rule> = {
  gather,
  scatter,
  sort: ([x], context) => [ascending(x, context)[0]],
  argsort: ([x], context) => ascending(x, context),
};
