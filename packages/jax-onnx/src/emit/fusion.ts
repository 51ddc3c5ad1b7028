import { is, type Node, uniform } from "../ir/node.js";
import { range, sameShape } from "../ir/shape.js";
import type { Piece, Preference } from "./plan.js";

/** An addition or scaling that is computed inside the Gemm of a dot it alone reads. */
export interface GemmFusion {
  readonly dot: Node<"dot">;
  /** Views between the dot and the addition, in order of application. */
  readonly path: readonly Node[];
  readonly alpha: number;
  /** Factor on the addend. */
  readonly beta: number;
  readonly addend: Node | undefined;
}

export interface FusionPlan {
  readonly adds: Map<Node, GemmFusion>;
  /** Nodes that are emitted as part of another one. */
  readonly deferred: Set<Node>;
  /** For a dot the layout its (first) reader will need. */
  readonly preferred: Map<Node, Preference>;
}

type Users = Map<Node, (Node | undefined)[]>;

/** Decides, before anything is emitted, which additions go into a Gemm and how dots should lay out results. */
export function planFusion(order: readonly Node[], users: Users): FusionPlan {
  const plan: FusionPlan = { adds: new Map(), deferred: new Set(), preferred: new Map() };
  const taken = new Set<Node>();
  // The last addition in the order wins nothing over the first; the first one reading a dot takes it.
  for (const n of order) {
    if (!n.dtype.startsWith("float")) continue;
    if (n.op === "add" || n.op === "sub") {
      for (const side of [0, 1]) {
        if (n.op === "sub" && side === 0) continue;
        const chain = chainToDot(n.inputs[side], users);
        const addend = n.inputs[1 - side];
        if (!chain || taken.has(chain.dot) || addend === n.inputs[side]) continue;
        if (!sameShape(n.inputs[side].shape, n.shape) || !multiplies(chain.dot)) continue;
        const alpha = n.op === "sub" ? -chain.alpha : chain.alpha;
        plan.adds.set(n, { ...chain, alpha, beta: 1, addend });
        for (const inner of chain.nodes) plan.deferred.add(inner);
        taken.add(chain.dot);
        break;
      }
    }
  }
  for (const n of order) {
    if (!n.dtype.startsWith("float") || plan.adds.has(n) || plan.deferred.has(n)) continue;
    if (n.op !== "mul" && n.op !== "neg") continue;
    // A factor on a sum that is a Gemm goes to both of its terms.
    const factor = n.op === "neg" ? -1 : uniform(n.inputs[1]);
    const sum = plan.adds.get(n.inputs[0]);
    if (sum && factor !== undefined && users.get(n.inputs[0])?.length === 1) {
      plan.adds.set(n, { ...sum, alpha: sum.alpha * factor, beta: sum.beta * factor });
      plan.adds.delete(n.inputs[0]);
      plan.deferred.add(n.inputs[0]);
      continue;
    }
    const chain = chainToDot(n, users, true);
    if (!chain || taken.has(chain.dot) || !multiplies(chain.dot)) continue;
    plan.adds.set(n, { ...chain, beta: 1, addend: undefined });
    for (const inner of chain.nodes) if (inner !== n) plan.deferred.add(inner);
    taken.add(chain.dot);
  }
  for (const n of order) if (is(n, "dot")) follow(n, users, plan.preferred);
  return plan;
}

/** True for a dot that will be an unbatched matrix product: neither operand shares a kept axis with the other. */
function multiplies(dot: Node): boolean {
  const rank = dot.shape.length + 1;
  const size = (x: Node, i: number): number => x.shape[i - rank + x.shape.length] ?? 1;
  return range(dot.shape.length).every((i) => size(dot.inputs[0], i) === 1 || size(dot.inputs[1], i) === 1);
}

/** The dot behind single-use views and constant factors, outermost first. */
function chainToDot(
  start: Node,
  users: Users,
  self = false,
): { dot: Node<"dot">; path: Node[]; alpha: number; nodes: Node[] } | undefined {
  const path: Node[] = [];
  const nodes: Node[] = [];
  let alpha = 1;
  let n = start;
  for (;;) {
    if (!(self && n === start) && users.get(n)?.length !== 1) return undefined;
    nodes.push(n);
    if (is(n, "dot")) return { dot: n, path: path.reverse(), alpha, nodes };
    if (n.op === "transpose" || n.op === "reshape") path.push(n);
    else if (n.op === "neg") alpha = -alpha;
    else if (n.op === "mul" && uniform(n.inputs[1]) !== undefined) alpha *= uniform(n.inputs[1])!;
    else return undefined;
    n = n.inputs[0];
  }
}

/** Follows the views after a dot to the order in which its first reader will want the axes. */
function follow(dot: Node, users: Users, preferred: Map<Node, Preference>): void {
  let axes: Piece[][] = dot.shape.map((size, axis) => (size === 1 ? [] : [{ axis, size, stride: 1 }]));
  let n = dot;
  for (;;) {
    const by = users.get(n) ?? [];
    // Readers are in topological order: the first is the one that runs first.
    const next = by.find((u) => u !== undefined);
    if (!next) break;
    if (is(next, "transpose")) axes = next.attrs.perm.map((p) => axes[p]);
    else if (is(next, "reshape")) {
      const grouped = regroup(axes, next.shape);
      if (!grouped) break;
      axes = grouped;
    } else if (is(next, "dot")) {
      const other = next.inputs[next.inputs[0] === n ? 1 : 0];
      const last = n.shape.length - 1;
      // Axes align at the end.
      const shared = (i: number): boolean => (other.shape[i - last - 1 + other.shape.length] ?? 1) !== 1;
      const batch = range(last).filter((i) => shared(i) && n.shape[i] !== 1);
      const kept = range(last)
        .filter((i) => !batch.includes(i))
        .flatMap((i) => axes[i]);
      // A matrix product takes its operand either way round.
      const orders = [
        [...kept, ...axes[last]],
        [...axes[last], ...kept],
      ];
      preferred.set(dot, { free: batch.flatMap((i) => axes[i]), orders });
      return;
    } else if (next.op !== "neg" && !(next.op === "mul" && uniform(next.inputs[1]) !== undefined)) break;
    n = next;
  }
  preferred.set(dot, { free: [], orders: [axes.flat()] });
}

/** The pieces regrouped into axes of another shape, split where needed; `undefined` when they do not nest. */
function regroup(axes: readonly Piece[][], to: readonly number[]): Piece[][] | undefined {
  const rest = axes.flat();
  const out: Piece[][] = to.map(() => []);
  for (let j = to.length - 1; j >= 0; j--) {
    let need = to[j];
    while (need > 1) {
      const p = rest.pop();
      if (!p) return undefined;
      if (need % p.size === 0) {
        out[j].unshift(p);
        need /= p.size;
      } else if (p.size % need === 0) {
        out[j].unshift({ ...p, size: need });
        rest.push({ axis: p.axis, size: p.size / need, stride: p.stride * need });
        need = 1;
      } else return undefined;
    }
  }
  return out;
}
