/**
 * Counts by size, and sums that do not know the order of their terms: renaming levels, reordering rows and exchanging
 * the two columns must not reach the last bit.
 */

/** How often every count occurs, by ascending count; zeros are left out. */
export interface Tally {
  counts: Uint32Array;
  times: Uint32Array;
}

/** Counts below this are tallied without sorting. */
const SMALL = 1024;

/** The tally of counts. O(k + l log l) for k counts, of which l are large. */
export function tallyOf(all: Uint32Array): Tally {
  const small = new Uint32Array(SMALL);
  let large = 0;
  for (const count of all) {
    if (count < SMALL) small[count]++;
    else large++;
  }
  const counts: number[] = [];
  const times: number[] = [];
  for (let count = 1; count < SMALL; count++) {
    if (small[count] === 0) continue;
    counts.push(count);
    times.push(small[count]);
  }
  if (large > 0) {
    for (const count of all.filter((count) => count >= SMALL).sort()) {
      if (counts[counts.length - 1] !== count) {
        counts.push(count);
        times.push(0);
      }
      times[times.length - 1]++;
    }
  }
  return { counts: Uint32Array.from(counts), times: Uint32Array.from(times) };
}

/** How often a count occurs. */
export function timesOf({ counts, times }: Tally, count: number): number {
  const k = counts.indexOf(count);
  return k < 0 ? 0 : times[k];
}

/** Σ times · f(count), by ascending count. */
export function tallySum({ counts, times }: Tally, f: (count: number) => number): number {
  let sum = 0;
  for (let k = 0; k < counts.length; k++) sum += times[k] * f(counts[k]);
  return sum;
}

const GRID = 2 ** 40;

/**
 * A number rounded to a multiple of 2⁻⁴⁰. Sums of such multiples are exact as long as they stay below 2¹², so
 * that terms may come in any order.
 */
export function onGrid(value: number): number {
  return Math.round(value * GRID) / GRID;
}

/** An order of two tallies that depends on what they hold alone: whether the first comes first, or they are the same. */
export function comesFirst(one: Tally, other: Tally): boolean {
  if (one.counts.length !== other.counts.length) return one.counts.length < other.counts.length;
  for (let k = 0; k < one.counts.length; k++) {
    if (one.counts[k] !== other.counts[k]) return one.counts[k] < other.counts[k];
    if (one.times[k] !== other.times[k]) return one.times[k] < other.times[k];
  }
  return true;
}
