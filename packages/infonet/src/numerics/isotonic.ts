/**
 * Isotonic regression by pooling adjacent violators: the non-increasing sequence closest to a given one is constant
 * on blocks of neighbours, and a block is merged with the one before it as long as it would rise above it.
 * O(n). Best & Chakravarti (1990); for the two losses Blondel et al. (2020), algorithm 1.
 */

/** What is known of a block; merging two gives what is known of their union. */
export interface BlockRule {
  /** Makes entry i a block of its own, at slot i of the rule's arrays. */
  start(i: number): void;
  /** Adds the block at slot `right` to its left neighbour at slot `left`. */
  merge(left: number, right: number): void;
  /** Whether the optimal value of the block at slot `left` is above that of its right neighbour. */
  falls(left: number, right: number): boolean;
}

/**
 * Pools until the blocks' values fall.
 *
 * @param n number of entries
 * @returns first entry of every block, ascending, and n at the end. What the rule knows of a block lies at the slot
 *   of its first entry.
 */
export function poolViolators(n: number, rule: BlockRule): Uint32Array {
  const starts = new Uint32Array(n + 1);
  let blocks = 0;
  for (let i = 0; i < n; i++) {
    rule.start(i);
    starts[blocks++] = i;
    while (blocks > 1) {
      const left = starts[blocks - 2];
      const right = starts[blocks - 1];
      if (rule.falls(left, right)) break;
      rule.merge(left, right);
      blocks--;
    }
  }
  starts[blocks] = n;
  return starts.slice(0, blocks + 1);
}
