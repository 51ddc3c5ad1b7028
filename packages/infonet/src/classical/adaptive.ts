/** The recursive partition of Fraser and Swinney. */

import { type CodedColumn, codeColumn } from "../copula/column.js";
import { rankColumn, rankPair } from "../copula/ranks.js";

/**
 * Limits of χ² over its degrees of freedom, 3 for 2 × 2 quarters and 15 for 4 × 4 sixteenths, that an even
 * cell exceeds with probability 0.05. Fraser and Swinney (1986) take 0.2 (1.547 and 1.287): a cell then is cut
 * by chance so often that 3000 normal pairs of correlation 0.6 get 0.1 nats too much; here it is 0.01.
 */
const LIMITS: ReadonlyArray<{ parts: number; limit: number }> = [
  { parts: 2, limit: 2.605 },
  { parts: 4, limit: 1.666 },
];

/** A rectangle of ranks, `from` included and `to` not, with the points in it. */
interface Cell {
  x: readonly [from: number, to: number];
  y: readonly [from: number, to: number];
  /** Rows. */
  rows: Uint32Array;
}

/**
 * Information of the partition of the square of ranks that quarters cells as long as the points in them are
 * unevenly spread, in nats. Ties get random ranks, which leaves the mutual information what it is.
 */
export function adaptiveInformation(x: Float64Array, y: Float64Array, seed: number): number {
  const n = x.length;
  const ranked = canonical(codeColumn(x), codeColumn(y)).map((column) => rankColumn(column, seed));
  const [u, v] = rankPair(ranked[0], ranked[1], seed);
  let information = 0;
  const whole = { x: [0, n], y: [0, n], rows: Uint32Array.from(u.keys()) } as const;
  const open: Cell[] = [whole];
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const count = cell.rows.length;
    if (count === 0) continue;
    if (isUneven(cell, u, v)) {
      open.push(...quarters(cell, u, v));
    } else {
      information += (count / n) * Math.log((count * n) / (size(cell.x) * size(cell.y)));
    }
  }
  return information;
}

/**
 * The same pairs of values, sorted, and the columns in an order that hangs on the values alone: neither the order of the rows nor that of the
 * variables has a part in how ties are broken.
 */
function canonical(x: CodedColumn, y: CodedColumn): [CodedColumn, CodedColumn] {
  const sorted = (a: CodedColumn, b: CodedColumn): Float64Array =>
    Float64Array.from(a.places, (place, row) => place * b.distinct + b.places[row]).sort();
  const [one, other] = [sorted(x, y), sorted(y, x)];
  const at = one.findIndex((key, row) => key !== other[row]);
  const turned = x.distinct !== y.distinct ? x.distinct > y.distinct : at >= 0 && one[at] > other[at];
  const [keys, first, second] = turned ? [other, y, x] : [one, x, y];
  return [
    { ...first, places: Uint32Array.from(keys, (key) => Math.floor(key / second.distinct)) },
    { ...second, places: Uint32Array.from(keys, (key) => key % second.distinct) },
  ];
}

/** Whether halves or quarters of both sides show more than chance. */
function isUneven(cell: Cell, u: Uint32Array, v: Uint32Array): boolean {
  return LIMITS.some(({ parts, limit }) => {
    if (size(cell.x) < parts || size(cell.y) < parts) return false;
    const counts = new Uint32Array(parts * parts);
    for (const row of cell.rows) counts[part(cell.x, parts, u[row]) * parts + part(cell.y, parts, v[row])]++;
    const [widths, heights] = [partSizes(cell.x, parts), partSizes(cell.y, parts)];
    const density = cell.rows.length / (size(cell.x) * size(cell.y));
    let chiSquare = 0;
    for (let i = 0; i < parts; i++) {
      for (let j = 0; j < parts; j++) {
        const expected = density * widths[i] * heights[j];
        chiSquare += (counts[i * parts + j] - expected) ** 2 / expected;
      }
    }
    return chiSquare > limit * (parts * parts - 1);
  });
}

function quarters(cell: Cell, u: Uint32Array, v: Uint32Array): Cell[] {
  const [x, y] = [halves(cell.x), halves(cell.y)];
  return [0, 1, 2, 3].map((code) => {
    const [i, j] = [code & 1, code >> 1];
    const rows = cell.rows.filter((row) => part(cell.x, 2, u[row]) === i && part(cell.y, 2, v[row]) === j);
    return { x: x[i], y: y[j], rows };
  });
}

type Interval = Cell["x"];

function size([from, to]: Interval): number {
  return to - from;
}

/** First rank of a part. */
function bound([from, to]: Interval, parts: number, index: number): number {
  return from + Math.floor(((to - from) * index) / parts);
}

function halves(interval: Interval): [Interval, Interval] {
  const middle = bound(interval, 2, 1);
  return [
    [interval[0], middle],
    [middle, interval[1]],
  ];
}

function partSizes(interval: Interval, parts: number): number[] {
  return Array.from(
    { length: parts },
    (_, index) => bound(interval, parts, index + 1) - bound(interval, parts, index),
  );
}

/** Part of an interval that a rank lies in. */
function part(interval: Interval, parts: number, rank: number): number {
  let index = 0;
  while (index + 1 < parts && rank >= bound(interval, parts, index + 1)) index++;
  return index;
}
