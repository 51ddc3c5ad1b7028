/**
 * Local information features: inside each of the 8 × 8 tokens of the copula square (32 × 32 cells of a
 * 256 × 256 grid) the plug-in information of the points, (1/m) Σ c ln c − ln(m / cells), for cells of
 * several dyadic shapes. They tell the network what happens below the histogram's resolution.
 *
 * From each the value expected of m uniform points is taken away, so that they are near zero where the
 * points of a token are spread evenly, at any m.
 */

import { fineCells } from "./rank-cells.js";

/** Tokens along one axis. */
export const TOKEN_GRID = 8;
/** Tokens in all. */
export const TOKENS = TOKEN_GRID * TOKEN_GRID;

/** A token has 2^LEVELS fine cells along an axis. */
export const LEVELS = 5;
const BLOCK = 1 << LEVELS;

/** Cells of 2^a fine cells along u and 2^b along v. */
export type Shape = readonly [a: number, b: number];

/** The two-dimensional cell shapes. */
export const SHAPES: readonly Shape[] = [
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [2, 0],
  [0, 2],
  [4, 0],
  [0, 4],
  [3, 1],
  [1, 3],
];

/** Numbers a token: the shapes above, then five strip widths along u and five along v. */
export const LOCAL_FEATURES = SHAPES.length + 2 * LEVELS;

// c ln c for counts, and how much it rises with one more; grown when a token holds more points.
let cLogC = Float64Array.of();
let rises = Float64Array.of();

function reserveCounts(most: number): void {
  if (most < rises.length) return;
  cLogC = Float64Array.from({ length: Math.max(1024, 2 * most) }, (_, c) => (c > 1 ? c * Math.log(c) : 0));
  rises = Float64Array.from({ length: cLogC.length - 1 }, (_, c) => cLogC[c + 1] - cLogC[c]);
}

/** First log₂ λ of {@link G_TABLE}, and its entries an octave. */
export const G_LOW = -12;
export const G_STEPS = 4;
/** g(λ) = E[c ln c]/λ − ln λ for c ~ Poisson(λ), on a grid of log₂ λ: what uniform points would show. */
export const G_TABLE = Float64Array.from({ length: 20 * G_STEPS + 1 }, (_, k) => {
  const lambda = 2 ** (G_LOW + k / G_STEPS);
  let term = Math.exp(-lambda);
  let sum = 0;
  const end = lambda + 12 * Math.sqrt(lambda) + 12;
  for (let c = 1; c <= end; c++) {
    term *= lambda / c;
    sum += term * c * Math.log(c);
  }
  return sum / lambda - Math.log(lambda);
});

function expectedInformation(lambda: number): number {
  const position = (Math.log2(lambda) - G_LOW) * G_STEPS;
  if (position >= G_TABLE.length - 1) return 0.5 / lambda;
  const k = Math.max(0, Math.floor(position));
  const f = position - k;
  return G_TABLE[k] * (1 - f) + G_TABLE[k + 1] * f;
}

/** −ln λ − g(λ) for m points in 2^j cells: what is added to (1/m) Σ c ln c. Few points come from a table. */
function offsetOf(m: number, j: number): number {
  if (m >= OFFSET_ROWS) return computedOffset(m, j);
  const at = m * OFFSET_COLUMNS + j;
  // A computed offset is never 0 up to rounding, and were it so it would only be computed again.
  if (OFFSETS[at] === 0) OFFSETS[at] = computedOffset(m, j);
  return OFFSETS[at];
}

const OFFSET_ROWS = 4096;
const OFFSET_COLUMNS = 2 * LEVELS + 1;
const OFFSETS = new Float64Array(OFFSET_ROWS * OFFSET_COLUMNS);

function computedOffset(m: number, j: number): number {
  const lambda = m / (1 << j);
  return -Math.log(lambda) - expectedInformation(lambda);
}

// Scratch space of one token: the counts of all shapes lie one after the other, those of shape s from FIRST[s] on.
const BITS = SHAPES.map(([a, b]) => 2 * LEVELS - a - b);
const FIRST = BITS.map((_, s) => BITS.slice(0, s).reduce((sum, bits) => sum + (1 << bits), 0));
const [F0, F1, F2, F3, F4, F5, F6, F7, F8, F9, F10] = FIRST;
const counts = new Int32Array(BITS.reduce((sum, bits) => sum + (1 << bits), 0));
const stripsU = new Int32Array(BLOCK);
const stripsV = new Int32Array(BLOCK);

/** One more point in a cell; returns by how much its c ln c rises. */
function rise(table: Float64Array, cell: number): number {
  const before = counts[cell];
  counts[cell] = before + 1;
  return table[before];
}

/**
 * Information in the cells of all shapes. All of them at once, one line for each of {@link SHAPES}: shape by shape it takes
 * more than twice as long, since a point often falls into the cell of the one before, and an addition has to wait for
 * the last one to the same place.
 */
