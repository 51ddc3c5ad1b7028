/**
 * The one place that touches jax-js, which is young and pinned to an exact version. Everything else in the
 * package works on the plain structures defined here.
 */
import { type Jaxpr, makeJaxpr, tree } from "@jax-js/jax";
import { carrier, type DType, type ElementType, type TensorData } from "./dtype.js";
import { CompileError } from "./errors.js";

/** One equation of a traced function. */
export type Equation = Jaxpr["eqns"][number];
/** An operand: a variable or a scalar literal. */
export type Atom = Equation["inputs"][number];

/** A function in the shape that jax-js can trace: trees of arrays in, a tree of arrays out. */
// biome-ignore lint/suspicious/noExplicitAny: arguments are arbitrary trees of arrays
export type TraceableFunction = (...args: any[]) => unknown;

/** Shape and element type of an argument, in place of an array. Shapes are static. */
export class ArraySpec {
  /** Always strongly typed, as arrays with data are. */
  readonly weakType = false;
  /**
   * @param shape Sizes of the axes; `[]` is a scalar.
   * @param dtype Element type, default `float32`.
   */
  constructor(
    readonly shape: number[],
    readonly dtype: DType = "float32",
  ) {}
}

/** A traced function: operands first, then equations in order, then results. */
export interface Traced {
  /** Array constants the function captured, bound to the first variables. */
  constants: { variable: Atom; data: TensorData; shape: number[]; dtype: ElementType }[];
  inputs: { variable: Atom; path: string[]; shape: number[]; dtype: DType }[];
  outputs: { atom: Atom; path: string[] }[];
  equations: Equation[];
}

/** True for a literal operand; `value` is then its value. */
export function isLiteral(atom: Atom): atom is Extract<Atom, { value: number }> {
  return "value" in atom;
}

type TreeDef = ReturnType<typeof tree.structure>;

/** For every leaf the keys that lead to it, in the order in which jax-js flattens. */
function leafPaths(def: TreeDef): string[][] {
  if (def.childTreedefs.length === 0 && String(def.nodeType) === "Leaf") return [[]];
  return def.childTreedefs.flatMap((child, i) => {
    const key = String(def.nodeType) === "Object" ? String((def.nodeMetadata as string[])[i]) : String(i);
    return leafPaths(child).map((path) => [key, ...path]);
  });
}

/** Traces `fn` on abstract arguments. Nothing is computed and no argument is consumed. */
export function trace(fn: TraceableFunction, args: readonly unknown[]): Traced {
  const [leaves, def] = tree.flatten<unknown>(args as never);
  const specs = leaves.map((leaf, i) => toSpec(leaf, i));
  const abstract = tree.unflatten<unknown>(def, specs) as unknown[];
  const { jaxpr: closed, treedef } = makeJaxpr(fn as never)(...(abstract as never));
  try {
    const jaxpr = closed.jaxpr.flatten().simplify();
    const consts = closed.consts as unknown as { shape: number[]; ref: { dataSync(): ArrayLike<number> } }[];
    const constants = consts.map((c, i) => {
      const variable = jaxpr.inBinders[i];
      const { dtype, shape } = variable.aval;
      const data = c.ref.dataSync();
      return { variable, shape, dtype: carrier(dtype), data: constantData(data, carrier(dtype)) };
    });
    const paths = leafPaths(def);
    const inputs = jaxpr.inBinders.slice(consts.length).map((variable, i) => ({
      variable,
      path: paths[i],
      shape: variable.aval.shape,
      dtype: variable.aval.dtype as DType,
    }));
    const outPaths = leafPaths(treedef);
    const outputs = jaxpr.outs.map((atom, i) => ({ atom, path: outPaths[i] }));
    return { constants, inputs, outputs, equations: jaxpr.eqns };
  } finally {
    closed.dispose();
  }
}

function toSpec(leaf: unknown, index: number): ArraySpec {
  if (typeof leaf === "number") return new ArraySpec([], "float32");
  if (typeof leaf === "boolean") return new ArraySpec([], "bool");
  const like = leaf as { shape?: number[]; dtype?: DType } | null;
  if (like && Array.isArray(like.shape) && typeof like.dtype === "string")
    return new ArraySpec([...like.shape], like.dtype);
  throw new CompileError(
    `argument leaf ${index} is ${String(leaf)}; pass a jax-js array, a number or spec(shape, dtype)`,
  );
}

/** jax-js keeps booleans as 32-bit integers and uint32 as itself; the graph wants bytes and int64. */
function constantData(data: ArrayLike<number>, t: ElementType): TensorData {
  switch (t) {
    case "bool":
      return Uint8Array.from(data, (v) => (v ? 1 : 0));
    case "int64":
      return BigInt64Array.from(Array.from(data, (v) => BigInt(v)));
    case "int32":
      return Int32Array.from(data);
    case "float64":
      return Float64Array.from(data);
    default:
      return Float32Array.from(data);
  }
}
