/**
 * Local information features: inside each of the 8 × 8 tokens of the copula square (32 × 32 cells of a
 * 256 × 256 grid) the plug-in information of the points, (1/m) Σ c ln c − ln(m / cells), for cells of
 * several dyadic shapes. They tell the network what happens below the histogram's resolution.
 *
 * From each the value expected of m uniform points is taken away, so that they are near zero where the
 * points of a token are spread evenly, at any m.
 */

/** Tokens along one axis. */
export const TOKEN_GRID = 8;
/** Tokens in all. */
export const TOKENS = TOKEN_GRID * TOKEN_GRID;

/** A token has 2^LEVELS fine cells along an axis. */
export const LEVELS = 5;
const BLOCK = 1 << LEVELS;
/** Fine cells along one axis. */
export const FINE = TOKEN_GRID * BLOCK;

/**
 * Two-dimensional cell shapes 2^a × 2^b (u × v, in fine cells), each pooled from an earlier one.
 * [a, b, index of the shape it is pooled from (−1: the points)]
 */
export const SHAPES: ReadonlyArray<readonly [a: number, b: number, from: number]> = [
  [0, 0, -1],
  [1, 1, 0],
  [2, 2, 1],
  [3, 3, 2],
  [4, 4, 3],
  [2, 0, 0],
  [0, 2, 0],
  [4, 0, 5],
  [0, 4, 6],
  [3, 1, 1],
  [1, 3, 1],
];

/** Numbers a token: the shapes above, then five strip widths along u and five along v. */
export const LOCAL_FEATURES = SHAPES.length + 2 * LEVELS;

// c ln c for counts; grown when a token holds more points.
let cLogC = Float64Array.of();

