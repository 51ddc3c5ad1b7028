import { expect, test } from "vitest";
import { jitteredCells } from "../../testing/jittered.js";
import { draws } from "../../testing/random.js";
import { FINE } from "../rank-cells.js";
import { type JitteredAxis, JitteredCells, jitter, togetherByLevels } from "./jittered-cells.js";

const ranksOf = (seed: number, n: number): Float64Array => {
  const { uniform } = draws(seed);
  return Float64Array.from({ length: n }, () => 1 + (n - 1) * uniform());
};

/** Points that are certainly in a cell, and the uncertain ones with their probabilities, as the table tells them. */
function told(cells: JitteredCells): { sure: Map<number, number>; open: Map<number, Map<number, number>> } {
  const sure = new Map<number, number>();
  for (let c = 0; c < cells.certainCount; c++) sure.set(cells.certain[c], cells.sure(cells.certain[c]));
  const open = new Map<number, Map<number, number>>();
  for (let c = 0; c < cells.openCount; c++) {
    const points = new Map<number, number>();
    for (let i = cells.starts[c]; i < cells.starts[c + 1]; i++) points.set(cells.points[i], cells.weights[i]);
    open.set(cells.open[c], points);
  }
  return { sure, open };
}

const axes = (n: number, width: number): { ranks: Float64Array[]; axes: [JitteredAxis, JitteredAxis] } => {
  const ranks = [ranksOf(1, n), ranksOf(2, n)];
  ranks[0][0] = 1;
  ranks[1][1] = n;
  const rows = Uint32Array.from({ length: n }, (_, k) => k);
  return { ranks, axes: [jitter(ranks[0], width, rows), jitter(ranks[1], width, rows)] };
};

const probability = (cells: readonly [cell: number, probability: number][], cell: number): number =>
  cells.find(([of]) => of === cell)?.[1] ?? 0;

const SHAPES = [
  [0, 0],
  [2, 1],
  [0, 3],
  [5, 5],
] as const;

test.each([
  [40, 1],
  [40, 3.3],
  [200, 1],
  [40, 8],
])("%i points jittered over %f fine cells are in every cell with their probability", (n, width) => {
  const {
    ranks,
    axes: [u, v],
  } = axes(n, width);
  const cells = new JitteredCells();
  for (const least of [1, 2]) {
    for (const [a, b] of SHAPES) {
      cells.fill(u, v, [a, b], least);
      const { sure, open } = told(cells);
      const wide = FINE >> a;
      const [certain, uncertain] = [new Map<number, number>(), new Map<number, Map<number, number>>()];
      for (let k = 0; k < n; k++) {
        const columns = jitteredCells(ranks[0][k], n, width, a);
        const rows = jitteredCells(ranks[1][k], n, width, b);
        for (const [row, below] of rows) {
          for (const [column, left] of columns) {
            const cell = row * wide + column;
            if (columns.length * rows.length === 1) certain.set(cell, (certain.get(cell) ?? 0) + 1);
            else uncertain.set(cell, (uncertain.get(cell) ?? new Map()).set(k, left * below));
          }
        }
      }
      const enough = [...certain].filter(([, count]) => count >= least);
      expect([...sure].sort((s, t) => s[0] - t[0])).toEqual(enough.sort((s, t) => s[0] - t[0]));
      const openCells = [...uncertain].filter(
        ([cell, points]) => (certain.get(cell) ?? 0) + points.size >= least,
      );
      expect([...open.keys()].sort((s, t) => s - t)).toEqual(
        openCells.map(([cell]) => cell).sort((s, t) => s - t),
      );
      let furthest = 0;
      const seen = openCells.map(([cell, points]) => {
        const weights = open.get(cell) ?? new Map<number, number>();
        for (const [k, weight] of points)
          furthest = Math.max(furthest, Math.abs((weights.get(k) ?? 9) - weight));
        return [cells.isOpen(cell), cells.sure(cell), weights.size];
      });
      expect(seen).toEqual(openCells.map(([cell, points]) => [true, certain.get(cell) ?? 0, points.size]));
      expect(enough.some(([cell]) => !uncertain.has(cell) && cells.isOpen(cell))).toBe(false);
      expect(furthest).toBeLessThan(1e-12);
    }
  }
});

test.each([1, 3.3])("slopes are those of the probabilities by the soft ranks, width %f", (width) => {
  const n = 40;
  const {
    ranks,
    axes: [u, v],
  } = axes(n, width);
  const cells = new JitteredCells();
  const h = 1e-6;
  for (const [a, b] of SHAPES) {
    cells.fill(u, v, [a, b], 1);
    const wide = FINE >> a;
    let furthest = 0;
    for (let c = 0; c < cells.openCount; c++) {
      const [column, row] = [cells.open[c] % wide, Math.floor(cells.open[c] / wide)];
      for (let i = cells.starts[c]; i < cells.starts[c + 1]; i++) {
        const [x, y] = ranks.map((axis) => axis[cells.points[i]]);
        const at = (dx: number, dy: number): number =>
          probability(jitteredCells(x + dx, n, width, a), column) *
          probability(jitteredCells(y + dy, n, width, b), row);
        const byU = (at(h, 0) - at(-h, 0)) / (2 * h);
        const byV = (at(0, h) - at(0, -h)) / (2 * h);
        furthest = Math.max(furthest, Math.abs(cells.slopesU[i] - byU), Math.abs(cells.slopesV[i] - byV));
      }
    }
    expect(furthest, `shape ${a} ${b}`).toBeLessThan(1e-4);
  }
});

test("a table that was filled before is filled anew, by fewer points and by more", () => {
  const used = new JitteredCells();
  for (const n of [60, 7, 200]) {
    const [u, v] = axes(n, 2).axes;
    const fresh = new JitteredCells();
    for (const cells of [used, fresh]) cells.fill(u, v, [1, 1], 1);
    expect(told(used)).toEqual(told(fresh));
  }
});

test("rows stand together by the levels at which they are uncertain, each group in the order of the rows", () => {
  const n = 200;
  const width = 1;
  const [u, v] = [ranksOf(3, n), ranksOf(4, n)];
  const rows = togetherByLevels(u, v, width);
  expect([...rows].sort((a, b) => a - b)).toEqual([...u.keys()]);
  const levels = (rank: number): number => {
    const spread = (level: number) => jitteredCells(rank, n, width, level).length > 1;
    return [0, 1, 2, 3, 4, 5, 6, 7].filter(spread).length;
  };
  const keys = [...rows].map((row) => [levels(u[row]), levels(v[row]), row]);
  const sorted = keys.slice().sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  expect(keys).toEqual(sorted);
});

test("points may be given in an order of their own", () => {
  const ranks = ranksOf(5, 6);
  const rows = Uint32Array.of(3, 0, 5, 1, 4, 2);
  const turned = jitter(ranks, 1, rows);
  const straight = jitter(
    Float64Array.from(rows, (row) => ranks[row]),
    1,
    Uint32Array.of(0, 1, 2, 3, 4, 5),
  );
  expect(turned).toEqual(straight);
});
