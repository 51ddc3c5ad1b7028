/** Which components of a mixture count where: most are too far away from any one place. */

import type { Components } from "./components.js";

const FARTHEST = 4;

/** Places of the scale of normal scores in stretches of equal length, beside the two beyond its ends. */
class Scale {
  readonly length: number;
  constructor(readonly inner: number) {
    this.length = (2 * FARTHEST) / inner;
  }
  /** The stretch of a place. */
  at(x: number): number {
    const stretch = Math.floor((x + FARTHEST) / this.length) + 1;
    return Math.min(Math.max(stretch, 0), this.inner + 1);
  }
  /** The middle of an inner stretch. */
  middle(stretch: number): number {
    return (stretch - 0.5) * this.length - FARTHEST;
  }
}

const ALONG = new Scale(64);
/** A component is left out where its share is everywhere below this, in log. */
const LEAST_SHARE = -10;

/** Lists of the components that count, given where the first variable is, stretch by stretch. */
export class Stretches {
  readonly #lists: readonly Uint16Array[];

  constructor({ size, x, width, peakX }: Components) {
    const all = Uint16Array.from({ length: size }, (_, k) => k);
    const kept = new Uint16Array(size);
    const lists: Uint16Array[] = [all];
    for (let stretch = 1; stretch <= ALONG.inner; stretch++) {
      const middle = ALONG.middle(stretch);
      // What the largest component is at least, wherever in the stretch.
      let least = -Infinity;
      for (let k = 0; k < size; k++) {
        const z = (Math.abs(middle - x[k]) + ALONG.length / 2) / width[k];
        const log = peakX[k] - 0.5 * z * z;
        if (log > least) least = log;
      }
      let count = 0;
      for (let k = 0; k < size; k++) {
        const z = Math.max(0, Math.abs(middle - x[k]) - ALONG.length / 2) / width[k];
        if (peakX[k] - 0.5 * z * z > least + LEAST_SHARE) kept[count++] = k;
      }
      lists.push(kept.slice(0, count));
    }
    lists.push(all);
    this.#lists = lists;
  }

  /** The components that count where the first variable is x. */
  at(x: number): Uint16Array {
    return this.#lists[ALONG.at(x)];
  }
}

const CELLS = new Scale(32);
const SIDE = CELLS.inner + 2;
/** A component is left out of a cell where it is at most so far below the largest one, in log. */
const NEGLIGIBLE = 14;
/** Log densities that are not so far below the largest component do not miss those that were left out. */
const CERTAIN = 6;

/** The components that count in a cell. */
export interface Cell {
  list: Uint16Array;
  /** Log densities above this do not miss the others. */
  certain: number;
}

/** Lists of the components that count near a point, cell by cell; each is made when it is first asked for. */
export class Cells {
  readonly #components: Components;
  readonly #cells = new Map<number, Cell>();
  /** All components. */
  readonly all: Cell;

  constructor(components: Components) {
    this.#components = components;
    this.all = { list: Uint16Array.from({ length: components.size }, (_, k) => k), certain: -Infinity };
  }

  /** The components that count near a point. */
  at(x: number, y: number): Cell {
    const [i, j] = [CELLS.at(x), CELLS.at(y)];
    if (i === 0 || j === 0 || i > CELLS.inner || j > CELLS.inner) return this.all;
    const place = i * SIDE + j;
    let cell = this.#cells.get(place);
    if (cell === undefined) {
      cell = this.#near(CELLS.middle(i), CELLS.middle(j));
      this.#cells.set(place, cell);
    }
    return cell;
  }

  #near(x: number, y: number): Cell {
    const { size, x: centres, y: others, slope, width, rest, peakX, peakRest } = this.#components;
    const half = CELLS.length / 2;
    /** What a component is at most in the cell. */
    const most = new Float64Array(size);
    let largest = -Infinity;
    for (let k = 0; k < size; k++) {
      const dx = x - centres[k];
      const reach = half * (1 + Math.abs(slope[k]));
      const across = Math.max(0, Math.abs(dx) - half) / width[k];
      const along = Math.max(0, Math.abs(y - others[k] - slope[k] * dx) - reach) / rest[k];
      most[k] = peakX[k] + peakRest[k] - 0.5 * (across * across + along * along);
      if (most[k] > largest) largest = most[k];
    }
    const kept: number[] = [];
    for (let k = 0; k < size; k++) if (most[k] > largest - NEGLIGIBLE) kept.push(k);
    return { list: Uint16Array.from(kept), certain: largest - CERTAIN };
  }
}
