import { fixedStream } from "../numerics/random.js";

/** Seeded uniform and normal numbers for tests: each normal one of two uniform ones, which the tests' samples rest on. */
export function draws(seed: number): { uniform: () => number; normal: () => number } {
  const { uniform } = fixedStream(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** A sample of the bivariate normal distribution. */
export function normalPair(seed: number, n: number, correlation: number): [Float64Array, Float64Array] {
  const { normal } = draws(seed);
  const rest = Math.sqrt(1 - correlation ** 2);
  const x = Float64Array.from({ length: n }, normal);
  return [x, x.map((value) => correlation * value + rest * normal())];
}

/** Mutual information of the bivariate normal distribution, nats. */
export function normalInformation(correlation: number): number {
  return -0.5 * Math.log1p(-(correlation ** 2));
}

/** A random permutation of 0 … n − 1. */
export function permutation(seed: number, n: number): Uint32Array {
  const { uniform } = draws(seed);
  const keys = Float64Array.from({ length: n }, uniform);
  return Uint32Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b]);
}
