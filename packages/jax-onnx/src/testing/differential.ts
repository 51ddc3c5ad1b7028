import { grad, numpy as np } from "@jax-js/jax";
import { type CompileOptions, compile, spec } from "../compile.js";
import type { DType } from "../dtype.js";
import { normal, random } from "./data.js";
import { runModel } from "./session.js";

type A = np.Array;

/** An argument: its shape (normal numbers), or shape, type and a way to make the numbers. */
export interface ArgumentSpec {
  shape: number[];
  dtype?: DType;
  /** Number `i` of the data, given a uniform random number. Default: standard normal. */
  value?: (u: number, i: number) => number;
}

/** One function that must give the same numbers in ONNX Runtime as in jax-js. */
export interface Case {
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: cases take whatever arrays they like
  fn: (...args: any[]) => unknown;
  args: (number[] | ArgumentSpec)[];
  /** Arguments to differentiate; none for functions of integers. Default: all float arguments. */
  gradient?: number[];
  /** Differences are relative to the largest expected number of a result, or to this if it is larger. Default 1e-6. */
  floor?: number;
}

export const positive = (shape: number[]): ArgumentSpec => ({ shape, value: (u) => 0.2 + 2 * u });
export const unit = (shape: number[]): ArgumentSpec => ({ shape, value: (u) => 1.8 * u - 0.9 });
export const integers = (
  shape: number[],
  from: number,
  to: number,
  dtype: DType = "int32",
): ArgumentSpec => ({
  shape,
  dtype,
  value: (u) => from + Math.floor(u * (to - from)),
});
export const booleans = (shape: number[]): ArgumentSpec => ({
  shape,
  dtype: "bool",
  value: (u) => Number(u < 0.5),
});
/** Distinct numbers in random order, for functions that jump where two are equal. */
export const distinct = (shape: number[]): ArgumentSpec => ({
  shape,
  value: (u, i) => i * 0.37 - 3 + 1e-2 * u,
});

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function toArray(dtype: DType, data: readonly number[], shape: number[]): A {
  const typed = {
    float32: () => np.array(Float32Array.from(data), { dtype: np.float32 }),
    float64: () => np.array(Float64Array.from(data) as never, { dtype: np.float64 }),
    int32: () => np.array(Int32Array.from(data), { dtype: np.int32 }),
    uint32: () => np.array(Uint32Array.from(data), { dtype: np.uint32 }),
    bool: () => np.array(Int32Array.from(data), { dtype: np.bool }),
    float16: () => {
      throw new Error("no float16");
    },
  }[dtype]();
  return typed.reshape(shape);
}

/** Result of one comparison. */
export interface Outcome {
  /** Largest difference, relative to the largest expected number of that result. */
  error: number;
  /** Number of results compared. */
  results: number;
}

function compareResults(
  name: string,
  expected: { shape: number[]; dtype: string; data: number[] }[],
  actual: { shape: readonly number[]; dtype: string; data: number[] }[],
  floor: number,
): Outcome {
  let error = 0;
  expected.forEach((want, i) => {
    const got = actual[i];
    if (got.shape.join() !== want.shape.join())
      throw new Error(`${name}: result ${i} has shape [${got.shape}], expected [${want.shape}]`);
    if (got.dtype !== want.dtype)
      throw new Error(`${name}: result ${i} is ${got.dtype}, expected ${want.dtype}`);
    const exact = !want.dtype.startsWith("float");
    const finite = want.data.filter(Number.isFinite).map(Math.abs);
    const scale = Math.max(floor, ...finite);
    want.data.forEach((w, k) => {
      const g = got.data[k];
      if (Object.is(w, g) || w === g) return;
      const difference = Math.abs(g - w) / scale;
      if (exact || !Number.isFinite(difference))
        throw new Error(`${name}: result ${i} element ${k} is ${g}, expected ${w}`);
      error = Math.max(error, difference);
    });
  });
  return { error, results: expected.length };
}

const leaves = (tree: unknown): A[] => {
  if (Array.isArray(tree)) return tree.flatMap(leaves);
  if (tree && (tree as object).constructor === Object) return Object.values(tree as object).flatMap(leaves);
  return [tree as A];
};

function read(x: A): { shape: number[]; dtype: string; data: number[] } {
  const { shape, dtype } = x;
  const data = Array.from(x.dataSync() as ArrayLike<number>, Number);
  return { shape, dtype: String(dtype), data };
}

/** Runs the case forward and, where it can be differentiated, backward, in both. */
export async function runCase(c: Case, seed: number, options: CompileOptions = {}): Promise<Outcome[]> {
  const next = random(seed);
  const args = c.args.map((a): Required<Omit<ArgumentSpec, "value">> & { data: number[] } => {
    const { shape, dtype = "float32", value } = Array.isArray(a) ? ({ shape: a } as ArgumentSpec) : a;
    const n = size(shape);
    const data = value ? Array.from({ length: n }, (_, i) => value(next(), i)) : Array.from(normal(next, n));
    return { shape, dtype, data: dtype === "float32" ? data.map(Math.fround) : data };
  });
  const specs = args.map((a) => spec(a.shape, a.dtype));
  const arrays = (): A[] => args.map((a) => toArray(a.dtype, a.data, a.shape));
  const outcomes: Outcome[] = [];

  const model = compile(c.fn, specs, options);
  const expected = leaves(c.fn(...arrays())).map(read);
  const actual = await runModel(
    model,
    args.map((a) => a.data),
  );
  outcomes.push(compareResults(c.name, expected, actual, c.floor ?? 1e-6));

  const wrt = c.gradient ?? args.flatMap((a, i) => (a.dtype.startsWith("float") ? [i] : []));
  if (wrt.length > 0) {
    const weighted = (...xs: A[]): A => {
      // A weighted sum of all float results, so that every element has a slope of its own.
      const parts = leaves(c.fn(...xs)).flatMap((y) => {
        if (!String(y.dtype).startsWith("float")) {
          y.dispose();
          return [];
        }
        // Constants: the sine of a large single is sensitive to how its argument was rounded, and is no part
        // of what is compared.
        const weights = Array.from({ length: y.size }, (_, i) => 1 + 0.5 * Math.sin(1.3 * i + 0.4));
        return [y.mul(toArray(y.dtype as DType, weights, y.shape)).sum()];
      });
      return parts.reduce((a, b) => a.add(b)) as A;
    };
    const gradient = grad(weighted, { argnums: wrt }) as (...xs: A[]) => unknown;
    const wanted = leaves(gradient(...arrays())).map(read);
    const compiled = compile(gradient, specs, options);
    const got = await runModel(
      compiled,
      args.map((a) => a.data),
    );
    outcomes.push(compareResults(`gradient of ${c.name}`, wanted, got, c.floor ?? 1e-6));
  }
  return outcomes;
}
