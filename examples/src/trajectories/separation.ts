/** How well scores tell points of one body from others. */

/**
 * Area under the receiver operating characteristic: how often a score of the first kind is larger than one of the second, ties
 * counting half.
 */
export function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  let won = 0;
  for (const a of positives) {
    for (const b of negatives) won += a > b ? 1 : a === b ? 0.5 : 0;
  }
  return won / (positives.length * negatives.length);
}

/**
 * The area for every point that belongs to a body: the others of its body against everything else, the background included.
 *
 * @param owners body of every point, −1 for the background
 * @param score of two points; NaN leaves the pair out
 * @returns NaN for the background, and where there is nothing to compare
 */
export function areasByPoint(owners: readonly number[], score: (a: number, b: number) => number): number[] {
  return owners.map((owner, a) => {
    if (owner < 0) return Number.NaN;
    const kinds: [number[], number[]] = [[], []];
    for (const [b, other] of owners.entries()) {
      if (b === a) continue;
      const value = score(a, b);
      if (!Number.isNaN(value)) kinds[other === owner ? 0 : 1].push(value);
    }
    return areaUnderCurve(...kinds);
  });
}

/** Mean of what is a number, and its standard error. */
export function meanOf(values: readonly number[]): { mean: number; error: number } {
  const numbers = values.filter((value) => !Number.isNaN(value));
  const n = numbers.length;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / n;
  const square = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / (n - 1) / n) };
}
