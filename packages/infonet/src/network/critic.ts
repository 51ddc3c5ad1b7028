/** What is read off the critic table: a copula density, its value at points, the Donsker–Varadhan bound. */

import { GRID } from "../features/index.js";

const SINKHORN_PASSES = 40;

/**
 * Turns a critic θ into a log copula density: adds f(u) + g(v) such that e^θ has uniform marginals (Sinkhorn
 * 1967). By the chain rule this takes away what the network's e^θ says of single variables, which ranks make
 * uniform.
 *
 * @param critic GRID × GRID, row v, column u
 * @returns log c(u, v), each row and column of e^values with mean 1
 */
export function normalizeCritic(critic: ArrayLike<number>): Float32Array {
  const cells = GRID * GRID;
  let top = -Infinity;
  for (let k = 0; k < cells; k++) top = Math.max(top, critic[k]);
  const density = new Float64Array(cells);
  for (let k = 0; k < cells; k++) density[k] = Math.exp(Math.max(critic[k] - top, -60));
  const rows = new Float64Array(GRID).fill(1);
  const columns = new Float64Array(GRID).fill(1);
  for (let pass = 0; pass < SINKHORN_PASSES; pass++) {
    scaleRows(density, rows, columns);
    scaleColumns(density, rows, columns);
  }
  const result = new Float32Array(cells);
  for (let j = 0; j < GRID; j++) {
    for (let i = 0; i < GRID; i++) {
      const k = j * GRID + i;
      result[k] = Math.log(density[k]) + Math.log(rows[j]) + Math.log(columns[i]);
    }
  }
  return result;
}

// Four rows at a time: the additions of one row wait for each other, those of four do not.

/** Factors of the rows that make their means 1. */
function scaleRows(density: Float64Array, rows: Float64Array, columns: Float64Array): void {
  for (let j = 0; j < GRID; j += 4) {
    const at = j * GRID;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < GRID; i++) {
      const factor = columns[i];
      a += density[at + i] * factor;
      b += density[at + GRID + i] * factor;
      c += density[at + 2 * GRID + i] * factor;
      d += density[at + 3 * GRID + i] * factor;
    }
    rows[j] = GRID / a;
    rows[j + 1] = GRID / b;
    rows[j + 2] = GRID / c;
    rows[j + 3] = GRID / d;
  }
}

/** Factors of the columns that make their means 1. */
function scaleColumns(density: Float64Array, rows: Float64Array, columns: Float64Array): void {
  columns.fill(0);
  for (let j = 0; j < GRID; j += 4) {
    const at = j * GRID;
    const [a, b, c, d] = [rows[j], rows[j + 1], rows[j + 2], rows[j + 3]];
    for (let i = 0; i < GRID; i++) {
      let sum = columns[i] + density[at + i] * a;
      sum += density[at + GRID + i] * b;
      sum += density[at + 2 * GRID + i] * c;
      columns[i] = sum + density[at + 3 * GRID + i] * d;
    }
  }
  for (let i = 0; i < GRID; i++) columns[i] = GRID / columns[i];
}

/** A table at a point of the unit square: bilinear between the centres of cells, constant beyond them. */
export function interpolate(table: Float32Array, u: number, v: number): number {
  const p = Math.min(Math.max(u * GRID - 0.5, 0), GRID - 1);
  const q = Math.min(Math.max(v * GRID - 0.5, 0), GRID - 1);
  const i = Math.min(Math.floor(p), GRID - 2);
  const j = Math.min(Math.floor(q), GRID - 2);
  const f = p - i;
  const g = q - j;
  const at = j * GRID + i;
  const lower = table[at] * (1 - f) + table[at + 1] * f;
  const upper = table[at + GRID] * (1 - f) + table[at + GRID + 1] * f;
  return lower * (1 - g) + upper * g;
}

/** log ∫∫ e^θ over the unit square. */
export function logIntegral(table: Float32Array): number {
  let top = -Infinity;
  for (const value of table) top = Math.max(top, value);
  let sum = 0;
  for (const value of table) sum += Math.exp(value - top);
  return top + Math.log(sum / table.length);
}
