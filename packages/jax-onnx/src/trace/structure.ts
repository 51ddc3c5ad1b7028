import { carrier } from "../dtype.js";
import { CompileError } from "../errors.js";
import type { Node, ReduceKind } from "../ir/node.js";
import { padNode } from "../ir/segments.js";
import { range } from "../ir/shape.js";
import type { Rule } from "./rule.js";

const kinds: Record<string, ReduceKind> = { Add: "sum", Mul: "prod", Min: "min", Max: "max" };

const reduce: Rule = ([x], { g, params, outs, primitive }) => {
  const axes = params.axis as number[];
  const kind = kinds[params.op as string];
  if (!kind) throw new CompileError(`primitive "${primitive}" got the operation ${params.op}`, primitive);
  if (outs[0].dtype === "bool") {
    // Any and all: the extremes of 0 and 1.
    const extreme = kind === "sum" || kind === "max" ? "max" : "min";
    return [g.cast(g.reduce(extreme, g.cast(x, "int32"), axes), "bool")];
  }
  const y = g.reduce(kind, x, axes);
  return [outs[0].dtype === "uint32" ? g.binary("bitand", y, g.scalar(0xffffffff, "int64")) : y];
};

const shrink: Rule = ([x], { g, params }) => {
  const slice = params.slice as [number, number][];
  return [
    g.slice(
      x,
      slice.map((s) => s[0]),
      slice.map((s) => s[1]),
    ),
  ];
};

const flip: Rule = ([x], { g, params }) => {
  const axes = params.axis as number[];
  const starts = x.shape.map((d, i) => (axes.includes(i) ? d - 1 : 0));
  const ends = x.shape.map((d, i) => (axes.includes(i) ? -1 : d));
  return [
    g.slice(
      x,
      starts,
      ends,
      x.shape.map((_, i) => (axes.includes(i) ? -1 : 1)),
    ),
  ];
};

const split: Rule = ([x], { g, params }) => {
  const axis = params.axis as number;
  let at = 0;
  return (params.sizes as number[]).map((size) => {
    const starts = x.shape.map((_, i) => (i === axis ? at : 0));
    const ends = x.shape.map((d, i) => (i === axis ? at + size : d));
    at += size;
    return g.slice(x, starts, ends);
  });
};

export const structureRules: Record<string, Rule> = {
  reduce,
  dot: ([a, b], { g, outs }) => {
    const t = carrier(outs[0].dtype);
    return [g.dot(g.cast(a, t), g.cast(b, t))];
  },
  transpose: ([x], { g, params }) => [g.transpose(x, params.perm as number[])],
  reshape: ([x], { g, outs }) => [g.reshape(x, outs[0].shape)],
  broadcast: ([x], { g, params, outs }) => {
    const axes = params.axis as number[];
    const rank = outs[0].shape.length;
    const kept = range(rank).filter((i) => !axes.includes(i));
    if (kept.length !== x.shape.length) {
      throw new CompileError(
        `primitive "broadcast" got shape [${x.shape}] for [${outs[0].shape}]`,
        "broadcast",
      );
    }
    return [g.broadcast(x, outs[0].shape, axes)];
  },
  concatenate: (xs, { g, params, outs }) => {
    const t = carrier(outs[0].dtype);
    return [
      g.concat(
        xs.map((x) => g.cast(x, t)),
        params.axis as number,
      ),
    ];
  },
  split,
  shrink,
  flip,
  pad: ([x], { g, params }): Node[] => {
    const width = params.width as [number, number][];
    return [
      padNode(
        g,
        x,
        width.map((w) => w[0]),
        width.map((w) => w[1]),
      ),
    ];
  },
};
