import type { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";
import { activations, complements } from "./activations.js";
import { means, negations, quotients, signs, squares } from "./arithmetic.js";
import { affineNorms, normalizations } from "./normalization.js";
import { type Rule, rewrite } from "./rewrite.js";
import { scalesIntoOperands, scalesOutwards } from "./scale.js";
import { series } from "./series.js";

/** The passes, in order. Patterns come before the rules that would take them apart. */
const passes: readonly Rule[] = [
  means,
  series,
  activations,
  complements,
  normalizations,
  affineNorms,
  scalesIntoOperands,
  scalesOutwards,
  negations,
  squares,
  quotients,
  signs,
];

/** Runs the rewrites that need to know who else reads a value. */
export function optimize({ g, outputs }: { g: Graph; outputs: Node[] }): { g: Graph; outputs: Node[] } {
  let current = outputs;
  for (const pass of passes) current = rewrite(g, current, pass);
  return { g, outputs: current };
}
