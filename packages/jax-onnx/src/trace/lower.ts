import { carrier } from "../dtype.js";
import { CompileError } from "../errors.js";
import { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";
import { type Atom, type Equation, isLiteral, type Traced } from "../jax.js";
import { bitRules } from "./bits.js";
import { convolutionRules } from "./convolution.js";
import { elementwiseRules } from "./elementwise.js";
import { fourierRules } from "./fourier.js";
import { indexingRules } from "./indexing.js";
import { linearAlgebraRules } from "./linalg.js";
import { randomRules } from "./random.js";
import type { Rule } from "./rule.js";
import { structureRules } from "./structure.js";

const unsupported: Record<string, string> = {
  lu: "factorise on the host and pass the factors as inputs",
  jacobi_eigh: "decompose on the host and pass the result as an input",
};

/** Every primitive of jax-js that compiles, with its rule. */
export const rules: Readonly<Record<string, Rule>> = {
  ...elementwiseRules,
  ...structureRules,
  ...indexingRules,
  ...convolutionRules,
  ...bitRules,
  ...randomRules,
  ...fourierRules,
  ...linearAlgebraRules,
};

/** Primitives that are known and refused, with the remedy that the error names. */
export const refused: Readonly<Record<string, string>> = unsupported;

/** The graph of a traced function, with its results in order. */
export function lower(traced: Traced, inputNames: readonly string[]): { g: Graph; outputs: Node[] } {
  const g = new Graph();
  const values = new Map<Atom, Node>();
  for (const c of traced.constants) values.set(c.variable, g.constant(c.data, c.shape, c.dtype));
  traced.inputs.forEach((input, i) => {
    const raw = input.dtype === "uint32" ? "uint32" : carrier(input.dtype);
    const node = g.input(inputNames[i], input.shape, raw);
    values.set(input.variable, g.cast(node, carrier(input.dtype)));
  });
  const read = (atom: Atom): Node => {
    if (isLiteral(atom)) {
      const { shape, dtype } = atom.aval;
      const value = Number(atom.value);
      return g.fill(String(dtype) === "uint32" ? value >>> 0 : value, shape, carrier(dtype));
    }
    const node = values.get(atom);
    if (!node) throw new Error(`internal: variable ${atom} has no value`);
    return node;
  };
  for (const eqn of traced.equations) {
    const results = lowerEquation(g, eqn, eqn.inputs.map(read));
    eqn.outBinders.forEach((v, i) => {
      // The simplifier of jax-js may drop an operation that also changed the element type.
      values.set(v, g.cast(results[i], carrier(v.aval.dtype)));
    });
  }
  const outputs = traced.outputs.map(({ atom }) => {
    const node = read(atom);
    return atom.aval.dtype === "uint32" ? g.cast(node, "uint32") : node;
  });
  return { g, outputs };
}

function lowerEquation(g: Graph, eqn: Equation, inputs: Node[]): Node[] {
  const primitive = String(eqn.primitive);
  const rule = rules[primitive];
  if (!rule) {
    const remedy = refused[primitive] ?? "rewrite the function without it";
    const shapes = eqn.inputs.map((x) => x.aval.toString()).join(", ");
    throw new CompileError(`primitive "${primitive}" (${shapes}) cannot be compiled; ${remedy}`, primitive);
  }
  return rule(inputs, {
    g,
    primitive,
    params: eqn.params,
    outs: eqn.outBinders.map((v) => v.aval as { shape: number[]; dtype: string }),
    avals: eqn.inputs.map((x) => x.aval as { dtype: string; weakType: boolean }),
  });
}
