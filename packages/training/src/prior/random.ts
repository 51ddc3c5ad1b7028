/**
 * The generator behind the training data: Doty-Humphrey's sfc32 (128 bits of state, 32-bit integer
 * arithmetic only, so that it is fast in JavaScript), seeded by hashing (seed, index). Every example of a
 * stream has its own generator, which is what makes an example a pure function of its number.
 */

import { normalQuantile } from "./normal.js";

/** Murmur-style finaliser: every bit of the input reaches every bit of the output. */
function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const WARM_UP = 12;

/** Seeded random numbers. The state lives in a typed array so that no number is ever boxed. */
export class Random {
  private readonly state = new Int32Array(4);

  /** @param seed any integer up to 64 bits; @param index stream number, 0 … 2^53 */
  constructor(seed: number | bigint = 0, index = 0) {
    this.reset(seed, index);
  }

  /** Starts the sequence of (seed, index) from its beginning. */
  reset(seed: number | bigint, index = 0): this {
    const wide = BigInt.asUintN(64, typeof seed === "bigint" ? seed : BigInt(Math.trunc(seed)));
    const words = [
      Number(wide & 0xffffffffn) | 0,
      Number(wide >> 32n) | 0,
      index | 0,
      Math.floor(index / 2 ** 32) | 0,
    ];
    const s = this.state;
    let h = 0x2545f491;
    for (let round = 0; round < 3; round++) {
      for (let k = 0; k < 4; k++) {
        h = mix((h + words[k] + Math.imul(k + 1, 0x9e3779b9)) | 0);
        if (round > 0) s[round === 1 ? k : 3 - k] ^= h;
        else s[k] = h;
      }
    }
    s[3] = 1;
    for (let k = 0; k < WARM_UP; k++) this.uint32();
    return this;
  }

  /** Integer in 0 … 2^32 − 1. */
  uint32(): number {
    const s = this.state;
    const b = s[1];
    const c = s[2];
    const t = (s[0] + b + s[3]) | 0;
    s[3] = s[3] + 1;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  }

  /** Uniform in the open interval (0, 1), 32 bits. */
  uniform(): number {
    return (this.uint32() + 0.5) * 2 ** -32;
  }

  /** Uniform in (low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Log-uniform in (low, high), both positive. */
  logBetween(low: number, high: number): number {
    return low * (high / low) ** this.uniform();
  }

  /** Integer in low … high, both included, all alike. */
  integer(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.uniform());
  }

  /** Integer in low … high, both included, roughly log-uniform. */
  logInteger(low: number, high: number): number {
    return Math.min(high, Math.floor(this.logBetween(low, high + 1)));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** −1 or 1. */
  sign(): number {
    return this.uint32() & 1 ? 1 : -1;
  }

  /** Standard normal, by the quantile of a uniform. */
  normal(): number {
    return normalQuantile(this.uniform());
  }

  /** Gamma(shape, 1), by Marsaglia and Tsang's squeeze. */
  gamma(shape: number): number {
    if (shape === 1) return -Math.log(this.uniform());
    if (shape < 1) return this.gamma(shape + 1) * this.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const z = this.normal();
      const v = (1 + c * z) ** 3;
      if (v > 0 && Math.log(this.uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** Dirichlet weights, all parameters alike; length `size`, sum 1, each at least 1e-12. */
  dirichlet(size: number, shape = 1): Float64Array {
    const weights = new Float64Array(size);
    let sum = 0;
    for (let k = 0; k < size; k++) {
      weights[k] = this.gamma(shape) + 1e-9;
      sum += weights[k];
    }
    for (let k = 0; k < size; k++) weights[k] /= sum;
    return weights;
  }
}
