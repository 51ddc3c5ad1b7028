import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Seeded standard normal draws (Box–Muller), for the initial weights. */
export function normalDraws(seed: number): () => number {
  const rng = xoroshiro128plus(seed);
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(rng)));
    return radius * Math.cos(2 * Math.PI * uniformFloat64(rng));
  };
}