function reserveCounts(most: number): void {
  if (most < cLogC.length) return;
  cLogC = Float64Array.from({ length: Math.max(1024, 2 * most) }, (_, c) => (c > 1 ? c * Math.log(c) : 0));
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

// Scratch space of one token. Counts of all shapes lie one after the other: the cells of shape s begin at
// FIRST[s]. What is occupied is remembered in `occupied`, the part of shape s from begins[s] on.
const BITS = SHAPES.map(([a, b]) => 2 * LEVELS - a - b);
const FIRST = BITS.map((_, s) => BITS.slice(0, s).reduce((sum, bits) => sum + (1 << bits), 0));
const CELLS = BITS.reduce((sum, bits) => sum + (1 << bits), 0);
const counts = new Int32Array(CELLS);
// One longer than there are cells: the place after the last is written to as well.
const occupied = new Uint16Array(CELLS + 1);
const begins = new Int32Array(SHAPES.length + 1);
const strips = new Int32Array(2 * BLOCK);

/** Cell of shape s that each cell of the shape it is pooled from (or each finest cell) falls into. */
const CELL_OF = SHAPES.map(([a, b, from], s) => {
  const [a0, b0] = from < 0 ? [0, 0] : SHAPES[from];
  const begin = from < 0 ? 0 : FIRST[from];
  const map = new Uint16Array(CELLS);
  const columns0 = BLOCK >> a0;
  for (let cell = 0; cell < 1 << (2 * LEVELS - a0 - b0); cell++) {
    const u = (cell % columns0) >> (a - a0);
    const v = Math.floor(cell / columns0) >> (b - b0);
    map[begin + cell] = FIRST[s] + v * (BLOCK >> a) + u;
  }
  return map;
});

/** 1 for 0 and 0 for positive integers: whether a cell is new is a coin toss, which branches are bad at. */
const isZero = (count: number): number => (count - 1) >>> 31;

/** Counts the points begin … end in shape 0, the finest; returns Σ c ln c. */
function count(points: Uint16Array, begin: number, end: number): number {
  let size = 0;
  let sum = 0;
  for (let k = begin; k < end; k++) {
    const cell = points[k];
    const before = counts[cell];
    counts[cell] = before + 1;
    sum += cLogC[before + 1] - cLogC[before];
    occupied[size] = cell;
    size += isZero(before);
  }
  begins[1] = size;
  return sum;
}

/** Adds up the counts of the shape that shape s is pooled from; returns Σ c ln c. */
function pool(s: number): number {
  const from = SHAPES[s][2];
  const end = begins[from + 1];
  const map = CELL_OF[s];
  let size = begins[s];
  let sum = 0;
  for (let k = begins[from]; k < end; k++) {
    const source = occupied[k];
    const cell = map[source];
    const before = counts[cell];
    const after = before + counts[source];
    counts[cell] = after;
    sum += cLogC[after] - cLogC[before];
    occupied[size] = cell;
    size += isZero(before);
  }
  begins[s + 1] = size;
  return sum;
}

/** Information of strips of width 2^0 … 2^4 across both axes; `strips` is used up. */
function stripFeatures(m: number, out: Float32Array, offset: number): void {
  for (let level = 0; level < LEVELS; level++) {
    const width = BLOCK >> level;
    let alongU = 0;
    let alongV = 0;
    for (let k = 0; k < width; k++) {
      alongU += cLogC[strips[k]];
      alongV += cLogC[strips[width + k]];
    }
    const expected = offsetOf(m, LEVELS - level);
    out[offset + level] = alongU / m + expected;
    out[offset + LEVELS + level] = alongV / m + expected;
    // The halved ones of both axes close up.
    for (let k = 0; k < width; k++) strips[k] = strips[2 * k] + strips[2 * k + 1];
  }
}

/** One token; points begin … end are its cells, v in the upper and u in the lower five bits. */
function tokenFeatures(
  points: Uint16Array,
  begin: number,
  end: number,
  out: Float32Array,
  offset: number,
): void {
  const m = end - begin;
  reserveCounts(m);
  counts.fill(0);
  strips.fill(0);
  for (let k = begin; k < end; k++) {
    const cell = points[k];
    strips[cell & (BLOCK - 1)]++;
    strips[BLOCK + (cell >> LEVELS)]++;
  }
  for (let s = 0; s < SHAPES.length; s++) {
    const sum = s === 0 ? count(points, begin, end) : pool(s);
    out[offset + s] = sum / m + offsetOf(m, BITS[s]);
  }
  stripFeatures(m, out, offset + SHAPES.length);
}

/**
 * Writes the local information of a sample: TOKENS × LOCAL_FEATURES numbers at `offset`, token by token
 * (row v, column u). Tokens without points are zero. O(n) up to 65,536 points, where all cells are
 * occupied; beyond that only the counting grows.
 */
export function localInformation(perm: Uint32Array, out: Float32Array, offset = 0): void {
  const n = perm.length;
  out.fill(0, offset, offset + TOKENS * LOCAL_FEATURES);
  const starts = new Uint32Array(TOKENS + 1);
  const fineU = new Uint8Array(n);
  for (let k = 0; k < n; k++) fineU[k] = ((k + 0.5) * FINE) / n;
  for (let k = 0; k < n; k++) {
    starts[1 + ((fineU[perm[k]] >> LEVELS) * TOKEN_GRID + (fineU[k] >> LEVELS))]++;
  }
  for (let t = 0; t < TOKENS; t++) starts[t + 1] += starts[t];
  const next = starts.slice();
  const points = new Uint16Array(n);
  for (let k = 0; k < n; k++) {
    const u = fineU[k];
    const v = fineU[perm[k]];
    const token = (v >> LEVELS) * TOKEN_GRID + (u >> LEVELS);
    points[next[token]++] = ((v & (BLOCK - 1)) << LEVELS) | (u & (BLOCK - 1));
  }
  for (let t = 0; t < TOKENS; t++) {
    if (starts[t + 1] > starts[t]) {
      tokenFeatures(points, starts[t], starts[t + 1], out, offset + t * LOCAL_FEATURES);
    }
  }
}
