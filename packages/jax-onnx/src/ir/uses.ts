import type { Node } from "./node.js";

/** Nodes that the outputs need, operands before their users. */
export function topological(outputs: readonly Node[]): Node[] {
  const order: Node[] = [];
  const state = new Map<Node, boolean>();
  const stack: [Node, number][] = [];
  for (const root of outputs) {
    if (state.has(root)) continue;
    stack.push([root, 0]);
    state.set(root, false);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const [node, at] = top;
      if (at < node.inputs.length) {
        top[1]++;
        const child = node.inputs[at];
        if (!state.has(child)) {
          state.set(child, false);
          stack.push([child, 0]);
        }
      } else {
        stack.pop();
        order.push(node);
      }
    }
  }
  return order;
}

/** For every needed node the nodes that read it; an output counts as a use by `undefined`. */
export function users(outputs: readonly Node[]): Map<Node, (Node | undefined)[]> {
  const map = new Map<Node, (Node | undefined)[]>();
  const add = (n: Node, by: Node | undefined): void => {
    const list = map.get(n);
    if (list) list.push(by);
    else map.set(n, [by]);
  };
  for (const n of topological(outputs)) for (const x of n.inputs) add(x, n);
  for (const o of outputs) add(o, undefined);
  return map;
}
