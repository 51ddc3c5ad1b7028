/**
 * Whether one column could be no more than a garbling of another, as far as a target is concerned: made of it, and of noise, without knowing the
 * target (Blackwell 1953). If so, it tells nothing of its own (Bertschinger et al. 2014, lemma 6). Chance in tables of counts hides
 * that: it makes every column look as if it told a little of its own.
 */

import type { PairTable } from "./unique-information.js";

/** Rounds of expectation and maximisation at most, and the change of a likelihood, in nats a row, at which they are done. */
const ROUNDS = 1000;
const EXACT = 1e-9;

/**
 * A table drawn to the nearest one that is a garbling of another: all the way where the two differ no more than chance would have it, as a
 * variance that is estimated is drawn to a mean (James & Stein 1961).
 *
 * @param own P(Y, X), of n rows
 * @param other P(Y, X') of what it may be a garbling of; the same sums by target
 */
export function drawnToGarbling(own: PairTable, other: PairTable, n: number): PairTable {
  const nearest = nearestGarbling(own, other);
  const seen = 2 * n * divergence(own.cells, nearest);
  const kept = seen > 0 ? Math.max(0, 1 - freedom(own) / seen) : 0;
  return { width: own.width, cells: nearest.map((p, k) => p + kept * (own.cells[k] - p)) };
}

/** The table Σ P(y, x') K(x | x') of the greatest likelihood, by expectation and maximisation over K. */
function nearestGarbling(own: PairTable, other: PairTable): Float64Array {
  const [k, m] = [own.width, other.width];
  const targets = own.cells.length / k;
  let channel = startOf(own, other);
  let found = new Float64Array(own.cells.length);
  let before = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    found = new Float64Array(own.cells.length);
    for (let y = 0; y < targets; y++) {
      for (let from = 0; from < m; from++) {
        const p = other.cells[y * m + from];
        for (let to = 0; to < k; to++) found[y * k + to] += p * channel[from * k + to];
      }
    }
    const apart = divergence(own.cells, found);
    if (before - apart <= EXACT) break;
    before = apart;
    const next = new Float64Array(m * k);
    for (let y = 0; y < targets; y++) {
      for (let to = 0; to < k; to++) {
        const seen = own.cells[y * k + to];
        if (seen === 0) continue;
        const ratio = seen / found[y * k + to];
        for (let from = 0; from < m; from++) {
          next[from * k + to] += ratio * other.cells[y * m + from] * channel[from * k + to];
        }
      }
    }
    channel = rowsToOne(next, k);
  }
  return found;
}

/** P(X | X') of the two as the target makes them, independent given it. */
function startOf(own: PairTable, other: PairTable): Float64Array {
  const [k, m] = [own.width, other.width];
  const joint = new Float64Array(m * k);
  for (let y = 0; y < own.cells.length / k; y++) {
    let total = 0;
    for (let to = 0; to < k; to++) total += own.cells[y * k + to];
    if (total === 0) continue;
    for (let from = 0; from < m; from++) {
      for (let to = 0; to < k; to++) {
        joint[from * k + to] += (other.cells[y * m + from] * own.cells[y * k + to]) / total;
      }
    }
  }
  return rowsToOne(joint, k);
}

function rowsToOne(table: Float64Array, width: number): Float64Array {
  for (let row = 0; row < table.length; row += width) {
    const own = table.subarray(row, row + width);
    const total = own.reduce((sum, p) => sum + p, 0);
    for (let k = 0; k < width; k++) own[k] = total > 0 ? own[k] / total : 1 / width;
  }
  return table;
}

function divergence(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (const [k, own] of p.entries()) if (own > 0) sum += own * Math.log(own / q[k]);
  return Math.max(0, sum);
}

/** Degrees of freedom of a table with given sums. */
function freedom({ cells, width }: PairTable): number {
  const filled = [...cells.keys()].filter((cell) => cells[cell] > 0);
  const targets = new Set(filled.map((cell) => Math.floor(cell / width))).size;
  return (targets - 1) * (new Set(filled.map((cell) => cell % width)).size - 1);
}
