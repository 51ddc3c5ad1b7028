import { FINE } from "../features/rank-cells.js";
import { smoothStep } from "../features/smooth/weights.js";

/**
 * The cells of 2^level fine cells that a point may be in when it is jittered over `width` fine cells, ascending, with their
 * probabilities. What is jittered beyond the border stays in the outermost.
 */
export function jitteredCells(
  rank: number,
  n: number,
  width: number,
  level: number,
): [cell: number, probability: number][] {
  const position = ((rank - 0.5) * FINE) / n;
  const last = (FINE >> level) - 1;
  const beyond = (edge: number): number => smoothStep((position - edge) / width + 0.5);
  const inside = (place: number): number => Math.min(Math.max(Math.floor(place / 2 ** level), 0), last);
  const cells: [cell: number, probability: number][] = [];
  for (let cell = inside(position - width); cell <= inside(position + width); cell++) {
    const lower = cell === 0 ? 1 : beyond(cell * 2 ** level);
    const upper = cell === last ? 0 : beyond((cell + 1) * 2 ** level);
    if (lower > upper) cells.push([cell, lower - upper]);
  }
  return cells;
}
