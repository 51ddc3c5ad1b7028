import { type NetworkSize, parameterCount, parameterShapes } from "./network.js";

/** A small seeded generator (mulberry32), so that tests see the same numbers everywhere. */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers. */
export function normal(next: () => number, n: number, scale = 1): Float32Array {
  return Float32Array.from({ length: n }, () => {
    const r = Math.sqrt(-2 * Math.log(1 - next()));
    return scale * r * Math.cos(2 * Math.PI * next());
  });
}

/** Initial parameters: small random matrices, gains of one. */
export function initialTheta(s: NetworkSize, seed: number): Float32Array {
  const next = random(seed);
  const theta = new Float32Array(parameterCount(s));
  let at = 0;
  for (const [name, shape] of parameterShapes(s)) {
    const n = shape.reduce((a, b) => a * b, 1);
    const values = /\.g\d$/.test(name)
      ? new Float32Array(n).fill(1)
      : normal(next, n, 1 / Math.sqrt(shape[0]));
    theta.set(values, at);
    at += n;
  }
  return theta;
}

/** A batch of inputs and targets. */
export function batchData(
  s: NetworkSize,
  seed: number,
): { image: Float32Array; logN: Float32Array; target: Float32Array; table: Float32Array } {
  const next = random(seed);
  const cells = s.batch * s.side * s.side;
  return {
    image: Float32Array.from({ length: cells }, () => 3 * next() ** 3),
    logN: Float32Array.from({ length: s.batch }, () => 4 + 4 * next()),
    target: Float32Array.from({ length: s.batch }, () => 2 * next()),
    table: normal(next, cells),
  };
}
