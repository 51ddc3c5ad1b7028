/** A sample whose x has levels: its permutation, and where new points of a level lie. */

import { evenTies, orderLevels, rankPermutation } from "infonet/copula";
import type { Random } from "../prior/random.js";

export class LevelBlocks {
  readonly perm: Uint32Array;
  /** Levels that the sample has. */
  readonly levels: number;
  /** Where the rows of a level of the law begin along the axis, and where they end; both −1 if the sample has none. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #n: number;

  /**
   * @param x numbers of the levels, of the law
   * @param ranks of y
   * @param most levels of the law
   */
  constructor(x: Float64Array, ranks: Uint32Array, most: number) {
    const n = x.length;
    const codeOf = new Int32Array(most).fill(-1);
    const codes = new Uint32Array(n);
    const counts: number[] = [];
    for (let row = 0; row < n; row++) {
      const level = x[row];
      if (codeOf[level] < 0) codeOf[level] = counts.push(0) - 1;
      codes[row] = codeOf[level];
      counts[codes[row]]++;
    }
    this.levels = counts.length;
    const number = { places: ranks, distinct: n, missing: 0 };
    const ordered = orderLevels({ places: codes, distinct: this.levels, missing: 0 }, number);
    this.perm = rankPermutation(evenTies(ordered, number), ranks);
    const places = new Uint32Array(this.levels);
    const sizes = new Uint32Array(this.levels);
    for (const [row, code] of codes.entries()) {
      places[code] = ordered.places[row];
      sizes[places[code]] = counts[code];
    }
    const starts = new Uint32Array(this.levels + 1);
    for (const [place, size] of sizes.entries()) starts[place + 1] = starts[place] + size;
    this.#n = n;
    this.#starts = codeOf.map((code) => (code < 0 ? -1 : starts[places[code]]));
    this.#ends = codeOf.map((code) => (code < 0 ? -1 : starts[places[code] + 1]));
  }

  /** A random place in (0, 1) among the rows of a level of the law; anywhere if the sample has none. */
  position(level: number, rng: Random): number {
    const [start, end] = this.#starts[level] < 0 ? [0, this.#n] : [this.#starts[level], this.#ends[level]];
    return (start + (end - start) * rng.uniform()) / this.#n;
  }
}
