/**
 * A small seeded generator of uniform numbers in [0, 1): pictures need the same jitter, and replicates the same
 * sample every time, nothing more.
 */
export function uniform(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    // xorshift32 (Marsaglia 2003)
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x100000000;
  };
}

/** At most `most` of the items, chosen with equal chance and kept in order. */
export function sample(items: readonly number[], most: number, seed: number): number[] {
  if (items.length <= most) return [...items];
  const random = uniform(seed);
  const chosen: number[] = [];
  let needed = most;
  for (const [index, item] of items.entries()) {
    // Selection sampling (Knuth, TAOCP 2, algorithm 3.4.2 S)
    if (random() * (items.length - index) < needed) {
      chosen.push(item);
      needed--;
    }
  }
  return chosen;
}
