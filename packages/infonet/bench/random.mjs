/** Random numbers of the benches: of nothing that is measured, and the same for the same seed on every machine. */

/** Uniform numbers in (0, 1) by Lehmer's generator. The seed is a whole number from 1 to 2^31 − 2. */
export function uniforms(seed) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Standard normal numbers, each of two uniform ones (Box & Muller). */
export function normals(uniform) {
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
