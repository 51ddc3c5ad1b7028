/**
 * All parameters of a network live in one flat vector θ: the optimiser is a handful of vector operations,
 * a checkpoint is four vectors, and a weight is a slice of θ.
 */
import type { Tensor } from "../runtime/jax.js";
import { normalDraws } from "./normal-draws.js";

/** One parameter tensor: its name, shape and the standard deviation of its initial values (0: zeros). */
export interface ParameterSpec {
  name: string;
  shape: readonly number[];
  /** Standard deviation of the normal initial values, or the constant they all have. */
  init: { deviation: number } | { constant: number };
}

/** A parameter's values. */
export interface NamedArray {
  name: string;
  shape: readonly number[];
  data: Float32Array;
}

/** Access to the parameters by name while a network is traced. */
export type Parameters = (name: string) => Tensor;

const sizeOf = (spec: ParameterSpec): number => spec.shape.reduce((a, b) => a * b, 1);

/** Length of the flat vector. */
export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((total, spec) => total + sizeOf(spec), 0);
}

/** Initial flat vector; the same seed gives the same values. */
export function initialParameters(specs: readonly ParameterSpec[], seed: number): Float32Array {
  const draw = normalDraws(seed);
  const theta = new Float32Array(parameterCount(specs));
  let at = 0;
  for (const spec of specs) {
    const size = sizeOf(spec);
    for (let k = 0; k < size; k++) {
      theta[at + k] = "constant" in spec.init ? spec.init.constant : draw() * spec.init.deviation;
    }
    at += size;
  }
  return theta;
}

/** Every parameter's own piece of the flat vector, as plain arrays (for the export). */
export function splitParameters(specs: readonly ParameterSpec[], theta: Float32Array): NamedArray[] {
  let at = 0;
  return specs.map((spec) => {
    const data = theta.slice(at, at + sizeOf(spec));
    at += data.length;
    return { name: spec.name, shape: spec.shape, data };
  });
}

/**
 * A flat vector in which parameters of the same name and shape have the values of another network.
 *
 * @param fresh values of the others
 * @returns the vector, and the names of the parameters that were taken
 */
export function inheritParameters(
  specs: readonly ParameterSpec[],
  fresh: Float32Array,
  from: readonly NamedArray[],
): { theta: Float32Array; names: string[] } {
  const key = ({ name, shape }: Pick<NamedArray, "name" | "shape">): string => `${name} [${shape}]`;
  const known = new Map(from.map((array) => [key(array), array.data]));
  const theta = fresh.slice();
  const names: string[] = [];
  let at = 0;
  for (const spec of specs) {
    const data = known.get(key(spec));
    if (data !== undefined) {
      theta.set(data, at);
      names.push(spec.name);
    }
    at += sizeOf(spec);
  }
  return { theta, names };
}

/** The parameters as slices of a traced flat vector. Each may be asked for once. */
export function viewParameters(specs: readonly ParameterSpec[], theta: Tensor): Parameters {
  const views = new Map<string, Tensor>();
  let at = 0;
  for (const spec of specs) {
    const size = sizeOf(spec);
    views.set(spec.name, theta.ref.slice([at, at + size]).reshape([...spec.shape]));
    at += size;
  }
  theta.dispose();
  return once(views);
}

/** The parameters as separate traced arrays, in the order of the specs. Each may be asked for once. */
export function namedParameters(specs: readonly ParameterSpec[], tensors: readonly Tensor[]): Parameters {
  return once(new Map(specs.map((spec, k) => [spec.name, tensors[k]])));
}

function once(views: Map<string, Tensor>): Parameters {
  return (name) => {
    const view = views.get(name);
    if (!view) throw new Error(`parameter "${name}" does not exist or was used before`);
    views.delete(name);
    return view;
  };
}
