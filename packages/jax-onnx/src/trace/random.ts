import type { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";
import { product, range } from "../ir/shape.js";
import { low32 } from "./bits.js";
import type { Rule } from "./rule.js";

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
];

/** Rotation of a 32-bit word held in int64 to the left: no intermediate result exceeds 62 bits. */
function rotate(g: Graph, x: Node, by: number): Node {
  const high = low32(g, g.mul(x, g.scalar(2 ** by, "int64")));
  return g.add(high, g.binary("idiv", x, g.scalar(2 ** (32 - by), "int64")));
}

/**
 * Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): counter
 * based, so the graph holds no state and the key is an ordinary input.
 */
function threefry(g: Graph, k0: Node, k1: Node, counter: Node): [Node, Node] {
  const word = (v: number): Node => g.scalar(v, "int64");
  const k2 = g.binary("bitxor", g.binary("bitxor", k0, k1), word(0x1bd11bda));
  const keys = [k0, k1, k2];
  let x0 = k0;
  let x1 = low32(g, g.add(counter, k1));
  for (let group = 0; group < 5; group++) {
    for (const by of rotations[group % 2]) {
      x0 = low32(g, g.add(x0, x1));
      x1 = g.binary("bitxor", rotate(g, x1, by), x0);
    }
    x0 = low32(g, g.add(x0, keys[(group + 1) % 3]));
    x1 = low32(g, g.add(g.add(x1, keys[(group + 2) % 3]), word(group + 1)));
  }
  return [x0, x1];
}

const randomBits: Rule = ([k0, k1], { g, params, outs }) => {
  const { shape } = outs[0];
  const own = shape.slice(k0.shape.length);
  const count = product(own);
  const counter = g.constant(BigInt64Array.from(range(count), BigInt), own, "int64");
  const keys = [k0, k1].map((k) => g.reshape(k, [...k.shape, ...own.map(() => 1)]));
  const [x0, x1] = threefry(g, keys[0], keys[1], counter);
  const bits = params.mode === "xor" ? g.binary("bitxor", x0, x1) : params.mode === 0 ? x0 : x1;
  return [g.expand(bits, shape)];
};

export const randomRules: Record<string, Rule> = { random_bits: randomBits };