function cellFeatures(
  points: Uint16Array,
  begin: number,
  end: number,
  out: Float32Array,
  offset: number,
): void {
  const table = rises;
  let [s0, s1, s2, s3, s4, s5] = [0, 0, 0, 0, 0, 0];
  let [s6, s7, s8, s9, s10] = [0, 0, 0, 0, 0];
  counts.fill(0);
  for (let k = begin; k < end; k++) {
    const cell = points[k];
    const u = cell & (BLOCK - 1);
    const v = cell >> LEVELS;
    s0 += rise(table, F0 + cell);
    s1 += rise(table, F1 + ((v >> 1) << 4) + (u >> 1));
    s2 += rise(table, F2 + ((v >> 2) << 3) + (u >> 2));
    s3 += rise(table, F3 + ((v >> 3) << 2) + (u >> 3));
    s4 += rise(table, F4 + ((v >> 4) << 1) + (u >> 4));
    s5 += rise(table, F5 + (v << 3) + (u >> 2));
    s6 += rise(table, F6 + ((v >> 2) << 5) + u);
    s7 += rise(table, F7 + (v << 1) + (u >> 4));
    s8 += rise(table, F8 + ((v >> 4) << 5) + u);
    s9 += rise(table, F9 + ((v >> 1) << 2) + (u >> 3));
    s10 += rise(table, F10 + ((v >> 3) << 4) + (u >> 1));
  }
  const m = end - begin;
  out[offset] = s0 / m + offsetOf(m, BITS[0]);
  out[offset + 1] = s1 / m + offsetOf(m, BITS[1]);
  out[offset + 2] = s2 / m + offsetOf(m, BITS[2]);
  out[offset + 3] = s3 / m + offsetOf(m, BITS[3]);
  out[offset + 4] = s4 / m + offsetOf(m, BITS[4]);
  out[offset + 5] = s5 / m + offsetOf(m, BITS[5]);
  out[offset + 6] = s6 / m + offsetOf(m, BITS[6]);
  out[offset + 7] = s7 / m + offsetOf(m, BITS[7]);
  out[offset + 8] = s8 / m + offsetOf(m, BITS[8]);
  out[offset + 9] = s9 / m + offsetOf(m, BITS[9]);
  out[offset + 10] = s10 / m + offsetOf(m, BITS[10]);
}

/** Information of strips of width 2^0 … 2^4 across both axes. */
function stripFeatures(
  points: Uint16Array,
  begin: number,
  end: number,
  out: Float32Array,
  offset: number,
): void {
  stripsU.fill(0);
  stripsV.fill(0);
  for (let k = begin; k < end; k++) {
    stripsU[points[k] & (BLOCK - 1)]++;
    stripsV[points[k] >> LEVELS]++;
  }
  const m = end - begin;
  const table = cLogC;
  for (let level = 0; level < LEVELS; level++) {
    const width = BLOCK >> level;
    let alongU = 0;
    let alongV = 0;
    // Strips of twice the width take the places of the first of these.
    for (let k = 0; k < width; k += 2) {
      alongU += table[stripsU[k]];
      alongV += table[stripsV[k]];
      alongU += table[stripsU[k + 1]];
      alongV += table[stripsV[k + 1]];
      stripsU[k >> 1] = stripsU[k] + stripsU[k + 1];
      stripsV[k >> 1] = stripsV[k] + stripsV[k + 1];
    }
    const expected = offsetOf(m, LEVELS - level);
    out[offset + level] = alongU / m + expected;
    out[offset + LEVELS + level] = alongV / m + expected;
  }
}

let scratch = new Uint16Array(0);

/** Room for the points of one column of tokens, each as its cell: v in the upper and u in the lower five bits. */
function reservePoints(most: number): Uint16Array {
  if (scratch.length < most) scratch = new Uint16Array(most);
  return scratch;
}

// Where the points of each token of the column end.
const ends = new Int32Array(TOKEN_GRID);

/**
 * Writes the local information of a sample: TOKENS × LOCAL_FEATURES numbers at `offset`, token by token
 * (row v, column u). Tokens without points are zero. O(n).
 */
export function localInformation(perm: Uint32Array, out: Float32Array, offset = 0): void {
  const n = perm.length;
  out.fill(0, offset, offset + TOKENS * LOCAL_FEATURES);
  const fine = fineCells(n);
  const room = Math.ceil(n / TOKEN_GRID);
  const points = reservePoints(TOKEN_GRID * room);
  let k = 0;
  for (let column = 0; column < TOKEN_GRID; column++) {
    for (let row = 0; row < TOKEN_GRID; row++) ends[row] = row * room;
    for (; k < n && fine[k] >> LEVELS === column; k++) {
      const v = fine[perm[k]];
      points[ends[v >> LEVELS]++] = ((v & (BLOCK - 1)) << LEVELS) | (fine[k] & (BLOCK - 1));
    }
    for (let row = 0; row < TOKEN_GRID; row++) {
      const [begin, end] = [row * room, ends[row]];
      if (begin === end) continue;
      reserveCounts(end - begin);
      const at = offset + (row * TOKEN_GRID + column) * LOCAL_FEATURES;
      cellFeatures(points, begin, end, out, at);
      stripFeatures(points, begin, end, out, at + SHAPES.length);
    }
  }
}
