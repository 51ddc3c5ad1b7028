import { type ElementType, toData } from "../dtype.js";
import type { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";
import { range } from "../ir/shape.js";
import type { Rule } from "./rule.js";

type Complex = readonly [Node, Node];

/** Transforms up to this length are one matrix product. */
const direct = 64;

/** A constant table of `cos` and `sin` of `sign·2π·a·b/n`. */
function roots(g: Graph, rows: number, cols: number, n: number, sign: number, t: ElementType): Complex {
  const angles = range(rows).flatMap((a) => range(cols).map((b) => (sign * 2 * Math.PI * ((a * b) % n)) / n));
  const table = (f: (x: number) => number): Node => g.constant(toData(t, angles.map(f)), [rows, cols], t);
  return [table(Math.cos), table(Math.sin)];
}

const times = (g: Graph, [a, b]: Complex, [c, d]: Complex): Complex => [
  g.sub(g.mul(a, c), g.mul(b, d)),
  g.add(g.mul(a, d), g.mul(b, c)),
];

/** Discrete Fourier transform of the last axis. */
function transform(g: Graph, [re, im]: Complex, factors: readonly number[], sign: number): Complex {
  const n = factors.reduce((a, b) => a * b, 1);
  const t = re.dtype;
  const lead = re.shape.slice(0, -1);
  if (n <= direct || factors.length === 1) {
    const [c, s] = roots(g, n, n, n, sign, t);
    const by = (x: Node, m: Node): Node => g.dot(g.reshape(x, [...lead, 1, n]), m);
    return [g.sub(by(re, c), by(im, s)), g.add(by(re, s), by(im, c))];
  }
  // Cooley and Tukey: n = a·b, index i = b·p + q, frequency k = u + a·w.
  const half = Math.ceil(factors.length / 2);
  const [fa, fb] = [factors.slice(0, half), factors.slice(half)];
  const a = fa.reduce((x, y) => x * y, 1);
  const b = n / a;
  const rank = lead.length + 2;
  const swap = [...range(rank - 2), rank - 1, rank - 2];
  const columns = [re, im].map((x) => g.transpose(g.reshape(x, [...lead, a, b]), swap)) as unknown as Complex;
  const inner = transform(g, columns, fa, sign);
  const turned = times(g, inner, roots(g, b, a, n, sign, t));
  const rows = turned.map((x) => g.transpose(x, swap)) as unknown as Complex;
  const outer = transform(g, rows, fb, sign);
  return outer.map((x) => g.reshape(g.transpose(x, swap), [...lead, n])) as unknown as Complex;
}

const fft: Rule = ([re, im], { g, params }) => {
  const inverse = params.inverse as boolean;
  const factors = params.factors as number[];
  const n = re.shape[re.shape.length - 1];
  const result = transform(g, [re, im], factors, inverse ? 1 : -1);
  return result.map((x) => (inverse ? g.mul(x, g.scalar(1 / n, x.dtype)) : x));
};

export const fourierRules: Record<string, Rule> = { fft };
