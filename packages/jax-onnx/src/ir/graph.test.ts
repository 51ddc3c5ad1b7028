import { describe, expect, test } from "vitest";
import { Graph } from "./graph.js";
import { uniform } from "./node.js";
import { padNode } from "./segments.js";
import { topological, users } from "./uses.js";

const setup = () => {
  const g = new Graph();
  return {
    g,
    x: g.input("x", [3, 4], "float32"),
    y: g.input("y", [3, 4], "float32"),
    c: (v: number) => g.scalar(v, "float32"),
  };
};

describe("the graph builder", () => {
  test("gives equal expressions one node, in either order of commuting operands", () => {
    const { g, x, y } = setup();
    expect(g.add(x, y)).toBe(g.add(y, x));
    expect(g.unary("exp", g.mul(x, y))).toBe(g.unary("exp", g.mul(y, x)));
    expect(g.sub(x, y)).not.toBe(g.sub(y, x));
  });

  test("folds sums and products with zero and one", () => {
    const { g, x, c } = setup();
    expect(g.add(x, c(0))).toBe(x);
    expect(g.mul(c(1), x)).toBe(x);
    expect(uniform(g.mul(x, c(0)))).toBe(0);
    expect(g.mul(x, c(0)).shape).toEqual([3, 4]);
    expect(uniform(g.add(c(2), c(3)))).toBe(5);
  });

  test("cancels a difference of equals, so that a surrogate leaves nothing behind", () => {
    const { g, x, y } = setup();
    const surrogate = g.mul(x, y);
    const value = g.unary("exp", x);
    expect(g.add(value, g.sub(surrogate, surrogate))).toBe(value);
    expect(g.add(value, g.add(surrogate, g.neg(surrogate)))).toBe(value);
  });

  test("keeps 0, −0, NaN and the infinities apart", () => {
    const { c } = setup();
    expect(c(0)).not.toBe(c(-0));
    expect(c(Number.NaN)).toBe(c(Number.NaN));
    expect(c(Number.POSITIVE_INFINITY)).not.toBe(c(Number.NEGATIVE_INFINITY));
  });

  test("turns sums with negated terms into differences, through views too", () => {
    const { g, x, y } = setup();
    expect(g.add(x, g.neg(y))).toBe(g.sub(x, y));
    expect(g.sub(x, g.neg(y))).toBe(g.add(x, y));
    const row = g.input("r", [4], "float32");
    const negative = g.reshape(g.neg(row), [1, 4]);
    expect(g.add(x, negative).op).toBe("sub");
    expect(g.neg(g.neg(x))).toBe(x);
  });

  test("does not join constants whose product leaves the range of the type", () => {
    const { g, x, c } = setup();
    const scaled = g.mul(g.mul(x, c(2 ** 100)), c(2 ** 49));
    expect(uniform(scaled.inputs[1])).toBe(2 ** 49);
    expect(uniform(g.mul(g.mul(x, c(2)), c(3)).inputs[1])).toBe(6);
  });

  test("composes views and drops those that do nothing", () => {
    const { g, x } = setup();
    expect(g.transpose(g.transpose(x, [1, 0]), [1, 0])).toBe(x);
    expect(g.reshape(g.reshape(x, [12]), [3, 4])).toBe(x);
    const thin = g.reshape(x, [3, 1, 4]);
    expect(g.transpose(thin, [1, 0, 2]).op).toBe("reshape");
  });

  test("does arithmetic before a broadcast, not after", () => {
    const { g, y } = setup();
    const row = g.input("r", [1, 4], "float32");
    const wide = g.broadcast(row, [3, 4]);
    expect(g.unary("exp", wide).inputs[0].shape).toEqual([1, 4]);
    expect(g.mul(wide, y).inputs.some((n) => n.op === "broadcast")).toBe(false);
    // Three equal rows sum to three times one.
    expect(g.reduce("sum", wide, [0]).op).toBe("mul");
  });

  test("recognises |x| and sigmoid", () => {
    const { g, x, c } = setup();
    expect(g.where(g.binary("less", x, c(0)), g.mul(x, c(-1)), x).op).toBe("abs");
    expect(g.unary("reciprocal", g.add(g.unary("exp", g.neg(x)), c(1))).op).toBe("sigmoid");
    expect(g.binary("max", x, c(0)).op).toBe("relu");
  });

  test("sums twice in one reduction", () => {
    const { g, x } = setup();
    const once = g.reduce("sum", g.reduce("sum", x, [0]), [0]);
    expect(once.attrs).toEqual({ kind: "sum", axes: [0, 1] });
  });
});

describe("padded slices", () => {
  const vector = () => {
    const g = new Graph();
    return { g, a: g.input("a", [3], "float32"), b: g.input("b", [2], "float32") };
  };

  test("sum to one concatenation", () => {
    const { g, a, b } = vector();
    const sum = g.add(padNode(g, a, [0], [2]), padNode(g, b, [3], [0]));
    expect(sum.op).toBe("segments");
    expect(sum.attrs).toEqual({ axis: 0, offsets: [0, 3] });
    expect(sum.inputs).toEqual([a, b]);
  });

  test("add up where they cover the same range", () => {
    const { g, a, b } = vector();
    const c = g.input("c", [3], "float32");
    const left = g.add(padNode(g, a, [0], [2]), padNode(g, b, [3], [0]));
    const sum = g.add(left, padNode(g, c, [0], [2]));
    expect(sum.op).toBe("segments");
    expect(sum.inputs[0]).toBe(g.add(a, c));
  });

  test("stay an ordinary sum where they overlap in part", () => {
    const { g, a } = vector();
    const c = g.input("c", [3], "float32");
    expect(g.add(padNode(g, a, [0], [1]), padNode(g, c, [1], [0])).op).toBe("add");
  });

  test("give back their pieces when sliced, and join when neighbours", () => {
    const { g, a, b } = vector();
    const whole = g.concat([a, b], 0);
    expect(g.slice(whole, [3], [5])).toBe(b);
    const parts = [g.slice(a, [0], [1]), g.slice(a, [1], [3])];
    expect(g.concat(parts, 0)).toBe(a);
    expect(uniform(g.slice(padNode(g, b, [2], [2]), [0], [2]))).toBe(0);
  });
});

describe("the walk over a graph", () => {
  test("lists operands before users, leaves out what no output needs, and counts readers", () => {
    const { g, x, y } = setup();
    const dead = g.unary("exp", y);
    const sum = g.add(x, y);
    const square = g.mul(sum, sum);
    const order = topological([square]);
    expect(order.indexOf(sum)).toBeLessThan(order.indexOf(square));
    expect(order).not.toContain(dead);
    expect(users([square, sum]).get(sum)).toEqual([square, square, undefined]);
  });
});
