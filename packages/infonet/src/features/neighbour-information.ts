/**
 * Information by nearest neighbours on ranks. There both columns are uniform, so the information is the entropy of the points taken
 * from 0, which the volumes up to the nearest of them tell (Kozachenko & Leonenko 1987), cut off at the edges of the square. The
 * estimator of Kraskov, Stögbauer & Grassberger (2004) is nearly the same there, but counts along the axes what is known where ranks are. No
 * other point has the rank of a point on either axis: the volume is that of the remaining ranks.
 */

import { digamma } from "../numerics/digamma.js";

/**
 * Neighbours that are counted, ascending: few have little bias, many little variance. At hard edges the bias grows with the distance, so
 * with the square root of the number: several tell it.
 */
export const NEIGHBOURS = [3, 10, 30] as const;
const MOST = NEIGHBOURS[NEIGHBOURS.length - 1];

/** Points of a cell of the grid, as one of its points sees it, about. */
const POINTS_A_CELL = 3;
/** Cells of a grid are at most so many times the points. */
const MOST_CELLS = 4;

/**
 * Estimates of the mutual information of a sample, nats, one for each number of neighbours. Turning the square changes nothing but last
 * digits. O(n) for points spread evenly, at most O(n^1.5).
 *
 * @param perm permutation of at least 31 points
 */
export function neighbourInformation(perm: Uint32Array): number[] {
  const n = perm.length;
  const sums = new Float64Array(NEIGHBOURS.length);
  // A point lies in the middle of its rank, which is its own.
  const width = (place: number, distance: number): number =>
    Math.min(place + 0.5, distance) + Math.min(n - place - 0.5, distance) - 1;
  const nearest = new Uint32Array(MOST);
  const search = searchIn(perm);
  for (let u = 0; u < n; u++) {
    search(u, nearest);
    for (let k = 0; k < NEIGHBOURS.length; k++) {
      const distance = nearest[NEIGHBOURS[k] - 1];
      sums[k] += Math.log(width(u, distance) * width(perm[u], distance));
    }
  }
  return NEIGHBOURS.map((k, at) => digamma(k) - digamma(n) + 2 * Math.log(n - 1) - sums[at] / n);
}

/** Finds distances of the nearest points, the largest of both axes, in ranks, ascending. */
type Search = (u: number, nearest: Uint32Array) => void;

/** The cheaper way: cells around a point where points are spread, ranks around it where they lie on curves. */
function searchIn(perm: Uint32Array): Search {
  const n = perm.length;
  const even = Math.sqrt(n / POINTS_A_CELL);
  const spread = gridOf(perm, even);
  // Where points lie dense, cells are to be smaller.
  const density = spread.crowd / (n / spread.cells ** 2);
  const most = Math.sqrt(MOST_CELLS * n);
  const grid = density > 2 ? gridOf(perm, Math.min(most, even * Math.sqrt(density))) : spread;
  const ofCells = 9 * grid.crowd;
  const ofRanks = Math.sqrt((MOST * n) / density);
  return ofCells < ofRanks ? searchCells(perm, grid) : searchRanks(perm);
}

/** Points sorted by cells. */
interface Grid {
  /** Cells along an axis, and ranks along the side of one. */
  cells: number;
  side: number;
  starts: Uint32Array;
  us: Uint32Array;
  vs: Uint32Array;
  /** Points in the cell of a point, on average over the points. */
  crowd: number;
}

function gridOf(perm: Uint32Array, along: number): Grid {
  const n = perm.length;
  const side = Math.ceil(n / along);
  const cells = Math.ceil(n / side);
  const starts = new Uint32Array(cells * cells + 1);
  const cellOf = (u: number): number => Math.floor(u / side) * cells + Math.floor(perm[u] / side);
  for (let u = 0; u < n; u++) starts[cellOf(u) + 1]++;
  let squares = 0;
  for (let cell = 0; cell < cells * cells; cell++) {
    squares += starts[cell + 1] ** 2;
    starts[cell + 1] += starts[cell];
  }
  const next = starts.slice(0, -1);
  const us = new Uint32Array(n);
  const vs = new Uint32Array(n);
  for (let u = 0; u < n; u++) {
    const at = next[cellOf(u)]++;
    us[at] = u;
    vs[at] = perm[u];
  }
  return { cells, side, starts, us, vs, crowd: squares / n };
}

/** Rings of cells around the point's own, until none outside can be nearer. */
function searchCells(perm: Uint32Array, { cells, side, starts, us, vs }: Grid): Search {
  return (u, nearest) => {
    const v = perm[u];
    nearest.fill(perm.length);
    const [row, column] = [Math.floor(u / side), Math.floor(v / side)];
    // What is outside a ring is farther than the nearest of its four sides.
    const [before, below] = [u - row * side, v - column * side];
    const room = 1 + Math.min(before, side - 1 - before, below, side - 1 - below);
    for (let ring = 0; ring <= cells; ring++) {
      const [top, bottom] = [row - ring, row + ring];
      const [left, right] = [Math.max(0, column - ring), Math.min(cells - 1, column + ring)];
      for (let i = Math.max(0, top); i <= bottom && i < cells; i++) {
        // Whole rows at the top and the bottom, two cells of those between.
        const whole = i === top || i === bottom;
        for (const from of whole ? [left] : [column - ring, column + ring]) {
          const to = whole ? right : from;
          if (from < 0 || to >= cells) continue;
          const end = starts[i * cells + to + 1];
          for (let at = starts[i * cells + from]; at < end; at++) {
            const distance = Math.max(Math.abs(us[at] - u), Math.abs(vs[at] - v));
            if (distance < nearest[MOST - 1] && distance > 0) insert(nearest, distance);
          }
        }
      }
      if (nearest[MOST - 1] <= room + ring * side) return;
    }
  };
}

/** The points at the next ranks to both sides, until none can be nearer. */
function searchRanks(perm: Uint32Array): Search {
  const n = perm.length;
  return (u, nearest) => {
    const v = perm[u];
    nearest.fill(n);
    for (let step = 1; step < nearest[MOST - 1]; step++) {
      if (u >= step) {
        const distance = Math.max(step, Math.abs(perm[u - step] - v));
        if (distance < nearest[MOST - 1]) insert(nearest, distance);
      }
      if (u + step < n) {
        const distance = Math.max(step, Math.abs(perm[u + step] - v));
        if (distance < nearest[MOST - 1]) insert(nearest, distance);
      }
    }
  };
}

/** Puts a distance among ascending ones, the last of which is dropped. */
function insert(nearest: Uint32Array, distance: number): void {
  let at = nearest.length - 1;
  for (; at > 0 && nearest[at - 1] > distance; at--) nearest[at] = nearest[at - 1];
  nearest[at] = distance;
}
