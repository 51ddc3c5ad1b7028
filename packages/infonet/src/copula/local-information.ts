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

const LEVELS = 5;
const BLOCK = 1 << LEVELS;
const FINE = TOKEN_GRID * BLOCK;

/**
 * Two-dimensional cell shapes 2^a × 2^b (u × v, in fine cells), each pooled from an earlier one.
 * [a, b, index of the shape it is pooled from (−1: the points)]
 */
const SHAPES: ReadonlyArray<readonly [a: number, b: number, from: number]> = [
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

const C_LOG_C = Float64Array.from({ length: 1024 }, (_, c) => (c > 1 ? c * Math.log(c) : 0));
const cLogC = (c: number): number => (c < 1024 ? C_LOG_C[c] : c * Math.log(c));

// g(λ) = E[c ln c]/λ − ln λ for c ~ Poisson(λ), on a grid of log₂ λ: what uniform points would show.
const G_LOW = -12;
const G_STEPS = 4;
const G_TABLE = Float64Array.from({ length: 20 * G_STEPS + 1 }, (_, k) => {
  const lambda = 2 ** (G_LOW + k / G_STEPS);
  let term = Math.exp(-lambda);
  let sum = 0;
  const end = lambda + 12 * Math.sqrt(lambda) + 12;
  for (let c = 1; c <= end; c++) {
    term *= lambda / c;
    sum += term * cLogC(c);
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

/** Pooled counts of one token: which cells are occupied and how often. Scratch space, reused. */
interface Layer {
  counts: Uint32Array;
  cells: Uint16Array;
  occupied: number;
}

const layers: Layer[] = SHAPES.map(() => ({
  counts: new Uint32Array(BLOCK * BLOCK),
  cells: new Uint16Array(BLOCK * BLOCK),
  occupied: 0,
}));
const alongU = new Uint32Array(BLOCK);
const alongV = new Uint32Array(BLOCK);

/** Adds `count` to a cell and remembers it when it was empty. */
function add(layer: Layer, cell: number, count: number): void {
  if (layer.counts[cell] === 0) layer.cells[layer.occupied++] = cell;
  layer.counts[cell] += count;
}

function sumCLogC(layer: Layer): number {
  let sum = 0;
  for (let k = 0; k < layer.occupied; k++) sum += cLogC(layer.counts[layer.cells[k]]);
  return sum;
}

/** Information of strips of width 2^0 … 2^4 across one axis; halves `strips` in place as it goes. */
function stripFeatures(strips: Uint32Array, m: number, out: Float32Array, offset: number): void {
  let width = BLOCK;
  for (let level = 0; level < LEVELS; level++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += cLogC(strips[k]);
    const lambda = m / width;
    out[offset + level] = sum / m - Math.log(lambda) - expectedInformation(lambda);
    width >>= 1;
    for (let k = 0; k < width; k++) strips[k] = strips[2 * k] + strips[2 * k + 1];
  }
}

/** One token; `points` are its cells, v in the upper and u in the lower five bits. */
function tokenFeatures(points: Uint16Array, out: Float32Array, offset: number): void {
  const m = points.length;
  alongU.fill(0);
  alongV.fill(0);
  for (let k = 0; k < m; k++) {
    const cell = points[k];
    add(layers[0], cell, 1);
    alongU[cell & (BLOCK - 1)]++;
    alongV[cell >> LEVELS]++;
  }
  for (let s = 0; s < SHAPES.length; s++) {
    const [a, b, from] = SHAPES[s];
    const layer = layers[s];
    if (from >= 0) {
      const [a0, b0] = SHAPES[from];
      const source = layers[from];
      const da = a - a0;
      const db = b - b0;
      for (let k = 0; k < source.occupied; k++) {
        const cell = source.cells[k];
        const u = (cell & (BLOCK - 1)) >> da;
        const v = (cell >> LEVELS) >> db;
        add(layer, (v << LEVELS) | u, source.counts[cell]);
      }
    }
    const lambda = m / (1 << (2 * LEVELS - a - b));
    out[offset + s] = sumCLogC(layer) / m - Math.log(lambda) - expectedInformation(lambda);
  }
  for (const layer of layers) {
    for (let k = 0; k < layer.occupied; k++) layer.counts[layer.cells[k]] = 0;
    layer.occupied = 0;
  }
  stripFeatures(alongU, m, out, offset + SHAPES.length);
  stripFeatures(alongV, m, out, offset + SHAPES.length + LEVELS);
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
      tokenFeatures(points.subarray(starts[t], starts[t + 1]), out, offset + t * LOCAL_FEATURES);
    }
  }
}
