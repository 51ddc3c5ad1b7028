import type { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";
import { topological, users } from "../ir/uses.js";

/** What a rewrite rule sees: the graph as it was before the pass, and what has become of its nodes so far. */
export interface Site {
  readonly g: Graph;
  /** The new node for an old one that comes earlier. */
  of(old: Node): Node;
  /** Number of readers of an old node; being an output counts as one. */
  uses(old: Node): number;
  /** The readers themselves; `undefined` stands for the output. */
  readers(old: Node): readonly (Node | undefined)[];
  /** Whether an old node is needed at all. */
  live(old: Node): boolean;
}

/** Returns the replacement of an old node, or `undefined` to keep it (on its new operands). */
export type Rule = (old: Node, site: Site) => Node | undefined;

/** Rebuilds the graph, operands first, replacing nodes by `rule`. */
export function rewrite(g: Graph, outputs: readonly Node[], rule: Rule): Node[] {
  const by = users(outputs);
  const map = new Map<Node, Node>();
  const site: Site = {
    g,
    of: (n) => map.get(n) ?? n,
    uses: (n) => by.get(n)?.length ?? 0,
    readers: (n) => by.get(n) ?? [],
    live: (n) => by.has(n),
  };
  for (const n of topological(outputs)) {
    const replaced = rule(n, site);
    map.set(
      n,
      replaced ??
        g.rebuild(
          n,
          n.inputs.map((x) => site.of(x)),
        ),
    );
  }
  return outputs.map((n) => site.of(n));
}
