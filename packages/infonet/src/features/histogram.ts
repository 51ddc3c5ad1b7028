/** Cells along one axis of the copula histogram and of the critic table. */
export const GRID = 64;

/**
 * Adds the bilinear ("cloud-in-cell") weights of one point to a GRID × GRID table, row v, column u. The
 * outer half cells give all their weight to the border, so uniform points fill every cell alike.
 *
 * @param u position in (0, 1) along the columns
 * @param v position in (0, 1) along the rows
 */
export function deposit(table: Float32Array, offset: number, u: number, v: number, weight: number): void {
  const p = u * GRID - 0.5;
  const q = v * GRID - 0.5;
  let i = Math.floor(p);
  let j = Math.floor(q);
  let f = p - i;
  let g = q - j;
  if (i < 0) {
    i = 0;
    f = 0;
  } else if (i >= GRID - 1) {
    i = GRID - 2;
    f = 1;
  }
  if (j < 0) {
    j = 0;
    g = 0;
  } else if (j >= GRID - 1) {
    j = GRID - 2;
    g = 1;
  }
  const at = offset + j * GRID + i;
  const lower = weight * (1 - g);
  const upper = weight * g;
  table[at] += lower * (1 - f);
  table[at + 1] += lower * f;
  table[at + GRID] += upper * (1 - f);
  table[at + GRID + 1] += upper * f;
}

// Where the ranks of samples of one size lie: the lower of the two cells, and the upper one's share.
let lowerCell = new Uint8Array(0);
let upperShare = new Float64Array(0);

function prepareCells(n: number): void {
  if (n === lowerCell.length) return;
  lowerCell = new Uint8Array(n);
  upperShare = new Float64Array(n);
  for (let rank = 0; rank < n; rank++) {
    const position = ((rank + 0.5) / n) * GRID - 0.5;
    const cell = Math.min(Math.max(Math.floor(position), 0), GRID - 2);
    lowerCell[rank] = cell;
    upperShare[rank] = Math.min(Math.max(position - cell, 0), 1);
  }
}

/**
 * Copula histogram of a sample: counts (not frequencies) of the pseudo-observations
 * u = (rank + ½)/n on the GRID × GRID cells, by bilinear weights. Overwrites GRID² numbers at `offset`.
 */
export function copulaHistogram(perm: Uint32Array, out: Float32Array, offset = 0): void {
  const n = perm.length;
  prepareCells(n);
  const table = out.subarray(offset, offset + GRID * GRID);
  table.fill(0);
  for (let k = 0; k < n; k++) {
    const rank = perm[k];
    const f = upperShare[k];
    const g = upperShare[rank];
    const at = lowerCell[rank] * GRID + lowerCell[k];
    table[at] += (1 - g) * (1 - f);
    table[at + 1] += (1 - g) * f;
    table[at + GRID] += g * (1 - f);
    table[at + GRID + 1] += g * f;
  }
}
