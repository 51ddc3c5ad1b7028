/** Codes and modes, matched one to one. */

/** How often a sample with a code (row) belongs to a mode (column). */
export type Contingency = readonly (readonly number[])[];

/** Counts of codes and modes that occur together. */
export function contingency(codes: ArrayLike<number>, modes: ArrayLike<number>, size: number): number[][] {
  const table = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let row = 0; row < codes.length; row++) table[codes[row]][modes[row]]++;
  return table;
}

/**
 * Share of the samples that are not of their code's mode, when every code is given a mode of its own such that this is least.
 * All orders are looked at, set by set: up to about 16 codes.
 *
 * @param table as many modes as codes
 */
export function matchingError(table: Contingency): number {
  const size = table.length;
  // Most hits of the first codes if they share out a set of modes, which is written as bits.
  const most = new Float64Array(2 ** size).fill(-Infinity);
  most[0] = 0;
  for (let set = 0; set < most.length; set++) {
    let code = 0;
    for (let mode = 0; mode < size; mode++) code += (set >> mode) & 1;
    if (code === size) break;
    for (let mode = 0; mode < size; mode++) {
      const larger = set | (1 << mode);
      if (larger !== set) most[larger] = Math.max(most[larger], most[set] + table[code][mode]);
    }
  }
  const total = table.flat().reduce((sum, count) => sum + count, 0);
  return 1 - most[most.length - 1] / total;
}
