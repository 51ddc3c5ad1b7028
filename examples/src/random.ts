/** Seeded random numbers. */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A stream of random numbers: the same seed, the same numbers. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plusFromState>;
  #spare: number | undefined;

  /**
   * @param seed a whole number
   * @param names numbers that say what the stream is for: streams of other names are independent of it
   */
  constructor(seed: number, ...names: readonly number[]) {
    this.#generator = xoroshiro128plusFromState(scrambled([seed, ...names]));
  }

  /** Uniform between two bounds, the upper one excluded; by default in [0, 1). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * uniformFloat64(this.#generator);
  }

  /** Normal, by default standard (Box & Muller 1958). */
  normal(mean = 0, deviation = 1): number {
    if (this.#spare !== undefined) {
      const value = mean + deviation * this.#spare;
      this.#spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return mean + deviation * radius * Math.cos(angle);
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  /** A random order of 0 … n − 1 (Fisher & Yates). */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, k) => k);
    for (let k = n - 1; k > 0; k--) {
      const other = this.integer(0, k);
      [order[k], order[other]] = [order[other], order[k]];
    }
    return order;
  }
}

/** Four words of which every bit depends on every bit of the numbers (rounds of Murmur's finaliser). */
function scrambled(numbers: readonly number[]): number[] {
  const words = numbers.flatMap((value) => [value | 0, Math.floor(value / 2 ** 32) | 0]);
  const state = [1, 2, 3, 4];
  let h = numbers.length | 0;
  for (let round = 0; round < 2; round++) {
    for (let k = 0; k < Math.max(words.length, 4); k++) {
      h = (h + (words[k] ?? k) + Math.imul(k + 1, 0x9e3779b9)) | 0;
      h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
      h ^= h >>> 16;
      state[k % 4] ^= h;
    }
  }
  return state;
}
