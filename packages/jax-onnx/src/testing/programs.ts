import { numpy as np } from "@jax-js/jax";
import { random } from "./data.js";

type A = np.Array;

/** Axis sizes with many common divisors, so that reshapes cut and join axes in all ways. */
const sizes = [1, 2, 3, 4, 6];

/**
 * A random function of three arrays, made of views, element-wise operations, reductions and products: what the
 * layout planner has to get right in every combination. The same seed gives the same function.
 */
export function randomProgram(seed: number, steps = 12): { shapes: number[][]; fn: (...xs: A[]) => A[] } {
  const setup = random(seed);
  const pick = <T>(next: () => number, xs: readonly T[]): T => xs[Math.floor(next() * xs.length)];
  const shapes = [3, 2, 3].map((rank) => Array.from({ length: rank }, () => pick(setup, sizes)));
  const fn = (...inputs: A[]): A[] => {
    // Drawn anew on every call, so that tracing and running build the same thing.
    const next = random(seed + 1);
    const live = [...inputs];
    const one = (): A => pick(next, live).ref;
    const shuffled = (n: number): number[] => {
      const order = Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        [order[i], order[j]] = [order[j], order[i]];
      }
      return order;
    };
    const axes = (x: A): number[] => shuffled(x.ndim).slice(0, 1 + Math.floor(next() * x.ndim));
    const rules: (() => A)[] = [
      () => {
        const x = one();
        return x.transpose(shuffled(x.ndim)) as A;
      },
      () => {
        const x = one();
        return x.reshape(factorize(x.size, next)) as A;
      },
      () => np.sin(one()) as A,
      () => one().mul(0.7).add(0.1) as A,
      () => {
        const x = one();
        return x.ndim === 0 ? x : (x.sub(x.ref.mean(axes(x.ref), { keepdims: true })) as A);
      },
      () => {
        // Any second array, made to fit by dropping and reinserting axes.
        const [x, y] = [one(), one()];
        const sums = x.ndim > 0 ? x.ref.sum(axes(x.ref), { keepdims: true }) : x.ref;
        const fits =
          y.ndim <= x.ndim && y.shape.every((d, i) => d === 1 || d === x.shape[i + x.ndim - y.ndim]);
        if (!fits) {
          y.dispose();
          return x.mul(np.sin(sums)) as A;
        }
        sums.dispose();
        return (next() < 0.5 ? x.add(y) : x.mul(np.sin(y))) as A;
      },
      () => {
        const x = one();
        return x.ndim === 0 ? x : (x.mean(axes(x.ref)) as A);
      },
      () => {
        const x = one();
        return x.ndim === 0 ? x : (x.max(axes(x.ref)) as A);
      },
      () => product(one(), one(), next, shuffled),
      () => product(one(), one(), next, shuffled),
      () => {
        const x = one();
        const cut = x.shape.map((d): [number, number] => (next() < 0.5 ? [0, d] : [Math.floor(d / 3), d]));
        return x.ndim === 0 ? x : (x.slice(...cut) as A);
      },
      () => {
        const x = one();
        return x.ndim === 0 ? x : (np.concatenate([x.ref, np.sin(x)], Math.floor(next() * x.ndim)) as A);
      },
      () => {
        const x = one();
        return np.broadcastTo(x, [2, ...x.shape]) as A;
      },
    ];
    for (let i = 0; i < steps; i++) {
      const made = pick(next, rules)();
      // Small enough to be quick, and never so deep that rounding is amplified.
      if (made.size > 3000 || made.size === 0) made.dispose();
      else live.push(made);
    }
    return live.slice(inputs.length).slice(-4);
  };
  return { shapes, fn };
}

/** An einsum of two arrays: axes of equal size are shared (kept or summed) at random. */
function product(x: A, y: A, next: () => number, shuffled: (n: number) => number[]): A {
  const xs = Array.from({ length: x.ndim }, (_, i) => i);
  const free = new Set(xs);
  const ys = y.shape.map((d, j) => {
    const match = [...free].find((i) => x.shape[i] === d && next() < 0.6);
    if (match === undefined) return x.ndim + j;
    free.delete(match);
    return match;
  });
  const all = [...new Set([...xs, ...ys])];
  const kept = shuffled(all.length)
    .map((i) => all[i])
    .filter(() => next() < 0.7);
  const size = kept.reduce((n, k) => n * (k < x.ndim ? x.shape[k] : y.shape[k - x.ndim]), 1);
  const out = size > 3000 ? kept.slice(0, 1) : kept;
  return np.einsum(x, xs, y, ys, out).mul(0.3) as A;
}

/** A random list of axis sizes with the given product. */
function factorize(size: number, next: () => number): number[] {
  const shape: number[] = [];
  let rest = size;
  while (rest > 1 && shape.length < 4) {
    const divisors = [2, 3, 4, 6, 8].filter((d) => rest % d === 0);
    const d = divisors.length === 0 || next() < 0.3 ? rest : divisors[Math.floor(next() * divisors.length)];
    shape.push(d);
    rest /= d;
  }
  if (rest > 1) shape.push(rest);
  return shape;
}
